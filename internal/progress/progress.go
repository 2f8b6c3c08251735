// Package progress reports the progress of long work: with a moving bar on a terminal,
// with a plain line for each step elsewhere. Everything that it prints goes through package
// plain: a name of somebody else's must not command the terminal.
package progress

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"golang.org/x/term"

	"rnn101/internal/plain"
)

// Reporter writes progress. It is safe for concurrent use.
type Reporter struct {
	mu          sync.Mutex
	out         io.Writer
	interactive bool
	shown       int // width of the bar with its text
}

// New returns a Reporter that writes to f, with a bar if f is a terminal.
func New(f *os.File) *Reporter {
	return &Reporter{out: f, interactive: term.IsTerminal(int(f.Fd())) && os.Getenv("TERM") != "dumb"}
}

// Step reports that step n of total, counted from 1, begins. A total of 0 is unknown.
func (r *Reporter) Step(n, total int, what string) {
	what = plain.Line(what)
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.interactive {
		if total > 0 {
			what = fmt.Sprintf("[%d/%d] %s", n, total, what)
		}
		fmt.Fprintln(r.out, what)
		return
	}
	const width = 24
	bar := ""
	if total > 0 {
		full := width * (n - 1) / total
		bar = fmt.Sprintf("[%s%s] %d/%d ", strings.Repeat("█", full), strings.Repeat("·", width-full), n, total)
	}
	r.replace(bar + what)
}

// Line writes a line above the bar.
func (r *Reporter) Line(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.clear()
	fmt.Fprintln(r.out, plain.Text(fmt.Sprintf(format, args...)))
}

// Done removes the bar.
func (r *Reporter) Done() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.clear()
}

func (r *Reporter) replace(line string) {
	r.clear()
	if runes := []rune(line); len(runes) > 78 {
		line = string(runes[:77]) + "…"
	}
	fmt.Fprint(r.out, line)
	r.shown = 2 * len([]rune(line)) // Hangul is two columns wide
}

func (r *Reporter) clear() {
	if r.interactive && r.shown > 0 {
		fmt.Fprint(r.out, "\r"+strings.Repeat(" ", min(r.shown, 79))+"\r")
		r.shown = 0
	}
}

// Interactive reports whether progress is shown as a bar, on a terminal.
func (r *Reporter) Interactive() bool { return r.interactive }
