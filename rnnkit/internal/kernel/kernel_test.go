package kernel_test

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit/internal/kernel"
)

// M is 3×2. The expected values are by hand.
func matrix() *mat.Dense { return mat.NewDense(3, 2, []float64{1, 2, 3, 4, 5, 6}) }

func equal(t *testing.T, what string, got, want []float64) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

func TestProductsAddToWhatIsThere(t *testing.T) {
	y := []float64{100, 200, 300}
	kernel.AddProduct(y, matrix(), []float64{10, 1}, false)
	equal(t, "y + M x", y, []float64{112, 234, 356})

	y = []float64{100, 200}
	kernel.AddTransposed(y, matrix(), []float64{1, 10, 100}, true)
	equal(t, "y + Mᵀ x", y, []float64{631, 842})

	y = []float64{1, 2}
	kernel.Add(y, []float64{10, 20})
	equal(t, "y + x", y, []float64{11, 22})
}

func TestOuterProductsOfASeriesAddUp(t *testing.T) {
	P, Q := kernel.NewSeries(1, 3, 3), kernel.NewSeries(0, 3, 4)
	for s := 1; s <= 3; s++ {
		for i := range P.Rows[s] {
			P.Rows[s][i] = float64(s + i)
		}
		for i := range Q.Rows[s-1] {
			Q.Rows[s-1][i] = float64(10*s + i)
		}
	}
	// Steps 2 and 3 of P beside steps 1 and 2 of Q, cut to two columns:
	// (2 3 4)ᵀ (20 21) + (3 4 5)ᵀ (30 31).
	M := matrix()
	var factor kernel.Factor
	factor.Pack(Q.Matrix(1, 2, 2))
	factor.AddTransposedProduct(M.RawMatrix(), P.Matrix(2, 3, 3))
	equal(t, "M + Σ p qᵀ", M.RawMatrix().Data, []float64{131, 137, 183, 191, 235, 245})
}

func TestASeriesHasARowForEachStep(t *testing.T) {
	s := kernel.NewSeries(2, 4, 3)
	if len(s.Rows) != 5 || s.Rows[0] != nil || s.Rows[1] != nil {
		t.Fatalf("the rows of the steps 2 to 4 are %v", s.Rows)
	}
	s.Rows[3][2] = 7
	if m := s.Matrix(3, 4, 3); m.Rows != 2 || m.Data[2] != 7 {
		t.Errorf("the matrix of steps 3 and 4 is %+v", m)
	}
	if grown := append(s.Rows[2], 1); s.Rows[3][0] != 0 || len(grown) != 4 {
		t.Error("to append to a row writes into the next")
	}
}

func TestFinite(t *testing.T) {
	for _, x := range [][]float64{nil, {0, -1, math.MaxFloat64, math.SmallestNonzeroFloat64}} {
		if !kernel.Finite(x) {
			t.Errorf("%v is said not to be finite", x)
		}
	}
	for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if kernel.Finite([]float64{0, bad, 1}) {
			t.Errorf("%v is said to be finite", bad)
		}
	}
}

func TestNothingAllocates(t *testing.T) {
	M, P, x, y := matrix(), kernel.NewSeries(1, 2, 3), make([]float64, 2), make([]float64, 3)
	var factor kernel.Factor
	n := testing.AllocsPerRun(20, func() {
		kernel.AddProduct(y, M, x, true)
		kernel.AddTransposed(x, M, y, false)
		factor.Pack(P.Matrix(1, 2, 2))
		factor.AddTransposedProduct(M.RawMatrix(), P.Matrix(1, 2, 3))
		factor.PackTransposed(M.RawMatrix())
		factor.AddProduct(P.Matrix(1, 2, 3), P.Matrix(1, 2, 2), false)
		kernel.Tanh(y, y)
		kernel.Sigmoid(y, y)
		kernel.Exp(y, y)
		kernel.Add(y, y)
		kernel.Finite(y)
	})
	if n != 0 {
		t.Errorf("the kernels allocate %v times, want 0", n)
	}
}
