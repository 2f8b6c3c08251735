// Package show puts mathematics, tables, charts and the outcome of checks into
// the output of a notebook's cell.
//
// What a reader sees is what was computed: every function takes Go values and
// writes their numbers down; none takes a number as text. Numbers have four
// decimals unless [Decimals] asks for others; a number that is written with fewer
// is exact.
//
// Mathematics and tables go out as Markdown with LaTeX, charts as an HTML image
// with its alternative text. No output holds a script, so that a notebook shows
// all of it before anyone trusts or runs it. A name that is given to a function,
// such as a_1 or δ_2 or ∂L/∂W, is LaTeX, in which ŷ may stand for \hat y.
//
// Everything is a string first and is tested as a string. Only the last step talks
// to the kernel; outside of a notebook the same text goes to standard output.
package show

import (
	"fmt"
	"strings"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"
)

// Text shows a paragraph of Markdown, in which $…$ is a formula. It takes a format
// and its arguments as fmt.Printf does; %v prints a float64 as all numbers are
// shown here.
func Text(format string, args ...any) {
	sendMarkdown(paragraph(format, args...))
}

func paragraph(format string, args ...any) string {
	own := make([]any, len(args))
	for i, arg := range args {
		own[i] = arg
		if v, ok := arg.(float64); ok {
			own[i] = printed(v)
		}
	}
	return fmt.Sprintf(format, own...)
}

// Formula shows LaTeX as a formula on a line of its own. It takes a format and its
// arguments as Text does.
func Formula(format string, args ...any) {
	sendMarkdown(display(name(paragraph(format, args...))))
}

func display(latex string) string { return "$$" + latex + "$$" }

// name makes LaTeX of what is easier to write in Go.
func name(s string) string { return strings.ReplaceAll(s, "ŷ", `\hat y`) }

func sendMarkdown(text string) { send(protocol.MIMETextMarkdown, text, text) }

// send hands one display to the notebook and waits until the kernel has taken it.
// Without the wait a display is lost now and then: the kernel closes the pipe when
// the program ends, whether or not it has read it.
//
// The plain text is for where there is no notebook.
func send(mime protocol.MIMEType, content, plain string) {
	if !gonbui.IsNotebook {
		fmt.Println(plain)
		return
	}
	gonbui.SendData(&protocol.DisplayData{Data: map[protocol.MIMEType]any{mime: content}})
	gonbui.Sync()
	if err := gonbui.Error(); err != nil {
		panic(fmt.Sprintf("show: the kernel did not take the output: %v", err))
	}
}
