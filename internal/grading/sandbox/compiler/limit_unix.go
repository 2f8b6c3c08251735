//go:build unix

package compiler

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"

	"rnn101/internal/grading/sandbox/child"
)

// limitVariable is the environment variable with the limits of a command. It makes
// RunIfLimited execute that command, which is in its arguments.
const limitVariable = "RNN101_SANDBOX_LIMITED"

// Default are the limits of each process of the compiler.
var Default = Limits{Memory: 4 << 30, File: 256 << 20, Processor: 30}

// MaxTime is the wall-clock limit, for a compiler that waits. One that computes uses up
// its processor time long before, on a busy machine, too.
const MaxTime = 5 * time.Minute

// compilerReserve is the address space that a Go program reserves without using it.
const compilerReserve = 3 << 29

// machineErrors are the errors of a machine that is out of disk space, processes or open
// files.
var machineErrors = []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EROFS, syscall.EIO, syscall.EAGAIN, syscall.EMFILE, syscall.ENFILE}

// canMap reports whether the machine has this much memory, in bytes, to give.
func canMap(size uint64) bool {
	data, err := syscall.Mmap(-1, 0, int(size), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return false
	}
	return syscall.Munmap(data) == nil
}

// Command returns a command whose processes have limits on memory, files and time, and
// are killed together, at the end of a child at the latest. This program sets the limits: it is started again, and then replaces
// itself by the command.
func Command(ctx context.Context, limits Limits, name string, args ...string) *exec.Cmd {
	own, err := os.Executable()
	if err != nil {
		own = name // the command then fails with its own message
	}
	cmd := exec.CommandContext(ctx, own, append([]string{name}, args...)...)
	cmd.Env = []string{limitVariable + "=" + limits.encode()}
	if child.Inside() { // whose group is killed at its end
		return cmd
	}
	child.OwnGroup(cmd)
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	return cmd
}

// RunIfLimited sets the limits and replaces this process by the command, if the environment asks for that.
// A program that uses this package must call it first.
func RunIfLimited() {
	if os.Getenv(limitVariable) != "" {
		execLimited()
	}
}

// execLimited sets the limits and replaces this process by the command.
func execLimited() {
	fail := func(format string, args ...any) {
		fmt.Fprintf(os.Stderr, format+"\n", args...)
		os.Exit(exitNotStarted)
	}
	limits, err := decodeLimits(os.Getenv(limitVariable))
	if err != nil {
		fail("%s: %v", limitVariable, err)
	}
	for _, l := range []struct {
		what     string
		resource int
		max      uint64
	}{
		{"memory", syscall.RLIMIT_AS, limits.Memory},
		{"memory that can be written", syscall.RLIMIT_DATA, limits.Data},
		{"the size of a file", syscall.RLIMIT_FSIZE, limits.File},
		{"processor time", syscall.RLIMIT_CPU, limits.Processor},
		{"the size of a core file", syscall.RLIMIT_CORE, 0},
	} {
		if l.max == 0 && l.resource == syscall.RLIMIT_DATA {
			continue
		}
		value := syscall.Rlimit{Cur: l.max, Max: l.max}
		if err := syscall.Setrlimit(l.resource, &value); err != nil {
			fail("the compiler's limit on %s cannot be set to %d: %v; look for a lower one (ulimit -a)", l.what, l.max, err)
		}
	}
	os.Unsetenv(limitVariable)
	err = syscall.Exec(os.Args[1], os.Args[1:], os.Environ())
	fail("the compiler cannot be started: %s: %v", os.Args[1], err)
}
