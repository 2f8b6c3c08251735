// Package child runs a function of this program in a process of its own, which is this program started
// again, with limits of processor time and memory. Whatever the function's input makes it do costs that
// process and no other.
package child

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"time"

	"rnn101/internal/process"
)

// Limits are the limits of a child. The zero value of a field is its default.
type Limits struct {
	Time   time.Duration // processor time, with all that it starts; default 15 s
	Memory int           // bytes of its own memory; default 512 MiB
	Clock  time.Duration // wall-clock time, for a child that waits; default 60 times Time
	Used   time.Duration // how much of Time is used already
}

func (l Limits) withDefaults() Limits {
	if l.Time == 0 {
		l.Time = 15 * time.Second
	}
	if l.Memory == 0 {
		l.Memory = 512 << 20
	}
	if l.Clock == 0 {
		l.Clock = 60 * l.Time
	}
	return l
}

// Func is what a child does: it computes an output from an input. again asks for a second try, because the
// machine may have failed; the output counts if that asks for one, too.
type Func func(ctx context.Context, input []byte, budget *Budget) (output []byte, again bool, err error)

// children are the functions that can run in a child, by name.
var children = map[string]Func{}

// Register makes a function known to Run, here and in children. It must be called when
// the program is initialized.
func Register(name string, f Func) { children[name] = f }

// Exceeded is the error for a child that has exceeded a limit.
type Exceeded struct{ Limit string }

func (e *Exceeded) Error() string { return "more than " + e.Limit + " would be needed" }

// Crashed is the error for a child that has crashed: a fault of this program.
type Crashed struct{ Trace string }

func (c *Crashed) Error() string { return "the child crashed" }

// maxOutput is the size of the largest output of a child, in bytes.
const maxOutput = 32 << 20

// variable is the environment variable with the name of a child's function, limitsVariable that
// with its limits.
const (
	variable       = "RNN101_SANDBOX_CHILD"
	limitsVariable = "RNN101_SANDBOX_CHILD_LIMITS"
)

// The exit codes of a child that exceeds a limit or fails.
const (
	exitTime   = 121
	exitMemory = 122
	exitFailed = 123
	exitAgain  = 124
)

// errAgain is the error for a child that asks for a second try.
var errAgain = errors.New("the machine may have failed")

// machine is locked for reading while a child runs, and for writing by a second try: that must not fail
// because of other work.
var machine sync.RWMutex

var inside bool

// Inside reports whether this process is a child.
func Inside() bool { return inside }

// TimeOf returns the processor time of a process that has ended, with its children.
func TimeOf(state *os.ProcessState) time.Duration {
	if state == nil {
		return 0
	}
	return state.UserTime() + state.SystemTime()
}

// Run calls a registered function in a child: this program, started again, with limits. When it
// returns, the child has ended, and so has what the child started. It returns the processor time of
// all of them; of a child that was ended, without those that ended with it.
//
// The error is an *Exceeded or a *Crashed if the input may be the cause. Any other error means that the
// machine failed, twice: the second try has what is left of the limits, and no other child of this
// process runs beside it.
func Run(ctx context.Context, name string, input []byte, limits Limits) (output []byte, used time.Duration, err error) {
	limits = limits.withDefaults()
	try := func(lock sync.Locker) {
		lock.Lock()
		defer lock.Unlock()
		var now time.Duration
		output, now, err = runOnce(ctx, name, input, limits)
		used += now
		limits.Used += now
	}
	try(machine.RLocker())
	if err != nil && ctx.Err() == nil && !errors.As(err, new(*Exceeded)) && !errors.As(err, new(*Crashed)) {
		try(&machine)
	}
	if errors.Is(err, errAgain) {
		err = nil
	}
	return output, used, err
}

