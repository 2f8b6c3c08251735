package rnnkit

// Descend takes one step of gradient descent with learning rate η:
//
//	θ ← θ − η ∂L/∂θ   for each of U, W, V, b, c.
//
// It allocates nothing. It panics unless the gradient has the net's shapes and the
// rate is a finite number that is not negative: a negative one would climb.
func (n *RNN) Descend(g *Gradient, rate float64) {
	rateOr("Descend", rate, 0)
	inputs, hidden, outputs := n.Dims()
	g.fits(inputs, hidden, outputs, n)
	slopes := g.flat()
	for p, theta := range n.flat() {
		for i := range theta {
			theta[i] -= rate * slopes[p][i]
		}
	}
}
