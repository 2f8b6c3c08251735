package process

import (
	"errors"
	"os/exec"
	"time"
)

// WaitDelay is how long to wait for the output of a program that has exited: a child that
// it left behind may keep the pipe open.
const WaitDelay = 5 * time.Second

// Run calls cmd.Run, but does not wait for children that the program leaves behind.
func Run(cmd *exec.Cmd) error {
	cmd.WaitDelay = WaitDelay
	err := cmd.Run()
	if errors.Is(err, exec.ErrWaitDelay) { // the program itself succeeded
		return nil
	}
	return err
}
