package rnnkit

import (
	"fmt"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/mat"
)

// Forward runs the net over the sequence from the state h0 (nil: the net's own H0, or
// zero), for t = 1 … T:
//
//	a_t = U x_t + W h_{t−1} (+ b)
//	h_t = tanh(a_t), or what another cell makes of a_t
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

		start(a, net.B)
		addInput(a, net.U, seq, t)
		if cell.splits() {
			start(p.q[t], net.BW)
		}
		addProduct(p.q[t], net.W, p.H[t-1]) // q is a itself unless the cell splits
		cell.forward(p.step(t))
		// tanh would make a harmless 1 of an infinite sum.
		if !finite(a) || cell.splits() && !finite(p.q[t]) {
			return fmt.Errorf("rnnkit: a_%d is not finite%s", t, because(net, p.State[0], seq))
		}

		start(o, net.C)
		addProduct(o, net.V, h)
		copy(p.Y[t], o)
		if len(seq.Values) == 0 {
			Softmax(p.Y[t], o)
		}
		p.Losses[t] = seq.loss(t, o)
		p.Loss += p.Losses[t]
		if !finite(p.Y[t]) || !finite(p.Losses[t:t+1]) {
			return fmt.Errorf("rnnkit: the loss of step %d is %v%s", t, p.Losses[t], because(net, p.State[0], seq))
		}
	}
	return nil
}

// start sets v to the bias, or to zero where there is none.
func start(v []float64, bias *mat.VecDense) {
	if bias == nil {
		clear(v)
		return
	}
	copy(v, bias.RawVector().Data)
}

// addInput adds U x_t to a.
func addInput(a []float64, U *mat.Dense, seq Sequence, t int) {
	if len(seq.X) > 0 {
		addProduct(a, U, seq.X[t-1])
		return
	}
	addColumn(a, U, seq.Inputs[t-1])
}

// addProduct adds the matrix M times the vector x to y.
func addProduct(y []float64, M *mat.Dense, x []float64) {
	blas64.Gemv(blas.NoTrans, 1, M.RawMatrix(), strided(x), 1, strided(y))
}

func strided(x []float64) blas64.Vector { return blas64.Vector{N: len(x), Data: x, Inc: 1} }

// MustForward runs the net over the sequence with new storage. It is for notebooks
// and examples: it panics where Forward returns an error.
func MustForward(net *RNN, h0 []float64, seq Sequence) *Pass {
	p := NewPass(net, max(1, seq.Len()))
	if err := p.Forward(net, h0, seq); err != nil {
		panic(err.Error())
	}
	return p
}
