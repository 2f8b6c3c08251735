package assignment

import (
	"fmt"
	"math"
	"math/rand/v2"

	"rnn101/classroom/answer"
	"rnn101/rnnkit"
)

// The net of the lecture.
var (
	lectureU = [][]float64{{0.5, -0.4, 0.1}, {-0.3, 0.6, 0.2}}
	lectureW = [][]float64{{0.4, -0.2}, {0.3, 0.5}}
	lectureV = [][]float64{{0.6, -0.1}, {-0.5, 0.4}, {0.3, 0.2}, {-0.2, 0.7}}
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
			return []Case{{About: "Ux for the word bat", In: []any{lectureU, []float64{0, 0, 1}}, Want: []any{[]float64{0.1, 0.2}}}}
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
				{About: "baseball, from the state zero", In: []any{lectureU, lectureW, []float64{1, 0, 0}, []float64{0, 0}}, Want: []any{[]float64{math.Tanh(0.5), math.Tanh(-0.3)}}},
				stepCase("bat, after baseball", lectureU, lectureW, []float64{0, 0, 1}, []float64{math.Tanh(0.5), math.Tanh(-0.3)}),
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
			return []Case{forwardCase("baseball bat", lectureU, lectureW, lectureV, []float64{0, 0}, []int{0, 2})}
		}},
		{ID: "forward-hidden", Points: 5, Hidden: true, Cases: func(r *rand.Rand) []Case {
			var all []Case
			for range 5 {
				inputs, hidden, outputs, steps := 1+r.IntN(5), 1+r.IntN(5), 2+r.IntN(4), 1+r.IntN(6)
				words := make([]int, steps)
				for t := range words {
					words[t] = r.IntN(inputs)
				}
				all = append(all, forwardCase(fmt.Sprintf("%d words, %d states, %d outputs, %d steps", inputs, hidden, outputs, steps),
					matrix(r, hidden, inputs), matrix(r, hidden, hidden), matrix(r, outputs, hidden), vector(r, hidden), words))
			}
			return all
		}},
	},
}}}

// stepCase is one step of the net, computed by rnnkit.
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
	return Case{About: about, In: []any{U, W, x, h}, Want: []any{pass.H[1]}, Hint: func(got []any) string {
		if compare([]any{forgotten}, got).Kind == Right {
			return "That is tanh(Ux): did you add Wh?"
		}
		if compare([]any{pass.A[1]}, got).Kind == Right {
			return "That is the sum before tanh"
		}
		return ""
	}}
}

// forwardCase is a whole forward pass, computed by rnnkit.
func forwardCase(about string, U, W, V [][]float64, h0 []float64, words []int) Case {
	targets := make([]int, len(words))
	pass := rnnkit.MustForward(rnnkit.FromRows(U, W, V), h0, rnnkit.Sequence{Inputs: words, Targets: targets})
	states, outputs := pass.H[1:len(words)+1], pass.Y[1:len(words)+1]
	return Case{About: about, In: []any{U, W, V, h0, words}, Want: []any{states, outputs}}
}

// matrix and vector draw entries of three decimals between −1 and 1.
func matrix(r *rand.Rand, rows, columns int) [][]float64 {
	M := make([][]float64, rows)
	for i := range M {
		M[i] = vector(r, columns)
	}
	return M
}

func vector(r *rand.Rand, n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(r.IntN(2001)-1000) / 1000
	}
	return x
}
