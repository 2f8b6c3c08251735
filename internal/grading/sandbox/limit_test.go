//go:build unix

package sandbox_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"rnn101/internal/grading/sandbox"
	"rnn101/internal/grading/sandbox/sandboxtest"
)

// Each limit has a test that fails without it. Fake compilers exceed a limit by a little, or
// report it: a real compiler could fail for other reasons.

// deadline ends a test whose limit does not work.
func deadline(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func init() {
	for name, compile := range map[string]func(){
		"needs-memory": func() { // address space only
			var all [][]byte
			for range 96 {
				all = append(all, make([]byte, 64<<20))
			}
			succeed(fmt.Sprint(len(all)))
		},
		"needs-processor-time": func() {
			for n := 0; ; n++ {
				if n < 0 {
					n = 0
				}
			}
		},
		"writes-a-large-file": func() {
			if err := os.Truncate(create("large"), 300<<20); err != nil { // a sparse file
				fail(err.Error())
			}
			succeed("")
		},
		"hangs": func() { time.Sleep(time.Hour) },
		"has-a-child": func() {
			if _, err := os.Stat("../child"); err == nil { // the second try
				succeed("")
				return
			}
			startChild("sleep", "3600", false)
			time.Sleep(time.Hour)
		},
		"has-a-child-and-is-killed": func() {
			startChild("sleep", "3600", false)
			syscall.Kill(os.Getpid(), syscall.SIGKILL)
		},
		"leaves-a-child": func() { // that keeps the output open
			startChild("sleep", "60", true)
			succeed("")
		},
		"core": func() {
			var core syscall.Rlimit
			if err := syscall.Getrlimit(syscall.RLIMIT_CORE, &core); err != nil {
				fail(err.Error())
			}
			succeed(fmt.Sprint(core.Max))
		},
	} {
		compilers[name] = compile
	}
}

func create(name string) string {
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		fail(err.Error())
	}
	return name
}

// startChild starts a program that inherits the compiler's output, and writes its process ID
// to the builder's folder.
func startChild(name, arg string, ownGroup bool) {
	child := exec.Command(name, arg)
	child.Stdout = os.Stdout
	child.SysProcAttr = &syscall.SysProcAttr{Setpgid: ownGroup}
	if err := child.Start(); err != nil {
		fail(err.Error())
	}
	if err := os.WriteFile("../child", []byte(strconv.Itoa(child.Process.Pid)), 0o600); err != nil {
		fail(err.Error())
	}
}

// childOf returns the process that startChild has started. It is killed at the end of the
// test.
func childOf(t *testing.T, b *sandbox.Builder) int {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(b.Folder, "child"))
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(string(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if p, err := os.FindProcess(pid); err == nil {
			p.Kill()
		}
	})
	return pid
}

func TestTheCompilerHasLimits(t *testing.T) {
	for name, c := range map[string]struct {
		limit func(*sandbox.Builder)
		says  string
	}{
		"needs-memory":         {func(b *sandbox.Builder) {}, "needs more than 4096 MB of memory"},
		"needs-processor-time": {func(b *sandbox.Builder) { b.Limit(4<<30, 3) }, "needs more processor time than an answer may take"},
		"writes-a-large-file":  {func(b *sandbox.Builder) {}, "larger than 256 MB"},
	} {
		t.Run(name, func(t *testing.T) {
			if name == "needs-memory" && runtime.GOOS == "darwin" {
				t.Skip("this system does not limit the memory of a process")
			}
			if name == "needs-memory" && raceDetector {
				t.Skip("the race detector needs more address space than the limit")
			}
			b := sandboxtest.Compiler(t, name)
			c.limit(b)
			_, err := build(deadline(t), b)
			var rejected *sandbox.Rejected
			if !errors.As(err, &rejected) || !strings.Contains(rejected.Messages, c.says) {
				t.Errorf("the error is %v, want a rejection with %q", err, c.says)
			}
		})
	}
}

func TestTheCompilerWritesNoCoreFile(t *testing.T) {
	program, err := build(t.Context(), sandboxtest.Compiler(t, "core"))
	if err != nil {
		t.Fatal(err)
	}
	if size, err := os.ReadFile(program); err != nil || string(size) != "0" {
		t.Errorf("a core file may have %s bytes: %v", size, err)
	}
}

