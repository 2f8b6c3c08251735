// Package diagrams draws nets, tables and cells as they are explained on a blackboard.
// Its figures are those of package plots, and so are its habits: a figure has an
// alternative text that tells all of the picture; no difference is one of colour alone;
// a mistake of the programmer panics, what data can cause is an error; all words come
// from a catalogue per language, except those that the caller gives.
//
// Letters are at least 13 CSS pixels high, and a figure at most 700 wide, unless a name
// or a number is very long.
package diagrams

import (
	"rnn101/internal/lang"
	"rnn101/plots/internal/check"
	"rnn101/plots/internal/figure"
)

// Figure is a chart that is ready to be drawn. It is the Figure of package plots.
type Figure = figure.Figure

var texts = lang.For("diagrams")

// between panics unless a number is in the range that can be drawn.
func between(function, name string, n, least, most int) {
	if n < least || n > most {
		check.Panicf(function, "%s is %d: it must be from %d to %d", name, n, least, most)
	}
}
