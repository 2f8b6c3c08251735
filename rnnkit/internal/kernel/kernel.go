// Package kernel holds the loops over matrices and vectors in which a net spends its
// time. It knows gonum and the processor, and nothing of nets. Nothing in it allocates,
// but for a Factor or Workspace that grows and the goroutine that shares large products, which
// the first of them starts.
//
// On amd64 the loops are written in assembly for AVX2 and AVX-512 (folder generate), whose
// results have the same bits: every sum has an order that depends on the shapes alone, and
// each product is rounded together with the addition (FMA). Elsewhere, and on processors
// without AVX2, gonum's BLAS computes them; there the last digits differ.
package kernel

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/mat"
)

// AddProduct adds M x to y. Backwards it begins with the last rows of M: of a matrix that is
// too large for a cache, that has the rows that were read last. It has no effect on the result.
func AddProduct(y []float64, M *mat.Dense, x []float64, backwards bool) {
	m := M.RawMatrix()
	mustEqual("the rows of M and the length of y", m.Rows, len(y))
	mustEqual("the columns of M and the length of x", m.Cols, len(x))
	product{y: y, m: m, x: x, backwards: backwards}.add()
}

// AddTransposed adds Mᵀ x to y: to each number of y a sum over the rows of M, in their order,
// or backwards, from the last to the first.
func AddTransposed(y []float64, M *mat.Dense, x []float64, backwards bool) {
	m := M.RawMatrix()
	mustEqual("the columns of M and the length of y", m.Cols, len(y))
	mustEqual("the rows of M and the length of x", m.Rows, len(x))
	product{y: y, m: m, x: x, transpose: true, backwards: backwards}.add()
}

// compute adds the product to y.
func (p *product) compute() {
	switch {
	case len(p.x) == 0 || len(p.y) == 0:
	case level == Portable && p.transpose:
		blas64.Gemv(blas.Trans, 1, p.m, vector(p.x), 1, vector(p.y))
	case level == Portable:
		blas64.Gemv(blas.NoTrans, 1, p.m, vector(p.x), 1, vector(p.y))
	case p.transpose:
		axpys(p.y, p.m.Data, p.m.Stride, p.x, p.backwards)
	default:
		dots(p.y, p.m.Data, p.m.Stride, p.x, p.backwards)
	}
}

func vector(x []float64) blas64.Vector { return blas64.Vector{N: len(x), Data: x, Inc: 1} }

// Add adds x to y.
func Add(y, x []float64) {
	mustEqual("the lengths of y and x", len(y), len(x))
	for i, v := range x {
		y[i] += v
	}
}

// AddRows adds the rows of P to y.
func AddRows(y []float64, P blas64.General) {
	for t := range P.Rows {
		Add(y, P.Data[t*P.Stride:t*P.Stride+P.Cols])
	}
}

// Sum returns the sum of x, in four sums.
func Sum(x []float64) float64 {
	var s [4]float64
	for len(x) >= 4 {
		p := (*[4]float64)(x)
		s[0], s[1], s[2], s[3] = s[0]+p[0], s[1]+p[1], s[2]+p[2], s[3]+p[3]
		x = x[4:]
	}
	for i, v := range x {
		s[i] += v
	}
	return (s[0] + s[1]) + (s[2] + s[3])
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

// mustEqual panics unless two lengths are the same.
func mustEqual(what string, a, b int) {
	if a != b {
		panic(fmt.Sprintf("kernel: %s differ: %d and %d", what, a, b))
	}
}
