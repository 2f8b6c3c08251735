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

// Each limit has a test that fails without it. Programs that stand in for the go command
// take a little more than a limit, or say what they have: a real compiler could fail for
// other reasons.

// guard ends what works on without a limit.
func guard(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func init() {
	for name, compile := range map[string]func(){
		"takes-memory": func() { // without touching it
			var all [][]byte
			for range 96 {
				all = append(all, make([]byte, 64<<20))
			}
			compiled(fmt.Sprint(len(all)))
		},
		"takes-processor-time": func() {
			for n := 0; ; n++ {
				if n < 0 {
					n = 0
				}
			}
		},
		"writes-a-large-file": func() {
			if err := os.Truncate(create("large"), 300<<20); err != nil { // a sparse one
				refused(err.Error())
			}
			compiled("")
		},
		"has-no-end": func() { time.Sleep(time.Hour) },
		"has-a-child": func() {
			if _, err := os.Stat("../child"); err == nil { // the second try
				compiled("")
				return
			}
			start("sleep", "3600", false)
			time.Sleep(time.Hour)
		},
		"has-a-child-and-is-killed": func() {
			start("sleep", "3600", false)
			syscall.Kill(os.Getpid(), syscall.SIGKILL)
		},
		"leaves-a-child": func() { // that keeps the output open
			start("sleep", "60", true)
			compiled("")
		},
		"core": func() {
			var core syscall.Rlimit
			if err := syscall.Getrlimit(syscall.RLIMIT_CORE, &core); err != nil {
				refused(err.Error())
			}
			compiled(fmt.Sprint(core.Max))
		},
	} {
		compilers[name] = compile
	}
}

func create(name string) string {
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		refused(err.Error())
	}
	return name
}

// start starts a program that keeps the compiler's output, and writes its process into the
// builder's folder.
func start(name, arg string, ownGroup bool) {
	child := exec.Command(name, arg)
	child.Stdout = os.Stdout
	child.SysProcAttr = &syscall.SysProcAttr{Setpgid: ownGroup}
	if err := child.Start(); err != nil {
		refused(err.Error())
	}
	if err := os.WriteFile("../child", []byte(strconv.Itoa(child.Process.Pid)), 0o600); err != nil {
		refused(err.Error())
	}
}

// child is the process that start has started. It ends with the test.
func child(t *testing.T, b *sandbox.Builder) int {
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
		"takes-memory":         {func(b *sandbox.Builder) {}, "takes more than 4096 MB of memory"},
		"takes-processor-time": {func(b *sandbox.Builder) { b.Limit(4<<30, 3) }, "takes more than 2s of processor time"},
		"writes-a-large-file":  {func(b *sandbox.Builder) {}, "larger than 256 MB"},
	} {
		t.Run(name, func(t *testing.T) {
			if name == "takes-memory" && runtime.GOOS == "darwin" {
				t.Skip("this system does not limit the memory of a process")
			}
			b := sandboxtest.Compiler(t, name)
			c.limit(b)
			_, err := build(guard(t), b)
			var rejected *sandbox.Rejected
			if !errors.As(err, &rejected) || !strings.Contains(rejected.Messages, c.says) {
				t.Errorf("the error is %v, want a rejection with %q", err, c.says)
			}
		})
	}
}

func TestTheCompilerLeavesNoCore(t *testing.T) {
	program, err := build(t.Context(), sandboxtest.Compiler(t, "core"))
	if err != nil {
		t.Fatal(err)
	}
	if most, err := os.ReadFile(program); err != nil || string(most) != "0" {
		t.Errorf("a core file may have %s bytes: %v", most, err)
	}
}

// By the clock a compiler is late on a busy machine, too: that is no rejection.
func TestTheCompilerEndsByTheClock(t *testing.T) {
	b := sandboxtest.Compiler(t, "has-no-end")
	b.Time = time.Second
	_, err := build(guard(t), b)
	var rejected *sandbox.Rejected
	if err == nil || errors.As(err, &rejected) || !strings.Contains(err.Error(), "no end after 1s by the clock") {
		t.Errorf("the error is %v", err)
	}
}

func TestWhatTheCompilerStartsEndsWithIt(t *testing.T) {
	for _, name := range []string{"has-a-child", "has-a-child-and-is-killed"} {
		t.Run(name, func(t *testing.T) {
			b := sandboxtest.Compiler(t, name)
			b.Time = 10 * time.Second
			_, err := build(guard(t), b)
			pid := child(t, b)
			for range 100 {
				if !sandboxtest.Lives(pid) {
					return
				}
				time.Sleep(100 * time.Millisecond)
			}
			t.Errorf("what it has started works on, after %v", err)
		})
	}
}

