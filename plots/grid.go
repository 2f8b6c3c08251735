package plots

import (
	"cmp"
	"fmt"
	"strings"

	"rnn101/plots/internal/cells"
	"rnn101/plots/internal/check"
	"rnn101/plots/internal/format"
)

// GridOptions says how a grid is drawn. Its zero value draws squares only.
type GridOptions struct {
	Title     string   // empty: the numbers of rows and columns
	Rows      []string // a label for each row, or nil
	Columns   []string // a label for each column, or nil
	Numbers   bool     // write the value into each square
	Highlight [][2]int // squares with a frame: row and column, from 0
}

// Grid draws a small matrix or picture as squares, coloured from blue (negative)
// over white (zero) to orange (positive). Rows may differ in length; where there is no
// value there is no square.
//
// It panics if there are labels for another number of rows or columns or a frame where
// there is no square, and returns an error if there are no values and for one that is
// not finite.
func Grid(values [][]float64, o GridOptions) (*Figure, error) {
	columns, largest, err := check.Matrix("Grid", values, 1)
	if err != nil {
		return nil, err
	}
	check.Labels("Grid", len(values), columns, o.Rows, o.Columns)
	o.Title = cmp.Or(o.Title, texts.Text("grid.title", len(values), columns))
	g := cells.NewGrid(o.Title, cells.GridLayout{
		Rows: len(values), Columns: columns, RowLabels: o.Rows, ColumnLabels: o.Columns, Scale: largest, Numbers: o.Numbers,
	})
	for i, row := range values {
		for j, v := range row {
			g.Square(i, j, v)
		}
	}
	for _, at := range o.Highlight {
		check.Cell("Grid", values, at[0], at[1])
		g.Frame(at[0], at[1])
	}
	return newFigure(g.Drawing(), gridAlt(values, o))
}

func gridAlt(values [][]float64, o GridOptions) string {
	parts := []string{texts.Text("grid.alt", o.Title, len(values))}
	if o.Columns != nil {
		parts = append(parts, texts.Text("grid.columns", strings.Join(o.Columns, ", ")))
	}
	for i, row := range values {
		if len(row) == 0 {
			continue
		}
		name := texts.Text("grid.row", i+1)
		if o.Rows != nil {
			name = o.Rows[i]
		}
		parts = append(parts, name+": "+strings.Join(format.Entries(row), ", ")+".")
	}
	if len(o.Highlight) > 0 {
		parts = append(parts, texts.Text("grid.frame", format.Join(o.Highlight, ", ", func(at [2]int) string {
			return fmt.Sprintf("(%d, %d)", at[0]+1, at[1]+1)
		})))
	}
	return strings.Join(parts, " ")
}
