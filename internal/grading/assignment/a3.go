package assignment

import (
	"fmt"
	"math/rand/v2"

	"rnn101/internal/grading/answer"
)

// A3 is the third assignment: ∂L/∂W and ∂L/∂U.
//
// Its examples have a non-zero initial state, or four words: on the first pair alone, the
// most common mistakes give the right ∂L/∂W.
var A3 = &Assignment{Name: "a3", Tasks: []Task{{
	ID:        "tanh-back",
	Signature: answer.Signature{Name: "tanhBack", In: []string{"[]float64", "[]float64"}, Out: []string{"[]float64"}},
	Checks: []Check{
		{ID: "tanh-back-example", Points: 1, Cases: func(*rand.Rand) []Case {
			states, errors := carriedPair.statesAndErrors()
			return []Case{tanhBackCase("the last step of vampire bat", states[1], product(transposed(lecture.V), errors[1]))}
		}},
		{ID: "tanh-back-hidden", Points: 2, Hidden: true, Cases: func(r *rand.Rand) []Case {
			var all []Case
			for range 4 {
				n := 1 + r.IntN(6)
				all = append(all, tanhBackCase(fmt.Sprintf("%d states", n), vector(r, n), vector(r, n)))
			}
			return all
		}},
	},
}, {
	ID:        "transposed",
	Signature: answer.Signature{Name: "transposedTimes", In: []string{"[][]float64", "[]float64"}, Out: []string{"[]float64"}},
	Checks: []Check{
		{ID: "transposed-example", Points: 1, Cases: func(*rand.Rand) []Case {
			_, errors := carriedPair.statesAndErrors()
			return []Case{transposedCase("Vᵀ(ŷ − y), the last step of vampire bat", lecture.V, errors[1])}
		}},
		{ID: "transposed-hidden", Points: 3, Hidden: true, Cases: func(r *rand.Rand) []Case {
			var all []Case
			for range 2 {
				n := 2 + r.IntN(4)
				all = append(all, transposedCase(fmt.Sprintf("%d×%d", n, n), matrix(r, n, n), vector(r, n)))
				all = append(all, transposedCase(fmt.Sprintf("%d×%d", n+2, n), matrix(r, n+2, n), vector(r, n+2)))
			}
			return all
		}},
	},
}, {
	ID: "deltas",
	Signature: answer.Signature{Name: "deltas", In: []string{"[][]float64", "[][]float64", "[][]float64", "[][]float64"},
		Out: []string{"[][]float64"}},
	Checks: []Check{
		{ID: "deltas-example", Points: 2, Cases: func(*rand.Rand) []Case {
			return []Case{deltasCase("baseball bat vampire bat", fourWords)}
		}},
		{ID: "deltas-hidden", Points: 5, Hidden: true, Cases: func(r *rand.Rand) []Case {
			var all []Case
			for range 5 {
				p := drawAtLeast(r, 2)
				all = append(all, deltasCase(p.describe(), p))
			}
			return all
		}},
	},
}, {
	ID: "gradients",
	Signature: answer.Signature{Name: "gradients", In: []string{"[][]float64", "[][]float64", "[]float64", "[]int", "int"},
		Out: []string{"[][]float64", "[][]float64"}},
	Checks: []Check{
		{ID: "gradients-example", Points: 2, Cases: func(*rand.Rand) []Case {
			return []Case{gradientsCase("vampire bat, after baseball bat", carriedPair)}
		}},
		{ID: "gradients-hidden", Points: 4, Hidden: true, Cases: func(r *rand.Rand) []Case {
			var all []Case
			for range 4 {
				p := drawAtLeast(r, 2)
				all = append(all, gradientsCase(p.describe(), p))
			}
			return all
		}},
	},
}}}

func tanhBackCase(about string, h, dh []float64) Case {
	with := func(derivative func(h float64) float64) []float64 {
		all := clone(dh)
		for i := range all {
			all[i] *= derivative(h[i])
		}
		return all
	}
	return Case{About: about, In: []any{h, dh}, Want: []any{with(func(h float64) float64 { return 1 - h*h })}, KnownMistakes: []KnownMistake{
		{[]any{dh}, "That is ∂L/∂h unchanged: multiply each entry by 1 − h²"},
		{[]any{with(func(h float64) float64 { return 1 - h })}, "That has 1 − h instead of 1 − h²"},
		{[]any{with(func(h float64) float64 { return -h * h })}, "That has −h² instead of 1 − h²"},
	}}
}

func transposedCase(about string, M [][]float64, x []float64) Case {
	c := Case{About: about, In: []any{M, x}, Want: []any{product(transposed(M), x)}}
	if len(M) == len(M[0]) {
		c.KnownMistakes = []KnownMistake{{[]any{product(M, x)}, "That is the matrix times the vector: transpose the matrix"}}
	}
	return c
}

// deltasCase asks for δ_1, δ_2, … of a problem.
func deltasCase(about string, p problem) Case {
	states, errors := p.statesAndErrors()
	want, _, _, _ := p.gradients()
	through := func(W [][]float64) [][]float64 { // with Wᵀ replaced
		all := make([][]float64, len(states))
		later := make([]float64, len(W))
		for t := len(states) - 1; t >= 0; t-- {
			all[t] = product(transposed(p.V), errors[t])
			for i, past := range product(W, later) {
				all[t][i] = (all[t][i] + past) * (1 - states[t][i]*states[t][i])
			}
			later = all[t]
		}
		return all
	}
	return Case{About: about, In: []any{p.W, p.V, states, errors}, Want: []any{want}, Steps: []string{"δ"}, Backward: true, KnownMistakes: []KnownMistake{
		{[]any{through(scaled(p.W, 0))}, "Nothing flows back from the next step: add its Wᵀδ"},
		{[]any{through(p.W)}, "That has W instead of Wᵀ"},
	}}
}

// gradientsCase asks for ∂L/∂W and ∂L/∂U of a problem, given its δ.
func gradientsCase(about string, p problem) Case {
	states, _ := p.statesAndErrors()
	deltas, dU, dW, _ := p.gradients()
	with := func(before func(t int) []float64) [][]float64 { // with another state for h_{t−1}
		sum := make([][]float64, len(p.W))
		for i := range sum {
			sum[i] = make([]float64, len(p.W))
			for t := range deltas {
				for j, h := range before(t) {
					sum[i][j] += deltas[t][i] * h
				}
			}
		}
		return sum
	}
	same := with(func(t int) []float64 { return states[t] })
	zero := with(func(t int) []float64 {
		if t == 0 {
			return nil
		}
		return states[t-1]
	})
	return Case{About: about, In: []any{deltas, states, p.h0, p.words, len(p.U[0])}, Want: []any{dW, dU}, KnownMistakes: []KnownMistake{
		{[]any{same, dU}, "∂L/∂W has the state of the same step: use that of the step before"},
		{[]any{zero, dU}, "∂L/∂W lacks the first step: the state before it is h_0, which may not be zero"},
		{[]any{transposed(dW), dU}, "∂L/∂W is transposed: rows belong to δ, columns to h"},
	}}
}
