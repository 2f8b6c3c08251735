package unrolled

import (
	"math"

	"rnn101/plots/internal/diagram"
	"rnn101/plots/internal/render"
	"rnn101/plots/internal/style"
)

// RolledNames are the words in the drawing of the rolled net.
type RolledNames struct{ Rolled, Unrolled, Later string }

// DrawRolled draws the net with a loop, and beside it the same net unrolled.
func DrawRolled(steps int, names RolledNames, title string) *render.Drawing {
	const x, equals, left, right = 52.0, 206.0, 262.0, 46.0
	spacing := math.Min(132, (700-left-right)/float64(steps))
	l := layout{left: left, spacing: spacing, right: right, nodeWidth: math.Min(62, spacing-36), below: -16}
	n := l.net(nil, make([]Step, steps), title)

	n.inputU(x)
	n.outputV(x, -14)
	const half = 31.0
	loop := diagram.Rounded(9, x+half, n.h, x+60, n.h, x+60, n.h-39, x+18, n.h-39, x+18, n.h-n.hHalf)
	n.Arrow(styleW, loop...)
	n.Text(x+68, n.h-28, style.TitleText, style.Vermilion, diagram.Left, "W")
	n.Text(x+68, n.h, style.NormalText, style.Black, diagram.Left, diagram.Wrap(names.Later, style.NormalText, 62))
	width := n.nodeWidth
	n.nodeWidth = 2 * half
	n.node(x, n.x, "xₜ", nil, style.Black)
	n.node(x, n.h, "hₜ", nil, style.Black)
	n.node(x, n.y, "ŷₜ", nil, style.Black)
	n.nodeWidth = width
	n.Text(x-half, 48, style.NormalText, style.Black, diagram.Left, names.Rolled)
	n.Text(equals, n.h-4, 26, style.Black, diagram.Center, "=")

	n.Text(n.column(1)-n.nodeWidth/2, 48, style.NormalText, style.Black, diagram.Left, names.Unrolled)
	n.arrows()
	n.node(n.column(0), n.h, "h₀", nil, style.Grey)
	for t := 1; t <= steps; t++ {
		n.nodes(t, Step{}, "ŷ", style.Black)
	}
	return n.Drawing()
}
