package unrolled

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/vg/draw"

	"rnn101/plots/internal/diagram"
	"rnn101/plots/internal/format"
	"rnn101/plots/internal/render"
	"rnn101/plots/internal/style"
)

// legendHeight is the room for a legend below a net.
const legendHeight = 34

// Path is a way from a loss back to the copy of W of step Copy.
type Path struct {
	Copy int
	Name string // for the legend
}

// DrawPaths draws the paths from the loss of one step. The first copy of W that a
// path can end at is that of the loss's own step.
func DrawPaths(steps, loss int, paths []Path, title string) *render.Drawing {
	n := newNet(nil, make([]Step, steps), legendHeight, title)
	background := style.Line(style.LightGrey, 2)
	for t := 1; t <= steps; t++ {
		x := n.column(t)
		n.inputArrow(background, x)
		n.outputArrow(background, x)
		n.stateArrow(background, t, 0)
	}
	for i := len(paths) - 1; i >= 0; i-- {
		k := paths[i].Copy
		x, y := n.pathCorner(loss, k, 8)
		n.Arrow(pathStyle(loss, k), x, n.y+n.yHalf, x, y, n.column(k)-n.spacing/2+3, y)
	}
	n.pathNodes(loss)
	for t := 1; t <= steps; t++ {
		n.Text(n.column(t)-n.spacing/2, n.h-28-4*float64(loss-1), style.TitleText, style.Black, diagram.Center, format.CopyOfW(t))
	}
	width := (n.width - 30) / float64(len(paths))
	for i, p := range paths {
		ls := pathStyle(loss, p.Copy)
		x, y := 20+width*float64(i), n.height-18
		n.Line(ls, x, y, x+34, y)
		n.Text(x+40, y, style.SmallText, ls.Color, diagram.Left, p.Name)
	}
	return n.Drawing()
}

// DrawPathsToU draws the paths from the loss of one step to every place where U acts,
// with the name of each path where it ends. There are words for all steps, or none.
func DrawPathsToU(loss int, words []string, steps int, paths []Path, title string) *render.Drawing {
	const left, right = 42.0, 84.0
	spacing := math.Min(150, (700-left-right)/float64(steps))
	l := layout{left: left, spacing: spacing, right: right, nodeWidth: 54, matrices: 48}
	if words == nil {
		l.below = -16
	}
	n := l.net(nil, make([]Step, steps), title)
	background := style.Line(style.LightGrey, 2)
	const width, height, apart = 42.0, 26.0, 9.0 // of a matrix; between up and down
	middle := (n.h + n.hHalf + n.x - n.xHalf) / 2
	for t := 1; t <= steps; t++ {
		x := n.column(t)
		n.Arrow(background, x, n.x-n.xHalf, x, middle+height/2)
		n.Arrow(background, x-apart, middle-height/2, x-apart, n.h+n.hHalf)
		n.outputArrow(background, x)
		n.stateArrow(background, t, 0)
	}
	for i := len(paths) - 1; i >= 0; i-- {
		k := paths[i].Copy
		x, y := n.pathCorner(loss, k, math.Min(7, 22/float64(loss-1)))
		end := n.column(k) + apart
		n.Arrow(pathStyle(loss, k), x, n.y+n.yHalf, x, y, end, y, end, middle-height/2)
		n.Text(n.column(k)+width/2+6, middle, style.NormalText, style.Black, diagram.Left,
			diagram.Wrap(paths[i].Name, style.NormalText, spacing-width-14))
	}
	n.pathNodes(loss)
	for t := 1; t <= steps; t++ {
		outline := color.Color(style.Blue)
		if t > loss {
			outline = style.LightGrey
		}
		n.Box(n.column(t), middle, width, height, style.White, outline, 1.8)
		n.Text(n.column(t), middle, style.NormalText+1, style.Black, diagram.Center, format.Copy("U", t))
		if words != nil {
			n.Text(n.column(t), n.x+n.xHalf+16, style.NormalText, style.Black, diagram.Center, words[t-1])
		}
	}
	return n.Drawing()
}

// pathCorner returns where the path from the loss to the copy of step k turns behind
// the state of the loss. The paths run side by side, at a distance apart.
func (n *net) pathCorner(loss, k int, apart float64) (x, y float64) {
	shift := apart * (float64(loss-k) - float64(loss-1)/2)
	return n.column(loss) + shift, n.h + shift
}

// pathNodes draws the nodes over the paths, which pass behind them, and the loss.
func (n *net) pathNodes(loss int) {
	n.node(n.column(0), n.h, "h₀", nil, style.Grey)
	for t := 1; t <= n.steps; t++ {
		outline := color.Color(style.Black)
		if t > loss {
			outline = style.LightGrey
		}
		n.nodes(t, Step{}, "ŷ", outline)
	}
	n.Text(n.column(loss), n.y-n.yHalf-13, style.TitleText, style.Black, diagram.Center, format.Subscript("L", loss))
}

// pathStyle sets the direct path apart from the indirect ones.
func pathStyle(loss, k int) draw.LineStyle {
	if k == loss {
		return style.Line(style.Vermilion, 3)
	}
	i := (loss - 1 - k) % 4
	return style.Line([]color.Color{style.Blue, style.Purple, style.Green, style.Orange}[i], 2.5, style.Dashes(1+i)...)
}
