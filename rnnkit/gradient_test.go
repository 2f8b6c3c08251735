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

func TestZeroForUndoesTheGradientsOfTheSequences(t *testing.T) {
	for _, inputs := range []int{3, 50} { // with 50 some columns are never touched
		net := rnnkit.New(rnnkit.LSTM{}, inputs, 4, 2).WithBiases()
		net.Glorot(1)
		words := rnnkit.Sequence{Inputs: []int{1, 2, 1}, Targets: []int{0, 1, 0}}
		dense := rnnkit.Sequence{X: [][]float64{make([]float64, inputs)}, Targets: []int{1}}
		dense.X[0][0] = 1
		for _, seqs := range [][]rnnkit.Sequence{{words}, {words, dense}, {words, words, words}} {
			g := rnnkit.NewGradient(net)
			for _, seq := range seqs {
				pass := rnnkit.MustForward(net, nil, seq)
				pass.Backward(g, net)
			}
			g.ZeroFor(seqs)
			for _, p := range net.Parameters(g) {
				for i, v := range p.Grad {
					if v != 0 {
						t.Fatalf("%d inputs, %d sequences: number %d of the gradient of %s is %v, want 0", inputs, len(seqs), i, p.Name, v)
					}
				}
			}
		}
	}
}

// The norm is that of numbers whose squares are no float64, and Clip keeps the direction.
func TestClipOfVeryLargeAndVerySmallGradients(t *testing.T) {
	const largest = math.MaxFloat64
	for _, c := range []struct{ a, b, norm, max float64 }{
		{3e200, 4e200, 5e200, 1}, {3e-200, 4e-200, 5e-200, 1e-201}, {3e153, 4e153, 5e153, 1}, {3e-170, 4e-170, 5e-170, 1e-300},
		{largest, largest, math.Inf(1), 2}, {largest, -largest, math.Inf(1), 1e-300}, {3e300, 4e300, 5e300, 1e-10}, {3e-320, 4e-320, 5e-320, 1}, {0, 0, 0, 1},
	} {
		g := rnnkit.NewGradient(rnnkit.NewRNN(1, 1, 1))
		g.U.Set(0, 0, c.a)
		g.V.Set(0, 0, c.b)
		norm := g.Clip(c.max)
		if !(norm == c.norm || math.Abs(norm-c.norm) <= 1e-3*c.norm && c.norm < 1e-310 || math.Abs(norm-c.norm) <= 1e-15*c.norm) {
			t.Errorf("the norm of (%v, %v) is %v, want %v", c.a, c.b, norm, c.norm)
		}
		if u, v := g.U.At(0, 0), g.V.At(0, 0); c.norm <= c.max && (u != c.a || v != c.b) {
			t.Errorf("(%v, %v) is short enough, and was changed to (%v, %v)", c.a, c.b, u, v)
		} else if c.norm > c.max && (math.Abs(math.Hypot(u, v)-c.max) > 1e-15*c.max || math.Abs(u/v-c.a/c.b) > 1e-15) {
			t.Errorf("(%v, %v) is clipped to (%v, %v), want the norm %v and the same direction", c.a, c.b, u, v, c.max)
		}
	}
	g := rnnkit.NewGradient(rnnkit.NewRNN(1, 1, 1))
	g.U.Set(0, 0, math.Inf(1))
	g.V.Set(0, 0, 1)
	if norm := g.Clip(1); !math.IsInf(norm, 1) || g.V.At(0, 0) != 1 {
		t.Errorf("a gradient that is not finite has the norm %v and is changed to %v", norm, g.V.At(0, 0))
	}
}
