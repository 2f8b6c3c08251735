package show

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
)

// stderr is where a cell writes what is wrong with it.
var stderr io.Writer = os.Stderr

// mistake is for a call with arguments that do not fit, a reader's mistake: the caller panics with
// the message that mistake returns. In a kernel mistake does not return. It writes the message
// and the line of the cell, and ends the cell: a stack trace would hide both.
func mistake(caller, format string, args ...any) string {
	text := fmt.Sprintf(format, args...)
	if panicsAreTraces() {
		fmt.Fprint(stderr, report(caller, text, callers("main.")))
		exit(1)
	}
	return "show: " + caller + ": " + text
}

// report returns what a cell shows about a mistake. The lines of code are those that led to it,
// the last one first.
func report(caller, text string, lines []string) string {
	all := []string{"show." + caller + ": " + text + "."}
	for i, line := range lines {
		key := "mistake.line"
		if i > 0 {
			key = "mistake.caller"
		}
		all = append(all, texts.Text(key, line))
	}
	return strings.Join(all, "\n") + "\n"
}

// callers returns the lines of source in the functions that were called, the last one first, whose
// names have a prefix. A cell is the package main, and its source is there while it runs.
func callers(prefix string) []string {
	counters := make([]uintptr, 100)
	frames := runtime.CallersFrames(counters[:runtime.Callers(2, counters)])
	var lines []string
	for {
		frame, more := frames.Next()
		if strings.HasPrefix(frame.Function, prefix) {
			if line := sourceLine(frame.File, frame.Line); line != "" {
				lines = append(lines, line)
			}
		}
		if !more {
			return lines
		}
	}
}

// sourceLine returns a line of a file, counted from 1, or "" if there is none.
func sourceLine(file string, number int) string {
	source, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	lines := strings.Split(string(source), "\n")
	if number < 1 || number > len(lines) {
		return ""
	}
	return strings.TrimSpace(lines[number-1])
}
