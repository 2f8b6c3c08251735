package sandbox_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"rnn101/internal/grading/sandbox"
	"rnn101/internal/grading/sandbox/sandboxtest"
)

func TestMain(m *testing.M) {
	sandboxtest.WorkerFault()
	sandboxtest.StandIn(compilers)
	sandbox.RunIfWorker()
	if wasm := os.Getenv(orphanVariable); wasm != "" {
		callForEver(wasm)
	}
	os.Exit(m.Run())
}

// orphanVariable makes the test's program one that calls a loop without an end.
const orphanVariable = "RNN101_SANDBOX_ORPHAN"

func callForEver(wasm string) {
	p := sandbox.Open(wasm, sandbox.Limits{Time: time.Hour})
	worker, err := p.Start(context.Background())
	if err != nil {
		panic(err)
	}
	fmt.Println(worker)
	p.Call(context.Background(), nil)
}

// A grader that is killed cannot end its workers. They end by themselves, in the middle of
// a call, too. The loop comes after an allocation: the host would like to collect garbage.
func TestAWorkerEndsWithWhoStartedIt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("it looks for the process with ps")
	}
	source := "package main\n\nvar all [][]byte\n\nfunc main() {\n\tfor i := 0; ; i++ {\n\t\tif i < 50 {\n\t\t\tall = append(all, make([]byte, 1<<20))\n\t\t}\n\t}\n}\n"
	wasm, err := sandboxtest.Builder(t).Build(t.Context(), map[string]string{"main.go": source})
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
	if !sandboxtest.Lives(pid) {
		t.Error("the worker had ended before")
	}
	parent.Process.Kill()
	parent.Wait()
	for begin := time.Now(); sandboxtest.Lives(pid); time.Sleep(100 * time.Millisecond) {
		if time.Since(begin) > 10*time.Second {
			if worker, err := os.FindProcess(pid); err == nil {
				worker.Kill()
			}
			t.Fatal("the worker works on without anybody")
		}
	}
}

// program compiles a guest: body is what its main does with the input.
func program(t *testing.T, imports, body string, limits sandbox.Limits) *sandbox.Program {
	t.Helper()
	source := "package main\n\nimport (\n\t\"io\"\n\t\"os\"\n\n\t\"" + sandbox.GuestPath + "\"\n" + imports + ")\n\n" +
		"func main() {\n\tinput, _ := io.ReadAll(os.Stdin)\n\t_, answer := input, guest.Answer\n\t_ = answer\n" + body + "\n}\n"
	file, err := sandboxtest.Builder(t).Build(t.Context(), map[string]string{"main.go": source, sandbox.GuestFile: sandbox.Guest})
	if err != nil {
		t.Fatal(err)
	}
	p := sandbox.Open(file, limits)
	t.Cleanup(p.Close)
	return p
}

func call(t *testing.T, p *sandbox.Program, input string) sandbox.Outcome {
	t.Helper()
	outcome, err := p.Call(t.Context(), []byte(input))
	if err != nil {
		t.Fatal(err)
	}
	return outcome
}

func TestAValueComesOut(t *testing.T) {
	p := program(t, "\t\"fmt\"\n", `	fmt.Println("printing disturbs nothing"); answer(append([]byte("you said "), input...))`, sandbox.Limits{})
	for _, word := range []string{"one", "two"} {
		if o := call(t, p, word); o.Fate != sandbox.Answered || string(o.Value) != "you said "+word {
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
		fate          sandbox.Fate
		says          string
	}{
		"nothing":         {"", ``, sandbox.Silent, ""},
		"panic":           {"", `	panic("no bat")`, sandbox.Panicked, "no bat"},
		"index":           {"", `	_ = input[len(input)+3]`, sandbox.Panicked, "out of range"},
		"exit 0":          {"", `	os.Exit(0)`, sandbox.Silent, ""},
		"exit 1":          {"", `	os.Exit(1)`, sandbox.Exited, ""},
		"loop":            {"", `	for i := 0; ; i++ { if i < 0 { break } }`, sandbox.Late, ""},
		"deadlock":        {"", `	select {}`, sandbox.Panicked, "deadlock"},
		"recursion":       {"", `	var f func(int) int; f = func(n int) int { return f(n+1) + 1 }; f(0)`, sandbox.TooBig, ""},
		"allocation":      {"", `	var all [][]byte; for { all = append(all, make([]byte, 1<<24)); all[len(all)-1][5] = 1 }`, sandbox.TooBig, ""},
		"goroutines":      {"", `	var all []chan int; for { c := make(chan int); all = append(all, c); go func() { <-c }() }`, sandbox.TooBig, ""},
		"endless print":   {"\t\"fmt\"\n", `	for { fmt.Println("x") }`, sandbox.Late, ""},
		"sleep":           {"\t\"time\"\n", `	time.Sleep(1000 * time.Hour)`, sandbox.Late, ""},
		"a large answer":  {"", `	answer(make([]byte, 2<<20))`, sandbox.TooBig, ""},
		"a file":          {"", `	if _, err := os.ReadFile("/etc/passwd"); err != nil { panic(err) }; answer(nil)`, sandbox.Panicked, ""},
		"a written file":  {"", `	if err := os.WriteFile("x", nil, 0o600); err != nil { panic(err) }; answer(nil)`, sandbox.Panicked, ""},
		"the environment": {"", `	if len(os.Environ()) == 0 { panic("none") }; answer(nil)`, sandbox.Panicked, "none"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			limits := sandbox.Limits{Time: time.Minute, Memory: 128 << 20}
			if c.fate == sandbox.Late {
				limits.Time = 4 * time.Second
			}
			p := program(t, c.imports, good+c.body, limits)
			if o := call(t, p, "bad"); o.Fate != c.fate || !strings.Contains(o.Said, c.says) {
				t.Errorf("it %s and says %.300q, want %s and %q", o.Fate, o.Said, c.fate, c.says)
			}
			if o := call(t, p, "good"); o.Fate != sandbox.Answered || string(o.Value) != "good" {
				t.Errorf("the call after it: %+v", o)
			}
		})
	}
}

