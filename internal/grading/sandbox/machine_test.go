//go:build unix

package sandbox_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"rnn101/internal/grading/sandbox"
	"rnn101/internal/grading/sandbox/sandboxtest"
)

// A slow machine, or one that kills a process, must not look like a fault of the program
// that is called.

const echo = "	answer(input)"

// Time during which a worker gets no processor does not count.
func TestAPauseDoesNotCount(t *testing.T) {
	p := program(t, "", echo, sandbox.Limits{Time: time.Second})
	worker, err := p.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	syscall.Kill(worker, syscall.SIGSTOP)
	time.AfterFunc(3*time.Second, func() { syscall.Kill(worker, syscall.SIGCONT) })
	if o := call(t, p, "good"); o.Status != sandbox.Answered {
		t.Errorf("after a pause of the worker the status is %q, want %q", o.Status, sandbox.Answered)
	}
}

func TestACallIsTriedAgainIfItsWorkerIsKilled(t *testing.T) {
	p := program(t, "", echo, sandbox.Limits{})
	worker, err := p.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	syscall.Kill(worker, syscall.SIGKILL)
	if o := call(t, p, "good"); o.Status != sandbox.Answered {
		t.Errorf("after the worker was killed the status is %q, want %q", o.Status, sandbox.Answered)
	}
}

func TestACallIsTriedAgainIfItsWorkerDoesNotStart(t *testing.T) {
	p := program(t, "", echo, sandbox.Limits{})
	sandboxtest.BreakWorkers(t, 1, sandboxtest.Killed)
	if o := call(t, p, "good"); o.Status != sandbox.Answered {
		t.Errorf("after the worker was killed the status is %q, want %q", o.Status, sandbox.Answered)
	}
}

// If the second try fails, too, that is an error, which says what happened.
func TestAWorkerThatIsKilledTwiceIsAnError(t *testing.T) {
	p := program(t, "", echo, sandbox.Limits{})
	worker, err := p.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sandboxtest.BreakWorkers(t, 1, sandboxtest.Killed)
	syscall.Kill(worker, syscall.SIGKILL)
	o, err := p.Call(t.Context(), nil)
	if err == nil || !strings.Contains(err.Error(), "signal: killed") {
		t.Errorf("the outcome is %q and the error %v, want an error with %q", o.Status, err, "signal: killed")
	}
}

// compilers are fake go commands, by the names under which they are started.
var compilers = map[string]func(){
	"killed-once": func() {
		if _, err := os.Stat("../once"); err == nil {
			succeed("")
			return
		}
		os.WriteFile("../once", nil, 0o600)
		syscall.Kill(os.Getpid(), syscall.SIGKILL)
	},
	"killed": func() { syscall.Kill(os.Getpid(), syscall.SIGKILL) },
	"child":  func() { fail("go build submission: /usr/local/go/pkg/tool/linux_amd64/compile: signal: killed") },
	"disk":   func() { fail("compile: writing output: write $WORK/b001/_pkg_.a: no space left on device") },
	"fork": func() {
		fail("go: fork/exec /usr/local/go/pkg/tool/linux_amd64/link: resource temporarily unavailable")
	},
	"memory":         func() { fail("fatal error: runtime: out of memory") },
	"a quoted error": func() { fail("./answer.go:3:15: cannot use \"no space left on device\" as int value") },
}

// fail ends a fake compiler with an error message.
func fail(message string) {
	fmt.Println(message)
	os.Exit(1)
}

// succeed writes a program.
func succeed(program string) {
	if err := os.WriteFile("program.wasm", []byte(program), 0o600); err != nil {
		fail(err.Error())
	}
}

func build(ctx context.Context, b *sandbox.Builder) (string, error) {
	return b.Build(ctx, map[string]string{"main.go": "package main\n\nfunc main() {}\n"})
}

func TestAProgramIsCompiledAgainIfTheCompilerIsKilled(t *testing.T) {
	if _, err := build(t.Context(), sandboxtest.Compiler(t, "killed-once")); err != nil {
		t.Errorf("the error is %v", err)
	}
}

// A failure that may be the machine's is not a rejection of the program.
func TestAFailureOfTheMachineIsNotARejection(t *testing.T) {
	for name, c := range map[string]struct {
		rejected bool
		says     string
	}{
		"killed":         {false, "signal: killed"},
		"child":          {false, "signal: killed"},
		"disk":           {false, "no space left on device"},
		"fork":           {false, "resource temporarily unavailable"},
		"memory":         {true, "memory"}, // the machine has more than the limit
		"a quoted error": {true, "as int value"},
	} {
		_, err := build(t.Context(), sandboxtest.Compiler(t, name))
		var rejected *sandbox.Rejected
		if err == nil || errors.As(err, &rejected) != c.rejected || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: the error is %T %v; want a rejection: %v, with %q", name, err, err, c.rejected, c.says)
		}
	}
}
