// Command course is the one command of the course:
//
//	go run ./course lab     work through the notebooks in JupyterLab
//	go run ./course test    prove that everything works
//
// go run ./course help lists the others.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"rnn101/classroom/sandbox"
)

// verb is a thing that the command can do.
type verb struct {
	name  string
	short string
	help  string
	do    func(context.Context, []string) error
}

var verbs []verb

func init() {
	verbs = []verb{
		{"lab", "open the notebooks in JupyterLab", labHelp, lab},
		{"setup", "make everything ready that lab and test need", setupHelp, setup},
		{"run", "run notebooks in place, or check their outputs", runHelp, run},
		{"test", "prove that everything works", testHelp, test},
		{"html", "make pages that open by a double click", htmlHelp, html},
		{"release", "make the student's edition of an assignment", releaseHelp, release},
		{"check", "see what the visible checks say of your assignment", checkHelp, check},
		{"grade", "grade what students have handed in", gradeHelp, gradeClass},
		{"judge", "grade one submission for nbgrader", judgeHelp, judge},
		{"bench", "measure how long a cell takes", benchHelp, bench},
	}
}

// usageError is a mistake in how the command was called; it ends with status 2.
type usageError string

func (e usageError) Error() string { return string(e) }

func usage(format string, args ...any) error { return usageError(fmt.Sprintf(format, args...)) }

func main() {
	sandbox.Work() // does not come back where this process is a worker
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := dispatch(ctx, os.Args[1:])
	stop()
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return
	}
	fmt.Fprintln(os.Stderr, "course:", err)
	if _, ok := err.(usageError); ok {
		fmt.Fprintln(os.Stderr, "go run ./course help says what can be called.")
		os.Exit(2)
	}
	os.Exit(1)
}

func dispatch(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return usage("say what to do:\n\n%s", overview())
	}
	if args[0] == "help" || args[0] == "-h" || args[0] == "--help" || args[0] == "-help" {
		return help(args[1:])
	}
	for _, v := range verbs {
		if v.name == args[0] {
			return v.do(ctx, args[1:])
		}
	}
	return usage("there is no %q: choose one of %s", args[0], names())
}

func help(args []string) error {
	if len(args) == 0 {
		fmt.Print("usage: go run ./course VERB [OPTION…]\n\n", overview(), "\ngo run ./course help VERB says more.\n")
		return nil
	}
	for _, v := range verbs {
		if v.name == args[0] {
			fmt.Print(v.help)
			return nil
		}
	}
	return usage("there is no %q: choose one of %s", args[0], names())
}

func overview() string {
	var b strings.Builder
	for _, v := range verbs {
		fmt.Fprintf(&b, "  %-7s %s\n", v.name, v.short)
	}
	return b.String()
}

func names() string {
	all := make([]string, len(verbs))
	for i, v := range verbs {
		all[i] = v.name
	}
	return strings.Join(all, ", ")
}

// parse reads options and names in any order, as people write them, and returns the
// names. Behind -- all are names.
func parse(flags *flag.FlagSet, args []string, text string) ([]string, error) {
	flags.SetOutput(io.Discard)
	var names []string
	for {
		err := flags.Parse(args)
		if errors.Is(err, flag.ErrHelp) {
			fmt.Print(text)
			return nil, err
		}
		if err != nil {
			return nil, usage("%s: %v\n\n%s", flags.Name(), err, text)
		}
		rest := flags.Args()
		if n := len(args) - len(rest); n > 0 && args[n-1] == "--" {
			return append(names, rest...), nil
		}
		if len(rest) == 0 {
			return names, nil
		}
		names, args = append(names, rest[0]), rest[1:]
	}
}
