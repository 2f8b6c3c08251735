package train_test

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit/gradcheck"
	"rnn101/rnnkit/internal/rnntest"
	"rnn101/rnnkit/train"
)

func TestInitialisersGiveWhatTheyPromise(t *testing.T) {
	for _, blocks := range []int{1, 3, 4} {
		M := mat.NewDense(5*blocks, 5, nil)
		train.Orthogonal(M, 3)
		for k := range blocks {
			b := M.Slice(5*k, 5*k+5, 0, 5)
			var product mat.Dense
			product.Mul(b.T(), b)
			identity := mat.NewDense(5, 5, nil)
			train.Identity(identity)
			rnntest.SameMatrix(t, fmt.Sprintf("Qᵀ Q of block %d of %d", k+1, blocks), &product, identity, 1e-14)
		}
		train.ScaleToRadius(M, 1.25)
		for k := range blocks {
			if got := gradcheck.SpectralRadius(M.Slice(5*k, 5*k+5, 0, 5)); math.Abs(got-1.25) > 1e-12 {
				t.Errorf("block %d of %d has the spectral radius %v, want 1.25", k+1, blocks, got)
			}
		}
	}
	// By hand: a rotation by a right angle, stretched: eigenvalues ±2i, singular values 2.
	turn := mat.NewDense(2, 2, []float64{0, -2, 2, 0})
	if got := gradcheck.SpectralRadius(turn); math.Abs(got-2) > 1e-14 {
		t.Errorf("the spectral radius of a rotation times 2 is %v, want 2", got)
	}
	// Nilpotent: the radius is 0, yet it stretches by 3.
	shear := mat.NewDense(2, 2, []float64{0, 3, 0, 0})
	if radius, s := gradcheck.SpectralRadius(shear), gradcheck.SingularValues(shear); radius > 1e-7 || math.Abs(s[0]-3) > 1e-14 || s[1] > 1e-14 {
		t.Errorf("[0 3; 0 0] has the radius %v and the singular values %v, want 0, 3 and 0", radius, s)
	}
	rnntest.WantPanic(t, "no blocks", func() { train.Orthogonal(mat.NewDense(5, 2, nil), 1) }, "Orthogonal", "5×2")
	rnntest.WantPanic(t, "radius of zero", func() { train.ScaleToRadius(mat.NewDense(2, 2, nil), 1) }, "radius 0")
	rnntest.WantPanic(t, "negative radius", func() { train.ScaleToRadius(turn, -1) }, "radius -1")
}
