// Package sandbox runs Go code of strangers, and brings back what it computes.
//
// The code is compiled by the real toolchain to WebAssembly, in a child process with a
// fixed environment and limits, and runs under wazero, which gives it no files, no
// network, no processes, no clock and no environment. It runs in a worker process that
// ends when a call has used its processor time: a loop without an end takes its own case
// with it and nothing else. Values come out of the sandbox, never a verdict: whether they
// are right is decided by who asked.
//
// What a program does has the same outcome on a busy machine. What the machine may have
// done (a process killed from outside, no memory or disk, no processor for a long time) is
// tried once more, with no other compilation or call of this process beside it, and then
// is an error. No outcome or rejection comes of it.
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
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"rnn101/internal/process"
)

// Limits bound what a call may take.
type Limits struct {
	Time   time.Duration // of the processor, for one call; default 2 s
	Clock  time.Duration // for one call, by the clock; default 30 times Time
	Start  time.Duration // for the start of a worker, by the clock; default 2 min
	Memory int           // bytes; default 256 MiB
	Answer int           // bytes that one call may give back; default 1 MiB
}

func (l Limits) orDefault() Limits {
	if l.Time == 0 {
		l.Time = 2 * time.Second
	}
	if l.Clock == 0 {
		l.Clock = 30 * l.Time
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

// Fate is how a call ended.
type Fate string

const (
	Answered Fate = "answered" // with a value
	Silent   Fate = "silent"   // it ended without one
	Panicked Fate = "panicked" // Said holds the panic
	Exited   Fate = "exited"   // it ended the program
	Late     Fate = "late"     // no end within its processor time
	TooBig   Fate = "too big"  // its answer, or its memory, is over the limit
)

// Outcome is what came of a call.
type Outcome struct {
	Fate  Fate
	Value []byte // what it gave back, if Answered
	Said  string // the beginning and the end of its standard error
}

// Program is compiled code, ready to be called.
type Program struct {
	wasm   string // the file
	limits Limits
	worker *worker
}

// hello is the first message to a worker.
type hello struct {
	Wasm   string
	Limits Limits
}

// ready is a worker's first message.
type ready struct {
	Trouble string        // why it cannot work
	Used    time.Duration // processor time of the worker, since its start
}

// reply is a worker's message after a call.
type reply struct {
	Outcome Outcome
	Used    time.Duration // as in ready
}

// worker is a process that calls a program again and again.
type worker struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	to   *gob.Encoder
	from *gob.Decoder
	used time.Duration // processor time, as of its last message
}

// WorkerVariable in the environment makes a program that calls Work a worker.
const WorkerVariable = "RNN101_SANDBOX_WORKER"

// Open prepares a compiled program for calls. Close ends its worker.
func Open(wasm string, limits Limits) *Program {
	return &Program{wasm: wasm, limits: limits.orDefault()}
}

// Close ends the worker, if one runs.
func (p *Program) Close() {
	if p.worker != nil {
		p.worker.in.Close()
		p.worker.kill()
		p.worker = nil
	}
}

// Call runs the program from its beginning with an input, in an instance of its own, and
// returns what it gives back. An error means that the machine or the sandbox failed, twice.
func (p *Program) Call(ctx context.Context, input []byte) (Outcome, error) {
	return twice(ctx, func(bool) (Outcome, error) { return p.call(ctx, input) })
}

func (p *Program) call(ctx context.Context, input []byte) (Outcome, error) {
	if p.worker == nil {
		w, err := p.start(ctx)
		if err != nil {
			return Outcome{}, err
		}
		p.worker = w
	}
	w := p.worker
	var r reply
	err := w.within(ctx, p.limits.Clock, func() error {
		if err := w.to.Encode(input); err != nil {
			return err
		}
		return w.from.Decode(&r)
	})
	if err != nil {
		p.Close()
		used := w.cmd.ProcessState.UserTime() + w.cmd.ProcessState.SystemTime() - w.used
		return Outcome{}, fmt.Errorf("a call failed, with %v of its %v of processor time used: %w", used.Round(time.Millisecond), p.limits.Time, err)
	}
	if w.used = r.Used; r.Outcome.Fate == Late {
		p.Close() // it has ended
	}
	return r.Outcome, nil
}

// within talks with the worker. After an error the worker has ended.
func (w *worker) within(ctx context.Context, limit time.Duration, talk func() error) error {
	ended := make(chan error, 1)
	go func() { ended <- talk() }()
	select {
	case err := <-ended:
		if err != nil {
			w.kill()
			err = fmt.Errorf("%w (the worker: %s)", err, w.cmd.ProcessState)
		}
		return err
	case <-time.After(limit):
		w.kill()
		return fmt.Errorf("there was no end after %v by the clock", limit)
	case <-ctx.Done():
		w.kill()
		return ctx.Err()
	}
}

// start starts a worker and waits until it has compiled the program.
func (p *Program) start(ctx context.Context) (*worker, error) {
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
		if err := w.to.Encode(hello{p.wasm, p.limits}); err != nil {
			return err
		}
		var r ready
		if err := w.from.Decode(&r); err != nil {
			return err
		}
		if w.used = r.Used; r.Trouble != "" {
			return errors.New(r.Trouble)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("the sandbox cannot be started: %w", err)
	}
	return w, nil
}

func (w *worker) kill() {
	w.cmd.Process.Kill()
	w.cmd.Wait()
}

// Builder compiles programs.
type Builder struct {
	Go     string // the go tool
	Root   string // a checkout whose go.mod and go.sum say which gonum is used
	Folder string // where programs are kept, by the hash of their source
	Cache  string // the compiler's own; default is the user's

	Time time.Duration // of one compilation, by the clock; the default is some minutes

	limits compilerLimits
	warm   atomic.Bool // the standard library was compiled, with an earlier program

	once   sync.Once
	places [2]string // the user's cache of modules, and the compiler's
	failed error
}

// Rejected is what the compiler says of a program that it refuses.
type Rejected struct{ Messages string }

func (r *Rejected) Error() string { return "it does not compile:\n" + r.Messages }

// Module is the module that the files of a program are in.
const Module = "submission"

// Build compiles files, by their names, as the main package of a module, with packages of
// its own in folders, and returns the program's file. The same files give the same program
// without compiling again. Its error is a *Rejected if the compiler refuses them, or if they
// take more than the compiler has. Any other error means that the machine failed, twice.
func (b *Builder) Build(ctx context.Context, files map[string]string) (string, error) {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(h, "%s %d\n%s", name, len(files[name]), files[name])
	}
	target := filepath.Join(b.Folder, hex.EncodeToString(h.Sum(nil))[:32]+".wasm")
	if _, err := os.Stat(target); err == nil {
		return target, nil
	}
	return twice(ctx, func(again bool) (string, error) { return target, b.compile(ctx, files, target, again) })
}

