package rnnkit

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/blas/gonum"
	"gonum.org/v1/gonum/mat"
)

// Backward adds the gradient of the loss of the last Forward to dst. First, for
// t = T … 1, it finds
//
//	∂L/∂o_t = ŷ_t − y_t
//	∂L/∂h_t = Vᵀ(ŷ_t − y_t) + Wᵀ δ_{t+1}
//	δ_t     = (1 − h_t²) ⊙ ∂L/∂h_t, or what another cell makes of it
//
// and then adds up over the steps
//
//	∂L/∂V = Σ_t (ŷ_t − y_t) h_tᵀ
//	∂L/∂W = Σ_t δ_t h_{t−1}ᵀ
//	∂L/∂U = Σ_t δ_t x_tᵀ
//
// (Rumelhart, Hinton and Williams 1986; Werbos 1990.) It adds to what dst holds, so
// that several sequences sum up; call dst.Zero first where that is not wanted. It
// fills p.DO and p.Delta and allocates nothing. It panics if dst or the net does not
// fit the pass, or before any Forward.
func (p *Pass) Backward(dst *Gradient, net *RNN) {
	p.fits(dst, net)
	p.back(dst, net, p.seq.Len(), 1, 1)
	addSlice(dst.H0, p.ds)
}

// back goes from step last back to step first, with the losses from step lossFrom on.
// It leaves in p.ds what arrives at the state before step first.
func (p *Pass) back(dst *Gradient, net *RNN, last, first, lossFrom int) {
	cell, hidden := net.cell(), len(p.H[0])
	clear(p.ds)
	for t := last; t >= first; t-- {
		dh := p.ds[:hidden] // Wᵀ δ_{t+1} already
		if t >= lossFrom {
			p.seq.slope(t, p.DO[t], p.Y[t])
			addTransposed(dh, net.V, p.DO[t])
		}
		cell.backward(p.step(t), step{a: p.Delta[t], q: p.dq[t], state: p.ds, before: p.db})

		p.ds, p.db = p.db, p.ds
		addTransposed(p.ds[:hidden], net.W, p.dq[t])
	}

	w := &p.whole
	addOuters(dst.V, w.DO.part(lossFrom, last, w.DO.matrix.Cols), w.state.part(lossFrom, last, hidden))
	addOuters(dst.W, w.dq.part(first, last, w.dq.matrix.Cols), w.state.part(first-1, last-1, hidden))
	for t := first; t <= last; t++ {
		addOuterInput(dst.U, p.Delta[t], p.seq, t)
		addVec(dst.B, p.Delta[t])
		addVec(dst.BW, p.dq[t])
	}
	for t := lossFrom; t <= last; t++ {
		addVec(dst.C, p.DO[t])
	}
}

// addOuters adds Σ_t p_t q_tᵀ to M, the p_t and q_t being rows of P and Q: the product
// Pᵀ Q. For each row of M that is a product of Qᵀ with a vector, which with gonum's
// own BLAS takes two thirds of the time of its Gemm and allocates nothing. Any other
// BLAS is better at the whole.
func addOuters(M *mat.Dense, P, Q blas64.General) {
	raw := M.RawMatrix()
	if _, own := blas64.Implementation().(gonum.Implementation); !own {
		blas64.Gemm(blas.Trans, blas.NoTrans, 1, P, Q, 1, raw)
		return
	}
	for i := range raw.Rows {
		column := blas64.Vector{N: P.Rows, Data: P.Data[i:], Inc: P.Stride}
		blas64.Gemv(blas.Trans, 1, Q, column, 1, strided(raw.Data[i*raw.Stride:i*raw.Stride+raw.Cols]))
	}
}

// addOuterInput adds δ x_tᵀ to M.
func addOuterInput(M *mat.Dense, delta []float64, seq Sequence, t int) {
	if len(seq.X) > 0 {
		addOuter(M, delta, seq.X[t-1])
		return
	}
	addToColumn(M, delta, seq.Inputs[t-1])
}

// addOuter adds the column p times the row q to M.
func addOuter(M *mat.Dense, p, q []float64) {
	blas64.Ger(1, strided(p), strided(q), M.RawMatrix())
}

// addTransposed adds Mᵀ times the vector x to y.
func addTransposed(y []float64, M *mat.Dense, x []float64) {
	blas64.Gemv(blas.Trans, 1, M.RawMatrix(), strided(x), 1, strided(y))
}

func addVec(v *mat.VecDense, x []float64) {
	if v != nil {
		addSlice(v.RawVector().Data, x)
	}
}

func addSlice(y, x []float64) {
	for i := range x {
		y[i] += x[i]
	}
}

// GradientOf runs the net over the sequence and back with new storage. It is for
// notebooks and examples: it panics where Forward returns an error.
func GradientOf(net *RNN, h0 []float64, seq Sequence) (*Pass, *Gradient) {
	p, g := MustForward(net, h0, seq), NewGradient(net)
	p.Backward(g, net)
	return p, g
}
