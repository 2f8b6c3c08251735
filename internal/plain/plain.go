// Package plain makes a text harmless that somebody else wrote, such as the name of a file, before it
// goes to a terminal, into a table or onto a page. It imports no other package of the course.
package plain

import (
	"strconv"
	"strings"
	"unicode"
)

// Text returns the text with every character written out that does not stand for itself: "\x1b" for
// the escape that begins a command to a terminal, "\u202e" for the one that turns the direction of
// writing. Newlines and tabs stay.
func Text(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\n' || r == '\t' || harmless(r):
			b.WriteRune(r)
		default:
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		}
	}
	return b.String()
}

// Line is Text for what must stay on one line.
func Line(text string) string {
	return strings.NewReplacer("\n", `\n`, "\t", `\t`).Replace(Text(text))
}

// harmless reports whether a character is shown, and shows nothing else differently.
func harmless(r rune) bool {
	switch r {
	case '\u200c', '\u200d', '\u3000', '\u00a0': // joiners, as in emoji, and the spaces of names
		return true
	case '\ufffd':
		return true
	}
	return unicode.IsPrint(r)
}
