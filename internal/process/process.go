// Package process runs programs and stops them together with the processes that they have
// started, on every system. It imports no other package of the course.
package process

import (
	"os/exec"
	"time"
)

// Tree is a process tree: a program and the processes that it starts.
type Tree struct {
	cmd  *exec.Cmd
	done chan struct{}
	err  error
}

// StartTree starts a program in a process group of its own, so that Ctrl-C in the terminal
// does not reach it: the caller decides when to stop it.
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

// Done returns a channel that is closed when the program has exited.
func (t *Tree) Done() <-chan struct{} { return t.done }

// Err returns the error of [exec.Cmd.Wait]. It may be called after Done is closed.
func (t *Tree) Err() error { return t.err }

// Stop asks the program to terminate, waits for the grace period at most, so that it can
// stop its own children, and then kills what is left of the tree.
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
	// A kernel that was just starting was not in the first list.
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

// identity is a process id with its start time: the system may use the number again.
type identity struct {
	pid   int
	start string
}