func TestWhatDoesNotCompileIsRejectedWithTheCompilersWords(t *testing.T) {
	_, err := sandboxtest.Builder(t).Build(t.Context(), map[string]string{"main.go": "package main\n\nfunc main() { x := 1 }\n"})
	var rejected *sandbox.Rejected
	if !errors.As(err, &rejected) || !strings.Contains(rejected.Messages, "main.go:3:15: declared and not used: x") {
		t.Errorf("the error is %v", err)
	}
}

// The compiler writes out a type in each message about it: a small source makes a long list.
func TestTheCompilersWordsAreCutInTheMiddle(t *testing.T) {
	source := "package main\n\nvar s struct{ " + strings.Repeat("x", 20_000) + " int }\n" + strings.Repeat("var _ int = s\n", 500) + "\nfunc main() {}\n"
	_, err := sandboxtest.Builder(t).Build(t.Context(), map[string]string{"main.go": source})
	var rejected *sandbox.Rejected
	if !errors.As(err, &rejected) || !strings.Contains(rejected.Messages, "main.go:4:13: cannot use s") {
		t.Fatalf("the error is %.300v", err)
	}
	if n := len(rejected.Messages); n > 100_000 {
		t.Errorf("the messages have %d bytes for a source of %d", n, len(source))
	}
}

func TestOnlyGonumAndTheStandardLibraryCanBeHad(t *testing.T) {
	b := sandboxtest.Builder(t)
	for path, can := range map[string]bool{"gonum.org/v1/gonum/mat": true, "golang.org/x/term": false, "rnn101/rnnkit": false} {
		_, err := b.Build(t.Context(), map[string]string{"main.go": "package main\n\nimport _ \"" + path + "\"\n\nfunc main() {}\n"})
		if (err == nil) != can {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// Small sources that ask much of a compiler are rejected, be it by its own words or by a
// limit.
func TestSmallSourcesCannotKeepTheCompiler(t *testing.T) {
	b := sandboxtest.Builder(t)
	for name, source := range map[string]string{
		"a huge constant": "package main\n\nconst a = 1 << 500 * 1 << 500\n\nvar x = [1 << 40]int{1: 1}\n\nfunc main() { println(x[0], a) }\n",
		"nested generics": "package main\n\ntype T[P any] struct{ f *T[T[P]] }\n\nfunc main() { var t T[int]; _ = t }\n",
		"a huge array":    "package main\n\nvar x = [1 << 28]int64{1<<28 - 1: 1}\n\nfunc main() { println(x[0]) }\n",
	} {
		_, err := b.Build(t.Context(), map[string]string{"main.go": source})
		var rejected *sandbox.Rejected
		if !errors.As(err, &rejected) {
			t.Errorf("%s: the error is %v, want a rejection", name, err)
		}
		t.Logf("%s: %.200v", name, err)
	}
}

func TestAnEndFromOutsideEndsACall(t *testing.T) {
	p := program(t, "", `	for i := 0; ; i++ { if i < 0 { break } }`, sandbox.Limits{Time: time.Minute})
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
	defer cancel()
	if _, err := p.Call(ctx, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the error is %v", err)
	}
}

func TestTheSameSourceIsCompiledOnce(t *testing.T) {
	b := sandboxtest.Builder(t)
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
