package sandbox

import (
	"context"
	"errors"
	"fmt"
	"go/build"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestMain(m *testing.M) {
	Work()
	if wasm := os.Getenv(orphanVariable); wasm != "" {
		callForEver(wasm)
	}
	os.Exit(m.Run())
}

// orphanVariable makes the test's program one that calls a loop without an end.
const orphanVariable = "RNN101_SANDBOX_ORPHAN"

func callForEver(wasm string) {
	p := Open(wasm, Limits{Time: time.Hour})
	w, err := p.start(context.Background())
	if err != nil {
		panic(err)
	}
	p.worker = w
	fmt.Println(w.cmd.Process.Pid)
	p.Call(context.Background(), nil)
}

// A grader that is killed cannot end its workers. They end by themselves, in the middle of
// a call, too.
func TestAWorkerEndsWithWhoStartedIt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("it looks for the process with ps")
	}
	source := "package main\n\nfunc main() {\n\tfor i := 0; ; i++ {\n\t\tif i < 0 {\n\t\t\tbreak\n\t\t}\n\t}\n}\n"
	wasm, err := builder(t).Build(t.Context(), map[string]string{"main.go": source})
	if err != nil {
		t.Fatal(err)
	}
	parent := exec.Command(os.Args[0])
	parent.Env = append(os.Environ(), orphanVariable+"="+wasm)
	out, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	var pid int
	if _, err := fmt.Fscan(out, &pid); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second) // it is in the loop
	lives := func() bool {
		said, _ := exec.Command("ps", "-o", "stat=", "-p", strconv.Itoa(pid)).Output()
		state := strings.TrimSpace(string(said))
		return state != "" && !strings.HasPrefix(state, "Z")
	}
	if !lives() {
		t.Error("the worker had ended before")
	}
	parent.Process.Kill()
	parent.Wait()
	for begin := time.Now(); lives(); time.Sleep(100 * time.Millisecond) {
		if time.Since(begin) > 10*time.Second {
			if worker, err := os.FindProcess(pid); err == nil {
				worker.Kill()
			}
			t.Fatal("the worker works on without anybody")
		}
	}
}

func builder(t *testing.T) *Builder {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return &Builder{Go: filepath.Join(build.Default.GOROOT, "bin", "go"), Root: root, Folder: t.TempDir()}
}

// program compiles a guest: body is what its main does with the input.
func program(t *testing.T, imports, body string, limits Limits) *Program {
	t.Helper()
	source := "package main\n\nimport (\n\t\"io\"\n\t\"os\"\n" + imports + ")\n\n" +
		"func main() {\n\tinput, _ := io.ReadAll(os.Stdin)\n\t_ = input\n" + body + "\n}\n"
	file, err := builder(t).Build(t.Context(), map[string]string{"main.go": source, "guest.go": Guest("answer")})
	if err != nil {
		t.Fatal(err)
	}
	p := Open(file, limits)
	t.Cleanup(p.Close)
	return p
}

func call(t *testing.T, p *Program, input string) Outcome {
	t.Helper()
	outcome, err := p.Call(t.Context(), []byte(input))
	if err != nil {
		t.Fatal(err)
	}
	return outcome
}

func TestAValueComesOut(t *testing.T) {
	p := program(t, "\t\"fmt\"\n", `	fmt.Println("printing disturbs nothing"); answer(append([]byte("you said "), input...))`, Limits{})
	for _, word := range []string{"one", "two"} {
		if o := call(t, p, word); o.Fate != Answered || string(o.Value) != "you said "+word {
			t.Errorf("the outcome is %+v", o)
		}
	}
}

