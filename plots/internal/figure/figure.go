// Package figure holds a drawing together with its alternative text: what every chart
// of the course is. It knows nothing of how a chart is made.
package figure

import (
	"fmt"

	"rnn101/plots/internal/render"
)

// Figure is a chart that is ready to be drawn.
type Figure struct {
	drawing *render.Drawing
	alt     string
}

// New returns a figure with its alternative text, or an UnwritableError if the font
// lacks a character of its texts.
func New(d *render.Drawing, alt string) (*Figure, error) {
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
	return fmt.Sprintf("plots: the font has no character %q (U+%04X), in the text %q: write that text with Latin or Greek letters or with everyday Hangul (KS X 1001)",
		e.Character, e.Character, e.Text)
}
