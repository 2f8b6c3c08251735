// Package kernel holds the loops over matrices and vectors in which a net spends its
// time. It knows gonum alone and nothing of nets. Nothing in it allocates.
package kernel

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/blas/gonum"
	"gonum.org/v1/gonum/mat"
)

// AddProduct adds M x to y.
func AddProduct(y []float64, M *mat.Dense, x []float64) {
	blas64.Gemv(blas.NoTrans, 1, M.RawMatrix(), vector(x), 1, vector(y))
}

// AddTransposed adds Mᵀ x to y.
func AddTransposed(y []float64, M *mat.Dense, x []float64) {
	blas64.Gemv(blas.Trans, 1, M.RawMatrix(), vector(x), 1, vector(y))
}

// AddOuter adds the outer product p qᵀ to M.
func AddOuter(M *mat.Dense, p, q []float64) {
	blas64.Ger(1, vector(p), vector(q), M.RawMatrix())
}

// AddOuters adds Σ_t p_t q_tᵀ to M, the p_t and q_t being rows of P and Q: the product
// Pᵀ Q. For each row of M that is a product of Qᵀ with a vector, which with gonum's
// own BLAS takes two thirds of the time of its Gemm and allocates nothing. Any other
// BLAS is better at the whole.
func AddOuters(M *mat.Dense, P, Q blas64.General) {
	raw := M.RawMatrix()
	if _, own := blas64.Implementation().(gonum.Implementation); !own {
		blas64.Gemm(blas.Trans, blas.NoTrans, 1, P, Q, 1, raw)
		return
	}
	for i := range raw.Rows {
		column := blas64.Vector{N: P.Rows, Data: P.Data[i:], Inc: P.Stride}
		blas64.Gemv(blas.Trans, 1, Q, column, 1, vector(raw.Data[i*raw.Stride:i*raw.Stride+raw.Cols]))
	}
}

func vector(x []float64) blas64.Vector { return blas64.Vector{N: len(x), Data: x, Inc: 1} }

// Add adds x to y.
func Add(y, x []float64) {
	for i := range x {
		y[i] += x[i]
	}
}

// Finite reports whether no entry of x is NaN or infinite.
func Finite(x []float64) bool {
	for _, v := range x {
		if !(math.Abs(v) <= math.MaxFloat64) { // false for NaN too
			return false
		}
	}
	return true
}