// Its output could be kept open for ever by what left its group.
func TestTheCompilerIsNotWaitedForByItsOutput(t *testing.T) {
	b := sandboxtest.Compiler(t, "leaves-a-child")
	if _, err := build(guard(t), b); err != nil {
		t.Errorf("the compiler ended well, and the error is %v", err)
	}
	if !sandboxtest.Lives(child(t, b)) {
		t.Error("it was waited for")
	}
}

// The compiler found no memory: is it the machine's that is short?
func TestTheMachinesMemoryIsNotTheProgramsDoing(t *testing.T) {
	b := sandboxtest.Compiler(t, "memory")
	b.Limit(1<<60, 30) // no machine has it
	_, err := build(t.Context(), b)
	var rejected *sandbox.Rejected
	if err == nil || errors.As(err, &rejected) || !strings.Contains(err.Error(), "found no memory") {
		t.Errorf("the error is %v", err)
	}
}

const spin = "	for i := 0; ; i++ { if i < 0 { break } }"

func TestACallHasLimits(t *testing.T) {
	for name, c := range map[string]struct {
		body   string
		limits sandbox.Limits
		fate   sandbox.Fate
	}{
		"processor time":          {spin, sandbox.Limits{Time: time.Second, Clock: time.Hour}, sandbox.Late},
		"memory":                  {"	b := make([]byte, 80<<20); b[len(b)-1] = 1; answer(b[len(b)-1:])", sandbox.Limits{Memory: 64 << 20}, sandbox.TooBig},
		"memory within the limit": {"	b := make([]byte, 80<<20); b[len(b)-1] = 1; answer(b[len(b)-1:])", sandbox.Limits{Memory: 128 << 20}, sandbox.Answered},
		"answer":                  {"	answer(make([]byte, 11))", sandbox.Limits{Answer: 10}, sandbox.TooBig},
		"answer within the limit": {"	answer(make([]byte, 10))", sandbox.Limits{Answer: 10}, sandbox.Answered},
	} {
		t.Run(name, func(t *testing.T) {
			o, err := program(t, "", c.body, c.limits).Call(guard(t), nil)
			if err != nil || o.Fate != c.fate {
				t.Errorf("it is %q, %v; want %q", o.Fate, err, c.fate)
			}
		})
	}
}

// What a program prints is kept at its beginning and its end.
func TestWhatIsPrintedHasALimit(t *testing.T) {
	p := program(t, "", `	println("begin"); for range 10000 { println("0123456789") }; println("end")`, sandbox.Limits{Time: time.Minute})
	o := call(t, p, "")
	if n := len(o.Said); n > 8<<10 || !strings.HasPrefix(o.Said, "begin\n") || !strings.HasSuffix(o.Said, "end\n") {
		t.Errorf("%d bytes are kept, want at most %d, with the beginning and the end: %.20q", n, 8<<10, o.Said)
	}
}

// A worker that answers nothing ends by the clock. The call is tried again.
func TestACallEndsByTheClock(t *testing.T) {
	p := program(t, "", echo, sandbox.Limits{Clock: 10 * time.Second})
	worker, err := p.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	syscall.Kill(worker, syscall.SIGSTOP)
	o, err := p.Call(guard(t), []byte("good"))
	if err != nil || o.Fate != sandbox.Answered {
		t.Errorf("the outcome is %q, %v; want %q", o.Fate, err, sandbox.Answered)
	}
	if sandboxtest.Lives(worker) {
		t.Error("the worker that was stopped is still there")
	}
}

// So does one that never gets ready; the second, too, is an error.
func TestAStartEndsByTheClock(t *testing.T) {
	p := program(t, "", echo, sandbox.Limits{Start: time.Second})
	sandboxtest.BreakWorkers(t, 2, sandboxtest.Stuck)
	o, err := p.Call(guard(t), nil)
	if err == nil || !strings.Contains(err.Error(), "cannot be started: there was no end after 1s by the clock") {
		t.Errorf("the outcome is %q and the error %v", o.Fate, err)
	}
}

// A second try has nothing beside it, of calls and compilations that run and of those that
// would begin.
func TestASecondTryIsAlone(t *testing.T) {
	var running, tries atomic.Int32
	step := func(fails bool) func(bool) (int, error) {
		return func(again bool) (int, error) {
			tries.Add(1)
			if n := running.Add(1); again && n != 1 {
				t.Errorf("%d run as the second try begins", n)
			}
			defer running.Add(-1)
			time.Sleep(50 * time.Millisecond)
			if n := running.Load(); again && n != 1 {
				t.Errorf("%d run as the second try ends", n)
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
			_, err := sandbox.Twice(t.Context(), step(i%3 == 0))
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

// The same outcome for the same program: with nothing beside it, and while both cores
// and more are busy.
func TestALoadChangesNoOutcome(t *testing.T) {
	loop := program(t, "", spin, sandbox.Limits{Time: time.Second})
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
