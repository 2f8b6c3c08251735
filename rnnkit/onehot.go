package rnnkit

import (
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// OneHot sets dst to the vector with a 1 at index i and zeros elsewhere, and returns
// it. It panics if i is out of range.
func OneHot(dst []float64, i int) []float64 {
	if i < 0 || i >= len(dst) {
		panic(fmt.Sprintf("rnnkit: OneHot: index %d is out of range for a vector of length %d", i, len(dst)))
	}
	clear(dst)
	dst[i] = 1
	return dst
}

// addColumn adds column j of M to y: M times the one-hot vector of j.
func addColumn(y []float64, M *mat.Dense, j int) {
	raw := M.RawMatrix()
	for i := range y {
		y[i] += raw.Data[i*raw.Stride+j]
	}
}

// addToColumn adds x to column j of M: the outer product of x with the one-hot
// vector of j.
func addToColumn(M *mat.Dense, x []float64, j int) {
	raw := M.RawMatrix()
	for i, v := range x {
		raw.Data[i*raw.Stride+j] += v
	}
}
