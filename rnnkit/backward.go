package rnnkit

import (
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit/internal/kernel"
)

// Backward adds the gradient of the loss of the last Forward to dst. First, for
// t = T … 1, it computes
//
//	∂L/∂o_t = ŷ_t − y_t
//	∂L/∂h_t = Vᵀ(ŷ_t − y_t) + Wᵀ δ_{t+1}
//	δ_t     = (1 − h_t²) ⊙ ∂L/∂h_t, or the formulas of another cell
//
// and then sums over the steps
//
//	∂L/∂V = Σ_t (ŷ_t − y_t) h_tᵀ
//	∂L/∂W = Σ_t δ_t h_{t−1}ᵀ
//	∂L/∂U = Σ_t δ_t x_tᵀ
//
// (Rumelhart, Hinton and Williams 1986; Werbos 1990.) The gradients of several
// sequences add up in dst; call dst.Zero to start from zero. Backward also sets p.DO and
// p.Delta, and allocates nothing but at its first run. It panics if dst or the net does not fit the pass,
// or before any Forward.
func (p *Pass) Backward(dst *Gradient, net *RNN) {
	p.mustFit(dst, net)
	p.back(dst, net, p.seq.Len(), 1, 1)
	kernel.Add(dst.H0, p.ds[0])
}

// back goes back from step last to step first, with the losses from step lossFrom on.
// It leaves in p.ds[first−1] the gradient with respect to the state before step first.
func (p *Pass) back(dst *Gradient, net *RNN, last, first, lossFrom int) {
	cell, hidden, w := net.CellOrPlain(), len(p.H[0]), &p.whole
	for t := first - 1; t <= last; t++ {
		clear(p.ds[t])
	}
	for t := lossFrom; t <= last; t++ {
		p.seq.OutputGradient(t, p.DO[t], p.Y[t])
	}
	do := w.DO.Matrix(lossFrom, last, w.DO.Width)
	p.work.AddTransposedProducts(w.ds.Matrix(lossFrom, last, hidden), net.V, do)
	for t := last; t >= first; t-- {
		cell.Backward(p.Step(t), Step{A: p.Delta[t], Q: p.dq[t], State: p.ds[t], Before: p.ds[t-1]})
		kernel.AddTransposed(p.ds[t-1][:hidden], net.W, p.dq[t], t%2 == 0)
	}

	delta, dq := w.Delta.Matrix(first, last, w.Delta.Width), w.dq.Matrix(first, last, w.dq.Width)
	p.work.AddOuters(dst.V.RawMatrix(), do, w.state.Matrix(lossFrom, last, hidden))
	p.work.AddOuters(dst.W.RawMatrix(), dq, w.state.Matrix(first-1, last-1, hidden))
	if seq := p.seq; len(seq.X) > 0 {
		p.work.AddOuters(dst.U.RawMatrix(), delta, p.work.Rows(seq.X[first-1:last]))
	} else {
		for t := first; t <= last; t++ {
			addToColumn(dst.U, p.Delta[t], seq.Inputs[t-1])
		}
	}
	addRows(dst.B, delta)
	addRows(dst.BW, dq)
	addRows(dst.C, do)
}

// addRows adds the rows of M to v, if there is a v.
func addRows(v *mat.VecDense, M blas64.General) {
	if v != nil {
		kernel.AddRows(v.RawVector().Data, M)
	}
}

// GradientOf runs the net over the sequence, forward and backward, in a new Pass and
// Gradient and returns both. It panics where Forward returns an error: it is for
// notebooks, examples and tests.
func GradientOf(net *RNN, h0 []float64, seq Sequence) (*Pass, *Gradient) {
	p, g := MustForward(net, h0, seq), NewGradient(net)
	p.Backward(g, net)
	return p, g
}
