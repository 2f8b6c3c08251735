// Package sandbox runs untrusted Go code and returns the values that it computes.
//
// The Go toolchain compiles the code to WebAssembly, in a child process with a fixed
// environment and limits. The program runs under wazero, without files, network, processes,
// clock or environment, in a worker process that ends as soon as a call has used up its
// processor time: an endless loop costs its own call and no other. The sandbox returns
// values only; the caller decides whether they are right. Package guest has what runs in a worker.
//
// The same program has the same outcome on a busy machine. If the machine may have failed (a
// process was killed from outside, memory or disk ran out, a process got no processor for a
// long time), the sandbox tries once more, with no other compilation or call of this process
// running, and then returns an error. Such a failure is never an outcome or a rejection.
package sandbox

import (
	"context"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"rnn101/internal/grading/sandbox/child"
	"rnn101/internal/grading/sandbox/compiler"
	"rnn101/internal/grading/sandbox/guest"
	"rnn101/internal/process"
)

// Limits are the limits of a call. A zero field has its default.
type Limits struct {
	Time   time.Duration // processor time of a call; default 2 s
	Clock  time.Duration // wall-clock time of a call; default 120 times Time
	Start  time.Duration // wall-clock time of a worker's start; default 2 min
	Memory int           // bytes of memory; default 256 MiB
	Answer int           // bytes of the value that a call returns; default 1 MiB
}

func (l Limits) withDefaults() Limits {
	if l.Time == 0 {
		l.Time = 2 * time.Second
	}
	if l.Clock == 0 {
		l.Clock = 120 * l.Time
	}
	if l.Start == 0 {
		l.Start = 2 * time.Minute
	}
	if l.Memory == 0 {
		l.Memory = 256 << 20
	}
	if l.Answer == 0 {
		l.Answer = 1 << 20
	}
	return l
}

// Status is how a call ended.
type Status = guest.Status

const (
	Answered = guest.Answered
	NoResult = guest.NoResult
	Panicked = guest.Panicked
	Exited   = guest.Exited
	TimedOut = guest.TimedOut
	TooLarge = guest.TooLarge
)

// Outcome is the result of a call.
type Outcome = guest.Outcome

// Program is a compiled program that can be called.
type Program struct {
	wasm   string // the path of its file, "" if it is not compiled yet
	limits Limits
	worker *worker

	library     string  // the path of its file as a library, "" if it is not interpreted
	interpreter *worker // for the library
	compile     func(context.Context) (wasm string, err error)

	code   *machineCode
	folder string // with the machine code of this program, "" if it has none yet

	budget *Budget
	once   bool // a call that fails because of the machine is not tried again
	stuck  bool // it does not come to its input, whatever that is
}

// setup is the first message to a worker.
type setup struct {
	Wasm    string
	Library bool // it is a library, to be interpreted
	Limits  Limits
	Machine string // folder to keep the machine code in, or ""
}

// ready is the first message from a worker.
type ready struct {
	Problem string        // why it cannot run the program, or ""
	Used    time.Duration // processor time of the worker since its start
}

// request is a message to a worker: a call.
type request struct {
	Input []byte
	Time  time.Duration // its processor time
}

// reply is a worker's message after a call.
type reply struct {
	Outcome   Outcome
	Undecided bool          // of a library: the program may have another outcome
	Begun     bool          // the program has begun to read its input
	Used      time.Duration // as in ready
}

// worker is a process that runs one program, call after call.
type worker struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	to   *gob.Encoder
	from *gob.Decoder
	used time.Duration // its processor time as of its last message
}

// WorkerVariable is the environment variable that makes RunIfWorker run a worker.
const WorkerVariable = "RNN101_SANDBOX_WORKER"

// Open returns a compiled program, which Build has returned, for calls. Its worker starts at
// the first call; Close ends it.
func (b *Builder) Open(wasm string, limits Limits) *Program {
	return &Program{wasm: wasm, limits: limits.withDefaults(), code: &b.code, budget: b.Budget, once: b.once}
}

