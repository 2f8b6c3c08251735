package rnnkit

import (
	"fmt"

	"rnn101/rnnkit/internal/kernel"
)

// Pass is one run of the unrolled net: the storage for what the forward pass computes
// and the backward pass needs. Row t of a slice over time belongs to step t = 1 … T. A
// Pass can be reused for sequences up to the length that it was made for.
type Pass struct {
	H      [][]float64 // T+1 rows of length H: hidden states; H[0] is h_0
	A      [][]float64 // sums a_t, length G·H; A[0] is nil
	O      [][]float64 // scores, length Y; O[0] is nil
	Y      [][]float64 // ŷ_t, length Y: probabilities, or the scores for squared error; Y[0] is nil
	Losses []float64   // L_t in nats; Losses[0] is 0
	Loss   float64     // L = Σ_t L_t

	DO    [][]float64 // ∂L/∂o_t = ŷ_t − y_t, length Y; filled by Backward
	Delta [][]float64 // δ_t = ∂L/∂a_t, length G·H; filled by Backward

	State [][]float64 // T+1 rows: h_t, then c_t if the cell has it; H[t] is its beginning
	gates [][]float64 // length G·H
	q, dq [][]float64 // W h_{t−1} + b_W and its gradient; A and Delta themselves unless the sums are separate

	seq   Sequence
	ds    [][]float64 // ∂L/∂s_t; ds[0] is with respect to the state before step 1
	whole storage     // the slices above are its beginnings
	work  kernel.Workspace
}

// storage has room for the longest sequence.
type storage struct {
	A, O, Y, DO, Delta, state, ds, gates, q, dq kernel.Series

	H      [][]float64
	losses []float64
}

// NewPass returns storage for sequences of up to the given number of steps. It takes
// 8 bytes for each of steps·(3·Y + 3·G·H + 2·S) + 2·S + steps numbers, with S the length
// of the state, and steps·2·G·H more for a GRU. The first run takes room for V, or
// for 256 states if they are larger, and for a copy of dense inputs.
func NewPass(net *RNN, steps int) *Pass {
	_, hidden, outputs := net.Dims()
	if steps < 1 {
		panic(fmt.Sprintf("rnnkit: NewPass: %d steps: must be positive", steps))
	}
	width, length := len(net.CellOrPlain().Gates())*hidden, net.StateLen()
	p := &Pass{whole: storage{
		A: kernel.NewSeries(1, steps, width), Delta: kernel.NewSeries(1, steps, width), gates: kernel.NewSeries(1, steps, width),
		O: kernel.NewSeries(1, steps, outputs), Y: kernel.NewSeries(1, steps, outputs), DO: kernel.NewSeries(1, steps, outputs),
		state: kernel.NewSeries(0, steps, length), ds: kernel.NewSeries(0, steps, length), H: make([][]float64, steps+1), losses: make([]float64, steps+1),
	}}
	w := &p.whole
	w.q, w.dq = w.A, w.Delta
	if net.CellOrPlain().SeparateSums() {
		w.q, w.dq = kernel.NewSeries(1, steps, width), kernel.NewSeries(1, steps, width)
	}
	for t := range w.H {
		w.H[t] = w.state.Rows[t][:hidden:hidden]
	}
	return p
}

// Step returns the vectors of step t of the last Forward as its cell sees them: not copies.
func (p *Pass) Step(t int) Step {
	return Step{A: p.A[t], Q: p.q[t], Gates: p.gates[t], State: p.State[t], Before: p.State[t-1]}
}

// Gate returns the gate of step t with a name that the cell's Gates lists: of length H,
// not a copy. It panics if the cell has no such gate.
func (p *Pass) Gate(net *RNN, t int, name string) []float64 {
	for k, gate := range net.CellOrPlain().Gates() {
		if gate == name {
			H := len(p.H[t])
			return p.gates[t][k*H : (k+1)*H : (k+1)*H]
		}
	}
	panic(fmt.Sprintf("rnnkit: the cell %s has no gate %q: it has %v", net.CellOrPlain().Name(), name, net.CellOrPlain().Gates()))
}

// Last returns the state after the last step, to be carried over as the h0 of the next
// sequence. It is not a copy, but can be given to Forward, which copies it first.
func (p *Pass) Last() []float64 { return p.State[len(p.State)-1] }

// Sequence returns the sequence of the last Forward.
func (p *Pass) Sequence() Sequence { return p.seq }

// prepare checks the arguments and cuts the storage to the length of the sequence.
func (p *Pass) prepare(net *RNN, h0 []float64, seq Sequence) error {
	_, hidden, outputs := net.Dims()
	w := &p.whole
	if len(w.H[1]) != hidden || w.O.Width != outputs || w.state.Width != net.StateLen() || w.A.Width != net.U.RawMatrix().Rows {
		panic(fmt.Sprintf("rnnkit: Forward: the Pass was made for hidden size %d, %d outputs and %d sums, the net has %d, %d and %d",
			len(w.H[1]), w.O.Width, w.A.Width, hidden, outputs, net.U.RawMatrix().Rows))
	}
	if err := seq.Check(net); err != nil {
		return err
	}
	T := seq.Len()
	if T >= len(w.H) {
		panic(fmt.Sprintf("rnnkit: Forward: the sequence has %d steps, the Pass was made for %d", T, len(w.H)-1))
	}
	p.H, p.State, p.A, p.O, p.Y = w.H[:T+1], w.state.Rows[:T+1], w.A.Rows[:T+1], w.O.Rows[:T+1], w.Y.Rows[:T+1]
	p.ds, p.DO, p.Delta, p.gates, p.q, p.dq = w.ds.Rows[:T+1], w.DO.Rows[:T+1], w.Delta.Rows[:T+1], w.gates.Rows[:T+1], w.q.Rows[:T+1], w.dq.Rows[:T+1]
	p.Losses, p.Loss, p.seq = w.losses[:T+1], 0, seq
	net.InitialState(p.State[0], h0)
	return nil
}

// nonFiniteCause describes what made a sum or a loss infinite or NaN: the first such
// number among the parameters, h0 and the sequence, or else the size of the weights.
func nonFiniteCause(net *RNN, h0 []float64, seq Sequence) string {
	if err := net.Check(); err != nil {
		return err.Error()
	}
	for i := range h0 {
		if !kernel.Finite(h0[i : i+1]) {
			return fmt.Sprintf("h0 has %v at position %d", h0[i], i+1)
		}
	}
	for t := range seq.X {
		if !kernel.Finite(seq.X[t]) {
			return fmt.Sprintf("the input at position %d is %v", t+1, seq.X[t])
		}
	}
	for t := range seq.Values {
		if !kernel.Finite(seq.Values[t]) {
			return fmt.Sprintf("the values at position %d are %v", t+1, seq.Values[t])
		}
	}
	return "the weights have grown too large"
}
