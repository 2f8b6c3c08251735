// Package tables draws the table of paths, with a row for each loss and a column for
// each step, and how its columns are summed. It gets finished titles and labels, and
// values that have been checked.
package tables

import (
	"math"

	"rnn101/plots/internal/diagram"
	"rnn101/plots/internal/style"
)

const text = style.NormalText

// triangle is a table with entries on and below its diagonal. Rows and columns are
// counted from 1.
type triangle struct {
	*diagram.Diagram
	left, top, width, height float64 // of the first entry
}

// center returns the middle of an entry.
func (t triangle) center(row, column int) (x, y float64) {
	return t.left + t.width*(float64(column)-0.5), t.top + t.height*(float64(row)-0.5)
}

// labels writes the names of the rows and columns.
func (t triangle) labels(rows, columns []string) {
	for i, label := range rows {
		_, y := t.center(i+1, 1)
		t.Text(t.left-10, y, text, style.Black, diagram.Right, label)
	}
	for k, label := range columns {
		x, _ := t.center(1, k+1)
		t.Text(x, t.top-14, text, style.Black, diagram.Center, label)
	}
}

// widest returns the width of the widest of some texts.
func widest(texts ...string) float64 {
	w := 0.0
	for _, s := range texts {
		w = math.Max(w, diagram.Width(s, text))
	}
	return w
}

// lineHeight is the distance between two numbers of a vector.
const lineHeight = 17.0