// Interpret compiles a module as Build does, and returns it for calls. Its package main exports a
// function for a call, guest.Function, which does what main does. The calls are interpreted, each
// from the state after the initialization; what has no value or panic soon is called again as a
// program that Open returns. For most programs that takes a quarter of the time: making machine code
// of the Go runtime takes longer than compiling a student's functions and calling them all.
func (b *Builder) Interpret(ctx context.Context, files map[string]string, limits Limits) (*Program, error) {
	library, err := b.build(ctx, files, true)
	if err != nil {
		return nil, err
	}
	p := b.Open("", limits)
	p.library = library
	p.compile = func(ctx context.Context) (string, error) { return b.Build(ctx, files) }
	return p, nil
}

// Close ends the workers that are running.
func (p *Program) Close() {
	p.stop(&p.worker)
	p.stop(&p.interpreter)
	if p.folder != "" {
		p.code.release(p.wasm)
		p.folder = ""
	}
}

// stop ends a worker, if it is running.
func (p *Program) stop(w **worker) {
	if *w != nil {
		(*w).in.Close()
		(*w).kill()
		p.budget.Spend((*w).unreported())
		*w = nil
	}
}

// Call runs the program from its start with an input, in a fresh instance, and returns the
// outcome. An error means that the machine or the sandbox failed, twice. If the budget is used up, the
// outcome is that the call timed out. So it is, without another call, if an earlier one did not come to
// its input in time: that is the same for all inputs.
func (p *Program) Call(ctx context.Context, input []byte) (Outcome, error) {
	machine.RLock()
	outcome, ok := p.interpret(ctx, input)
	machine.RUnlock()
	if ok {
		return outcome, nil
	}
	if p.wasm == "" {
		wasm, err := p.compile(ctx)
		var rejected *Rejected
		if errors.As(err, &rejected) && p.budget.Refused() {
			return Outcome{Status: TimedOut}, nil
		}
		if err != nil {
			return Outcome{}, err
		}
		p.wasm = wasm
	}
	return retry(ctx, p.once, func(bool) (Outcome, error) { return p.call(ctx, input) })
}

// interpretedTime is the processor time of a call of a library, and of its initialization. Most need
// some milliseconds.
const interpretedTime = 400 * time.Millisecond

// interpret calls the library, if there is one. ok is false if the program has to be called: that
// decides about everything but values and panics.
func (p *Program) interpret(ctx context.Context, input []byte) (o Outcome, ok bool) {
	if p.library == "" || p.budget.Refuse() {
		return Outcome{}, false
	}
	var err error
	if p.interpreter == nil {
		p.interpreter, err = p.start(ctx, setup{Wasm: p.library, Library: true, Limits: p.limits})
	}
	var r reply
	if err == nil {
		r, err = p.exchange(ctx, &p.interpreter, request{input, min(interpretedTime, p.budget.CallTime(p.limits.Time))})
	}
	if err != nil || r.Outcome.Status == TimedOut {
		p.stop(&p.interpreter)
		p.library = ""
		return Outcome{}, false
	}
	return r.Outcome, !r.Undecided
}

func (p *Program) call(ctx context.Context, input []byte) (Outcome, error) {
	if p.stuck || p.budget.Refuse() {
		return Outcome{Status: TimedOut}, nil
	}
	if p.worker == nil {
		w, err := p.startProgram(ctx)
		if err != nil {
			return Outcome{}, err
		}
		p.worker = w
	}
	r, err := p.exchange(ctx, &p.worker, request{input, p.budget.CallTime(p.limits.Time)})
	if err == nil && r.Outcome.Status == TimedOut {
		p.stop(&p.worker) // it has ended
		p.stuck = !r.Begun
		p.budget.TimedOut()
		p.budget.Refuse()
	}
	return r.Outcome, err
}

