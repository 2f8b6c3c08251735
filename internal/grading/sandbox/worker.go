package sandbox

import (
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"time"

	"rnn101/internal/grading/sandbox/child"
	"rnn101/internal/grading/sandbox/compiler"
	"rnn101/internal/grading/sandbox/guest"
)

// Guest is the source of the package with which a program reads its input and returns a value.
// GuestFile is its file in the module, GuestPath its import path. GuestFunction is the name of the
// function that package main exports for Interpret.
const (
	GuestFile     = "guest/guest.go"
	GuestPath     = Module + "/guest"
	Guest         = guest.Source
	GuestFunction = guest.Function
)

// RunIfWorker runs a worker or a child, and does not return, if the environment asks for one. A program
// that uses the sandbox must call it first.
func RunIfWorker() {
	compiler.RunIfLimited()
	child.RunIfChild()
	if os.Getenv(WorkerVariable) == "" {
		return
	}
	if err := work(os.Stdin, os.Stdout); err != nil && !errors.Is(err, io.EOF) {
		fmt.Fprintln(os.Stderr, "sandbox:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

func work(in io.Reader, out io.Writer) error {
	to, from := gob.NewEncoder(out), gob.NewDecoder(in)
	var first setup
	if err := from.Decode(&first); err != nil {
		return err
	}
	var r ready
	program, err := load(first)
	if err == nil {
		r.Used, err = child.ProcessorTime()
	}
	if err != nil {
		r.Problem = err.Error()
	}
	if err := to.Encode(r); err != nil || r.Problem != "" {
		return err
	}
	// A second thread measures the time of a call, and waits for the next input: if the
	// parent is killed, its end of the pipe closes, and nothing else would end an endless
	// call. Garbage is collected between calls only: the collector stops all threads, and
	// cannot stop a guest's loop.
	runtime.GOMAXPROCS(max(2, runtime.NumCPU()))
	if !first.Library {
		debug.SetGCPercent(-1)
	}
	calls := make(chan request)
	go func() {
		for {
			var next request
			if err := from.Decode(&next); err != nil {
				os.Exit(0)
			}
			calls <- next
		}
	}()
	for next := range calls {
		if !first.Library {
			runtime.GC()
		}
		r, err := callWithLimit(next.Time, func() (Outcome, bool) { return program.Call(context.Background(), next.Input) })
		r.Begun = program.Begun()
		if err == nil {
			err = to.Encode(r)
		}
		if err != nil || r.Outcome.Status == TimedOut { // only the end of the process ends a loop
			return err
		}
	}
	return nil
}

// callable is a program or a library.
type callable interface {
	// Call returns the outcome of a call. ok is false if that is undecided.
	Call(ctx context.Context, input []byte) (o Outcome, ok bool)
	Begun() bool
}

// load gets a program or a library ready for calls.
func load(first setup) (callable, error) {
	ctx := context.Background()
	limits := guest.Limits{Memory: first.Limits.Memory, Answer: first.Limits.Answer}
	wasm, err := os.ReadFile(first.Wasm)
	if err != nil {
		return nil, err
	}
	if !first.Library {
		return guest.Compile(ctx, wasm, limits, first.Machine)
	}
	var library *guest.Library
	var failed error
	r, err := callWithLimit(loadingTime+interpretedTime, func() (Outcome, bool) {
		library, failed = guest.Load(ctx, wasm, limits)
		return Outcome{}, failed == nil
	})
	switch {
	case err != nil:
		return nil, err
	case r.Outcome.Status == TimedOut:
		return nil, errors.New("its initialization did not end in time")
	case r.Undecided:
		return nil, failed
	}
	return library, nil
}

// loadingTime is the processor time that the interpreter needs for a library before it runs it.
const loadingTime = time.Second

// callWithLimit returns the outcome of a call: TimedOut as soon as this process has used more
// processor time for it than the limit. Wall-clock time would depend on the machine's load.
func callWithLimit(limit time.Duration, call func() (o Outcome, ok bool)) (reply, error) {
	begin, err := child.ProcessorTime()
	if err != nil {
		return reply{}, err
	}
	ended := make(chan reply, 1)
	go func() {
		o, ok := call()
		ended <- reply{Outcome: o, Undecided: !ok}
	}()
	ticker := time.NewTicker(20 * time.Millisecond)
	defer ticker.Stop()
	for {
		var r reply
		over := false
		select {
		case r = <-ended:
			over = true
		case <-ticker.C:
		}
		if r.Used, err = child.ProcessorTime(); err != nil {
			return reply{}, err
		}
		if r.Used-begin > limit {
			r.Outcome = Outcome{Status: TimedOut}
			return r, nil
		}
		if over {
			return r, nil
		}
	}
}
