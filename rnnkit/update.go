package rnnkit

import "rnn101/rnnkit/internal/option"

// Descend takes one step of gradient descent with learning rate η:
//
//	θ ← θ − η ∂L/∂θ   for each of U, W, V, b, c.
//
// It allocates nothing. It panics unless the gradient has the net's shapes and the
// rate is finite and not negative.
func (n *RNN) Descend(g *Gradient, rate float64) {
	rate = option.LearningRate("rnnkit: Descend", rate, 0)
	for _, p := range n.Parameters(g) {
		for i := range p.Data {
			p.Data[i] -= rate * p.Grad[i]
		}
	}
}
