package sandbox_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
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
	sandboxtest.FakeCompiler(compilers)
	sandbox.RunIfWorker()
	if wasm := os.Getenv(orphanVariable); wasm != "" {
		callEndlessLoop(wasm)
	}
	os.Exit(m.Run())
}

// orphanVariable makes the test's program call an endless loop.
const orphanVariable = "RNN101_SANDBOX_ORPHAN"

func callEndlessLoop(wasm string) {
	p := new(sandbox.Builder).Open(wasm, sandbox.Limits{Time: time.Hour})
	worker, err := p.Start(context.Background())
	if err != nil {
		panic(err)
	}
	fmt.Println(worker)
	p.Call(context.Background(), nil)
}

// A grader that is killed cannot end its workers: they must end by themselves, even during a
// call. The program allocates before it loops, so that the host has garbage to collect.
func TestAWorkerEndsWithItsParent(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there is no ps")
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
	if !sandboxtest.IsRunning(pid) {
		t.Error("the worker has ended before its parent")
	}
	parent.Process.Kill()
	parent.Wait()
	for begin := time.Now(); sandboxtest.IsRunning(pid); time.Sleep(100 * time.Millisecond) {
		if time.Since(begin) > 10*time.Second {
			if worker, err := os.FindProcess(pid); err == nil {
				worker.Kill()
			}
			t.Fatal("the worker is still running after its parent has ended")
		}
	}
}

// program compiles a guest. body is the code of its main, which has the variable input.
func program(t *testing.T, imports, body string, limits sandbox.Limits) *sandbox.Program {
	t.Helper()
	return programOf(t, sandboxtest.Builder(t), imports, body, limits)
}

// programOf is program with a given builder.
func programOf(t *testing.T, b *sandbox.Builder, imports, body string, limits sandbox.Limits) *sandbox.Program {
	t.Helper()
	source := "package main\n\nimport (\n\t\"io\"\n\t\"os\"\n\n\t\"" + sandbox.GuestPath + "\"\n" + imports + ")\n\n" +
		"func main() {\n\tinput, _ := io.ReadAll(os.Stdin)\n\t_, answer := input, guest.Answer\n\t_ = answer\n" + body + "\n}\n"
	file, err := b.Build(t.Context(), map[string]string{"main.go": source, sandbox.GuestFile: sandbox.Guest})
	if err != nil {
		t.Fatal(err)
	}
	p := b.Open(file, limits)
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

func TestACallReturnsAValue(t *testing.T) {
	p := program(t, "\t\"fmt\"\n", `	fmt.Println("printed text is no answer"); answer(append([]byte("input: "), input...))`, sandbox.Limits{})
	for _, word := range []string{"one", "two"} {
		if o := call(t, p, word); o.Status != sandbox.Answered || string(o.Value) != "input: "+word {
			t.Errorf("the outcome is %+v", o)
		}
	}
}

// However a call ends, the next one, with the input "good", must be answered.
func TestAFailedCallDoesNotAffectTheNext(t *testing.T) {
	cases := []struct {
		name, body string
		want       sandbox.Status
		stderr     string
	}{
		{"nothing", ``, sandbox.NoResult, ""},
		{"panic", `panic("no bat")`, sandbox.Panicked, "no bat"},
		{"index", `_ = input[len(input)+3]`, sandbox.Panicked, "out of range"},
		{"exit 0", `os.Exit(0)`, sandbox.NoResult, ""},
		{"exit 1", `os.Exit(1)`, sandbox.Exited, ""},
		{"loop", `for i := 0; ; i++ { if i < 0 { break } }`, sandbox.TimedOut, ""},
		{"deadlock", `select {}`, sandbox.Panicked, "deadlock"},
		{"recursion", `var f func(int) int; f = func(n int) int { return f(n+1) + 1 }; f(0)`, sandbox.TooLarge, ""},
		{"allocation", `var all [][]byte; for { all = append(all, make([]byte, 1<<24)); all[len(all)-1][5] = 1 }`, sandbox.TooLarge, ""},
		{"goroutines", `var all []chan int; for { c := make(chan int); all = append(all, c); go func() { <-c }() }`, sandbox.TooLarge, ""},
		{"endless print", `for { fmt.Println("x") }`, sandbox.TimedOut, ""},
		{"sleep", `time.Sleep(1000 * time.Hour)`, sandbox.TimedOut, ""},
		{"a large answer", `answer(make([]byte, 2<<20))`, sandbox.TooLarge, ""},
		{"a printed fault", `println("runtime: out of memory"); println("fatal error: runtime: out of memory"); answer(nil)`, sandbox.Answered, "out of memory"},
		{"a file", `if _, err := os.ReadFile("/etc/passwd"); err != nil { panic(err) }; answer(nil)`, sandbox.Panicked, ""},
		{"a written file", `if err := os.WriteFile("x", nil, 0o600); err != nil { panic(err) }; answer(nil)`, sandbox.Panicked, ""},
		{"the environment", `if len(os.Environ()) == 0 { panic("none") }; answer(nil)`, sandbox.Panicked, "none"},
	}
	// One program does everything: compiling one for each took most of the test's processor time.
	body := "\tswitch string(input) {\n\tcase \"good\": answer(input)\n"
	for _, c := range cases {
		body += fmt.Sprintf("\tcase %q: %s\n", c.name, c.body)
	}
	open := func(limit time.Duration) *sandbox.Program {
		return program(t, "\t\"fmt\"\n\t\"time\"\n", body+"\t}", sandbox.Limits{Time: limit, Memory: 128 << 20})
	}
	patient, short := open(time.Minute), open(4*time.Second)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := patient
			if c.want == sandbox.TimedOut {
				p = short
			}
			if o := call(t, p, c.name); o.Status != c.want || !strings.Contains(o.Stderr, c.stderr) {
				t.Errorf("the status is %q and stderr %.300q, want %q and %q", o.Status, o.Stderr, c.want, c.stderr)
			}
			if o := call(t, p, "good"); o.Status != sandbox.Answered || string(o.Value) != "good" {
				t.Errorf("the next call: %+v", o)
			}
		})
	}
}

