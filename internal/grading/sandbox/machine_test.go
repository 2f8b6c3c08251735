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

// What becomes of a call when the machine is slow, or ends what it needs. None of it may
// look like the work of the program that is called.

const echo = "	answer(input)"

// A worker that gets no processor for longer than a call may take has not used the time.
func TestAPauseIsNotCounted(t *testing.T) {
	p := program(t, "", echo, sandbox.Limits{Time: time.Second})
	worker, err := p.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	syscall.Kill(worker, syscall.SIGSTOP)
	time.AfterFunc(3*time.Second, func() { syscall.Kill(worker, syscall.SIGCONT) })
	if o := call(t, p, "good"); o.Fate != sandbox.Answered {
		t.Errorf("after a pause of its worker the call is %q, want %q", o.Fate, sandbox.Answered)
	}
}

func TestACallIsTriedAgainIfItsWorkerIsKilled(t *testing.T) {
	p := program(t, "", echo, sandbox.Limits{})
	worker, err := p.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	syscall.Kill(worker, syscall.SIGKILL)
	if o := call(t, p, "good"); o.Fate != sandbox.Answered {
		t.Errorf("after its worker was killed the call is %q, want %q", o.Fate, sandbox.Answered)
	}
}

func TestACallIsTriedAgainIfItsWorkerDoesNotStart(t *testing.T) {
	p := program(t, "", echo, sandbox.Limits{})
	sandboxtest.BreakWorkers(t, 1, sandboxtest.Killed)
	if o := call(t, p, "good"); o.Fate != sandbox.Answered {
		t.Errorf("after its worker was killed the call is %q, want %q", o.Fate, sandbox.Answered)
	}
}

// The second try fails, too: that is an error, which says what happened.
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
		t.Errorf("the outcome is %q and the error %v, want an error with %q", o.Fate, err, "signal: killed")
	}
}

// compilers stand in for the go command. They are started under their names.
var compilers = map[string]func(){
	"killed-once": func() {
		if _, err := os.Stat("../once"); err == nil {
			compiled("")
			return
		}
		os.WriteFile("../once", nil, 0o600)
		syscall.Kill(os.Getpid(), syscall.SIGKILL)
	},
	"killed": func() { syscall.Kill(os.Getpid(), syscall.SIGKILL) },
	"child":  func() { refused("go build submission: /usr/local/go/pkg/tool/linux_amd64/compile: signal: killed") },
	"disk":   func() { refused("compile: writing output: write $WORK/b001/_pkg_.a: no space left on device") },
	"fork": func() {
		refused("go: fork/exec /usr/local/go/pkg/tool/linux_amd64/link: resource temporarily unavailable")
	},
	"memory":      func() { refused("fatal error: runtime: out of memory") },
	"their error": func() { refused("./answer.go:3:15: cannot use \"no space left on device\" as int value") },
}

func refused(message string) {
	fmt.Println(message)
	os.Exit(1)
}

// compiled writes a program.
func compiled(program string) {
	if err := os.WriteFile("program.wasm", []byte(program), 0o600); err != nil {
		refused(err.Error())
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

// What the machine may have done to the compiler is no rejection of the program.
func TestAFaultOfTheMachineIsNoRejection(t *testing.T) {
	for name, c := range map[string]struct {
		rejected bool
		says     string
	}{
		"killed":      {false, "signal: killed"},
		"child":       {false, "signal: killed"},
		"disk":        {false, "no space left on device"},
		"fork":        {false, "resource temporarily unavailable"},
		"memory":      {true, "memory"}, // the machine has more than the limit
		"their error": {true, "as int value"},
	} {
		_, err := build(t.Context(), sandboxtest.Compiler(t, name))
		var rejected *sandbox.Rejected
		if err == nil || errors.As(err, &rejected) != c.rejected || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: the error is %T %v; want a rejection: %v, with %q", name, err, err, c.rejected, c.says)
		}
	}
}
