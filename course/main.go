// Command course is the one command of the course:
//
//	go run ./course lab     work through the notebooks in JupyterLab
//	go run ./course test    prove that everything works
//
// go run ./course help lists the others. The package parses options and makes one call for
// each command; the packages in internal do the work.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"rnn101/internal/grading/sandbox"
	"rnn101/internal/plain"
)

// commands returns all commands in the order of the help.
func commands() []*command {
	return []*command{
		labCommand(), setupCommand(), runCommand(), htmlCommand(), fixCommand(), testCommand(), benchCommand(),
		releaseCommand(), checkCommand(), gradeCommand(), judgeCommand(),
	}
}

func main() {
	sandbox.RunIfWorker()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := dispatch(ctx, os.Args[1:])
	stop()
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return
	}
	fmt.Fprintln(os.Stderr, "course:", plain.Text(err.Error())) // it may quote a student's file
	if errors.As(err, new(usageError)) {
		os.Exit(2)
	}
	os.Exit(1)
}

// dispatch runs the command that the arguments name.
func dispatch(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return usage("no command given\n\n%s", overview())
	}
	if args[0] == "help" || args[0] == "-h" || args[0] == "--help" || args[0] == "-help" {
		return help(args[1:])
	}
	c, err := find(args[0])
	if err != nil {
		return err
	}
	names, err := c.parse(args[1:])
	if err != nil {
		return err
	}
	return c.run(ctx, names)
}

// help prints the list of commands, or the help of the named one.
func help(args []string) error {
	if len(args) == 0 {
		fmt.Print(overview())
		return nil
	}
	c, err := find(args[0])
	if err != nil {
		return err
	}
	fmt.Print(c.help())
	return nil
}