func runOnce(ctx context.Context, name string, input []byte, limits Limits) (output []byte, used time.Duration, err error) {
	own, err := os.Executable()
	if err != nil {
		return nil, 0, err
	}
	cmd := exec.Command(own)
	cmd.Env = []string{variable + "=" + name, fmt.Sprintf("%s=%d %d %d", limitsVariable, limits.Time, limits.Memory, limits.Used)}
	for _, name := range []string{"PATH", "SystemRoot", "TMPDIR", "TEMP", "TMP"} {
		if value, ok := os.LookupEnv(name); ok {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
	}
	cmd.Dir = os.TempDir()
	OwnGroup(cmd)
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, 0, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, 0, err
	}
	var stderr process.Excerpt
	cmd.Stderr = &stderr
	cmd.WaitDelay = process.WaitDelay
	if err := cmd.Start(); err != nil {
		return nil, 0, fmt.Errorf("the child cannot be started: %w", err)
	}
	end := func() {
		KillGroup(cmd.Process.Pid)
		cmd.Process.Kill()
	}
	stop := context.AfterFunc(ctx, end)
	late := time.AfterFunc(limits.Clock, end)
	go func() {
		// The pipe stays open: its end tells the child that this process has ended.
		in.Write(binary.BigEndian.AppendUint64(nil, uint64(len(input))))
		in.Write(input)
	}()
	output, readErr := io.ReadAll(io.LimitReader(out, maxOutput+1))
	if len(output) > maxOutput {
		end()
	}
	waitErr := cmd.Wait()
	KillGroup(cmd.Process.Pid) // what is left of it
	stop()
	inTime := late.Stop()
	used = TimeOf(cmd.ProcessState)
	switch code := cmd.ProcessState.ExitCode(); {
	case ctx.Err() != nil:
		return nil, used, ctx.Err()
	case !inTime:
		return nil, used, fmt.Errorf("it did not end within %v", limits.Clock)
	case len(output) > maxOutput:
		return nil, used, &Exceeded{fmt.Sprintf("%d MB of results", maxOutput>>20)}
	case code == exitTime || code != 0 && code != exitAgain && used >= limits.Time:
		return nil, used, &Exceeded{fmt.Sprintf("%v of processor time", limits.Time)}
	case code == exitMemory:
		return nil, used, &Exceeded{fmt.Sprintf("%d MB of memory", limits.Memory>>20)}
	case code == exitFailed:
		return nil, used, errors.New(stderr.String())
	case code == exitAgain:
		return output, used, errAgain
	case code > 0:
		return nil, used, &Crashed{stderr.String()}
	}
	return output, used, errors.Join(readErr, waitErr)
}

// RunIfChild runs a child, and does not return, if the environment asks for one. A program that uses this
// package must call it first.
func RunIfChild() {
	name := os.Getenv(variable)
	if name == "" {
		return
	}
	os.Unsetenv(variable) // not for what the child starts
	inside = true
	output, again, err := run(name)
	if err == nil {
		_, err = os.Stdout.Write(output)
	}
	if err != nil {
		fmt.Fprint(os.Stderr, err)
		os.Exit(exitFailed)
	}
	if again {
		os.Exit(exitAgain)
	}
	os.Exit(0)
}

// run runs a registered function with its input from standard input.
func run(name string) (output []byte, again bool, err error) {
	f := children[name]
	var limits Limits
	if _, err := fmt.Sscan(os.Getenv(limitsVariable), &limits.Time, &limits.Memory, &limits.Used); err != nil || f == nil {
		return nil, false, fmt.Errorf("%s=%s: %v", variable, name, err)
	}
	if err := limitOwn(limits); err != nil {
		return nil, false, err
	}
	budget := &Budget{limit: limits.Time, spent: limits.Used}
	go budget.watch(limits.Memory)
	var length [8]byte
	if _, err := io.ReadFull(os.Stdin, length[:]); err != nil {
		return nil, false, err
	}
	input, err := io.ReadAll(io.LimitReader(os.Stdin, int64(binary.BigEndian.Uint64(length[:]))))
	if err != nil {
		return nil, false, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() { // the parent has ended
		os.Stdin.Read(length[:])
		cancel()
		KillGroup(os.Getpid())
		os.Exit(exitFailed)
	}()
	return f(ctx, input, budget)
}

// graceTime is the processor time that a child has to return its output when its budget is used up.
const graceTime = time.Second

// watch ends this process when it exceeds a limit. Compilations and calls end by themselves.
func (b *Budget) watch(memory int) {
	debug.SetMemoryLimit(int64(memory) * 3 / 4) // above, garbage is collected more often
	sizes := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	var inTime time.Duration // processor time of this process when some of the budget was left
	for range time.Tick(10 * time.Millisecond) {
		metrics.Read(sizes)
		if sizes[0].Value.Uint64()-sizes[1].Value.Uint64() > uint64(memory) {
			os.Exit(exitMemory)
		}
		switch now, err := ProcessorTime(); {
		case err != nil:
		case b.Left() > 0:
			inTime = now
		case now > inTime+graceTime:
			os.Exit(exitTime)
		}
	}
}
