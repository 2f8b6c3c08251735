package guest

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/sys"
)

// Function is the name of the function that a library exports for calls.
const Function = "call"

// Library is a program that was compiled as a library (go build -buildmode=c-shared). It is
// interpreted: to make machine code of the Go runtime takes longer than most programs run in all.
// Its initialization, which takes longer than most calls, is run once: each call begins with a
// copy of the state after it.
type Library struct {
	*host
	runtime wazero.Runtime
	module  wazero.CompiledModule
	memory  []byte
	globals []uint64
	clock   clock
}

// Load initializes a library. Its initialization may never end.
func Load(ctx context.Context, wasm []byte, limits Limits) (*Library, error) {
	wasm, globals, err := exportGlobals(wasm)
	if err != nil {
		return nil, err
	}
	r, h, err := newRuntime(ctx, wazero.NewRuntimeConfigInterpreter(), limits)
	if err != nil {
		return nil, err
	}
	l := &Library{runtime: r, host: h, globals: make([]uint64, globals)}
	if l.module, err = r.CompileModule(ctx, wasm); err != nil {
		return nil, err
	}
	h.begin()
	instance, err := r.InstantiateModule(ctx, l.module, l.clock.set(h.config(nil)).WithStartFunctions("_initialize"))
	if err != nil {
		return nil, err
	}
	defer instance.Close(ctx)
	if instance.ExportedFunction(Function) == nil {
		return nil, errors.New("the library has no function " + Function)
	}
	memory, _ := instance.Memory().Read(0, instance.Memory().Size())
	l.memory = bytes.Clone(memory)
	for i := range l.globals {
		l.globals[i] = instance.ExportedGlobal(globalName(i)).Get()
	}
	return l, nil
}

// Call calls the library. ok is false if the outcome may be another than that of the same program
// run from its start, as machine code: the interpreter has less room for recursion, and a library
// ends in another way. It is true for a value and for a panic.
func (l *Library) Call(ctx context.Context, input []byte) (o Outcome, ok bool) {
	l.host.begin()
	clock := l.clock // goes on from the initialization
	instance, err := l.runtime.InstantiateModule(withAllocator(ctx), l.module, clock.set(l.host.config(input)).WithStartFunctions())
	if err != nil {
		return Outcome{}, false
	}
	defer instance.Close(ctx)
	if more := len(l.memory) - int(instance.Memory().Size()); more > 0 {
		instance.Memory().Grow(uint32(more >> 16))
	}
	if !instance.Memory().Write(0, l.memory) {
		return Outcome{}, false
	}
	for i, value := range l.globals {
		if global, ok := instance.ExportedGlobal(globalName(i)).(api.MutableGlobal); ok {
			global.Set(value)
		}
	}
	_, err = instance.ExportedFunction(Function).Call(ctx)
	if err == nil {
		o = l.host.outcome(nil)
		return o, o.Status == Answered
	}
	// A program exits with status 2 after a panic; a library aborts.
	aborted := strings.HasPrefix(err.Error(), "wasm error: unreachable")
	o = l.host.outcome(sys.NewExitError(2))
	return o, aborted && o.Status == Panicked
}

// clock is the time of a library: it goes on by a millisecond when it is read, as that of wazero
// does for programs. So a sleep takes as many readings as it has milliseconds in both.
type clock struct{ now int64 }

// epoch is the wall time at the beginning, in seconds.
const epoch = 1640995200

func (c *clock) set(config wazero.ModuleConfig) wazero.ModuleConfig {
	const resolution = sys.ClockResolution(1e6)
	read := func() int64 {
		c.now += 1e6
		return c.now
	}
	return config.WithNanotime(read, resolution).
		WithWalltime(func() (int64, int32) { t := read(); return epoch + t/1e9, int32(t % 1e9) }, resolution).
		WithNanosleep(func(int64) {})
}
