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
// startTime it decides how it ends.
func StartTree(cmd *exec.Cmd) (*Tree, error) {
	newProcessGroup(cmd)
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
func (t *Tree) Stop(grace time.Duration) {
	tree := descendants(t.cmd.Process.Pid)
	select {
	case <-t.done:
	default:
		terminate(t.cmd)
		select {
		case <-t.done:
		case <-time.After(grace):
		}
	}
	// A kernel that was just starting was not in the list yet.
	for _, pid := range append(tree, descendants(t.cmd.Process.Pid)...) {
		kill(pid)
	}
	select {
	case <-t.done:
	default:
		kill(identity{t.cmd.Process.Pid, startTime(t.cmd.Process.Pid)})
		<-t.done
	}
}

// identity is a process id with what tells it from a later one of the same number.
type identity struct {
	pid   int
	start string
}
