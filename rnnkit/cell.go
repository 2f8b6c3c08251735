package rnnkit

import (
	"math"
)

// Cell is what differs between the recurrent nets: how a step makes its state of the
// sums a_t and of the state before it, and how a gradient goes back through that. It
// works entry by entry; every product of a matrix is the pass's. Plain, LSTM and GRU
// are the cells there are.
type Cell interface {
	// Name is "rnn", "lstm" or "gru".
	Name() string
	// Gates are the names of the blocks of a_t, in order. U and W have a block of H
	// rows for each. The slice is shared: do not change it.
	Gates() []string
	// States is the number of vectors of length H that a step hands to the next: 1
	// for h, 2 for h and c.
	States() int

	// splits tells whether W h_{t−1} is kept apart from U x_t.
	splits() bool
	// forward fills gates and state from the sums.
	forward(s step)
	// backward turns g.state = ∂L/∂s_t into g.a and g.q = ∂L/∂(sums), and sets
	// g.before to the part of ∂L/∂s_{t−1} that does not go through W.
	backward(s, g step)
}

// step is what a cell sees of one step, or the gradient with respect to it.
type step struct {
	a      []float64 // U x_t + W h_{t−1} + b, or without W h_{t−1} if the cell splits
	q      []float64 // W h_{t−1} + b_W if the cell splits, else the same slice as a
	gates  []float64 // the gates, of length len(a)
	state  []float64 // h_t, then c_t if there is one
	before []float64 // the state of the step before
}

// Plain is the tanh cell of the lecture (Elman 1990):
//
//	h_t = tanh(a_t)   with a_t = U x_t + W h_{t−1} + b
//
// It has one gate, named h.
type Plain struct{}

var plainGates = []string{"h"}

// Name returns "rnn".
func (Plain) Name() string { return "rnn" }

// Gates returns the names of the gates, in the order of their blocks of H rows.
func (Plain) Gates() []string { return plainGates }

// States returns how many vectors of length H are carried from step to step.
func (Plain) States() int { return 1 }

func (Plain) splits() bool { return false }

func (Plain) forward(s step) {
	for i, a := range s.a {
		s.state[i] = math.Tanh(a)
	}
	copy(s.gates, s.state)
}

// backward is δ_t = (1 − h_t²) ⊙ ∂L/∂h_t.
func (Plain) backward(s, g step) {
	for i, h := range s.state {
		g.a[i] = (1 - h*h) * g.state[i]
	}
	clear(g.before)
}
