//go:build unix

package sandbox

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// limitVariable in the environment makes a program that calls Work the limited command
// that its arguments are. It holds the limits.
const limitVariable = "RNN101_SANDBOX_LIMITED"

var defaultLimits = compilerLimits{Memory: 4 << 30, File: 256 << 20, Processor: 30}

// compilerTime is by the clock, for a compiler that waits. One that works ends by its
// processor time long before, on a busy machine, too.
const compilerTime = 5 * time.Minute

// compilerReserve is the address space that a Go program takes without using it.
const compilerReserve = 3 << 29

// machineFaults are what the machine may lack: room on the disk, processes, open files.
var machineFaults = []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EROFS, syscall.EIO, syscall.EAGAIN, syscall.EMFILE, syscall.ENFILE}

// canMap tells whether the machine would give this much memory.
func canMap(size uint64) bool {
	data, err := syscall.Mmap(-1, 0, int(size), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return false
	}
	return syscall.Munmap(data) == nil
}

// limited is a command whose processes have limits for memory, files and time, and end
// together. The limits are set by this program, started again, just before it becomes
// the command.
func limited(ctx context.Context, name string, args ...string) *exec.Cmd {
	own, err := os.Executable()
	if err != nil {
		own = name // the command fails with a message of its own
	}
	cmd := exec.CommandContext(ctx, own, append([]string{name}, args...)...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	return cmd
}

// becomeLimited sets the limits and becomes the command.
func becomeLimited() {
	fail := func(format string, args ...any) {
		fmt.Fprintf(os.Stderr, format+"\n", args...)
		os.Exit(notStarted)
	}
	limits, err := decodeLimits(os.Getenv(limitVariable))
	if err != nil {
		fail("%s: %v", limitVariable, err)
	}
	for _, l := range []struct {
		what     string
		resource int
		most     uint64
	}{
		{"memory", syscall.RLIMIT_AS, limits.Memory},
		{"the size of a file", syscall.RLIMIT_FSIZE, limits.File},
		{"processor time", syscall.RLIMIT_CPU, limits.Processor},
		{"the size of a core file", syscall.RLIMIT_CORE, 0},
	} {
		value := syscall.Rlimit{Cur: l.most, Max: l.most}
		if err := syscall.Setrlimit(l.resource, &value); err != nil {
			fail("the compiler's limit of %s cannot be set to %d: %v; is there a lower one (ulimit -a)?", l.what, l.most, err)
		}
	}
	os.Unsetenv(limitVariable)
	err = syscall.Exec(os.Args[1], os.Args[1:], os.Environ())
	fail("the compiler cannot be started: %s: %v", os.Args[1], err)
}