// Compiling a program to machine code takes as long as a call without an end. Who has one such
// call often has several.
func TestWorkersAfterTheFirstShareTheirMachineCode(t *testing.T) {
	p := program(t, "", `	if string(input) == "good" { answer(input); return }
	for i := 0; ; i++ { if i < 0 { break } }`, sandbox.Limits{Time: 50 * time.Millisecond})
	kept := func() (files int) {
		t.Helper()
		folders, err := filepath.Glob(filepath.Join(p.Folder(), ".machine-*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, folder := range folders {
			filepath.WalkDir(folder, func(_ string, entry fs.DirEntry, err error) error {
				if err == nil && !entry.IsDir() {
					files++
				}
				return err
			})
		}
		return files
	}
	for worker, want := range []bool{false, true, true} {
		if o := call(t, p, "loop"); o.Status != sandbox.TimedOut {
			t.Fatalf("the outcome is %+v", o)
		}
		if got := kept() > 0; got != want {
			t.Errorf("machine code is kept after worker %d: %v, want %v", worker+1, got, want)
		}
	}
	if o := call(t, p, "good"); o.Status != sandbox.Answered {
		t.Errorf("with machine code from the file the outcome is %+v", o)
	}
}

func TestARejectionHasTheMessagesOfTheCompiler(t *testing.T) {
	_, err := sandboxtest.Builder(t).Build(t.Context(), map[string]string{"main.go": "package main\n\nfunc main() { x := 1 }\n"})
	var rejected *sandbox.Rejected
	if !errors.As(err, &rejected) || !strings.Contains(rejected.Messages, "main.go:3:15: declared and not used: x") {
		t.Errorf("the error is %v", err)
	}
}

// Each message about a type has the whole type: a small source makes long output.
func TestLongMessagesOfTheCompilerAreCut(t *testing.T) {
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

func TestOnlyGonumAndTheStandardLibraryCanBeImported(t *testing.T) {
	b := sandboxtest.Builder(t)
	for path, can := range map[string]bool{"gonum.org/v1/gonum/mat": true, "golang.org/x/term": false, "rnn101/rnnkit": false} {
		_, err := b.Build(t.Context(), map[string]string{"main.go": "package main\n\nimport _ \"" + path + "\"\n\nfunc main() {}\n"})
		if (err == nil) != can {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// A small source that needs much of the compiler is rejected, by the compiler itself or by a
// limit.
func TestSmallSourcesCannotBlockTheCompiler(t *testing.T) {
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

func TestACanceledContextEndsACall(t *testing.T) {
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
