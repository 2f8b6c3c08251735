package rnnkit

import (
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
// p.Delta, and allocates nothing. It panics if dst or the net does not fit the pass,
// or before any Forward.
func (p *Pass) Backward(dst *Gradient, net *RNN) {
	p.mustFit(dst, net)
	p.back(dst, net, p.seq.Len(), 1, 1)
	kernel.Add(dst.H0, p.ds)
}

// back goes back from step last to step first, with the losses from step lossFrom on.
// It leaves in p.ds the gradient with respect to the state before step first.
func (p *Pass) back(dst *Gradient, net *RNN, last, first, lossFrom int) {
	cell, hidden := net.cell(), len(p.H[0])
	clear(p.ds)
	for t := last; t >= first; t-- {
		dh := p.ds[:hidden] // Wᵀ δ_{t+1} already
		if t >= lossFrom {
			p.seq.outputGradient(t, p.DO[t], p.Y[t])
			kernel.AddTransposed(dh, net.V, p.DO[t])
		}
		cell.backward(p.step(t), step{a: p.Delta[t], q: p.dq[t], state: p.ds, before: p.db})

		p.ds, p.db = p.db, p.ds
		kernel.AddTransposed(p.ds[:hidden], net.W, p.dq[t])
	}

	w := &p.whole
	kernel.AddOuters(dst.V, w.DO.Matrix(lossFrom, last, w.DO.Width), w.state.Matrix(lossFrom, last, hidden))
	kernel.AddOuters(dst.W, w.dq.Matrix(first, last, w.dq.Width), w.state.Matrix(first-1, last-1, hidden))
	for t := first; t <= last; t++ {
		addOuterInput(dst.U, p.Delta[t], p.seq, t)
		addVec(dst.B, p.Delta[t])
		addVec(dst.BW, p.dq[t])
	}
	for t := lossFrom; t <= last; t++ {
		addVec(dst.C, p.DO[t])
	}
}

// addOuterInput adds δ x_tᵀ to M.
func addOuterInput(M *mat.Dense, delta []float64, seq Sequence, t int) {
	if len(seq.X) > 0 {
		kernel.AddOuter(M, delta, seq.X[t-1])
		return
	}
	addToColumn(M, delta, seq.Inputs[t-1])
}

func addVec(v *mat.VecDense, x []float64) {
	if v != nil {
		kernel.Add(v.RawVector().Data, x)
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
