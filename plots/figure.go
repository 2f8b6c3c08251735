// Package plots draws the charts of the course. Each chart has a function that takes
// plain numbers and returns a Figure, which has an image and an alternative text, both
// made from the same numbers.
//
// The title of a chart says what it shows. The colours are those of Okabe and Ito
// (2008), which colour-blind readers can tell apart, and are never the only
// difference: there are dashes, markers or numbers too. All texts come from a
// catalogue per language (package lang); names that the caller gives are drawn
// unchanged. Drawings of nets and tables that need no data are in plots/diagrams.
//
// Lists whose lengths differ are a mistake of the programmer and panic with "plots:".
// What data can cause, such as a NaN or an empty series, is an error that says where.
package plots

import "rnn101/plots/internal/figure"

// Figure is a chart that is ready to be drawn.
type Figure = figure.Figure

// UnwritableError says that the font lacks a character, which would be left out of
// the chart.
type UnwritableError = figure.UnwritableError

// many returns what a title says of so many series that each cannot have a sentence.
func many(key string) func(n int, low, high string) string {
	return func(n int, low, high string) string { return texts.Text(key, n, low, high) }
}

// newFigure returns a figure with its alternative text, or an UnwritableError if the
// font lacks a character of its texts.
var newFigure = figure.New
