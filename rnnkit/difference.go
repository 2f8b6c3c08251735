package rnnkit

import (
	"fmt"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/mat"
)

// FiniteDifference returns the gradient measured, not derived: each parameter, and
// each entry of h_0, is nudged both ways and the loss looked at,
//
//	∂L/∂θ ≈ (L(θ+ε) − L(θ−ε)) / 2ε   with ε = 1e-5 (gonum diff/fd, central formula).
//
// The error of that is about 1e-10 for numbers around 1. It uses Forward alone. h0
// is as for Forward, and it refuses what Forward refuses.
func FiniteDifference(net *RNN, h0 []float64, seq Sequence) (*Gradient, error) {
	twin, g := net.Clone(), NewGradient(net)
	start := net.from(h0)
	pass := NewPass(net, max(1, seq.Len()))
	if err := pass.Forward(twin, h0, seq); err != nil {
		return nil, err
	}
	var failed error
	measure := func(dst, theta []float64) {
		at := append([]float64(nil), theta...)
		loss := func(nudged []float64) float64 {
			copy(theta, nudged)
			if err := pass.Forward(twin, start, seq); err != nil && failed == nil {
				failed = err
			}
			return pass.Loss
		}
		fd.Gradient(dst, loss, at, &fd.Settings{Formula: fd.Central, Step: 1e-5})
		copy(theta, at)
	}
	slopes := g.flat()
	for p, theta := range twin.flat() {
		if len(theta) > 0 && p < parameters-1 { // H0 is measured as the start
			measure(slopes[p], theta)
		}
	}
	measure(g.H0, start)
	return g, failed
}

// NudgeCopy returns cell (t, k) of Paths.W measured: only the copy of W that step k
// uses is nudged, and only the loss of step t looked at. It shares no code with
// PathsOf. t and k count from 1; it panics unless 1 ≤ k ≤ t ≤ T, and returns an
// error for what Forward refuses.
func NudgeCopy(net *RNN, h0 []float64, seq Sequence, t, k int) (*mat.Dense, error) {
	if k < 1 || k > t || t > seq.Len() {
		panic(fmt.Sprintf("rnnkit: NudgeCopy: there is no cell (%d, %d) in a sequence of %d steps: 1 ≤ k ≤ t ≤ T", t, k, seq.Len()))
	}
	rows, hidden := net.W.Dims()
	twin := net.Clone()
	one := NewPass(net, 1)
	var failed error
	loss := func(copyOfW []float64) float64 {
		h := net.from(h0)
		for s := 1; s <= t; s++ {
			twin.W.Copy(net.W)
			if s == k {
				copy(twin.W.RawMatrix().Data, copyOfW)
			}
			if err := one.Forward(twin, h, seq.part(s, s)); err != nil && failed == nil {
				failed = err
				return 0
			}
			copy(h, one.State[1])
		}
		return one.Loss
	}
	cell := mat.NewDense(rows, hidden, nil)
	fd.Gradient(cell.RawMatrix().Data, loss, append([]float64(nil), net.W.RawMatrix().Data...), &fd.Settings{Formula: fd.Central, Step: 1e-5})
	return cell, failed
}
