//go:build !unix

package sandbox

import (
	"context"
	"os/exec"
	"syscall"
	"time"
)

const limitVariable = "RNN101_SANDBOX_LIMITED"

// This system has no limits for a child but the clock, so this is shorter than where the
// clock is the last resort.
const compilerTime = time.Minute

var defaultLimits compilerLimits

const compilerReserve = 0

// machineFaults are what the machine may lack: room on the disk, and memory.
var machineFaults = []syscall.Errno{39, 112, 8, 1450, 1455}

func becomeLimited() {}

func canMap(uint64) bool { return false }

// limited is a command under the deadline of its context alone.
func limited(ctx context.Context, name string, args ...string) *exec.Cmd {
	return exec.CommandContext(ctx, name, args...)
}
