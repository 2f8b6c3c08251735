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
// that its arguments are.
const limitVariable = "RNN101_SANDBOX_LIMITED"

// What the compiler and all that it starts may take, each.
const (
	compilerMemory  = 4 << 30
	compilerFile    = 256 << 20
	compilerSeconds = 60
)

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
	cmd.WaitDelay = 2 * time.Second
	return cmd
}

// becomeLimited sets the limits and becomes the command.
func becomeLimited() {
	for resource, limit := range map[int]uint64{
		syscall.RLIMIT_AS: compilerMemory, syscall.RLIMIT_FSIZE: compilerFile, syscall.RLIMIT_CPU: compilerSeconds, syscall.RLIMIT_CORE: 0,
	} {
		value := syscall.Rlimit{Cur: limit, Max: limit}
		if err := syscall.Setrlimit(resource, &value); err != nil {
			fmt.Fprintln(os.Stderr, "sandbox: limit:", err)
			os.Exit(1)
		}
	}
	os.Unsetenv(limitVariable)
	err := syscall.Exec(os.Args[1], os.Args[1:], os.Environ())
	fmt.Fprintln(os.Stderr, "sandbox:", err)
	os.Exit(1)
}
