package plots

import (
	"fmt"
	"slices"
	"strings"

	"rnn101/plots/internal/cells"
	"rnn101/plots/internal/check"
	"rnn101/plots/internal/format"
)

// LettersOptions says how letters are coloured.
type LettersOptions struct {
	Title     string
	What      string  // what the values are
	Diverging bool    // from blue (negative) over white to orange; else white to orange
	Scale     float64 // the absolute value with the full colour; 0: the largest
}

// Letters draws a text character by character on coloured squares, a value for each:
// the loss of a net at that character, or the activation of one of its neurons. A
// space is drawn as ·, a line break as ↓, after which a new line begins.
//
// It panics unless there is a value for each character, and returns an error for a
// value that is not finite, for a control character and for an empty text.
func Letters(words string, values []float64, o LettersOptions) (*Figure, error) {
	letters := []rune(words)
	if len(letters) != len(values) {
		check.Panicf("Letters", "%d characters and %d values", len(letters), len(values))
	}
	if err := check.Finite("Letters", o.What, values); err != nil {
		return nil, err
	}
	if err := check.Option("Letters", "Scale", o.Scale, 0); err != nil {
		return nil, err
	}
	if err := check.Characters("Letters", letters); err != nil {
		return nil, err
	}
	highest := slices.Max(values)
	if o.Scale == 0 {
		o.Scale = max(highest, -slices.Min(values))
	}
	at := slices.Index(values, highest)
	alt := texts.Text("letters.alt", o.Title, o.What, strings.ReplaceAll(words, "\n", " "),
		format.Significant(format.Mean(values)), format.Significant(highest), fmt.Sprintf("%q", letters[at]), at+1)
	return newFigure(cells.Text(letters, values, o.Scale, o.Diverging, o.Title, o.What), alt)
}
