package rnnkit

import (
	"fmt"

	"gonum.org/v1/gonum/blas/blas64"
)

// Pass is one run of the unrolled net: the storage of all that the forward pass
// computes and the backward pass needs. Row t of a slice over time belongs to step
// t = 1 … T. A Pass can be used again and again for sequences of any length up to
// that it was made for.
type Pass struct {
	H      [][]float64 // T+1 rows of length H: hidden states; H[0] is h_0
	A      [][]float64 // the sums a_t, length G·H; A[0] is nil
	O      [][]float64 // scores, length Y; O[0] is nil
	Y      [][]float64 // ŷ_t, length Y: probabilities, or the scores for squared error; Y[0] is nil
	Losses []float64   // L_t in nats; Losses[0] is 0
	Loss   float64     // L = Σ_t L_t

	DO    [][]float64 // ∂L/∂o_t = ŷ_t − y_t, length Y; filled by Backward
	Delta [][]float64 // δ_t = ∂L/∂a_t, length G·H; filled by Backward

	State [][]float64 // T+1 rows: h_t, then c_t if the cell has it; H[t] is its first part
	gates [][]float64 // length G·H
	q, dq [][]float64 // W h_{t−1} and the gradient there; A and Delta themselves unless the cell splits

	seq    Sequence
	ds, db []float64 // the gradient at the state of a step, and what goes past W to the one before
	whole  storage   // all rows that the Pass has room for
}

type storage struct {
	A, O, Y, DO, Delta, state, gates, q, dq series
	H                                       [][]float64
	losses                                  []float64
}

// series is a vector for each step, in memory one after the other.
type series struct {
	rows   [][]float64 // by step
	matrix blas64.General
	first  int // the step of the matrix's first row
}

func newSeries(first, last, width int) series {
	s := series{
		rows:   make([][]float64, last+1),
		matrix: blas64.General{Rows: last - first + 1, Cols: width, Stride: width, Data: make([]float64, (last-first+1)*width)},
		first:  first,
	}
	for t := first; t <= last; t++ {
		at := (t - first) * width
		s.rows[t] = s.matrix.Data[at : at+width : at+width]
	}
	return s
}

// part is the matrix of steps from to to, cut to its first columns.
func (s series) part(from, to, columns int) blas64.General {
	m := s.matrix
	m.Rows, m.Cols, m.Data = to-from+1, columns, m.Data[(from-s.first)*m.Stride:]
	return m
}

// NewPass returns storage for sequences of up to the given number of steps. It takes
// 8 bytes for each of steps·(3·Y + 3·G·H + S) + 3·S + steps numbers, with S the length
// of the state, and steps·2·G·H more for a GRU.
func NewPass(net *RNN, steps int) *Pass {
	_, hidden, outputs := net.Dims()
	if steps < 1 {
		panic(fmt.Sprintf("rnnkit: NewPass: %d steps: at least 1 is needed", steps))
	}
	width, length := len(net.cell().Gates())*hidden, net.StateLen()
	p := &Pass{ds: make([]float64, length), db: make([]float64, length), whole: storage{
		A: newSeries(1, steps, width), Delta: newSeries(1, steps, width), gates: newSeries(1, steps, width),
		O: newSeries(1, steps, outputs), Y: newSeries(1, steps, outputs), DO: newSeries(1, steps, outputs),
		state: newSeries(0, steps, length), H: make([][]float64, steps+1), losses: make([]float64, steps+1),
	}}
	w := &p.whole
	w.q, w.dq = w.A, w.Delta
	if net.cell().splits() {
		w.q, w.dq = newSeries(1, steps, width), newSeries(1, steps, width)
	}
	for t := range w.H {
		w.H[t] = w.state.rows[t][:hidden:hidden]
	}
	return p
}

// step is step t as its cell sees it.
func (p *Pass) step(t int) step {
	return step{a: p.A[t], q: p.q[t], gates: p.gates[t], state: p.State[t], before: p.State[t-1]}
}

// Gate returns a gate of step t by its name, as the cell lists them: of length H, not
// a copy. It panics if the cell has no such gate.
func (p *Pass) Gate(net *RNN, t int, name string) []float64 {
	for k, gate := range net.cell().Gates() {
		if gate == name {
			return block(p.gates[t], k, len(p.H[t]))
		}
	}
	panic(fmt.Sprintf("rnnkit: the cell %s has no gate %q: it has %v", net.cell().Name(), name, net.cell().Gates()))
}

// Last returns the state after the last step, to be carried over as the h0 of the
// next sequence. It is not a copy: the next Forward may overwrite it only after it
// has taken it over.
func (p *Pass) Last() []float64 { return p.State[len(p.State)-1] }

// prepare checks what comes in and cuts the storage to the length of the sequence.
func (p *Pass) prepare(net *RNN, h0 []float64, seq Sequence) error {
	inputs, hidden, outputs := net.Dims()
	length := net.StateLen()
	if h0 != nil && len(h0) != length {
		rows, columns := net.W.Dims()
		panic(fmt.Sprintf("rnnkit: Forward: h0 has length %d, but W is %d×%d and the state %d long", len(h0), rows, columns, length))
	}
	w := &p.whole
	if len(w.H[1]) != hidden || w.O.matrix.Cols != outputs || len(p.ds) != length || w.A.matrix.Cols != net.U.RawMatrix().Rows {
		panic(fmt.Sprintf("rnnkit: Forward: the Pass was made for hidden size %d, %d outputs and %d sums, the net has %d, %d and %d",
			len(w.H[1]), w.O.matrix.Cols, w.A.matrix.Cols, hidden, outputs, net.U.RawMatrix().Rows))
	}
	if err := seq.check(inputs, outputs); err != nil {
		return err
	}
	T := seq.Len()
	if T >= len(w.H) {
		panic(fmt.Sprintf("rnnkit: Forward: the sequence has %d steps, the Pass was made for %d", T, len(w.H)-1))
	}
	p.H, p.State, p.A, p.O, p.Y = w.H[:T+1], w.state.rows[:T+1], w.A.rows[:T+1], w.O.rows[:T+1], w.Y.rows[:T+1]
	p.DO, p.Delta, p.gates, p.q, p.dq = w.DO.rows[:T+1], w.Delta.rows[:T+1], w.gates.rows[:T+1], w.q.rows[:T+1], w.dq.rows[:T+1]
	p.Losses, p.Loss, p.seq = w.losses[:T+1], 0, seq
	switch {
	case h0 != nil:
		copy(p.State[0], h0)
	case net.H0 != nil:
		copy(p.State[0], net.H0)
	default:
		clear(p.State[0])
	}
	return nil
}

// because says where a loss that is not finite comes from, if it came in.
func because(net *RNN, h0 []float64, seq Sequence) string {
	if err := net.Check(); err != nil {
		return ": " + err.Error()
	}
	for i := range h0 {
		if !finite(h0[i : i+1]) {
			return fmt.Sprintf(": h0 has %v at place %d", h0[i], i+1)
		}
	}
	for t := range seq.X {
		if !finite(seq.X[t]) {
			return fmt.Sprintf(": the input at position %d is %v", t+1, seq.X[t])
		}
	}
	for t := range seq.Values {
		if !finite(seq.Values[t]) {
			return fmt.Sprintf(": the values at position %d are %v", t+1, seq.Values[t])
		}
	}
	return ": the weights have grown too large"
}

// block is part k of a vector of blocks of length H.
func block(v []float64, k, H int) []float64 { return v[k*H : (k+1)*H : (k+1)*H] }
