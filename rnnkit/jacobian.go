package rnnkit

import (
	"fmt"
	"math/cmplx"

	"gonum.org/v1/gonum/mat"
)

// Jacobian returns ∂s_t/∂s_k of the last Forward, 0 ≤ k ≤ t ≤ T: how the state after
// step t answers to that after step k. It is S×S, with S = H, or 2·H for an LSTM. For
// the plain cell it is the product of
//
//	∂h_t/∂h_{t−1} = diag(1 − h_t²) W
//
// over the steps between (Pascanu, Mikolov and Bengio 2013). It panics for other t and
// k, and if the net does not fit the pass.
func (p *Pass) Jacobian(net *RNN, t, k int) *mat.Dense {
	if k < 0 || k > t || t > p.seq.Len() {
		panic(fmt.Sprintf("rnnkit: Jacobian: from step %d to %d in a sequence of %d steps: 0 ≤ k ≤ t ≤ T is needed", k, t, p.seq.Len()))
	}
	length := net.StateLen()
	if length != len(p.ds) {
		panic(fmt.Sprintf("rnnkit: Jacobian: the state of the pass is %d long, that of the net %d", len(p.ds), length))
	}
	J := mat.NewDense(length, length, nil)
	width := len(p.A[1])
	da, dq := make([]float64, width), make([]float64, width)
	if !net.cell().splits() {
		dq = da
	}
	hidden := len(p.H[0])
	for i := range length { // row i: how entry i of s_t answers
		ds, before := OneHot(make([]float64, length), i), make([]float64, length)
		for s := t; s > k; s-- {
			net.cell().backward(p.step(s), step{a: da, q: dq, state: ds, before: before})
			ds, before = before, ds
			addTransposed(ds[:hidden], net.W, dq)
		}
		J.SetRow(i, ds)
	}
	return J
}

// SingularValues returns the singular values of M, largest first: by how much it can
// stretch a vector. It panics if the decomposition fails, as for NaN.
func SingularValues(M mat.Matrix) []float64 {
	var svd mat.SVD
	if !svd.Factorize(M, mat.SVDNone) {
		panic("rnnkit: SingularValues: the decomposition fails: is a number NaN or infinite?")
	}
	return svd.Values(nil)
}

// SpectralRadius returns the largest absolute value of an eigenvalue of the square
// matrix M. Powers of M grow or fade by it in the end; on the way the largest singular
// value says more. It panics if M is not square or the decomposition fails.
func SpectralRadius(M mat.Matrix) float64 {
	var eigen mat.Eigen
	if !eigen.Factorize(M, mat.EigenNone) {
		panic("rnnkit: SpectralRadius: the decomposition fails: is a number NaN or infinite?")
	}
	largest := 0.0
	for _, value := range eigen.Values(nil) {
		largest = max(largest, cmplx.Abs(value))
	}
	return largest
}