// A busy machine may exceed the wall-clock time of a compiler: that is not a rejection.
func TestTheWallClockTimeOfTheCompilerIsLimited(t *testing.T) {
	b := sandboxtest.Compiler(t, "hangs")
	b.Time = time.Second
	_, err := build(deadline(t), b)
	var rejected *sandbox.Rejected
	if err == nil || errors.As(err, &rejected) || !strings.Contains(err.Error(), "did not end within 1s") {
		t.Errorf("the error is %v", err)
	}
}

func TestTheChildrenOfTheCompilerEndWithIt(t *testing.T) {
	for _, name := range []string{"has-a-child", "has-a-child-and-is-killed"} {
		t.Run(name, func(t *testing.T) {
			b := sandboxtest.Compiler(t, name)
			b.Time = 10 * time.Second
			_, err := build(deadline(t), b)
			pid := childOf(t, b)
			for range 100 {
				if !sandboxtest.IsRunning(pid) {
					return
				}
				time.Sleep(100 * time.Millisecond)
			}
			t.Errorf("its child is still running, after %v", err)
		})
	}
}

// A child that has left the process group may keep the output open for ever.
func TestTheOutputOfTheCompilerIsNotWaitedFor(t *testing.T) {
	b := sandboxtest.Compiler(t, "leaves-a-child")
	if _, err := build(deadline(t), b); err != nil {
		t.Errorf("the compiler ended well, and the error is %v", err)
	}
	if !sandboxtest.IsRunning(childOf(t, b)) {
		t.Error("the child has ended: it was waited for")
	}
}

// The compiler ran out of memory, and the machine has less than the limit: that is not the
// fault of the program.
func TestTooLittleMemoryIsNotARejection(t *testing.T) {
	b := sandboxtest.Compiler(t, "memory")
	b.Limit(1<<60, 30) // more than any machine has
	_, err := build(t.Context(), b)
	var rejected *sandbox.Rejected
	if err == nil || errors.As(err, &rejected) || !strings.Contains(err.Error(), "ran out of memory") {
		t.Errorf("the error is %v", err)
	}
}

const spin = "	for i := 0; ; i++ { if i < 0 { break } }"

func TestACallHasLimits(t *testing.T) {
	for name, c := range map[string]struct {
		body   string
		limits sandbox.Limits
		want   sandbox.Status
	}{
		"processor time":          {spin, sandbox.Limits{Time: time.Second, Clock: time.Hour}, sandbox.TimedOut},
		"memory":                  {"	b := make([]byte, 80<<20); b[len(b)-1] = 1; answer(b[len(b)-1:])", sandbox.Limits{Memory: 64 << 20}, sandbox.TooLarge},
		"memory within the limit": {"	b := make([]byte, 80<<20); b[len(b)-1] = 1; answer(b[len(b)-1:])", sandbox.Limits{Memory: 128 << 20}, sandbox.Answered},
		"answer":                  {"	answer(make([]byte, 11))", sandbox.Limits{Answer: 10}, sandbox.TooLarge},
		"answer within the limit": {"	answer(make([]byte, 10))", sandbox.Limits{Answer: 10}, sandbox.Answered},
	} {
		t.Run(name, func(t *testing.T) {
			o, err := program(t, "", c.body, c.limits).Call(deadline(t), nil)
			if err != nil || o.Status != c.want {
				t.Errorf("the status is %q, %v; want %q", o.Status, err, c.want)
			}
		})
	}
}

// A program that does not come to its input in time does so with no other, and is not started again. One
// that has read it is.
func TestAProgramThatDoesNotBeginIsCalledOnce(t *testing.T) {
	for name, c := range map[string]struct {
		source string
		again  bool
	}{
		"at the start": {"func init() {\n\tfor {\n\t}\n}\n\nfunc main() { guest.Input() }\n", false},
		"in main":      {"func main() {\n\tguest.Input()\n\tfor {\n\t}\n}\n", true},
	} {
		b := sandboxtest.Builder(t)
		file, err := b.Build(t.Context(), map[string]string{"main.go": "package main\n\nimport \"" + sandbox.GuestPath + "\"\n\n" + c.source, sandbox.GuestFile: sandbox.Guest})
		if err != nil {
			t.Fatal(err)
		}
		p := b.Open(file, sandbox.Limits{Time: 300 * time.Millisecond})
		t.Cleanup(p.Close)
		if o := call(t, p, ""); o.Status != sandbox.TimedOut {
			t.Errorf("%s: the status is %q", name, o.Status)
		}
		if err := os.Remove(file); err != nil { // nothing can be started now
			t.Fatal(err)
		}
		if o, err := p.Call(deadline(t), nil); (err != nil) != c.again || !c.again && o.Status != sandbox.TimedOut {
			t.Errorf("%s: the second call: %q, %v; started again: %v", name, o.Status, err, c.again)
		}
	}
}

