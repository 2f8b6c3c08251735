package gradcheck

import (
	"fmt"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit"
)

// FiniteDifference approximates the gradient with respect to each parameter, and to each
// entry of h_0, by central differences of the loss (gonum diff/fd),
//
//	∂L/∂θ ≈ (L(θ+ε) − L(θ−ε)) / 2ε   with ε = 1e-5.
//
// Its error is about 1e-10 for numbers around 1. It uses Forward alone. h0 is as for
// Forward, and so are the errors.
func FiniteDifference(net *rnnkit.RNN, h0 []float64, seq rnnkit.Sequence) (*rnnkit.Gradient, error) {
	twin, g := net.Clone(), rnnkit.NewGradient(net)
	start := net.InitialState(make([]float64, net.StateLen()), h0)
	pass := rnnkit.NewPass(net, max(1, seq.Len()))
	if err := pass.Forward(twin, h0, seq); err != nil {
		return nil, err
	}
	var failed error
	differentiate := func(dst, theta []float64) {
		at := append([]float64(nil), theta...)
		loss := func(x []float64) float64 {
			copy(theta, x)
			if err := pass.Forward(twin, start, seq); err != nil && failed == nil {
				failed = err
			}
			return pass.Loss
		}
		fd.Gradient(dst, loss, at, settings())
		copy(theta, at)
	}
	for _, p := range twin.Parameters(g) {
		if len(p.Data) > 0 && p.Name != "H0" { // start takes the place of H0
			differentiate(p.Grad, p.Data)
		}
	}
	differentiate(g.H0, start)
	return g, failed
}

// settings are those of the central formula for FiniteDifference and NudgeCopy.
func settings() *fd.Settings { return &fd.Settings{Formula: fd.Central, Step: 1e-5} }

// NudgeCopy approximates cell (t, k) of Paths.W by finite differences: it changes only
// the copy of W that step k uses, and looks only at the loss of step t. It shares no
// code with PathsOf. t and k count from 1; it panics unless 1 ≤ k ≤ t ≤ T, and returns
// an error where Forward does.
func NudgeCopy(net *rnnkit.RNN, h0 []float64, seq rnnkit.Sequence, t, k int) (*mat.Dense, error) {
	if k < 1 || k > t || t > seq.Len() {
		panic(fmt.Sprintf("gradcheck: NudgeCopy: there is no cell (%d, %d) in a sequence of %d steps: 1 ≤ k ≤ t ≤ T is needed", t, k, seq.Len()))
	}
	rows, hidden := net.W.Dims()
	twin := net.Clone()
	one := rnnkit.NewPass(net, 1)
	var failed error
	loss := func(copyOfW []float64) float64 {
		h := net.InitialState(make([]float64, net.StateLen()), h0)
		for s := 1; s <= t; s++ {
			twin.W.Copy(net.W)
			if s == k {
				copy(twin.W.RawMatrix().Data, copyOfW)
			}
			if err := one.Forward(twin, h, oneStep(seq, s)); err != nil && failed == nil {
				failed = err
				return 0
			}
			copy(h, one.State[1])
		}
		return one.Loss
	}
	cell := mat.NewDense(rows, hidden, nil)
	fd.Gradient(cell.RawMatrix().Data, loss, append([]float64(nil), net.W.RawMatrix().Data...), settings())
	return cell, failed
}

// oneStep returns step t of the sequence, counted from 1.
func oneStep(seq rnnkit.Sequence, t int) rnnkit.Sequence {
	var step rnnkit.Sequence
	if len(seq.X) > 0 {
		step.X = seq.X[t-1 : t]
	} else {
		step.Inputs = seq.Inputs[t-1 : t]
	}
	if len(seq.Values) > 0 {
		step.Values = seq.Values[t-1 : t]
	} else {
		step.Targets = seq.Targets[t-1 : t]
	}
	return step
}
