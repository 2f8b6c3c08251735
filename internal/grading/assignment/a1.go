package assignment

import (
	"fmt"
	"math"
	"math/rand/v2"

	"rnn101/internal/grading/answer"
	"rnn101/rnnkit"
)

// A1 is the first assignment: one-hot input and the forward pass.
var A1 = &Assignment{Name: "a1", Tasks: []Task{{
	ID:        "one-hot",
	Signature: answer.Signature{Name: "oneHot", In: []string{"int", "int"}, Out: []string{"[]float64"}},
	Checks: []Check{
		{ID: "one-hot-example", Points: 1, Cases: func(*rand.Rand) []Case {
			return []Case{{About: "three words, the second of them", In: []any{3, 1}, Want: []any{[]float64{0, 1, 0}}}}
		}},
		{ID: "one-hot-hidden", Points: 2, Hidden: true, Cases: func(r *rand.Rand) []Case {
			var all []Case
			for range 4 {
				n := 2 + r.IntN(20)
				i := r.IntN(n)
				all = append(all, Case{About: fmt.Sprintf("%d words, place %d", n, i), In: []any{n, i}, Want: []any{rnnkit.OneHot(make([]float64, n), i)}})
			}
			return all
		}},
	},
}, {
	ID:        "product",
	Signature: answer.Signature{Name: "times", In: []string{"[][]float64", "[]float64"}, Out: []string{"[]float64"}},
	Checks: []Check{
		{ID: "product-example", Points: 1, Cases: func(*rand.Rand) []Case {
			return []Case{{About: "Ux for the word bat", In: []any{lecture.U, []float64{0, 0, 1}}, Want: []any{[]float64{0.1, 0.2}}}}
		}},
		{ID: "product-hidden", Points: 3, Hidden: true, Cases: func(r *rand.Rand) []Case {
			var all []Case
			for range 4 {
				rows, columns := 3+r.IntN(5), 1+r.IntN(6)
				M, x := matrix(r, rows, columns), vector(r, columns)
				y := make([]float64, rows)
				for i := range M {
					for j := range x {
						y[i] += M[i][j] * x[j]
					}
				}
				all = append(all, Case{About: fmt.Sprintf("%d×%d", rows, columns), In: []any{M, x}, Want: []any{y}})
			}
			return all
		}},
	},
}, {
	ID:        "step",
	Signature: answer.Signature{Name: "step", In: []string{"[][]float64", "[][]float64", "[]float64", "[]float64"}, Out: []string{"[]float64"}},
	Checks: []Check{
		{ID: "step-example", Points: 2, Cases: func(*rand.Rand) []Case {
			return []Case{
				{About: "baseball, from the state zero", In: []any{lecture.U, lecture.W, []float64{1, 0, 0}, []float64{0, 0}}, Want: []any{[]float64{math.Tanh(0.5), math.Tanh(-0.3)}}},
				stepCase("bat, after baseball", lecture.U, lecture.W, []float64{0, 0, 1}, []float64{math.Tanh(0.5), math.Tanh(-0.3)}),
			}
		}},
		{ID: "step-hidden", Points: 4, Hidden: true, Cases: func(r *rand.Rand) []Case {
			var all []Case
			for range 4 {
				inputs, hidden := 1+r.IntN(5), 1+r.IntN(5)
				x := rnnkit.OneHot(make([]float64, inputs), r.IntN(inputs))
				all = append(all, stepCase(fmt.Sprintf("%d words, %d states", inputs, hidden), matrix(r, hidden, inputs), matrix(r, hidden, hidden), x, vector(r, hidden)))
			}
			return all
		}},
	},
}, {
	ID: "forward",
	Signature: answer.Signature{Name: "forward",
		In: []string{"[][]float64", "[][]float64", "[][]float64", "[]float64", "[]int"}, Out: []string{"[][]float64", "[][]float64"}},
	Checks: []Check{
		{ID: "forward-example", Points: 2, Cases: func(*rand.Rand) []Case {
			return []Case{forwardCase("baseball bat", lecture.U, lecture.W, lecture.V, []float64{0, 0}, []int{0, 2})}
		}},
		{ID: "forward-hidden", Points: 5, Hidden: true, Cases: func(r *rand.Rand) []Case {
			var all []Case
			for range 5 {
				p := drawProblem(r)
				all = append(all, forwardCase(p.describe(), p.U, p.W, p.V, p.h0, p.words))
			}
			return all
		}},
	},
}}}

// stepCase asks for one step of the net.
func stepCase(about string, U, W [][]float64, x, h []float64) Case {
	word := 0
	for i := range x {
		if x[i] == 1 {
			word = i
		}
	}
	V := [][]float64{make([]float64, len(h))}
	pass := rnnkit.MustForward(rnnkit.FromRows(U, W, V), h, rnnkit.Sequence{Inputs: []int{word}, Targets: []int{0}})
	forgotten := make([]float64, len(h)) // the state if nothing comes from the past
	for i := range forgotten {
		forgotten[i] = math.Tanh(U[i][word])
	}
	return Case{About: about, In: []any{U, W, x, h}, Want: []any{pass.H[1]}, KnownMistakes: []KnownMistake{
		{[]any{forgotten}, "That is tanh(Ux): did you add Wh?"},
		{[]any{clone(pass.A[1])}, "That is the sum before tanh"},
	}}
}

// forwardCase asks for a whole forward pass.
func forwardCase(about string, U, W, V [][]float64, h0 []float64, words []int) Case {
	results := func(W [][]float64) []any {
		n := net{U, W, V}
		states, outputs, _ := n.run(h0, words, make([]int, len(words)))
		return []any{states, outputs}
	}
	none := make([][]float64, len(W))
	for i := range none {
		none[i] = make([]float64, len(W))
	}
	return Case{About: about, In: []any{U, W, V, h0, words}, Want: results(W), Steps: []string{"h", "ŷ"}, KnownMistakes: []KnownMistake{
		{results(none), "Those are the states without memory: did you add W h of the step before?"},
	}}
}
