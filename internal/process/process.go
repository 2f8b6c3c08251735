// Package process starts programs and ends them with all that they have started, on
// every system. It imports nothing of the course.
package process

import (
	"os/exec"
	"time"
)

// Tree is a program that was started together with all that it starts.
type Tree struct {
	cmd  *exec.Cmd
	done chan struct{}
	err  error
}

// StartTree starts a program out of the reach of the terminal's Ctrl-C, so that who
// started it decides how it ends.
func StartTree(cmd *exec.Cmd) (*Tree, error) {
	detach(cmd)
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	t := &Tree{cmd: cmd, done: make(chan struct{})}
	go func() {
		t.err = cmd.Wait()
		close(t.done)
	}()
	return t, nil
}

// Done is closed when the program has ended.
func (t *Tree) Done() <-chan struct{} { return t.done }

// Err returns how the program ended, after Done.
func (t *Tree) Err() error { return t.err }

// Stop asks the program to end, gives it some time to end its own children, and then
// ends by force whatever is left of the tree.
func (t *Tree) Stop(patience time.Duration) {
	family := descendants(t.cmd.Process.Pid)
	select {
	case <-t.done:
	default:
		ask(t.cmd)
		select {
		case <-t.done:
		case <-time.After(patience):
		}
	}
	// A kernel that was just starting was not in the list yet.
	for _, pid := range append(family, descendants(t.cmd.Process.Pid)...) {
		end(pid)
	}
	select {
	case <-t.done:
	default:
		end(identity{t.cmd.Process.Pid, started(t.cmd.Process.Pid)})
		<-t.done
	}
}

// identity is a process id with what tells it from a later one of the same number.
type identity struct {
	pid   int
	birth string
}
