package process

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// Follow runs a program to its end and hands on each line of its standard output as
// it comes. When the context ends, the program and all that it started are ended.
// The error of a program that failed holds its last words. A line that is too long is
// skipped, which is an error if the program had none.
func Follow(ctx context.Context, cmd *exec.Cmd, line func([]byte)) error {
	said, out, err := os.Pipe()
	if err != nil {
		return err
	}
	defer said.Close()
	var errs Excerpt
	cmd.Stdout, cmd.Stderr = out, &errs
	cmd.WaitDelay = WaitDelay
	tree, err := StartTree(cmd)
	out.Close()
	if err != nil {
		return fmt.Errorf("%s cannot be started: %w. Call: go run ./course setup", cmd.Path, err)
	}
	cut := context.AfterFunc(ctx, func() { tree.Stop(3 * time.Second) })
	defer cut()

	heard := make(chan error, 1)
	go func() {
		var skipped error
		for lines := NewLines(said); ; {
			l, err := lines.Next()
			switch {
			case err == nil:
				line(l)
			case errors.Is(err, ErrLongLine):
				skipped = err
			default: // the end
				heard <- skipped
				return
			}
		}
	}()
	<-tree.Done()
	// A kernel inherits the pipes. Should it outlive the program, nobody waits for it.
	var skipped error
	select {
	case skipped = <-heard:
	case <-time.After(WaitDelay):
		said.Close()
		skipped = <-heard
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err := tree.Err(); err != nil && !errors.Is(err, exec.ErrWaitDelay) {
		return fmt.Errorf("%w\n%s", err, Indent(LastLines(errs.String(), 12)))
	}
	if skipped != nil {
		return fmt.Errorf("%s: %w", cmd, skipped)
	}
	return nil
}

// Indent sets each line of a text four blanks in.
func Indent(s string) string {
	return "    " + strings.ReplaceAll(strings.TrimSpace(s), "\n", "\n    ")
}

// LastLines returns the last n lines of a text.
func LastLines(s string, n int) string {
	all := strings.Split(strings.TrimSpace(s), "\n")
	return strings.Join(all[max(0, len(all)-n):], "\n")
}
