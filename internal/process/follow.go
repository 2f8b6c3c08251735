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

// Follow runs a program and calls line with each line of its standard output as it is
// written. If the context is done first, Follow stops the process tree. The error of a
// program that fails contains the end of its standard error. A line longer than
// [LongLine] is skipped; that is an error even if the program succeeds.
func Follow(ctx context.Context, cmd *exec.Cmd, line func([]byte)) error {
	in, out, err := os.Pipe()
	if err != nil {
		return err
	}
	defer in.Close()
	var errs Excerpt
	cmd.Stdout, cmd.Stderr = out, &errs
	cmd.WaitDelay = WaitDelay
	tree, err := StartTree(cmd)
	out.Close()
	if err != nil {
		return fmt.Errorf("%s cannot be started: %w. Call: go run ./course setup", cmd.Path, err)
	}
	stop := context.AfterFunc(ctx, func() { tree.Stop(3 * time.Second) })
	defer stop()

	read := make(chan error, 1)
	go func() {
		var skipped error
		for lines := NewLines(in); ; {
			l, err := lines.Next()
			switch {
			case err == nil:
				line(l)
			case errors.Is(err, ErrLongLine):
				skipped = err
			default: // end of file
				read <- skipped
				return
			}
		}
	}()
	<-tree.Done()
	// A kernel inherits the pipes and may outlive the program. Do not wait for it.
	var skipped error
	select {
	case skipped = <-read:
	case <-time.After(WaitDelay):
		in.Close()
		skipped = <-read
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

// Indent indents each line of a text by four spaces.
func Indent(s string) string {
	return "    " + strings.ReplaceAll(strings.TrimSpace(s), "\n", "\n    ")
}

// LastLines returns the last n lines of a text.
func LastLines(s string, n int) string {
	all := strings.Split(strings.TrimSpace(s), "\n")
	return strings.Join(all[max(0, len(all)-n):], "\n")
}
