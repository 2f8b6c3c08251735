package sandbox

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	goruntime "runtime"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
	"github.com/tetratelabs/wazero/sys"

	"rnn101/internal/grading/sandbox/child"
	"rnn101/internal/grading/sandbox/compiler"
)

// The function of the host that a guest calls to return a value.
const (
	hostModule   = "sandbox"
	hostFunction = "answer"
)

// Guest is the source of the package with which a program reads its input and returns a value.
// GuestFile is its file in the module, GuestPath its import path. It does not import os, which
// would be most of a small program.
const (
	GuestFile = "guest/guest.go"
	GuestPath = Module + "/guest"
	Guest     = `// Package guest reads the input of a call and returns a value from the sandbox.
package guest

import (
	"syscall"
	"unsafe"
)

// Input returns the input, which is standard input.
func Input() []byte {
	var data []byte
	buffer := make([]byte, 64<<10)
	for {
		n, err := syscall.Read(0, buffer)
		if n <= 0 || err != nil {
			return data
		}
		data = append(data, buffer[:n]...)
	}
}

//go:wasmimport ` + hostModule + ` ` + hostFunction + `
func host(at unsafe.Pointer, length uint32)

// Answer returns a value. The last one counts.
func Answer(data []byte) { host(unsafe.Pointer(unsafe.SliceData(data)), uint32(len(data))) }
`
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
	ctx := context.Background()
	config := wazero.NewRuntimeConfig().WithMemoryLimitPages(uint32(first.Limits.Memory >> 16))
	if first.Machine != "" {
		cache, err := wazero.NewCompilationCacheWithDir(first.Machine)
		if err != nil {
			return err
		}
		config = config.WithCompilationCache(cache)
	}
	runtime := wazero.NewRuntimeWithConfig(ctx, config)
	g := &guest{limit: first.Limits.Answer}
	compiled, err := g.compile(ctx, runtime, first.Wasm)
	var r ready
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
	goruntime.GOMAXPROCS(max(2, goruntime.NumCPU()))
	debug.SetGCPercent(-1)
	ctx = withAllocator(ctx)
	calls := make(chan request)
	go func() {
		for {
			var call request
			if err := from.Decode(&call); err != nil {
				os.Exit(0)
			}
			calls <- call
		}
	}()
	for next := range calls {
		goruntime.GC()
		r, err := callWithLimit(next.Time, g, func() Outcome { return g.call(ctx, runtime, compiled, next.Input) })
		if err == nil {
			err = to.Encode(r)
		}
		if err != nil || r.Outcome.Status == TimedOut { // only the end of the process ends a loop
			return err
		}
	}
	return nil
}

// callWithLimit returns the outcome of a call: TimedOut as soon as this process has used more
// processor time for it than the limit. Wall-clock time would depend on the machine's load.
func callWithLimit(limit time.Duration, g *guest, call func() Outcome) (reply, error) {
	g.begun.Store(false)
	begin, err := child.ProcessorTime()
	if err != nil {
		return reply{}, err
	}
	outcome := make(chan Outcome, 1)
	go func() { outcome <- call() }()
	ticker := time.NewTicker(20 * time.Millisecond)
	defer ticker.Stop()
	for {
		var r reply
		ended := false
		select {
		case r.Outcome = <-outcome:
			ended = true
		case <-ticker.C:
		}
		if r.Used, err = child.ProcessorTime(); err != nil {
			return reply{}, err
		}
		r.Begun = g.begun.Load()
		if r.Used-begin > limit {
			r.Outcome = Outcome{Status: TimedOut}
			return r, nil
		}
		if ended {
			return r, nil
		}
	}
}

// outOfMemory is how the Go runtime ends a program that got no memory. A program that goes on may
// print the same.
var outOfMemory = regexp.MustCompile(`(?m)^(fatal error: )?runtime: out of memory`)

// guest is the part of the host that a guest program can reach.
type guest struct {
	limit    int
	value    []byte
	answered bool
	tooBig   bool
	begun    atomic.Bool // it has begun to read its input
}

// input is the standard input of a guest. It notes that the guest has come to it: what runs at the start
// of a program cannot read it.
type input struct {
	*bytes.Reader
	begun *atomic.Bool
}

func (in input) Read(p []byte) (int, error) {
	in.begun.Store(true)
	return in.Reader.Read(p)
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
			g.value, g.answered = bytes.Clone(data), true
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

// call runs the program from its start, in a fresh instance.
func (g *guest) call(ctx context.Context, runtime wazero.Runtime, compiled wazero.CompiledModule, given []byte) Outcome {
	g.value, g.answered, g.tooBig = nil, false, false
	stderr := &ends{limit: 4 << 10}
	config := wazero.NewModuleConfig().WithName("").WithStdin(input{bytes.NewReader(given), &g.begun}).WithStdout(io.Discard).WithStderr(stderr)
	instance, err := runtime.InstantiateModule(ctx, compiled, config)
	if instance != nil {
		instance.Close(ctx)
	}
	text := stderr.String()
	var exit *sys.ExitError
	switch {
	case g.tooBig || errors.As(err, &exit) && exit.ExitCode() == 2 && outOfMemory.MatchString(text):
		return Outcome{Status: TooLarge, Stderr: text}
	case errors.As(err, &exit) && exit.ExitCode() == 2:
		return Outcome{Status: Panicked, Stderr: text}
	case errors.As(err, &exit) && exit.ExitCode() != 0:
		return Outcome{Status: Exited, Stderr: text}
	case err != nil && !errors.As(err, &exit):
		return Outcome{Status: Panicked, Stderr: text + err.Error()}
	case !g.answered:
		return Outcome{Status: NoResult, Stderr: text}
	}
	return Outcome{Status: Answered, Value: g.value, Stderr: text}
}

// ends keeps the beginning and the end of what is written to it. The message of a panic is at
// the beginning of its trace, and a program may print much before it.
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
