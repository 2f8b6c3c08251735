// Package circuit draws cells with gates as circuits, with the road that the gradient
// takes back through their state. It gets finished texts.
//
// A line that crosses another jumps over it; where lines meet there is a dot.
package circuit

import (
	"image/color"
	"slices"

	"rnn101/plots/internal/diagram"
	"rnn101/plots/internal/style"
)

// Names are the words in a drawing.
type Names struct {
	Title, Road                           string
	Kept, Written, Both                   string // at the products, and at the sum
	Times, Plus, Meet, Cross, EachBox     string // of the legend
	Forget, Input, Content, Output, Shown string // of the LSTM
	Update, Reset, New, State, Past       string // of the GRU
}

const (
	width = 690.0
	text  = style.NormalText

	radius                = 11.0             // of a product or a sum
	stateWidth, stateHigh = 58.0, 26.0       // of a state's box
	boxWidth, boxHigh     = 106.0, 52.0      // of a gate's box
	apart                 = 20.0             // from the middle of a gate to its inputs
	leftEnd, rightEnd     = 42.0, 690 - 42.0 // the middles of the states
	road                  = 108.0            // where the state runs
)

var (
	wire   = style.Line(style.Black, 2)
	inputs = style.Line(style.Blue, 2, style.Dashed...) // as in the unrolled net
	back   = style.Line(style.Vermilion, 3, style.Dashed...)
	band   = color.RGBA{0xFB, 0xE3, 0xB0, 0xFF}
)

type circuit struct{ *diagram.Diagram }

// highlight draws the road of the gradient along the state: a band under the road, and
// above it an arrow from one state back to the other.
func (c circuit) highlight(name string) {
	const above = road - 44
	c.Fill(leftEnd, road-9, rightEnd-leftEnd, 18, band)
	c.Arrow(back, diagram.Rounded(8, rightEnd, road-stateHigh/2, rightEnd, above, leftEnd, above, leftEnd, road-stateHigh/2)...)
	c.Text(width/2, above-17, text, style.Black, diagram.Center, name)
}

// factor writes what the gradient is multiplied by on its road.
func (c circuit) factor(x float64, s string) {
	const y = road - 44
	c.Box(x, y, diagram.Width(s, text)+10, 18, style.White, style.White, 1)
	c.Text(x, y-3, text, style.Black, diagram.Center, s)
}

// state draws the box of a state or an input.
func (c circuit) state(x, y float64, name string) {
	c.Box(x, y, stateWidth, stateHigh, style.White, style.Black, 1.8)
	c.Text(x, y, text+1, style.Black, diagram.Center, name)
}

// gate draws a box with a name and a formula.
func (c circuit) gate(x, y float64, name, formula string) {
	c.Box(x, y, boxWidth, boxHigh, style.White, style.Black, 1.8)
	c.Text(x, y-11, text, style.Black, diagram.Center, name)
	c.Text(x, y+11, text+1, style.Black, diagram.Center, formula)
}

func (c circuit) circle(x, y float64) {
	c.Circle(x, y, radius, style.White, style.Black, 1.8)
}

// times draws a product, entry by entry.
func (c circuit) times(x, y float64) {
	c.circle(x, y)
	c.Circle(x, y, 2.8, style.Black, style.Black, 1)
}

// plus draws a sum.
func (c circuit) plus(x, y float64) {
	const arm = 6
	c.circle(x, y)
	c.Line(wire, x-arm, y, x+arm, y)
	c.Line(wire, x, y-arm, x, y+arm)
}

// dot marks where a line divides.
func (c circuit) dot(x, y float64, colour color.Color) { c.Circle(x, y, 3.6, colour, colour, 1) }

// bus draws a line from the left at height y that jumps over the lines at some x, and
// ends in an arrow up to a point.
func (c circuit) bus(from, y float64, over []float64, toX, toY float64) {
	xy := []float64{from, y}
	for _, x := range over {
		xy = slices.Concat(xy, hop(x, y))
	}
	c.Arrow(wire, append(xy, toX, y, toX, toY)...)
}

// hop returns the points of a half circle over a point.
func hop(x, y float64) []float64 {
	const r = 7
	return diagram.HalfCircle(x, y, r)
}

// branch draws an arrow from a dot on a line up to a box.
func (c circuit) branch(x, from, to float64, isInput bool) {
	if isInput {
		c.Arrow(inputs, x, from, x, to)
		c.dot(x, from, style.Blue)
		return
	}
	c.Arrow(wire, x, from, x, to)
	c.dot(x, from, style.Black)
}

// matrices writes the letters of the matrices beside the inputs of a gate.
func (c circuit) matrices(x, y float64) {
	c.letterW(x-apart, y)
	c.letterU(x+apart, y)
}

func (c circuit) letterW(x, y float64) { c.Text(x-11, y, text, style.Black, diagram.Center, "W") }
func (c circuit) letterU(x, y float64) { c.Text(x+11, y, text, style.Blue, diagram.Center, "U") }

// legend explains the signs, from a height on.
func (c circuit) legend(y float64, n Names) {
	const between = 26
	x := 14.0
	entry := func(s string) {
		c.Text(x, y-2, text, style.Black, diagram.Left, s)
		x += diagram.Width(s, text) + between
	}
	c.times(x+radius, y)
	x += 2*radius + 7
	entry(n.Times)
	c.plus(x+radius, y)
	x += 2*radius + 7
	entry(n.Plus)
	c.Line(wire, x, y, x+28, y)
	c.Line(wire, x+14, y, x+14, y-11)
	c.dot(x+14, y, style.Black)
	x += 35
	entry(n.Meet)
	c.Line(inputs, x+14, y-13, x+14, y+11)
	c.Line(wire, slices.Concat([]float64{x, y}, hop(x+14, y), []float64{x + 28, y})...)
	x += 35
	entry(n.Cross)
	c.Text(14, y+28, text, style.Black, diagram.Left, diagram.Wrap(n.EachBox, text, width-28))
}
