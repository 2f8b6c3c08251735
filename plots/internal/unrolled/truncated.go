package unrolled

import (
	"rnn101/plots/internal/diagram"
	"rnn101/plots/internal/render"
	"rnn101/plots/internal/style"
)

// TruncatedLegend names the parts of a truncated net.
type TruncatedLegend struct{ Forward, Backward, Cut string }

// DrawTruncated draws values that go forward through the net and a gradient that goes
// back. The gradient stops between each step in cuts and the step before.
func DrawTruncated(steps int, cuts []int, legend TruncatedLegend, title string) *render.Drawing {
	n := newNet(nil, make([]Step, steps), legendHeight, title)
	forward := style.Line(style.Grey, 2)
	backward := style.Line(style.Vermilion, 2.5, style.Dashed...)
	// A cut is a double bar through an arrow, centred on a point.
	cut := func(x, y, half float64) {
		for _, dx := range []float64{3, -3} {
			n.Line(style.Line(style.Black, 3), x+dx, y-half, x+dx, y+half)
		}
	}
	const apart = 11 // half the distance between the two directions
	for t := 1; t <= steps; t++ {
		x := n.column(t)
		n.inputArrow(forward, x)
		n.outputArrow(forward, x-apart)
		n.Arrow(backward, x+apart, n.y+n.yHalf, x+apart, n.h-n.hHalf)
		n.stateArrow(forward, t, -apart)
		if t == 1 {
			continue
		}
		from, to := x-n.nodeWidth/2, n.column(t-1)+n.nodeWidth/2
		isCut := len(cuts) > 0 && cuts[0] == t
		if isCut {
			to = (from+to)/2 + 7
		}
		n.Arrow(backward, from, n.h+apart, to, n.h+apart)
		if isCut {
			cut(to-10, n.h+apart, 13)
			cuts = cuts[1:]
		}
	}
	n.node(n.column(0), n.h, "h₀", nil, style.Grey)
	for t := 1; t <= steps; t++ {
		n.nodes(t, Step{}, "L", style.Black)
	}
	y, third := n.height-18, (n.width-30)/3
	text := func(x float64, s string) {
		n.Text(x, y, style.SmallText, style.Black, diagram.Left, s)
	}
	n.Line(forward, 20, y, 54, y)
	text(60, legend.Forward)
	n.Line(backward, 20+third, y, 54+third, y)
	text(60+third, legend.Backward)
	cut(41+2*third, y, 9)
	text(56+2*third, legend.Cut)
	return n.Drawing()
}
