package sandbox

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	goruntime "runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
	"github.com/tetratelabs/wazero/sys"
)

// The guest calls this function of the host to give back a value; the input is its
// standard input.
const (
	hostModule   = "sandbox"
	hostFunction = "answer"
)

// A program that gives a value back has this file beside its own, a package of its own with
// the function Answer.
const (
	GuestFile = "guest/guest.go"
	GuestPath = Module + "/guest"
	Guest     = `// Package guest gives back a value out of the sandbox.
package guest

import "unsafe"

//go:wasmimport ` + hostModule + ` ` + hostFunction + `
func host(at unsafe.Pointer, length uint32)

// Answer gives a value back. The last one counts.
func Answer(data []byte) { host(unsafe.Pointer(unsafe.SliceData(data)), uint32(len(data))) }
`
)

// RunIfWorker makes this process a worker if its environment says so, and then does not return.
// A program that opens sandboxes calls it first.
func RunIfWorker() {
	if os.Getenv(limitVariable) != "" {
		becomeLimited()
	}
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
	var first hello
	if err := from.Decode(&first); err != nil {
		return err
	}
	ctx := context.Background()
	runtime := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfig().WithMemoryLimitPages(uint32(first.Limits.Memory>>16)))
	g := &guest{limit: first.Limits.Answer}
	compiled, err := g.compile(ctx, runtime, first.Wasm)
	var r ready
	if err == nil {
		r.Used, err = processorTime()
	}
	if err != nil {
		r.Trouble = err.Error()
	}
	if err := to.Encode(r); err != nil || r.Trouble != "" {
		return err
	}
	// The time of a call is measured beside it, which takes a thread more; so is the next
	// input waited for: is the process that started this one killed, its end of the pipe
	// closes, and nobody else would end a call without an end. Garbage is collected between
	// calls only: a collection waits for all threads, a guest's loop does not wait for it,
	// and nothing beside it would work on.
	goruntime.GOMAXPROCS(max(2, goruntime.NumCPU()))
	debug.SetGCPercent(-1)
	ctx = withMemory(ctx)
	inputs := make(chan []byte)
	go func() {
		for {
			var input []byte
			if err := from.Decode(&input); err != nil {
				os.Exit(0)
			}
			inputs <- input
		}
	}()
	for input := range inputs {
		goruntime.GC()
		r, err := measured(first.Limits.Time, func() Outcome { return g.call(ctx, runtime, compiled, input) })
		if err == nil {
			err = to.Encode(r)
		}
		if err != nil || r.Outcome.Fate == Late { // a loop has no other end than that of the process
			return err
		}
	}
	return nil
}

// measured is what comes of a call, or that it is late: as soon as this process has used
// too much processor time for it. By the clock, a call would be late on a busy machine.
func measured(limit time.Duration, call func() Outcome) (reply, error) {
	begin, err := processorTime()
	if err != nil {
		return reply{}, err
	}
	ended := make(chan Outcome, 1)
	go func() { ended <- call() }()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for {
		var r reply
		over := false
		select {
		case r.Outcome = <-ended:
			over = true
		case <-look.C:
		}
		if r.Used, err = processorTime(); err != nil {
			return reply{}, err
		}
		if r.Used-begin > limit {
			r.Outcome = Outcome{Fate: Late}
			return r, nil
		}
		if over {
			return r, nil
		}
	}
}

// guest is what the program of a stranger can reach of its host.
type guest struct {
	limit  int
	value  []byte
	gave   bool
	tooBig bool
}

func (g *guest) compile(ctx context.Context, runtime wazero.Runtime, file string) (wazero.CompiledModule, error) {
	if _, err := wasi_snapshot_preview1.Instantiate(ctx, runtime); err != nil {
		return nil, err
	}
	answer := func(_ context.Context, m api.Module, at, length uint32) {
		if int(length) > g.limit {
			g.tooBig = true
			return
		}
		if data, ok := m.Memory().Read(at, length); ok {
			g.value, g.gave = bytes.Clone(data), true
		}
	}
	if _, err := runtime.NewHostModuleBuilder(hostModule).NewFunctionBuilder().WithFunc(answer).Export(hostFunction).Instantiate(ctx); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return runtime.CompileModule(ctx, data)
}

// call runs the program from its beginning, in an instance of its own.
func (g *guest) call(ctx context.Context, runtime wazero.Runtime, compiled wazero.CompiledModule, input []byte) Outcome {
	g.value, g.gave, g.tooBig = nil, false, false
	stderr := &ends{limit: 4 << 10}
	config := wazero.NewModuleConfig().WithName("").WithStdin(bytes.NewReader(input)).WithStdout(io.Discard).WithStderr(stderr)
	instance, err := runtime.InstantiateModule(ctx, compiled, config)
	if instance != nil {
		instance.Close(ctx)
	}
	said := stderr.String()
	var exit *sys.ExitError
	switch {
	case g.tooBig || strings.Contains(said, "runtime: out of memory"):
		return Outcome{Fate: TooBig, Said: said}
	case errors.As(err, &exit) && exit.ExitCode() == 2:
		return Outcome{Fate: Panicked, Said: said}
	case errors.As(err, &exit) && exit.ExitCode() != 0:
		return Outcome{Fate: Exited, Said: said}
	case err != nil && !errors.As(err, &exit):
		return Outcome{Fate: Panicked, Said: said + err.Error()}
	case !g.gave:
		return Outcome{Fate: Silent, Said: said}
	}
	return Outcome{Fate: Answered, Value: g.value, Said: said}
}

// ends keeps the beginning and the end of what is written to it: a panic says at its
// beginning what it is, and what a program printed before it may be long.
type ends struct {
	limit      int
	head, tail []byte
}

func (e *ends) Write(p []byte) (int, error) {
	n := len(p)
	if room := e.limit - len(e.head); room > 0 {
		kept := min(room, len(p))
		e.head, p = append(e.head, p[:kept]...), p[kept:]
	}
	e.tail = append(e.tail, p...)
	if over := len(e.tail) - e.limit; over > 0 {
		e.tail = append(e.tail[:0], e.tail[over:]...)
	}
	return n, nil
}

func (e *ends) String() string {
	return strings.ToValidUTF8(string(e.head)+string(e.tail), "�")
}
