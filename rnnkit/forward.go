package rnnkit

import (
	"fmt"

	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit/internal/kernel"
)

// Forward runs the net over the sequence from the state h0 (nil: the net's own H0, or
// zero), for t = 1 … T:
//
//	a_t = U x_t + W h_{t−1} (+ b)
//	h_t = tanh(a_t), or the formulas of another cell
//	o_t = V h_t (+ c)
//	ŷ_t = softmax(o_t)
//	L_t = −log ŷ_t[target_t]
//
// (Goodfellow, Bengio and Courville 2016, section 10.2.) For a sequence with Values
// ŷ_t is o_t and L_t is ½|ŷ_t − y_t|². A one-hot x_t costs no multiplication: U x_t is a
// column of U. Forward allocates nothing but at its first run.
//
// It returns an error, and no usable result, if the sequence is empty or its lengths
// differ, if an input or a target is out of range, or if a sum or the loss is not
// finite, as with NaN or Inf among the weights or in h0. It panics if h0 or the
// storage does not fit the net.
func (p *Pass) Forward(net *RNN, h0 []float64, seq Sequence) error {
	if err := p.prepare(net, h0, seq); err != nil {
		return err
	}
	cell, T := net.CellOrPlain(), seq.Len()
	setBiases(p.A, net.B)
	p.addInputs(net.U)
	if cell.SeparateSums() {
		setBiases(p.q, net.BW)
	}
	for t := 1; t <= T; t++ {
		kernel.AddProduct(p.q[t], net.W, p.H[t-1], t%2 == 0) // q is a itself unless the sums are separate; W is read to and fro
		cell.Forward(p.Step(t))
		// tanh would turn an infinite sum into a harmless 1.
		if !kernel.Finite(p.A[t]) || cell.SeparateSums() && !kernel.Finite(p.q[t]) {
			return fmt.Errorf("rnnkit: a_%d is not finite: %s", t, nonFiniteCause(net, p.State[0], seq))
		}
	}
	setBiases(p.O, net.C)
	w := &p.whole // no step waits for the scores of another, so they are one product
	p.work.AddProducts(w.O.Matrix(1, T, w.O.Width), net.V, w.state.Matrix(1, T, len(p.H[0])))
	for t := 1; t <= T; t++ {
		p.Losses[t] = seq.StepLoss(t, p.Y[t], p.O[t])
		p.Loss += p.Losses[t]
		if !kernel.Finite(p.Y[t]) || !kernel.Finite(p.Losses[t:t+1]) {
			return fmt.Errorf("rnnkit: the loss of step %d is %v: %s", t, p.Losses[t], nonFiniteCause(net, p.State[0], seq))
		}
	}
	return nil
}

// setBiases sets the vectors of all steps to the bias, or to zero if there is none.
func setBiases(v [][]float64, bias *mat.VecDense) {
	for _, v := range v {
		if clear(v); bias != nil {
			copy(v, bias.RawVector().Data)
		}
	}
}

// addInputs adds U x_t to a_t for all steps.
func (p *Pass) addInputs(U *mat.Dense) {
	for i, x := range p.seq.X { // one by one: the sums do not depend on the length of the sequence
		kernel.AddProduct(p.A[i+1], U, x, i%2 == 1)
	}
	for i, id := range p.seq.Inputs {
		addColumn(p.A[i+1], U, id)
	}
}

// MustForward runs the net over the sequence in a new Pass and returns it. It panics
// where Forward returns an error: it is for notebooks, examples and tests.
func MustForward(net *RNN, h0 []float64, seq Sequence) *Pass {
	p := NewPass(net, max(1, seq.Len()))
	if err := p.Forward(net, h0, seq); err != nil {
		panic(err.Error())
	}
	return p
}