// exchange sends a call to a worker and returns its reply. After an error the worker has ended.
func (p *Program) exchange(ctx context.Context, at **worker, call request) (r reply, err error) {
	w := *at
	err = w.within(ctx, p.limits.Clock, func() error {
		if err := w.to.Encode(call); err != nil {
			return err
		}
		return w.from.Decode(&r)
	})
	if err != nil {
		p.stop(at)
		return reply{}, fmt.Errorf("a call failed after %v of its %v of processor time: %w", w.unreported().Round(time.Millisecond), call.Time, err)
	}
	p.budget.Spend(r.Used - w.used)
	w.used = r.Used
	return r, nil
}

// within exchanges messages with the worker. After an error the worker has ended.
func (w *worker) within(ctx context.Context, limit time.Duration, exchange func() error) error {
	ended := make(chan error, 1)
	go func() { ended <- exchange() }()
	select {
	case err := <-ended:
		if err != nil {
			w.kill()
			err = fmt.Errorf("%w (the worker: %s)", err, w.cmd.ProcessState)
		}
		return err
	case <-time.After(limit):
		w.kill()
		return fmt.Errorf("it did not end within %v", limit)
	case <-ctx.Done():
		w.kill()
		return ctx.Err()
	}
}

// startProgram starts a worker for the program, which it makes machine code of.
func (p *Program) startProgram(ctx context.Context) (w *worker, err error) {
	if p.folder == "" {
		if p.folder, err = p.code.use(p.wasm); err != nil {
			return nil, err
		}
	}
	return p.start(ctx, setup{Wasm: p.wasm, Limits: p.limits, Machine: p.folder})
}

// start starts a worker and waits until it is ready for calls.
func (p *Program) start(ctx context.Context, first setup) (*worker, error) {
	own, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(own)
	cmd.Env = []string{WorkerVariable + "=1"}
	cmd.Dir = os.TempDir()
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("the sandbox cannot be started: %w", err)
	}
	w := &worker{cmd: cmd, in: in, to: gob.NewEncoder(in), from: gob.NewDecoder(out)}
	err = w.within(ctx, p.limits.Start, func() error {
		if err := w.to.Encode(first); err != nil {
			return err
		}
		var r ready
		if err := w.from.Decode(&r); err != nil {
			return err
		}
		if w.used = r.Used; r.Problem != "" {
			return errors.New(r.Problem)
		}
		return nil
	})
	if err != nil {
		p.budget.Spend(w.unreported())
		return nil, fmt.Errorf("the sandbox cannot be started: %w", err)
	}
	p.budget.Spend(w.used)
	return w, nil
}

func (w *worker) kill() {
	w.cmd.Process.Kill()
	w.cmd.Wait()
}

// unreported returns the processor time of a worker that has ended since its last message.
func (w *worker) unreported() time.Duration { return child.TimeOf(w.cmd.ProcessState) - w.used }

// A Builder compiles programs.
type Builder struct {
	Go     string // the go command
	Root   string // the checkout whose go.mod and go.sum have the version of gonum
	Folder string // for the programs, by the hash of their source
	Cache  string // the build cache; default is the user's
	Kept   string // the folder in which a Cache is kept for later runs as Prepare has filled it, or ""

	Time time.Duration // wall-clock time of one compilation; the default is some minutes

	// Budget is what compilations and calls may take in all; nil is without a limit. The packages
	// that a program imports do not count.
	Budget *Budget

	code     machineCode
	limits   compiler.Limits
	once     bool        // what fails because of the machine is not tried again
	warm     atomic.Bool // an earlier program has had the standard library compiled
	heavy    bool        // within a budget: an earlier program has exceeded the limits of the compiler
	shared   string      // the cache that Cache begins as a copy of, or ""
	modules  string      // the module cache, or ""
	prepared string      // the folder with a file for each package that was prepared, or ""

	first  sync.Once
	caches [2]string // the user's module cache and build cache
	failed error
}

// Rejected is the error for a program that does not compile.
type Rejected struct{ Messages string } // of the compiler

func (r *Rejected) Error() string { return "it does not compile:\n" + r.Messages }

// Module is the module path of every program.
const Module = "submission"

// Build compiles a module and returns the path of the program. The keys of files are paths in
// the module, whose root is package main. The same files are compiled once. The error is a
// *Rejected if they do not compile, or exceed the limits of the compiler. Any other error
// means that the machine failed, twice.
func (b *Builder) Build(ctx context.Context, files map[string]string) (string, error) {
	return b.build(ctx, files, false)
}

