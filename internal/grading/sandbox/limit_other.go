//go:build !unix

package sandbox

import (
	"context"
	"os/exec"
	"syscall"
	"time"
)

const limitVariable = "RNN101_SANDBOX_LIMITED"

// compilerTime is the wall-clock limit. It is the only limit of a child on this system, and
// so shorter than elsewhere.
const compilerTime = time.Minute

var defaultLimits compilerLimits

const compilerReserve = 0

// machineErrors are the errors of a machine that is out of disk space or memory.
var machineErrors = []syscall.Errno{39, 112, 8, 1450, 1455}

func execLimited() {}

func canMap(uint64) bool { return false }

// limitedCommand returns a command that only its context limits.
func limitedCommand(ctx context.Context, name string, args ...string) *exec.Cmd {
	return exec.CommandContext(ctx, name, args...)
}

func limitChild(ChildLimits) error { return nil }

func ownGroup(*exec.Cmd) {}

func killGroup(int) {}
