// Package unrolled draws a recurrent net unrolled in time: its states and matrices,
// the paths from a loss back to W or U, what truncation cuts, and beside it the rolled
// net, or attention. It gets finished titles and labels, and values that have been
// checked.
package unrolled

import (
	"image/color"
	"strings"

	"gonum.org/v1/plot/vg/draw"

	"rnn101/plots/internal/diagram"
	"rnn101/plots/internal/format"
	"rnn101/plots/internal/render"
	"rnn101/plots/internal/style"
)

// Step is one column of the net. Vectors may be nil.
type Step struct {
	Input   string    // written below the column
	X, H, Y []float64 // x_t, h_t, ŷ_t
	Target  string    // written above the column
}

// Draw draws the net with its matrices U, W and V, the numbers of its vectors and the
// inputs and targets.
func Draw(h0 []float64, steps []Step, title string) *render.Drawing {
	n := newNet(h0, steps, 0, title)
	n.arrows()
	n.node(n.column(0), n.h, "h₀", h0, style.Grey)
	for i, step := range steps {
		x := n.column(i + 1)
		n.nodes(i+1, step, "ŷ", style.Black)
		n.Text(x, n.x+n.xHalf+16, style.NormalText, style.Black, diagram.Center, step.Input)
		if step.Target != "" {
			n.Text(x, n.y-n.yHalf-13, style.NormalText, style.Black, diagram.Center, step.Target)
		}
	}
	return n.Drawing()
}

// How the arrows of the three matrices look.
var (
	styleU = style.Line(style.Blue, 2, style.Dashed...)
	styleW = style.Line(style.Vermilion, 2)
	styleV = style.Line(style.Green, 2, style.Dotted...)
)

// arrows draws the arrows of the three matrices in all columns.
func (n *net) arrows() {
	for t := 1; t <= n.steps; t++ {
		n.inputU(n.column(t))
		n.stateArrow(styleW, t, 0)
		n.Text((n.column(t-1)+n.column(t))/2, n.h-13, style.TitleText, style.Vermilion, diagram.Center, "W")
		n.outputV(n.column(t), 14)
	}
}

// inputU draws the arrow U of the column at x.
func (n *net) inputU(x float64) {
	n.inputArrow(styleU, x)
	n.Text(x+14, (n.x-n.xHalf+n.h+n.hHalf)/2, style.TitleText, style.Blue, diagram.Center, "U")
}

// outputV draws the arrow V of the column at x, with its letter dx to the right.
func (n *net) outputV(x, dx float64) {
	n.outputArrow(styleV, x)
	n.Text(x+dx, (n.h-n.hHalf+n.y+n.yHalf)/2, style.TitleText, style.Green, diagram.Center, "V")
}

// net is a diagram of an unrolled net. Positions are in CSS pixels.
type net struct {
	*diagram.Diagram
	steps               int
	width, height       float64
	nodeWidth           float64
	digits              float64 // size of the numbers in nodes
	left, spacing       float64 // of h_0, and between columns
	y, h, x             float64 // centres of the rows of nodes
	yHalf, hHalf, xHalf float64 // half their heights
}

// newNet returns a net without nodes, laid out for the vectors of the steps, and with
// room below it for a legend of the given height.
func newNet(h0 []float64, steps []Step, legend float64, title string) *net {
	l := layout{left: 62, spacing: 190, right: 80, least: 420, nodeWidth: 62, below: legend}
	if len(steps) > 3 {
		l.spacing = 150
	}
	return l.net(h0, steps, title)
}

// layout says where the columns of a net are.
type layout struct {
	left, spacing, right float64 // of h_0, between columns, to the right of the last
	least                float64 // the least width of the whole
	nodeWidth            float64 // of a node without numbers
	matrices             float64 // room for nodes between inputs and states
	below                float64 // room below the net
}

// net returns a net without nodes.
func (l layout) net(h0 []float64, steps []Step, title string) *net {
	nx, nh, ny := 0, len(h0), 0
	for _, step := range steps {
		nx, nh, ny = max(nx, len(step.X)), max(nh, len(step.H)), max(ny, len(step.Y))
	}
	n := &net{steps: len(steps), nodeWidth: l.nodeWidth, digits: style.SmallText, left: l.left, spacing: l.spacing}
	if nx+nh+ny > 0 {
		n.nodeWidth = 82
	}
	n.width = max(n.column(len(steps))+l.right, diagram.Width(title, style.TitleText)+30, l.least)
	n.yHalf, n.hHalf, n.xHalf = nodeHeight(ny)/2, nodeHeight(nh)/2, nodeHeight(nx)/2
	const gap = 52
	n.y = 66 + n.yHalf
	n.h = n.y + n.yHalf + gap + n.hHalf
	n.x = n.h + n.hHalf + gap + l.matrices + n.xHalf
	n.height = n.x + n.xHalf + 36 + l.below
	n.Diagram = diagram.New(n.width, n.height, title)
	return n
}

// column returns the x of step t; step 0 is h_0.
func (n *net) column(t int) float64 { return n.left + n.spacing*float64(t) }

// inputArrow draws the arrow from the input to the state of the column at x.
func (n *net) inputArrow(ls draw.LineStyle, x float64) {
	n.Arrow(ls, x, n.x-n.xHalf, x, n.h+n.hHalf)
}

// stateArrow draws the arrow to the state of step t from the one before, dy below
// their centres.
func (n *net) stateArrow(ls draw.LineStyle, t int, dy float64) {
	n.Arrow(ls, n.column(t-1)+n.nodeWidth/2, n.h+dy, n.column(t)-n.nodeWidth/2, n.h+dy)
}

// outputArrow draws the arrow from a state to its output at x.
func (n *net) outputArrow(ls draw.LineStyle, x float64) {
	n.Arrow(ls, x, n.h-n.hHalf, x, n.y+n.yHalf)
}

// nodes draws the three nodes of step t. The output is a symbol without its index.
func (n *net) nodes(t int, step Step, output string, outline color.Color) {
	x := n.column(t)
	n.node(x, n.x, format.Subscript("x", t), step.X, outline)
	n.node(x, n.h, format.Subscript("h", t), step.H, outline)
	n.node(x, n.y, format.Subscript(output, t), step.Y, outline)
}

// node draws a box around a symbol and the numbers under it, one a line.
func (n *net) node(x, y float64, symbol string, numbers []float64, outline color.Color) {
	height := nodeHeight(len(numbers))
	n.Box(x, y, n.nodeWidth, height, style.White, outline, 1.8)
	n.Text(x, y-height/2+13, style.NormalText+1, style.Black, diagram.Center, symbol)
	if len(numbers) > 0 {
		up := 2 * (n.digits - style.SmallText) // larger lines reach further down
		n.Text(x, y+11-up, n.digits, style.Black, diagram.Center, strings.Join(format.Entries(numbers), "\n"))
	}
}

func nodeHeight(numbers int) float64 { return 26 + 15.5*float64(numbers) }
