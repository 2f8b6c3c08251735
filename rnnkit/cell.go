package rnnkit

import "rnn101/rnnkit/internal/kernel"

// Cell is what differs between the recurrent nets: how a step computes its state from
// the sums a_t and the state before it, and how the gradient flows back. It works entry
// by entry; Pass multiplies by the matrices. Plain, LSTM and GRU implement it. For a cell
// of your own gradcheck shows whether Backward fits Forward.
type Cell interface {
	// Name is "rnn", "lstm" or "gru", or another for a cell of your own.
	Name() string
	// Gates are the names of the blocks of a_t, in order. U and W have a block of H
	// rows for each. The slice is shared: do not change it.
	Gates() []string
	// States is the number of vectors of length H that a step passes to the next: 1
	// for h, 2 for h and c.
	States() int
	// SeparateSums reports whether the cell needs W h_{t−1} apart from U x_t.
	SeparateSums() bool
	// Forward sets s.Gates and s.State from the sums.
	Forward(s Step)
	// Backward turns g.State = ∂L/∂s_t into g.A and g.Q = ∂L/∂(sums), and adds to
	// g.Before the part of ∂L/∂s_{t−1} that does not go through W.
	Backward(s, g Step)
}

// Step holds the vectors of one step, or the gradient with respect to them.
type Step struct {
	A      []float64 // U x_t + W h_{t−1} + b, or U x_t + b if the sums are separate
	Q      []float64 // W h_{t−1} + b_W if the sums are separate, else the same slice as A
	Gates  []float64 // the gates, of length len(A)
	State  []float64 // h_t, then c_t if there is one
	Before []float64 // the state of the step before
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

// States returns 1: a step passes h to the next.
func (Plain) States() int { return 1 }

// SeparateSums returns false: one sum has both products.
func (Plain) SeparateSums() bool { return false }

// Forward computes the state of a step.
func (Plain) Forward(s Step) {
	kernel.Tanh(s.State, s.A)
	copy(s.Gates, s.State)
}

// Backward is δ_t = (1 − h_t²) ⊙ ∂L/∂h_t.
func (Plain) Backward(s, g Step) {
	for i, h := range s.State {
		g.A[i] = (1 - h*h) * g.State[i]
	}
}
