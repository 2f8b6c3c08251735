package circuit

import (
	"rnn101/plots/internal/diagram"
	"rnn101/plots/internal/render"
	"rnn101/plots/internal/style"
)

// LSTM draws a long short-term memory.
func LSTM(n Names) *render.Drawing {
	const (
		f, i, g, o   = 150.0, 268.0, 386.0, 504.0 // the columns of the gates
		sum, out     = (i + g) / 2, 582.0
		product      = 172.0 // i times g
		tanh, shown  = 154.0, 206.0
		gates        = 262.0
		bottom       = gates + boxHigh/2
		lineH, lineX = 340.0, 384.0
	)
	c := circuit{diagram.New(width, 490, n.Title)}
	c.highlight(n.Road)
	c.factor(f, "× fₜ")
	c.factor(sum, "× 1")

	// The cell state.
	const edge = leftEnd + stateWidth/2
	c.Arrow(wire, edge, road, f-radius, road)
	c.Arrow(wire, f+radius, road, sum-radius, road)
	c.Arrow(wire, sum+radius, road, rightEnd-stateWidth/2, road)
	c.times(f, road)
	c.Text(f+12, road+21, text, style.Black, diagram.Left, n.Kept)
	c.plus(sum, road)
	c.Text(sum+12, road+21, text, style.Black, diagram.Left, n.Both)
	c.state(leftEnd, road, "cₜ₋₁")
	c.state(rightEnd, road, "cₜ")

	// From the gates up.
	const top = gates - boxHigh/2
	c.Arrow(wire, f, top, f, road+radius)
	c.Arrow(wire, i, top, i, product, sum-radius, product)
	c.Arrow(wire, g, top, g, product, sum+radius, product)
	c.Arrow(wire, sum, product-radius, sum, road+radius)
	c.times(sum, product)
	c.Text(sum, product+21, text, style.Black, diagram.Center, n.Written)
	c.Arrow(wire, out, road, out, tanh-stateHigh/2)
	c.dot(out, road, style.Black)
	c.Arrow(wire, out, tanh+stateHigh/2, out, shown-radius)
	c.state(out, tanh, "tanh")
	c.Arrow(wire, o, top, o, shown, out-radius, shown)
	c.Arrow(wire, out+radius, shown, rightEnd-stateWidth/2, shown)
	c.times(out, shown)
	c.Text(out, shown+21, text, style.Black, diagram.Center, n.Shown)
	c.state(rightEnd, shown, "hₜ")

	// From the inputs to the gates.
	c.bus(edge, lineH, []float64{f + apart, i + apart, g + apart}, o-apart, bottom)
	c.Arrow(inputs, edge, lineX, o+apart, lineX, o+apart, bottom)
	for _, x := range []float64{f, i, g} {
		c.branch(x-apart, lineH, bottom, false)
		c.branch(x+apart, lineX, bottom, true)
	}
	for _, x := range []float64{f, i, g, o} {
		c.matrices(x, bottom+22)
	}
	c.state(leftEnd, lineH, "hₜ₋₁")
	c.state(leftEnd, lineX, "xₜ")
	c.gate(f, gates, n.Forget, "fₜ = σ(…)")
	c.gate(i, gates, n.Input, "iₜ = σ(…)")
	c.gate(g, gates, n.Content, "gₜ = tanh(…)")
	c.gate(o, gates, n.Output, "oₜ = σ(…)")
	c.legend(434, n)
	return c.Drawing()
}
