package process

import (
	"errors"
	"os/exec"
	"time"
)

// WaitDelay is how long the output of a program that has ended is waited for: a child that
// it left behind may hold its end of the
const WaitDelay = 5 * time.Second

// Run is cmd.Run, but it does not wait for what the program leaves behind.
func Run(cmd *exec.Cmd) error {
	cmd.WaitDelay = WaitDelay
	err := cmd.Run()
	if errors.Is(err, exec.ErrWaitDelay) { // the program itself ended well
		return nil
	}
	return err
}