// build is Build, for a program or a library.
func (b *Builder) build(ctx context.Context, files map[string]string, library bool) (string, error) {
	h := sha256.New()
	fmt.Fprintln(h, library)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(h, "%s %d\n%s", name, len(files[name]), files[name])
	}
	target := filepath.Join(b.Folder, hex.EncodeToString(h.Sum(nil))[:32]+".wasm")
	if _, err := os.Stat(target); err == nil {
		return target, nil
	}
	return retry(ctx, b.once, func(again bool) (string, error) {
		if b.Budget.Refuse() {
			return "", &Rejected{fmt.Sprintf("the %v of processor time for one student are used up", b.Budget.Limit())}
		}
		if b.Budget != nil {
			if err := b.prepareImports(ctx, files); err != nil {
				return "", err
			}
			again = true // the standard library is compiled
		}
		if b.shared != "" {
			cache, err := linkCache(b.shared, b.Cache)
			if err != nil {
				return "", err
			}
			b.Cache = cache
		}
		err := b.compile(ctx, files, target, library, again)
		if b.shared != "" && err != nil {
			b.removeRest()
		}
		return target, err
	})
}

// removeRest removes what a compilation that failed has left in the folder, which may be much.
func (b *Builder) removeRest() {
	if b.Cache != b.shared {
		os.RemoveAll(b.Cache)
	}
	rest, _ := filepath.Glob(filepath.Join(b.Folder, "go-build*"))
	for _, folder := range rest {
		os.RemoveAll(folder)
	}
}

// maxProgram is the size of the largest program that is run, in bytes. Most have 3 MB.
const maxProgram = 32 << 20

func (b *Builder) compile(ctx context.Context, files map[string]string, target string, library, again bool) error {
	work, err := os.MkdirTemp(b.Folder, ".build-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	for name, source := range files {
		file := filepath.Join(work, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(source), 0o600); err != nil {
			return err
		}
	}
	if err := b.writeModule(work); err != nil {
		return err
	}
	env, err := b.environment()
	if err != nil {
		return err
	}
	limit, limits := b.Time, b.limits
	if limit == 0 {
		limit = compiler.MaxTime
	}
	if limits == (compiler.Limits{}) {
		limits = compiler.Default
	}
	if b.Budget != nil {
		limits = limits.Within(b.Budget.Left(), b.heavy)
	}
	within, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := compiler.Command(within, limits, b.Go, "build", "-p", parallel(b.Budget), "-buildmode="+mode(library), "-trimpath", "-ldflags=-s -w", "-gcflags=-e", "-o", "program.wasm", ".")
	cmd.Dir = work
	cmd.Env = append(cmd.Env, env...)
	var output process.Excerpt
	cmd.Stdout, cmd.Stderr = &output, &output
	err = process.Run(cmd)
	if cmd.Process != nil {
		cmd.Cancel() // its children may still run, also after a good end
	}
	b.Budget.Spend(child.TimeOf(cmd.ProcessState))
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case within.Err() != nil:
		return fmt.Errorf("the compiler did not end within %v", limit)
	case errors.As(err, &exit):
		// A second try finds what the first has compiled of the standard library.
		onlyThisProgram := again || b.warm.Load()
		err, exceeded := limits.Failure(exit.ProcessState, strings.ReplaceAll(output.String(), work+string(filepath.Separator), ""), onlyThisProgram)
		b.heavy = b.heavy || exceeded && b.Budget != nil
		if fault := (*compiler.Fault)(nil); errors.As(err, &fault) {
			return &Rejected{fault.Messages}
		}
		return err
	case err != nil:
		return fmt.Errorf("the compiler cannot be used: %w", err)
	}
	b.warm.Store(true)
	program := filepath.Join(work, "program.wasm")
	if info, err := os.Stat(program); err == nil && info.Size() > maxProgram {
		b.heavy = b.Budget != nil
		return &Rejected{fmt.Sprintf("the program has more than %d MB", maxProgram>>20)}
	}
	return os.Rename(program, target)
}

