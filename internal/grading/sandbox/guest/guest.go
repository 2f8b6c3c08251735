// Package guest runs WebAssembly programs of Go under wazero, without files, network, processes,
// clock or environment: as machine code, or as libraries that are interpreted. It knows nothing of
// processes and their time: a call may never end.
package guest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"regexp"
	"strings"
	"sync/atomic"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
	"github.com/tetratelabs/wazero/sys"
)

// Status is how a call ended.
type Status string

const (
	Answered Status = "answered"  // it returned a value
	NoResult Status = "no result" // it ended without a value
	Panicked Status = "panicked"  // Stderr has the panic
	Exited   Status = "exited"    // it exited the program
	TimedOut Status = "timed out" // it used up its processor time
	TooLarge Status = "too large" // its value or its memory is over the limit
)

// Outcome is the result of a call.
type Outcome struct {
	Status Status
	Value  []byte // the value, if Answered
	Stderr string // the beginning and the end of its standard error
}

// Limits are in bytes.
type Limits struct {
	Memory int // of the guest
	Answer int // of the value that a call returns
}

// The function of the host that a guest calls to return a value.
const (
	hostModule   = "sandbox"
	hostFunction = "answer"
)

// Source is the source of the package with which a program reads its input and returns a value. It
// does not import os, which would be most of a small program.
const Source = `// Package guest reads the input of a call and returns a value from the sandbox.
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

// host is the part of the host that a guest can reach, and what the guest has made of it.
type host struct {
	limit    int
	value    []byte
	answered bool
	tooBig   bool
	stderr   *ends
	begun    atomic.Bool // it has begun to read its input
}

// Begun reports whether the guest has begun to read the input of the last call. What runs at the
// start of a program cannot do so. It may be called during a call.
func (h *host) Begun() bool { return h.begun.Load() }

// begin forgets the last call.
func (h *host) begin() {
	h.value, h.answered, h.tooBig, h.stderr = nil, false, false, &ends{limit: 4 << 10}
	h.begun.Store(false)
}

// config is the configuration of an instance for a call.
func (h *host) config(given []byte) wazero.ModuleConfig {
	return wazero.NewModuleConfig().WithName("").WithStdin(input{bytes.NewReader(given), &h.begun}).WithStdout(io.Discard).WithStderr(h.stderr)
}

// input is the standard input of a guest. It notes that the guest has come to it.
type input struct {
	*bytes.Reader
	begun *atomic.Bool
}

func (in input) Read(p []byte) (int, error) {
	in.begun.Store(true)
	return in.Reader.Read(p)
}

// newRuntime returns a runtime whose modules can import the host's function.
func newRuntime(ctx context.Context, config wazero.RuntimeConfig, limits Limits) (wazero.Runtime, *host, error) {
	r := wazero.NewRuntimeWithConfig(ctx, config.WithMemoryLimitPages(uint32(limits.Memory>>16)))
	if _, err := wasi_snapshot_preview1.Instantiate(ctx, r); err != nil {
		return nil, nil, err
	}
	h := &host{limit: limits.Answer}
	answer := func(_ context.Context, m api.Module, at, length uint32) {
		if int(length) > h.limit {
			h.tooBig = true
			return
		}
		if data, ok := m.Memory().Read(at, length); ok {
			h.value, h.answered = bytes.Clone(data), true
		}
	}
	_, err := r.NewHostModuleBuilder(hostModule).NewFunctionBuilder().WithFunc(answer).Export(hostFunction).Instantiate(ctx)
	return r, h, err
}

// Program is a program as machine code. Each call runs it from its start.
type Program struct {
	*host
	runtime wazero.Runtime
	module  wazero.CompiledModule
}

// Compile makes machine code of a program. It is kept in a folder, and taken from there, unless that
// is "".
func Compile(ctx context.Context, wasm []byte, limits Limits, folder string) (*Program, error) {
	config := wazero.NewRuntimeConfig()
	if folder != "" {
		cache, err := wazero.NewCompilationCacheWithDir(folder)
		if err != nil {
			return nil, err
		}
		config = config.WithCompilationCache(cache)
	}
	r, h, err := newRuntime(ctx, config, limits)
	if err != nil {
		return nil, err
	}
	module, err := r.CompileModule(ctx, wasm)
	return &Program{h, r, module}, err
}

// Call runs the program in a fresh instance. ok is true.
func (p *Program) Call(ctx context.Context, input []byte) (o Outcome, ok bool) {
	p.host.begin()
	instance, err := p.runtime.InstantiateModule(withAllocator(ctx), p.module, p.host.config(input))
	if instance != nil {
		instance.Close(ctx)
	}
	return p.host.outcome(err), true
}

// outOfMemory is how the Go runtime ends a program that got no memory. A program that goes on may
// print the same.
var outOfMemory = regexp.MustCompile(`(?m)^(fatal error: )?runtime: out of memory`)

// outcome returns what a call has come to, which ended with err.
func (h *host) outcome(err error) Outcome {
	text := h.stderr.String()
	var exit *sys.ExitError
	switch {
	case h.tooBig || errors.As(err, &exit) && exit.ExitCode() == 2 && outOfMemory.MatchString(text):
		return Outcome{Status: TooLarge, Stderr: text}
	case errors.As(err, &exit) && exit.ExitCode() == 2:
		return Outcome{Status: Panicked, Stderr: text}
	case errors.As(err, &exit) && exit.ExitCode() != 0:
		return Outcome{Status: Exited, Stderr: text}
	case err != nil && !errors.As(err, &exit):
		return Outcome{Status: Panicked, Stderr: text + err.Error()}
	case !h.answered:
		return Outcome{Status: NoResult, Stderr: text}
	}
	return Outcome{Status: Answered, Value: h.value, Stderr: text}
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
