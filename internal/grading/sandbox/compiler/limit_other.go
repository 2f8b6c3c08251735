//go:build !unix

package compiler

import (
	"context"
	"os/exec"
	"syscall"
	"time"
)

// MaxTime is the wall-clock limit. It is the only limit of a child on this system, and
// so shorter than elsewhere.
const MaxTime = time.Minute

// Default are the limits of each process of the compiler: none.
var Default Limits

const compilerReserve = 0

// machineErrors are the errors of a machine that is out of disk space or memory.
var machineErrors = []syscall.Errno{39, 112, 8, 1450, 1455}

// RunIfLimited does nothing on this system.
func RunIfLimited() {}

func canMap(uint64) bool { return false }

// Command returns a command that only its context limits.
func Command(ctx context.Context, _ Limits, name string, args ...string) *exec.Cmd {
	return exec.CommandContext(ctx, name, args...)
}
