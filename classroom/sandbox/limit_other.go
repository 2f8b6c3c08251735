//go:build !unix

package sandbox

import (
	"context"
	"os/exec"
)

const limitVariable = "RNN101_SANDBOX_LIMITED"

func becomeLimited() {}

// limited is a command under the deadline of its context alone: this system has no
// limits for the memory of a child.
func limited(ctx context.Context, name string, args ...string) *exec.Cmd {
	return exec.CommandContext(ctx, name, args...)
}
