// Package progress tells how far long work has come: a bar that moves on a
// terminal, a plain line for each part elsewhere.
package progress

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"golang.org/x/term"
)

// Reporter writes progress. It may be used by several goroutines.
type Reporter struct {
	mu          sync.Mutex
	out         io.Writer
	interactive bool
	shown       int // width of the line that stands there
}

// New reports to a file: with a moving bar if it is a terminal.
func New(f *os.File) *Reporter {
	return &Reporter{out: f, interactive: term.IsTerminal(int(f.Fd())) && os.Getenv("TERM") != "dumb"}
}

// Step says that part n of so many begins.
func (r *Reporter) Step(n, of int, what string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.interactive {
		if of > 0 {
			what = fmt.Sprintf("[%d/%d] %s", n, of, what)
		}
		fmt.Fprintln(r.out, what)
		return
	}
	const width = 24
	bar := ""
	if of > 0 {
		full := width * (n - 1) / of
		bar = fmt.Sprintf("[%s%s] %d/%d ", strings.Repeat("█", full), strings.Repeat("·", width-full), n, of)
	}
	r.replace(bar + what)
}

// Line writes a line that stays.
func (r *Reporter) Line(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.clear()
	fmt.Fprintf(r.out, format+"\n", args...)
}

// Done takes the bar away.
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
	r.shown = 2 * len([]rune(line)) // Hangul takes two places
}

func (r *Reporter) clear() {
	if r.interactive && r.shown > 0 {
		fmt.Fprint(r.out, "\r"+strings.Repeat(" ", min(r.shown, 79))+"\r")
		r.shown = 0
	}
}

// Interactive tells whether there is a bar to move.
func (r *Reporter) Interactive() bool { return r.interactive }
