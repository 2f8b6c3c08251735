package circuit

import (
	"rnn101/plots/internal/diagram"
	"rnn101/plots/internal/render"
	"rnn101/plots/internal/style"
)

// GRU draws a gated recurrent unit in which the reset gate comes after the product
// with W.
func GRU(n Names) *render.Drawing {
	const (
		divide         = 94.0                       // where the state turns down
		z, r, q, nw    = 176.0, 298.0, 420.0, 560.0 // columns
		rest           = 158.0                      // 1 − z
		reset          = 224.0
		gates          = 296.0
		bottom         = gates + boxHigh/2
		lineH, lineX   = 374.0, 418.0
		restX, restOne = 298.0, 62.0
	)
	c := circuit{diagram.New(width, 524, n.Title)}
	c.highlight(n.Road)
	c.factor(z, "× zₜ")
	c.factor(nw, "× 1")

	// The state.
	const edge = leftEnd + stateWidth/2
	c.Arrow(wire, edge, road, z-radius, road)
	c.Arrow(wire, z+radius, road, nw-radius, road)
	c.Arrow(wire, nw+radius, road, rightEnd-stateWidth/2, road)
	c.times(z, road)
	c.Text(z+12, road+21, text, style.Black, diagram.Left, n.Kept)
	c.plus(nw, road)
	c.Text(nw+12, road+21, text, style.Black, diagram.Left, n.Both)
	c.state(leftEnd, road, "hₜ₋₁")
	c.state(rightEnd, road, "hₜ")

	// From the update gate up, and over to what is written.
	const top = gates - boxHigh/2
	c.Arrow(wire, z, top, z, road+radius)
	c.Arrow(wire, z, rest, restX-restOne/2, rest)
	c.dot(z, rest, style.Black)
	c.Box(restX, rest, restOne, stateHigh, style.White, style.Black, 1.8)
	c.Text(restX, rest, text+1, style.Black, diagram.Center, "1 − zₜ")
	c.Arrow(wire, restX+restOne/2, rest, nw-radius, rest)
	c.Arrow(wire, nw, reset-boxHigh/2, nw, rest+radius)
	c.Arrow(wire, nw, rest-radius, nw, road+radius)
	c.times(nw, rest)
	c.Text(nw+16, rest, text, style.Black, diagram.Left, n.Written)

	// From the reset gate to the new part.
	c.Arrow(wire, r, top, r, reset, q-radius, reset)
	c.Arrow(wire, q, top, q, reset+radius)
	c.Arrow(wire, q+radius, reset, nw-boxWidth/2, reset)
	c.times(q, reset)
	c.Text(q, reset-21, text, style.Black, diagram.Center, n.Past)

	// From the inputs to the gates.
	c.bus(divide, lineH, []float64{z + apart, r + apart}, q, bottom)
	c.Line(wire, divide, road, divide, lineH)
	c.dot(divide, road, style.Black)
	c.Arrow(inputs, edge, lineX, nw, lineX, nw, reset+boxHigh/2)
	for _, x := range []float64{z, r} {
		c.branch(x-apart, lineH, bottom, false)
		c.branch(x+apart, lineX, bottom, true)
		c.matrices(x, bottom+22)
	}
	c.letterW(q, bottom+22)
	c.letterU(nw, bottom+22)
	c.state(leftEnd, lineX, "xₜ")
	c.gate(z, gates, n.Update, "zₜ = σ(…)")
	c.gate(r, gates, n.Reset, "rₜ = σ(…)")
	c.gate(q, gates, n.State, "Wₙ hₜ₋₁")
	c.gate(nw, reset, n.New, "nₜ = tanh(…)")
	c.legend(468, n)
	return c.Drawing()
}
