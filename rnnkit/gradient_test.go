package rnnkit_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit"
	"rnn101/rnnkit/internal/rnntest"
)

func TestClipShortensOnlyWhatIsTooLong(t *testing.T) {
	_, g := rnnkit.GradientOf(rnntest.Lecture(), nil, rnntest.Four)
	before, long := mat.DenseCopyOf(g.W), g.Norm()
	if got := g.Clip(2 * long); got != long || !mat.Equal(g.W, before) {
		t.Errorf("a gradient that is short enough was changed (it had the length %v, Clip says %v)", long, got)
	}
	if got := g.Clip(long / 4); got != long {
		t.Errorf("Clip says that the length was %v, it was %v", got, long)
	}
	if got := g.Norm(); math.Abs(got-long/4) > 1e-15 {
		t.Errorf("clipped, the length is %v, want %v", got, long/4)
	}
	var want mat.Dense
	want.Scale(0.25, before)
	rnntest.SameMatrix(t, "∂L/∂W clipped", g.W, &want, 1e-15)
}
