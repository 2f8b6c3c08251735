// Package show displays mathematics, tables, charts, sounds and the results of checks in the
// output of a notebook's cell.
//
// Readers see what was computed: the functions take Go values, never numbers as text. Numbers
// have four decimals, or as many as [Decimals] sets; a number with fewer is exact.
//
// Mathematics and tables are Markdown with LaTeX, charts are HTML images with alternative texts.
// No output contains a script, so that Jupyter shows all of it even in a notebook that is not
// trusted. Names such as a_1, δ_2 or ∂L/∂W are LaTeX, in which ŷ is short for \hat y.
//
// A call with arguments that do not fit, such as shapes that do not match, panics. In a notebook it
// ends the cell with one sentence and the line of the cell, without a stack trace.
//
// Outside a notebook the same text goes to standard output. On a page that runs the cells it goes
// to the page. The package imports the client of the kernel and package lang.
package show

import (
	"fmt"
	"strings"
)

// Text shows a paragraph of Markdown, in which $…$ is a formula. It formats its arguments as
// fmt.Printf does, except that %v formats a float64 as Number does.
func Text(format string, args ...any) {
	sendMarkdown(paragraph(format, args...))
}

func paragraph(format string, args ...any) string {
	values := make([]any, len(args))
	for i, arg := range args {
		values[i] = arg
		if v, ok := arg.(float64); ok {
			values[i] = formatted(v)
		}
	}
	return fmt.Sprintf(format, values...)
}

// Formula shows LaTeX as a displayed formula. It formats its arguments as Text does.
func Formula(format string, args ...any) {
	sendMarkdown(display(name(paragraph(format, args...))))
}

func display(latex string) string { return "$$" + latex + "$$" }

// name replaces ŷ, which is easy to write in Go, with its LaTeX.
func name(s string) string { return strings.ReplaceAll(s, "ŷ", `\hat y`) }

// The MIME types of what is shown.
const (
	markdownType = "text/markdown"
	htmlType     = "text/html"
)

func sendMarkdown(text string) { send(markdownType, text, text) }

// send shows content, or prints plain where there is no notebook.
func send(mime, content, plain string) {
	if !inNotebook() {
		fmt.Println(plain)
		return
	}
	deliver(mime, content, "")
}
