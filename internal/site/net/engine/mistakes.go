package engine

import (
	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit"
	"rnn101/rnnkit/gradcheck"
)

// Mistakes are mistakes in the backward pass that people make, as bits.
type Mistakes uint8

const (
	Drop         Mistakes = 1 << iota // Wᵀδ_{t+1} is left out
	Untransposed                      // W δ_{t+1} for Wᵀ δ_{t+1}
	SlopeOfSum                        // 1 − a² for 1 − h²
	StateAfter                        // h_t for h_{t−1} in ∂L/∂W
)

// backward is the result of a backward pass, right or wrong. Its slices over time have an entry 0.
type backward struct {
	do, slope, vt, wt, delta [][]float64
	e                        [][][]float64 // e[t][k] is ∂L_t/∂a_k
	cellsW, cellsU           [][]*mat.Dense
	gradient                 *rnnkit.Gradient
}

// goBack runs the backward pass that belongs to a forward pass, with the mistakes of the state.
func (s State) goBack(net *rnnkit.RNN, p *rnnkit.Pass) *backward {
	b := &backward{gradient: rnnkit.NewGradient(net)}
	p.Backward(b.gradient, net) // also sets p.DO
	paths := gradcheck.PathsOf(net, p)
	b.do, b.delta, b.e, b.cellsW, b.cellsU = p.DO, p.Delta, paths.Delta, paths.W, paths.U
	T := len(s.Words)
	b.slope, b.vt, b.wt = make([][]float64, T+1), make([][]float64, T+1), make([][]float64, T+1)
	for t := 1; t <= T; t++ {
		b.slope[t] = make([]float64, Hidden)
		for i, v := range s.slopeOf(p)[t] {
			b.slope[t][i] = 1 - v*v
		}
		b.vt[t] = product(net.V.T(), p.DO[t])
	}
	if s.Mistakes != 0 {
		s.spoil(b, net, p)
	}
	for t := 1; t <= T; t++ {
		b.wt[t] = make([]float64, Hidden)
		if t < T {
			b.wt[t] = s.through(net, b.delta[t+1])
		}
	}
	return b
}

// slopeOf returns the numbers whose squares the slope of tanh subtracts from 1.
func (s State) slopeOf(p *rnnkit.Pass) [][]float64 {
	if s.Mistakes&SlopeOfSum != 0 {
		return p.A
	}
	return p.H
}

// through returns what reaches a step of the δ of the next one: Wᵀ δ, unless by mistake.
func (s State) through(net *rnnkit.RNN, delta []float64) []float64 {
	switch {
	case s.Mistakes&Drop != 0:
		return make([]float64, Hidden)
	case s.Mistakes&Untransposed != 0:
		return product(net.W, delta)
	}
	return product(net.W.T(), delta)
}

func product(m mat.Matrix, v []float64) []float64 {
	var result mat.VecDense
	result.MulVec(m, mat.NewVecDense(len(v), v))
	return result.RawVector().Data
}

// spoil replaces the paths, the δ and the gradients of U and W by those with the mistakes: the
// paths from each loss one by one, and then their sums.
func (s State) spoil(b *backward, net *rnnkit.RNN, p *rnnkit.Pass) {
	T := len(s.Words)
	b.delta, b.e = make([][]float64, T+1), make([][][]float64, T+1)
	b.gradient.U.Zero()
	b.gradient.W.Zero()
	for k := 1; k <= T; k++ {
		b.delta[k] = make([]float64, Hidden)
	}
	for t := 1; t <= T; t++ {
		b.e[t] = make([][]float64, t+1)
		arriving := b.vt[t]
		for k := t; k >= 1; k-- {
			e := make([]float64, Hidden)
			for i := range e {
				e[i] = b.slope[k][i] * arriving[i]
				b.delta[k][i] += e[i]
			}
			b.e[t][k] = e
			before := p.H[k-1]
			if s.Mistakes&StateAfter != 0 {
				before = p.H[k]
			}
			b.cellsW[t][k].Outer(1, mat.NewVecDense(Hidden, e), mat.NewVecDense(Hidden, before))
			b.cellsU[t][k].Outer(1, mat.NewVecDense(Hidden, e), mat.NewVecDense(Inputs, rnnkit.OneHot(make([]float64, Inputs), s.Words[k-1])))
			b.gradient.W.Add(b.gradient.W, b.cellsW[t][k])
			b.gradient.U.Add(b.gradient.U, b.cellsU[t][k])
			arriving = s.through(net, e)
		}
	}
}