// How a call can end without a value. The call after it, with the input "good", must be
// answered all the same.
func TestACallTakesNothingWithIt(t *testing.T) {
	good := `	if string(input) == "good" { answer(input); return }
`
	for name, c := range map[string]struct {
		imports, body string
		fate          Fate
		says          string
	}{
		"nothing":         {"", ``, Silent, ""},
		"panic":           {"", `	panic("no bat")`, Panicked, "no bat"},
		"index":           {"", `	_ = input[len(input)+3]`, Panicked, "out of range"},
		"exit 0":          {"", `	os.Exit(0)`, Silent, ""},
		"exit 1":          {"", `	os.Exit(1)`, Exited, ""},
		"loop":            {"", `	for i := 0; ; i++ { if i < 0 { break } }`, Late, ""},
		"deadlock":        {"", `	select {}`, Panicked, "deadlock"},
		"recursion":       {"", `	var f func(int) int; f = func(n int) int { return f(n+1) + 1 }; f(0)`, TooBig, ""},
		"allocation":      {"", `	var all [][]byte; for { all = append(all, make([]byte, 1<<24)); all[len(all)-1][5] = 1 }`, TooBig, ""},
		"goroutines":      {"", `	var all []chan int; for { c := make(chan int); all = append(all, c); go func() { <-c }() }`, TooBig, ""},
		"endless print":   {"\t\"fmt\"\n", `	for { fmt.Println("x") }`, Late, ""},
		"sleep":           {"\t\"time\"\n", `	time.Sleep(1000 * time.Hour)`, Late, ""},
		"a large answer":  {"", `	answer(make([]byte, 2<<20))`, TooBig, ""},
		"a file":          {"", `	if _, err := os.ReadFile("/etc/passwd"); err != nil { panic(err) }; answer(nil)`, Panicked, ""},
		"a written file":  {"", `	if err := os.WriteFile("x", nil, 0o600); err != nil { panic(err) }; answer(nil)`, Panicked, ""},
		"the environment": {"", `	if len(os.Environ()) == 0 { panic("none") }; answer(nil)`, Panicked, "none"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := program(t, c.imports, good+c.body, Limits{Time: 4 * time.Second, Memory: 128 << 20})
			if o := call(t, p, "bad"); o.Fate != c.fate || !strings.Contains(o.Said, c.says) {
				t.Errorf("it %s and says %.300q, want %s and %q", o.Fate, o.Said, c.fate, c.says)
			}
			if o := call(t, p, "good"); o.Fate != Answered || string(o.Value) != "good" {
				t.Errorf("the call after it: %+v", o)
			}
		})
	}
}

func TestWhatDoesNotCompileIsRejectedWithTheCompilersWords(t *testing.T) {
	_, err := builder(t).Build(t.Context(), map[string]string{"main.go": "package main\n\nfunc main() { x := 1 }\n"})
	var rejected *Rejected
	if !errors.As(err, &rejected) || !strings.Contains(rejected.Messages, "main.go:3:15: declared and not used: x") {
		t.Errorf("the error is %v", err)
	}
}

func TestOnlyGonumAndTheStandardLibraryCanBeHad(t *testing.T) {
	b := builder(t)
	for path, can := range map[string]bool{"gonum.org/v1/gonum/mat": true, "golang.org/x/term": false, "rnn101/rnnkit": false} {
		_, err := b.Build(t.Context(), map[string]string{"main.go": "package main\n\nimport _ \"" + path + "\"\n\nfunc main() {}\n"})
		if (err == nil) != can {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// Small sources can keep a compiler busy for ever, or take all memory.
func TestTheCompilerHasLimits(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("limits of memory are proven on Linux")
	}
	b := builder(t)
	b.Time = 20 * time.Second
	for name, source := range map[string]string{
		"a huge constant": "package main\n\nconst a = 1 << 500 * 1 << 500\n\nvar x = [1 << 40]int{1: 1}\n\nfunc main() { println(x[0], a) }\n",
		"nested generics": "package main\n\ntype T[P any] struct{ f *T[T[P]] }\n\nfunc main() { var t T[int]; _ = t }\n",
		"a huge array":    "package main\n\nvar x = [1 << 28]int64{1<<28 - 1: 1}\n\nfunc main() { println(x[0]) }\n",
	} {
		begin := time.Now()
		_, err := b.Build(t.Context(), map[string]string{"main.go": source})
		var rejected *Rejected
		if !errors.As(err, &rejected) {
			t.Errorf("%s: the error is %v, want a rejection", name, err)
		}
		if took := time.Since(begin); took > 25*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

func TestAnEndFromOutsideEndsACall(t *testing.T) {
	p := program(t, "", `	for i := 0; ; i++ { if i < 0 { break } }`, Limits{Time: time.Minute})
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
	defer cancel()
	if _, err := p.Call(ctx, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the error is %v", err)
	}
}

func TestTheSameSourceIsCompiledOnce(t *testing.T) {
	b := builder(t)
	files := map[string]string{"main.go": "package main\n\nfunc main() {}\n"}
	first, err := b.Build(t.Context(), files)
	if err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(first)
	if err != nil {
		t.Fatal(err)
	}
	second, err := b.Build(t.Context(), files)
	if err != nil || second != first {
		t.Fatalf("%s and %s: %v", first, second, err)
	}
	if after, err := os.Stat(second); err != nil || !after.ModTime().Equal(before.ModTime()) {
		t.Error("it was compiled again")
	}
	if left, _ := filepath.Glob(filepath.Join(b.Folder, ".build-*")); len(left) > 0 {
		t.Errorf("left over: %v", left)
	}
}
