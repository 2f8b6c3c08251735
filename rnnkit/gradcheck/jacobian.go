package gradcheck

import (
	"fmt"
	"math/cmplx"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit"
)

// Jacobian returns ∂s_t/∂s_k of the last Forward of the pass, 0 ≤ k ≤ t ≤ T: the
// derivative of the state after step t with respect to that after step k. It is S×S,
// with S = H, or 2·H for an LSTM. For the plain cell it is the product of
//
//	∂h_t/∂h_{t−1} = diag(1 − h_t²) W
//
// over the steps between (Pascanu, Mikolov and Bengio 2013). It panics for other t and
// k, and if the net does not fit the pass.
func Jacobian(net *rnnkit.RNN, p *rnnkit.Pass, t, k int) *mat.Dense {
	if T := len(p.H) - 1; k < 0 || k > t || t > T {
		panic(fmt.Sprintf("gradcheck: Jacobian: from step %d to %d in a sequence of %d steps: 0 ≤ k ≤ t ≤ T is needed", k, t, T))
	}
	length := net.StateLen()
	if length != len(p.State[0]) {
		panic(fmt.Sprintf("gradcheck: Jacobian: the state of the pass is %d long, that of the net %d", len(p.State[0]), length))
	}
	J := mat.NewDense(length, length, nil)
	ds, before := make([]float64, length), make([]float64, length)
	da := make([]float64, net.U.RawMatrix().Rows)
	dq := da
	if net.CellOrPlain().SeparateSums() {
		dq = make([]float64, len(da))
	}
	for i := range length { // row i: the gradient of entry i of s_t
		rnnkit.OneHot(ds, i)
		for s := t; s > k; s-- {
			clear(before)
			net.CellOrPlain().Backward(p.Step(s), rnnkit.Step{A: da, Q: dq, State: ds, Before: before})
			for j, q := range dq { // and through W
				floats.AddScaled(before[:len(p.H[s])], q, net.W.RawRowView(j))
			}
			ds, before = before, ds
		}
		J.SetRow(i, ds)
	}
	return J
}

// SingularValues returns the singular values of M, largest first: the factors by which M
// stretches. It panics if the decomposition fails, as for NaN.
func SingularValues(M mat.Matrix) []float64 {
	var svd mat.SVD
	if !svd.Factorize(M, mat.SVDNone) {
		panic("gradcheck: SingularValues: the decomposition failed: is an entry NaN or infinite?")
	}
	return svd.Values(nil)
}

// SpectralRadius returns the largest absolute value of an eigenvalue of the square
// matrix M. High powers of M grow or shrink by this factor each; for low powers the
// largest singular value says more. It panics if M is not square or the decomposition
// fails.
func SpectralRadius(M mat.Matrix) float64 {
	var eigen mat.Eigen
	if !eigen.Factorize(M, mat.EigenNone) {
		panic("gradcheck: SpectralRadius: the decomposition failed: is an entry NaN or infinite?")
	}
	largest := 0.0
	for _, value := range eigen.Values(nil) {
		largest = max(largest, cmplx.Abs(value))
	}
	return largest
}
