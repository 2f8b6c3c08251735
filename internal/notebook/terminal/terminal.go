// Package terminal turns what a program printed for a terminal into the text that the terminal
// would show: progress bars that overwrite themselves, and sequences that move the cursor. It knows
// nothing of notebooks.
package terminal

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// sequence matches an escape sequence, the last two also if it is not complete: CSI with its
// parameters and its final letter, a command for the operating system such as a link, another one.
var sequence = regexp.MustCompile("^\x1b(?:\\[([0-?]*)[ -/]*([@-~]?)|\\][^\x07\x1b\n]*(?:\x07|\x1b\\\\)?|[ -/]*[0-~]?)")

// Printable reports whether a character has a place in a text; the others control a terminal.
func Printable(r rune) bool {
	return r >= ' ' && r != 0x7f && (r < 0x80 || r > 0x9f) || r == '\n' || r == '\t'
}

// Text returns what a terminal shows in the end. Colours and bold letters stay, as sequences that
// end in m; all other control characters are gone.
func Text(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return !Printable(r) }) < 0 {
		return s
	}
	var t terminal
	for s != "" {
		s = s[t.next(s):]
	}
	t.endLine()
	if t.shown != "" {
		t.out.WriteString(reset)
	}
	return t.out.String()
}

const (
	reset     = "\x1b[0m"
	farthest  = 1000 // columns behind the end of a line that the cursor may be set to
	maxStyles = 256  // bytes of sequences that a letter can have
)

// letter is a letter on the screen, with the sequences that set its style.
type letter struct {
	r     rune
	style string
}

type terminal struct {
	out    strings.Builder
	shown  string // style of the last letter in out
	style  string // of the next letter
	line   []letter
	column int
}

// next handles the next character or sequence and returns its length.
func (t *terminal) next(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case r == 0x1b:
		m := sequence.FindStringSubmatch(s)
		t.control(m[1], m[2], m[0])
		return len(m[0])
	case r == '\n':
		t.endLine()
		t.out.WriteByte('\n')
	case r == '\r':
		t.column = 0
	case r == '\b':
		t.column = max(0, t.column-1)
	case Printable(r):
		t.put(letter{r, t.style})
	}
	return n
}

func (t *terminal) put(l letter) {
	for len(t.line) < t.column {
		t.line = append(t.line, letter{' ', ""})
	}
	if t.column < len(t.line) {
		t.line[t.column] = l
	} else {
		t.line = append(t.line, l)
	}
	t.column++
}

// control obeys a CSI sequence, as far as it concerns one line.
func (t *terminal) control(parameters, final, all string) {
	n, err := strconv.Atoi(parameters)
	count := max(1, n)
	switch final {
	case "m":
		if err == nil && n == 0 || parameters == "" {
			t.style = ""
		} else if strings.Trim(parameters, "0123456789;:") != "" {
			return // a setting of the keyboard
		} else if strings.HasPrefix(parameters, "0;") {
			t.style = all
		} else if len(t.style)+len(all) <= maxStyles && !strings.HasSuffix(t.style, all) {
			t.style += all
		}
	case "K":
		switch n {
		case 0:
			t.line = t.line[:min(t.column, len(t.line))]
		case 1:
			for i := range min(t.column, len(t.line)) {
				t.line[i] = letter{' ', ""}
			}
		case 2:
			t.line = t.line[:0]
		}
	case "G":
		t.column = min(count-1, len(t.line)+farthest)
	case "C":
		t.column = min(t.column+min(count, farthest), len(t.line)+farthest)
	case "D":
		t.column = max(0, t.column-count)
	}
}

// endLine writes the line.
func (t *terminal) endLine() {
	for _, l := range t.line {
		if l.style != t.shown {
			if t.shown != "" {
				t.out.WriteString(reset)
			}
			t.out.WriteString(l.style)
			t.shown = l.style
		}
		t.out.WriteRune(l.r)
	}
	if t.shown != "" && t.style == "" {
		t.out.WriteString(reset)
		t.shown = ""
	}
	t.line, t.column = t.line[:0], 0
}
