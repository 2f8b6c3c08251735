package unrolled

import (
	"image/color"

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
		n.path(loss, paths[i].Copy)
	}
	// The nodes are drawn over the paths, which pass behind them.
	n.node(n.column(0), n.h, "h₀", nil, style.Grey)
	for t := 1; t <= steps; t++ {
		outline := color.Color(style.Black)
		if t > loss {
			outline = style.LightGrey
		}
		n.nodes(t, Step{}, "ŷ", outline)
		n.Text(n.column(t)-n.spacing/2, n.h-28-4*float64(loss-1), style.TitleText, style.Black, diagram.Center, format.CopyOfW(t))
	}
	n.Text(n.column(loss), n.y-n.yHalf-13, style.TitleText, style.Black, diagram.Center, format.Subscript("L", loss))
	width := (n.width - 30) / float64(len(paths))
	for i, p := range paths {
		ls := pathStyle(loss, p.Copy)
		x, y := 20+width*float64(i), n.height-18
		n.Line(ls, x, y, x+34, y)
		n.Text(x+40, y, style.SmallText, ls.Color, diagram.Left, p.Name)
	}
	return n.Drawing()
}

// path draws the path from the loss down to its state, back along the states, and to
// the copy of W at step k.
func (n *net) path(loss, k int) {
	shift := 8 * (float64(loss-k) - float64(loss-1)/2) // side by side
	x, y := n.column(loss)+shift, n.h+shift
	end := n.column(k) - n.spacing/2
	n.Arrow(pathStyle(loss, k), x, n.y+n.yHalf, x, y, end+3, y)
}

// pathStyle sets the direct path apart from the indirect ones.
func pathStyle(loss, k int) draw.LineStyle {
	if k == loss {
		return style.Line(style.Vermilion, 3)
	}
	i := (loss - 1 - k) % 4
	return style.Line([]color.Color{style.Blue, style.Purple, style.Green, style.Orange}[i], 2.5, style.Dashes(1+i)...)
}
