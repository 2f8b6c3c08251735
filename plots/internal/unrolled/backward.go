package unrolled

import (
	"image/color"
	"math"
	"strings"

	"gonum.org/v1/plot/text"

	"rnn101/plots/internal/diagram"
	"rnn101/plots/internal/format"
	"rnn101/plots/internal/render"
	"rnn101/plots/internal/style"
)

// BackStep is one step of the backward pass.
type BackStep struct {
	Error    []float64 // ŷ_t − y_t
	FromLoss []float64 // what it sends to the state
	FromNext []float64 // what the next step sends to the state; nil for the last step
	Delta    []float64 // δ_t
	Column   string    // which column of ∂L/∂U gets δ_t
}

// The distance between the steps of the backward pass.
const backSpacing = 215.0

// ColumnFits reports whether the drawing of the backward pass has room for the name of a column.
func ColumnFits(column string) bool {
	return diagram.Width(column, style.NormalText) <= backSpacing-24
}

// DrawBackward draws the arrows of the backward pass with what they carry: from the errors down to
// the states, from each step to the one before, and from the states down to the gradient of U.
func DrawBackward(steps []BackStep, title string) *render.Drawing {
	columns := make([]Step, len(steps))
	for i, s := range steps {
		columns[i] = Step{X: s.Delta, H: s.Delta, Y: s.Error}
	}
	between := backSpacing * float64(len(steps)-1)
	full := math.Max(between+backSpacing, diagram.Width(title, style.TitleText)+30)
	left := (full - between) / 2 // of the first step
	n := layout{left: left - backSpacing, spacing: backSpacing, right: left}.net(nil, columns, title)
	n.digits = style.NormalText
	for i, s := range steps {
		x := n.column(i + 1)
		n.Arrow(styleV, x, n.y+n.yHalf, x, n.h-n.hHalf)
		middle := (n.y + n.yHalf + n.h - n.hHalf) / 2
		n.transposed(x-20, middle, style.Green, "V")
		n.carried(x+10, middle, diagram.Left, s.FromLoss)
		if s.FromNext != nil {
			n.Arrow(styleW, n.column(i+2)-n.nodeWidth/2, n.h, x+n.nodeWidth/2, n.h)
			n.transposed(x+backSpacing/2, n.h-13, style.Vermilion, "W")
			n.carried(x+backSpacing/2, n.h+6+8*float64(len(s.FromNext)), diagram.Center, s.FromNext)
		}
		n.Arrow(styleU, x, n.h+n.hHalf, x, n.x-n.xHalf)
		symbol := format.Subscript("ŷ", i+1) + " − " + format.Subscript("y", i+1)
		n.node(x, n.y, symbol, s.Error, style.Green)
		n.node(x, n.h, format.Subscript("δ", i+1), s.Delta, style.Black)
		n.node(x, n.x, "∂L/∂U", s.Delta, style.Blue)
		n.Text(x, n.x+n.xHalf+16, style.NormalText, style.Black, diagram.Center, s.Column)
	}
	return n.Drawing()
}

// transposed writes the letter of a matrix with the sign ⊤, which the font lacks.
func (n *net) transposed(x, y float64, colour color.Color, letter string) {
	n.Text(x, y, style.TitleText, colour, diagram.Center, letter)
	at := x + diagram.Width(letter, style.TitleText)/2 + 6
	ls := style.Line(colour, 1.4)
	n.Line(ls, at-4, y-8, at+4, y-8)
	n.Line(ls, at, y-8, at, y)
}

// carried writes the numbers that an arrow carries, one a line.
func (n *net) carried(x, y float64, align text.XAlignment, numbers []float64) {
	n.Text(x, y, style.NormalText, style.Black, align, strings.Join(format.Entries(numbers), "\n"))
}
