package process

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// Follow runs a program to its end and hands on each line of its standard output as
// it comes. When the context ends, the program and all that it started are ended.
// The error of a program that failed holds its last words.
func Follow(ctx context.Context, cmd *exec.Cmd, line func([]byte)) error {
	said, out, err := os.Pipe()
	if err != nil {
		return err
	}
	defer said.Close()
	var errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = out, &errs
	cmd.WaitDelay = 5 * time.Second
	tree, err := StartTree(cmd)
	out.Close()
	if err != nil {
		return fmt.Errorf("%s cannot be started: %w. Call: go run ./course setup", cmd.Path, err)
	}
	cut := context.AfterFunc(ctx, func() { tree.Stop(3 * time.Second) })
	defer cut()

	heard := make(chan struct{})
	go func() {
		defer close(heard)
		scanner := bufio.NewScanner(said)
		scanner.Buffer(nil, 1<<24)
		for scanner.Scan() {
			line(scanner.Bytes())
		}
	}()
	<-tree.Done()
	// A kernel inherits the pipe. Should it outlive the program, nobody waits for it.
	select {
	case <-heard:
	case <-time.After(5 * time.Second):
		said.Close()
		<-heard
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if tree.Err() != nil {
		return fmt.Errorf("%w\n%s", tree.Err(), Indent(LastLines(errs.String(), 12)))
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
