// Package unrolled draws a recurrent net unrolled in time: its states and matrices,
// the paths from a loss back to W, and what truncation cuts. It gets finished titles
// and labels, and values that have been checked.
package unrolled

import (
	"image/color"
	"math"
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
	for t := 1; t <= n.steps; t++ {
		x, before := n.column(t), n.column(t-1)
		n.inputArrow(style.Line(style.Blue, 2, style.Dashed...), x)
		n.Text(x+14, (n.x-n.xHalf+n.h+n.hHalf)/2, style.TitleText, style.Blue, diagram.Center, "U")
		n.stateArrow(style.Line(style.Vermilion, 2), t, 0)
		n.Text((before+x)/2, n.h-13, style.TitleText, style.Vermilion, diagram.Center, "W")
		n.outputArrow(style.Line(style.Green, 2, style.Dotted...), x)
		n.Text(x+14, (n.h-n.hHalf+n.y+n.yHalf)/2, style.TitleText, style.Green, diagram.Center, "V")
	}
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

// net is a diagram of an unrolled net. Positions are in CSS pixels.
type net struct {
	*diagram.Diagram
	steps               int
	width, height       float64
	nodeWidth           float64
	spacing             float64 // between columns
	y, h, x             float64 // centres of the rows of nodes
	yHalf, hHalf, xHalf float64 // half their heights
}

// newNet returns a net without nodes, laid out for the vectors of the steps, and with
// room below it for a legend of the given height.
func newNet(h0 []float64, steps []Step, legend float64, title string) *net {
	nx, nh, ny := 0, len(h0), 0
	for _, step := range steps {
		nx, nh, ny = max(nx, len(step.X)), max(nh, len(step.H)), max(ny, len(step.Y))
	}
	n := &net{steps: len(steps), nodeWidth: 62, spacing: 190}
	if nx+nh+ny > 0 {
		n.nodeWidth = 82
	}
	if len(steps) > 3 {
		n.spacing = 150
	}
	n.width = math.Max(420, n.column(len(steps))+80)
	n.yHalf, n.hHalf, n.xHalf = nodeHeight(ny)/2, nodeHeight(nh)/2, nodeHeight(nx)/2
	const gap = 52
	n.y = 66 + n.yHalf
	n.h = n.y + n.yHalf + gap + n.hHalf
	n.x = n.h + n.hHalf + gap + n.xHalf
	n.height = n.x + n.xHalf + 36 + legend
	n.Diagram = diagram.New(n.width, n.height, title)
	return n
}

// column returns the x of step t; step 0 is h_0.
func (n *net) column(t int) float64 { return 62 + n.spacing*float64(t) }

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
		n.Text(x, y+11, style.SmallText, style.Black, diagram.Center, strings.Join(format.Entries(numbers), "\n"))
	}
}

func nodeHeight(numbers int) float64 { return 26 + 15.5*float64(numbers) }
