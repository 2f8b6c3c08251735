package process

import (
	"errors"
	"os/exec"
	"time"
)

// WaitDelay is how long to wait for the output of a program that has exited: a child that
// it left behind may keep the pipe open.
const WaitDelay = 5 * time.Second

// Run calls cmd.Run, but does not wait for children that the program leaves behind. When the context of
// the command ends, the children are killed with the program: a go build leaves compilers that go on.
func Run(cmd *exec.Cmd) error {
	cmd.WaitDelay = WaitDelay
	if cancel := cmd.Cancel; cancel != nil {
		cmd.Cancel = func() error {
			tree := descendants(cmd.Process.Pid)
			err := cancel()
			for _, child := range tree {
				kill(child)
			}
			return err
		}
		defer func() { cmd.Cancel = cancel }() // the caller's own, for what it calls later
	}
	err := cmd.Run()
	if errors.Is(err, exec.ErrWaitDelay) { // the program itself succeeded
		return nil
	}
	return err
}
