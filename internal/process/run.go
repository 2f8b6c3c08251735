package process

import (
	"errors"
	"os/exec"
	"time"
)

// Patience is how long the output of a program that has ended is waited for: a child that
// it left behind may hold its end of the
const Patience = 5 * time.Second

// Run is cmd.Run, but it does not wait for what the program leaves behind.
func Run(cmd *exec.Cmd) error {
	cmd.WaitDelay = Patience
	err := cmd.Run()
	if errors.Is(err, exec.ErrWaitDelay) { // the program itself ended well
		return nil
	}
	return err
}