// mode is the build mode of a program or a library.
func mode(library bool) string {
	if library {
		return "c-shared"
	}
	return "exe"
}

// parallel is how many packages the compiler works on at a time. Those of one student take the
// memory of one.
func parallel(budget *Budget) string {
	if budget != nil {
		return "1"
	}
	return strconv.Itoa(runtime.NumCPU())
}

// writeModule writes the go.mod and go.sum of a program. They allow gonum, in the version of
// the checkout, and no other module.
func (b *Builder) writeModule(work string) error {
	checkout, err := os.ReadFile(filepath.Join(b.Root, "go.mod"))
	if err != nil {
		return err
	}
	version, language := "", ""
	for _, line := range strings.Split(string(checkout), "\n") {
		fields := strings.Fields(line)
		if len(fields) >= 2 && fields[0] == "gonum.org/v1/gonum" {
			version = fields[1]
		}
		if len(fields) == 2 && fields[0] == "go" {
			language = fields[1]
		}
	}
	if version == "" {
		return fmt.Errorf("%s does not require gonum", filepath.Join(b.Root, "go.mod"))
	}
	sums, err := os.ReadFile(filepath.Join(b.Root, "go.sum"))
	if err != nil {
		return err
	}
	text := fmt.Sprintf("module %s\n\ngo %s\n\nrequire gonum.org/v1/gonum %s\n", Module, language, version)
	if err := os.WriteFile(filepath.Join(work, "go.mod"), []byte(text), 0o600); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(work, "go.sum"), sums, 0o600)
}

// environment returns the environment of the compiler: the module cache, a build cache, and
// b.Folder as the home directory, so that it writes nowhere else.
func (b *Builder) environment() ([]string, error) {
	b.first.Do(b.prepare)
	if b.failed != nil {
		return nil, b.failed
	}
	env := []string{"GOOS=wasip1", "GOARCH=wasm", "CGO_ENABLED=0", "GOWORK=off", "GOPROXY=off", "GOFLAGS=-mod=mod", "GOTOOLCHAIN=local", "GOENV=off",
		"GOMODCACHE=" + b.caches[0], "GOCACHE=" + b.cache(), "GOPATH=" + filepath.Join(b.Folder, "go")}
	for _, name := range []string{"HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME", "GOTMPDIR", "TMPDIR", "TEMP", "TMP"} {
		env = append(env, name+"="+b.Folder)
	}
	for _, name := range []string{"SystemRoot", "PATH"} {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return env, nil
}

// prepare finds the user's caches, and turns the telemetry of the go command off: it reads
// its mode from a file in the user's configuration (golang.org/x/telemetry).
func (b *Builder) prepare() {
	if b.modules != "" {
		b.caches[0] = b.modules
	} else if b.failed = b.findCaches(); b.failed != nil {
		return
	}
	for _, config := range []string{b.Folder, filepath.Join(b.Folder, "Library", "Application Support")} {
		folder := filepath.Join(config, "go", "telemetry")
		if b.failed = os.MkdirAll(folder, 0o700); b.failed == nil {
			b.failed = os.WriteFile(filepath.Join(folder, "mode"), []byte("off"), 0o600)
		}
		if b.failed != nil {
			return
		}
	}
}

// cache returns the build cache.
func (b *Builder) cache() string {
	if b.Cache == "" {
		return b.caches[1]
	}
	return b.Cache
}

func (b *Builder) findCaches() error {
	env := exec.Command(b.Go, "env", "GOMODCACHE", "GOCACHE")
	env.Dir = b.Root
	output, err := env.Output()
	lines := strings.Split(strings.TrimRight(string(output), "\r\n"), "\n")
	if err != nil || len(lines) != 2 {
		return fmt.Errorf("%s env GOMODCACHE GOCACHE printed %q: %v", b.Go, output, err)
	}
	b.caches = [2]string{strings.TrimSpace(lines[0]), strings.TrimSpace(lines[1])}
	return nil
}
