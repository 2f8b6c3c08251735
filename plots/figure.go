// Package plots draws the charts of the course. Each chart has a function that takes
// plain numbers and returns a Figure, which has an image and an alternative text, both
// made from the same numbers.
//
// The title of a chart says what it shows. The colours are those of Okabe and Ito
// (2008), which colour-blind readers can tell apart, and are never the only
// difference: there are dashes, markers or numbers too. All texts come from a
// catalogue per language (package lang); names that the caller gives are drawn
// unchanged.
//
// Lists whose lengths differ are a mistake of the programmer and panic with "plots:".
// What data can cause, such as a NaN or an empty series, is an error that says where.
package plots

import (
	"fmt"

	"rnn101/plots/internal/render"
)

// Figure is a chart that is ready to be drawn.
type Figure struct {
	drawing *render.Drawing
	alt     string
}

// newFigure returns a figure with its alternative text, or an UnwritableError if the
// font lacks a character of its texts.
func newFigure(d *render.Drawing, alt string) (*Figure, error) {
	all := append(d.Texts, alt)
	for _, s := range all {
		if r, missing := render.Missing(s); missing {
			return nil, &UnwritableError{r, s, all}
		}
	}
	return &Figure{d, alt}, nil
}

// Alt returns the alternative text: sentences that say what the chart shows.
func (f *Figure) Alt() string { return f.alt }

// Title returns the title drawn above the chart.
func (f *Figure) Title() string { return f.drawing.Title }

// Size returns the width and height in CSS pixels, 96 to the inch.
func (f *Figure) Size() (width, height float64) { return f.drawing.Width, f.drawing.Height }

// PNG returns the chart as an image of 144 dots per inch on white.
func (f *Figure) PNG() ([]byte, error) { return f.drawing.PNG() }

// SVG returns the chart as vectors. Text remains text, in the font Course Sans or
// one that the viewer has in its place.
func (f *Figure) SVG() ([]byte, error) { return f.drawing.SVG() }

// UnwritableError says that the font lacks a character, which would be left out of
// the chart.
type UnwritableError struct {
	Character rune
	Text      string   // the text with the character
	Texts     []string // all texts of the chart and its alternative text
}

func (e *UnwritableError) Error() string {
	return fmt.Sprintf("plots: the font has no character %q (U+%04X), in the text %q", e.Character, e.Character, e.Text)
}
