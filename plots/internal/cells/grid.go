// Package cells draws values as coloured cells: a grid of squares, a heat map, a text
// and a piano roll. It gets finished titles and labels, and values that have been
// checked; it knows nothing of recurrent nets.
package cells

import (
	"image/color"
	"math"

	"rnn101/plots/internal/diagram"
	"rnn101/plots/internal/format"
	"rnn101/plots/internal/style"
)

// Grid is a diagram of squares in rows and columns.
type Grid struct {
	*diagram.Diagram
	scale         float64 // the absolute value that has the full colour
	numbers       bool
	left, top     float64
	width, height float64 // of a cell
}

// GridLayout says what a grid is made for.
type GridLayout struct {
	Rows, Columns           int
	RowLabels, ColumnLabels []string // nil: none
	Scale                   float64  // the absolute value that has the full colour
	Numbers                 bool     // write the value into each square
}

// NewGrid returns a grid without squares.
func NewGrid(title string, l GridLayout) *Grid {
	g := &Grid{scale: l.Scale, numbers: l.Numbers, left: 24, top: 44, width: 34, height: 34}
	if l.Numbers {
		g.width, g.height = 78, 40
	}
	for _, label := range l.RowLabels {
		g.left = math.Max(g.left, 30+labelWidth(label))
	}
	for _, label := range l.ColumnLabels {
		g.width = math.Max(g.width, 12+labelWidth(label))
	}
	if l.ColumnLabels != nil {
		g.top += 26
	}
	width := g.left + g.width*float64(l.Columns) + 24
	full := math.Max(width, 30+8.2*float64(format.Width(title)))
	g.left += (full - width) / 2
	g.Diagram = diagram.New(full, g.top+g.height*float64(l.Rows)+22, title)
	for j, label := range l.ColumnLabels {
		x, _ := g.center(0, j)
		g.Text(x, g.top-14, style.NormalText, style.Black, diagram.Center, label)
	}
	for i, label := range l.RowLabels {
		_, y := g.center(i, 0)
		g.Text(g.left-10, y, style.NormalText, style.Black, diagram.Right, label)
	}
	return g
}

// labelWidth estimates the width of a label, in CSS pixels.
func labelWidth(label string) float64 { return 7.6 * float64(format.Width(label)) }

func (g *Grid) center(i, j int) (x, y float64) {
	return g.left + g.width*(float64(j)+0.5), g.top + g.height*(float64(i)+0.5)
}

// Square draws the square of a value.
func (g *Grid) Square(i, j int, v float64) {
	x, y := g.center(i, j)
	fill := style.Diverging(v, g.scale)
	g.Box(x, y, g.width-2, g.height-2, fill, style.LightGrey, 1)
	if g.numbers {
		g.Text(x, y, style.NormalText, style.Contrasting(fill), diagram.Center, format.Entry(v))
	}
}

// Frame draws a frame around a square.
func (g *Grid) Frame(i, j int) {
	x, y := g.center(i, j)
	g.Box(x, y, g.width-4, g.height-4, color.Transparent, style.Vermilion, 3)
}
