package plots

import (
	"fmt"

	"rnn101/plots/internal/cells"
	"rnn101/plots/internal/check"
	"rnn101/plots/internal/format"
)

// HeatOptions says how a heat map is drawn.
type HeatOptions struct {
	Title string
	X, Y  string  // what columns and rows are
	Floor float64 // the lower end of the colour scale; it must be positive
}

// HeatMap draws positive numbers on a logarithmic colour scale, from white (the floor
// and below) to dark blue (the largest value). As on an axis, rows are numbered from
// 0 at the bottom: values[r][c] is in row r, column c. Rows may differ in length;
// where there is no value nothing is drawn.
//
// It returns an error if there are no values, for a value that is negative or not
// finite, and unless the floor is positive and below the largest value.
func HeatMap(values [][]float64, o HeatOptions) (*Figure, error) {
	_, largest, err := check.Matrix("HeatMap", values, 0)
	if err != nil {
		return nil, err
	}
	if err := check.Heat("HeatMap", values, o.Floor, largest); err != nil {
		return nil, err
	}
	return newFigure(cells.HeatMap(values, o.Floor, largest, o.Title, o.X, o.Y), heatAlt(values, o, largest))
}

func heatAlt(values [][]float64, o HeatOptions, largest float64) string {
	last := values[len(values)-1]
	for r := len(values) - 1; len(last) == 0; r-- {
		last = values[r]
	}
	at := func(c int) string { return texts.Text("lines.at", format.Significant(last[c]), fmt.Sprint(c)) }
	return texts.Text("heat.alt", o.Title, o.Y, o.X, format.Significant(o.Floor), format.Significant(largest),
		at(0), at((len(last)-1)/2), at(len(last)-1))
}