// Of a long output the beginning and the end are kept.
func TestOutputIsLimited(t *testing.T) {
	p := program(t, "", `	println("begin"); for range 10000 { println("0123456789") }; println("end")`, sandbox.Limits{Time: time.Minute})
	o := call(t, p, "")
	if n := len(o.Stderr); n > 8<<10 || !strings.HasPrefix(o.Stderr, "begin\n") || !strings.HasSuffix(o.Stderr, "end\n") {
		t.Errorf("%d bytes are kept, want at most %d, with the beginning and the end: %.20q", n, 8<<10, o.Stderr)
	}
}

// A worker that does not answer is killed after the wall-clock time, and the call is tried
// again.
func TestTheWallClockTimeOfACallIsLimited(t *testing.T) {
	p := program(t, "", echo, sandbox.Limits{Clock: 10 * time.Second})
	worker, err := p.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	syscall.Kill(worker, syscall.SIGSTOP)
	o, err := p.Call(deadline(t), []byte("good"))
	if err != nil || o.Status != sandbox.Answered {
		t.Errorf("the outcome is %q, %v; want %q", o.Status, err, sandbox.Answered)
	}
	if sandboxtest.IsRunning(worker) {
		t.Error("the stopped worker is still running")
	}
}

// So is a worker that does not get ready. If the second does not, either, that is an error.
func TestTheWallClockTimeOfAStartIsLimited(t *testing.T) {
	p := program(t, "", echo, sandbox.Limits{Start: time.Second})
	sandboxtest.BreakWorkers(t, 2, sandboxtest.Stuck)
	o, err := p.Call(deadline(t), nil)
	if err == nil || !strings.Contains(err.Error(), "cannot be started: it did not end within 1s") {
		t.Errorf("the outcome is %q and the error %v", o.Status, err)
	}
}

// During a second try no other call or compilation runs or begins.
func TestASecondTryRunsAlone(t *testing.T) {
	var running, tries atomic.Int32
	step := func(fails bool) func(bool) (int, error) {
		return func(again bool) (int, error) {
			tries.Add(1)
			if n := running.Add(1); again && n != 1 {
				t.Errorf("%d are running when the second try begins", n)
			}
			defer running.Add(-1)
			time.Sleep(50 * time.Millisecond)
			if n := running.Load(); again && n != 1 {
				t.Errorf("%d are running when the second try ends", n)
			}
			if fails {
				return 0, errors.New("the machine failed")
			}
			return 0, nil
		}
	}
	ended := make(chan bool)
	for i := range 12 {
		go func() {
			_, err := sandbox.Retry(t.Context(), step(i%3 == 0))
			if (err != nil) != (i%3 == 0) {
				t.Errorf("%d: the error is %v", i, err)
			}
			ended <- true
		}()
	}
	for range 12 {
		<-ended
	}
	if n := tries.Load(); n != 12+4 {
		t.Errorf("%d tries, want %d", n, 12+4)
	}
}

// A program has the same outcome on an idle machine and on an overloaded one.
func TestLoadDoesNotChangeOutcomes(t *testing.T) {
	loop := program(t, "", spin, sandbox.Limits{Time: time.Second / 2})
	work := program(t, "", "	x := uint32(1); for range 100_000_000 { x ^= x << 13; x ^= x >> 17; x ^= x << 5 }; answer([]byte{byte(x)})", sandbox.Limits{Time: 2 * time.Second})
	outcomes := func() string {
		return fmt.Sprintf("%+v %+v", call(t, loop, ""), call(t, work, ""))
	}
	before := outcomes()
	for range 6 {
		busy := exec.Command("sh", "-c", "while :; do :; done")
		if err := busy.Start(); err != nil {
			t.Fatal(err)
		}
		defer busy.Wait()
		defer busy.Process.Kill()
	}
	if after := outcomes(); after != before {
		t.Errorf("under load the outcomes are\n%s, before\n%s", after, before)
	}
}
