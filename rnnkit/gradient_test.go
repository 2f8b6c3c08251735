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
