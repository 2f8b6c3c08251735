package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// A command is a subcommand of go run ./course. Its help is built from these fields and
// from the flags, so that no option is missing.
type command struct {
	name  string
	args  string // arguments after the options, such as "[NOTEBOOK...]"
	short string // for the list of commands
	long  string // for the command's own help
	flags *flag.FlagSet
	run   func(ctx context.Context, names []string) error
}

// newCommand returns a command without options and without its run function.
func newCommand(name, args, short, long string) *command {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(io.Discard) // parse reports errors, with the help
	return &command{name: name, args: args, short: short, long: strings.TrimSpace(long), flags: flags}
}

// usageError is a mistake in the command line. The exit status is then 2.
type usageError string

func (e usageError) Error() string { return string(e) }

func usage(format string, args ...any) error { return usageError(fmt.Sprintf(format, args...)) }

// usage returns an error about the command line of this command.
func (c *command) usage(format string, args ...any) error {
	return usage("%s: %s\nRun 'go run ./course help %s' for usage.", c.name, fmt.Sprintf(format, args...), c.name)
}

// noNames returns an error if there are names, for a command that takes none.
func (c *command) noNames(names []string) error {
	if len(names) > 0 {
		return c.usage("unexpected argument %q", names[0])
	}
	return nil
}

// find returns the command with the given name.
func find(name string) (*command, error) {
	var names []string
	for _, c := range commands() {
		if c.name == name {
			return c, nil
		}
		names = append(names, c.name)
	}
	return nil, usage("unknown command %q: the commands are %s", name, strings.Join(names, ", "))
}

// overview returns the list of commands.
func overview() string {
	var b strings.Builder
	b.WriteString("usage: go run ./course COMMAND [OPTION...] [NAME...]\n\nThe commands are:\n\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "  %-9s %s\n", c.name, c.short)
	}
	b.WriteString("\nRun 'go run ./course help COMMAND' for more about a command.\n")
	return b.String()
}

// help returns the help of the command: the usage line, the text, the options.
func (c *command) help() string {
	var b strings.Builder
	b.WriteString("usage: go run ./course " + c.name)
	options := ""
	c.flags.VisitAll(func(f *flag.Flag) { options += c.option(f) })
	if options != "" {
		b.WriteString(" [OPTION...]")
	}
	if c.args != "" {
		b.WriteString(" " + c.args)
	}
	b.WriteString("\n\n" + c.long + "\n")
	if options != "" {
		b.WriteString("\nOptions:\n\n" + options)
	}
	return b.String()
}

const (
	optionColumn = 22 // where the texts of options begin
	helpWidth    = 84
)

// option returns the entry of an option in the help: --name VALUE, the wrapped usage text
// and the default value.
func (c *command) option(f *flag.Flag) string {
	value, text := flag.UnquoteUsage(f)
	head := "  --" + f.Name
	if value != "" {
		head += " " + value
	}
	if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" {
		text += fmt.Sprintf(" (default %s)", f.DefValue)
	}
	lines := wrap(text, helpWidth-optionColumn)
	if len(head) < optionColumn-1 {
		head += strings.Repeat(" ", optionColumn-len(head)) + lines[0]
		lines = lines[1:]
	}
	for _, line := range lines {
		head += "\n" + strings.Repeat(" ", optionColumn) + line
	}
	return head + "\n"
}

// wrap breaks a text at spaces into lines of the given width at most.
func wrap(text string, width int) []string {
	lines := []string{""}
	for _, word := range strings.Fields(text) {
		last := &lines[len(lines)-1]
		switch {
		case *last == "":
			*last = word
		case len([]rune(*last))+1+len([]rune(word)) > width:
			lines = append(lines, word)
		default:
			*last += " " + word
		}
	}
	return lines
}

// parse parses options and names in any order and returns the names. After -- every
// argument is a name.
func (c *command) parse(args []string) ([]string, error) {
	var names []string
	for {
		err := c.flags.Parse(args)
		if errors.Is(err, flag.ErrHelp) {
			fmt.Print(c.help())
			return nil, err
		}
		if err != nil {
			return nil, usage("%s: %v\n\n%s", c.name, err, c.help())
		}
		rest := c.flags.Args()
		if n := len(args) - len(rest); n > 0 && args[n-1] == "--" {
			return append(names, rest...), nil
		}
		if len(rest) == 0 {
			return names, nil
		}
		names, args = append(names, rest[0]), rest[1:]
	}
}