func (b *Builder) compile(ctx context.Context, files map[string]string, target string, again bool) error {
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
	if err := b.module(work); err != nil {
		return err
	}
	env, err := b.environment()
	if err != nil {
		return err
	}
	limit, limits := b.Time, b.limits
	if limit == 0 {
		limit = compilerTime
	}
	if limits == (compilerLimits{}) {
		limits = defaultLimits
	}
	within, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := limited(within, b.Go, "build", "-trimpath", "-ldflags=-s -w", "-gcflags=-e", "-o", "program.wasm", ".")
	cmd.Dir = work
	cmd.Env = append(env, limitVariable+"="+limits.encode())
	var said process.Excerpt
	cmd.Stdout, cmd.Stderr = &said, &said
	err = process.Run(cmd)
	if cmd.Process != nil {
		cmd.Cancel() // what it has started may still run, also after a good end
	}
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case within.Err() != nil:
		return fmt.Errorf("the compiler had no end after %v by the clock", limit)
	case errors.As(err, &exit):
		// A second try finds the standard library compiled, as far as the first one came.
		onlyThis := again || b.warm.Load()
		return limits.failure(exit.ProcessState, strings.ReplaceAll(said.String(), work+string(filepath.Separator), ""), onlyThis)
	case err != nil:
		return fmt.Errorf("the compiler cannot be used: %w", err)
	}
	b.warm.Store(true)
	return os.Rename(filepath.Join(work, "program.wasm"), target)
}

// module writes the go.mod of a program: gonum, as the checkout has it, and nothing else
// can be had.
func (b *Builder) module(work string) error {
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

// environment is all that the compiler sees of this machine: modules that are there, a
// cache, and a home that is the folder, so that it writes nothing anywhere else.
func (b *Builder) environment() ([]string, error) {
	b.once.Do(b.prepare)
	if b.failed != nil {
		return nil, b.failed
	}
	cache := b.Cache
	if cache == "" {
		cache = b.places[1]
	}
	env := []string{"GOOS=wasip1", "GOARCH=wasm", "CGO_ENABLED=0", "GOWORK=off", "GOPROXY=off", "GOFLAGS=-mod=mod", "GOTOOLCHAIN=local", "GOENV=off",
		"GOMODCACHE=" + b.places[0], "GOCACHE=" + cache, "GOPATH=" + filepath.Join(b.Folder, "go")}
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

// prepare asks where the user's modules are, and keeps the go command from counting its
// calls (golang.org/x/telemetry: a file with its mode in the user's configuration).
func (b *Builder) prepare() {
	ask := exec.Command(b.Go, "env", "GOMODCACHE", "GOCACHE")
	ask.Dir = b.Root
	said, err := ask.Output()
	lines := strings.Split(strings.TrimRight(string(said), "\r\n"), "\n")
	if err != nil || len(lines) != 2 {
		b.failed = fmt.Errorf("%s env does not say where modules are: %q, %v", b.Go, said, err)
		return
	}
	b.places = [2]string{strings.TrimSpace(lines[0]), strings.TrimSpace(lines[1])}
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
