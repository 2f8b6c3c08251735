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
// column of U. Forward allocates nothing.
//
// It returns an error, and no usable result, if the sequence is empty or its lengths
// differ, if an input or a target is out of range, or if a sum or the loss is not
// finite, as with NaN or Inf among the weights or in h0. It panics if h0 or the
// storage does not fit the net.
func (p *Pass) Forward(net *RNN, h0 []float64, seq Sequence) error {
	if err := p.prepare(net, h0, seq); err != nil {
		return err
	}
	cell := net.cell()
	for t := 1; t <= seq.Len(); t++ {
		a, h, o := p.A[t], p.H[t], p.O[t]

		setBias(a, net.B)
		addInput(a, net.U, seq, t)
		if cell.separateSums() {
			setBias(p.q[t], net.BW)
		}
		kernel.AddProduct(p.q[t], net.W, p.H[t-1]) // q is a itself unless the sums are separate
		cell.forward(p.step(t))
		// tanh would turn an infinite sum into a harmless 1.
		if !kernel.Finite(a) || cell.separateSums() && !kernel.Finite(p.q[t]) {
			return fmt.Errorf("rnnkit: a_%d is not finite: %s", t, nonFiniteCause(net, p.State[0], seq))
		}

		setBias(o, net.C)
		kernel.AddProduct(o, net.V, h)
		copy(p.Y[t], o)
		if len(seq.Values) == 0 {
			Softmax(p.Y[t], o)
		}
		p.Losses[t] = seq.loss(t, o)
		p.Loss += p.Losses[t]
		if !kernel.Finite(p.Y[t]) || !kernel.Finite(p.Losses[t:t+1]) {
			return fmt.Errorf("rnnkit: the loss of step %d is %v: %s", t, p.Losses[t], nonFiniteCause(net, p.State[0], seq))
		}
	}
	return nil
}

// setBias sets v to the bias, or to zero if there is none.
func setBias(v []float64, bias *mat.VecDense) {
	if bias == nil {
		clear(v)
		return
	}
	copy(v, bias.RawVector().Data)
}

// addInput adds U x_t to a.
func addInput(a []float64, U *mat.Dense, seq Sequence, t int) {
	if len(seq.X) > 0 {
		kernel.AddProduct(a, U, seq.X[t-1])
		return
	}
	addColumn(a, U, seq.Inputs[t-1])
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
