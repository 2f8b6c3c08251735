package assignment

import (
	"fmt"
	"math"
	"math/rand/v2"

	"rnn101/internal/grading/answer"
	"rnn101/rnnkit"
)

// A4 is the fourth assignment: the update, clipping, truncated backpropagation and the
// training loop. One question has a written answer.
var A4 = &Assignment{Name: "a4", Tasks: []Task{{
	ID: "update", KeepsArguments: true,
	Signature: answer.Signature{Name: "update", In: []string{"[][]float64", "[][]float64", "float64"}, Out: []string{"[][]float64"}},
	Checks: []Check{
		{ID: "update-example", Points: 1, Cases: func(*rand.Rand) []Case {
			_, _, dW, _ := onePair.gradients()
			return []Case{updateCase("W of the lecture, after baseball bat", lecture.W, dW, 0.5)}
		}},
		{ID: "update-hidden", Points: 1, Hidden: true, Cases: func(r *rand.Rand) []Case {
			var all []Case
			for range 3 {
				rows, columns := 1+r.IntN(5), 1+r.IntN(5)
				all = append(all, updateCase(fmt.Sprintf("%d×%d", rows, columns), matrix(r, rows, columns), matrix(r, rows, columns), 0.01+r.Float64()))
			}
			return all
		}},
	},
}, {
	ID: "clip",
	Signature: answer.Signature{Name: "clip", In: []string{"[][]float64", "[][]float64", "[][]float64", "float64"},
		Out: []string{"[][]float64", "[][]float64", "[][]float64"}},
	Checks: []Check{
		{ID: "clip-example", Points: 1, Cases: func(*rand.Rand) []Case {
			_, dU, dW, dV := onePair.gradients()
			return []Case{clipCase("the gradient of baseball bat, to 0.5", dU, dW, dV, 0.5), clipCase("the same, to 5", dU, dW, dV, 5)}
		}},
		{ID: "clip-hidden", Points: 3, Hidden: true, Cases: func(r *rand.Rand) []Case {
			var all []Case
			for _, limit := range []float64{0.1, 1, 1000} {
				p := drawProblem(r)
				_, dU, dW, dV := p.gradients()
				all = append(all, clipCase(fmt.Sprintf("%s, to %v", p.describe(), limit), dU, dW, dV, limit))
			}
			nothing := [][]float64{{0, 0}, {0, 0}}
			return append(all, clipCase("a gradient of zeros", nothing, nothing, nothing, 1))
		}},
	},
}, {
	ID: "truncated",
	Signature: answer.Signature{Name: "truncatedDeltas", In: []string{"[][]float64", "[][]float64", "[][]float64", "[][]float64", "int"},
		Out: []string{"[][]float64"}},
	Checks: []Check{
		{ID: "truncated-example", Points: 2, Cases: func(*rand.Rand) []Case {
			return []Case{truncatedCase("baseball bat vampire bat", fourWords, 2)}
		}},
		{ID: "truncated-hidden", Points: 3, Hidden: true, Cases: func(r *rand.Rand) []Case {
			var all []Case
			for _, k := range []int{1, 2, 3, 100} {
				p := drawAtLeast(r, 4)
				all = append(all, truncatedCase(p.describe(), p, k))
			}
			return all
		}},
	},
}, {
	ID: "train", KeepsArguments: true,
	Signature: answer.Signature{Name: "train", In: []string{"[][]float64", "[][]float64", "[][]float64", "[]float64", "[]int", "[]int", "float64", "int"},
		Out: []string{"[]float64"}},
	Checks: []Check{
		{ID: "train-example", Points: 2, Cases: func(*rand.Rand) []Case {
			return []Case{trainCase("baseball bat vampire bat", fourWords, 0.5, 5)}
		}},
		{ID: "train-hidden", Points: 3, Hidden: true, Cases: func(r *rand.Rand) []Case {
			var all []Case
			for range 3 {
				p := drawAtLeast(r, 2)
				all = append(all, trainCase(p.describe(), p, 0.05+0.1*r.Float64(), 1+r.IntN(8)))
			}
			return all
		}},
	},
}}, Written: []Question{{ID: "why", Points: 4}}}

func updateCase(about string, M, G [][]float64, rate float64) Case {
	return Case{About: fmt.Sprintf("%s, learning rate %.3g", about, rate), In: []any{M, G, rate},
		Want: []any{combine(M, G, func(m, g float64) float64 { return m - rate*g })}, KnownMistakes: []KnownMistake{
			{[]any{combine(M, G, func(m, g float64) float64 { return m + rate*g })}, "That is gradient ascent: subtract the gradient"},
			{[]any{combine(M, G, func(m, g float64) float64 { return m - g })}, "The learning rate is missing"},
		}}
}

// clipCase asks for the gradients clipped to a norm.
func clipCase(about string, dU, dW, dV [][]float64, limit float64) Case {
	g := rnnkit.NewGradient(rnnkit.FromRows(dU, dW, dV)) // of their shapes
	for _, pair := range []struct {
		to   interface{ Set(i, j int, v float64) }
		from [][]float64
	}{{g.U, dU}, {g.W, dW}, {g.V, dV}} {
		for i, row := range pair.from {
			for j, v := range row {
				pair.to.Set(i, j, v)
			}
		}
	}
	g.Clip(limit)
	each := func(f func([][]float64) [][]float64) []any { return []any{f(dU), f(dW), f(dV)} }
	return Case{About: about, In: []any{dU, dW, dV, limit}, Want: []any{rowsOf(g.U), rowsOf(g.W), rowsOf(g.V)}, KnownMistakes: []KnownMistake{
		{each(func(M [][]float64) [][]float64 { return M }), "Nothing was clipped: the norm of all three together is above the limit"},
		{each(func(M [][]float64) [][]float64 {
			return combine(M, M, func(a, _ float64) float64 { return min(limit, max(-limit, a)) })
		}), "That clips each entry, which changes the direction of the gradient: scale all entries by one factor"},
		{each(func(M [][]float64) [][]float64 {
			if n := norm(M); n > limit {
				return scaled(M, limit/n)
			}
			return M
		}), "That clips each matrix by its own norm: use the norm of all three together"},
		{each(func(M [][]float64) [][]float64 {
			return scaled(M, limit/math.Sqrt(norm(dU)*norm(dU)+norm(dW)*norm(dW)+norm(dV)*norm(dV)))
		}),
			"A gradient whose norm is below the limit must not change"},
	}}
}

func norm(M [][]float64) float64 {
	sum := 0.0
	for _, row := range M {
		for _, x := range row {
			sum += x * x
		}
	}
	return math.Sqrt(sum)
}

// truncatedCase asks for the δ of a problem cut into pieces of k steps: the state is carried
// over from piece to piece, and no gradient flows back.
func truncatedCase(about string, p problem, k int) Case {
	states, errors := p.statesAndErrors()
	whole, _, _, _ := p.gradients()
	var want [][]float64
	h := p.h0
	for from := 0; from < len(p.words); from += k {
		to := min(from+k, len(p.words))
		piece := problem{p.net, h, p.words[from:to], p.targets[from:to]}
		deltas, _, _, _ := piece.gradients()
		want = append(want, deltas...)
		h = states[to-1]
	}
	return Case{About: fmt.Sprintf("%s, pieces of %d", about, k), In: []any{p.W, p.V, states, errors, k}, Want: []any{want},
		Steps: []string{"δ"}, Backward: true, KnownMistakes: []KnownMistake{{[]any{whole}, "Those are the δ of the whole sequence: it was not truncated"}}}
}

// trainCase asks for the loss before each update.
func trainCase(about string, p problem, rate float64, steps int) Case {
	n := rnnkit.FromRows(p.U, p.W, p.V)
	seq := rnnkit.Sequence{Inputs: p.words, Targets: p.targets}
	var want, means, late []float64
	for range steps {
		pass, g := rnnkit.GradientOf(n, p.h0, seq)
		want = append(want, pass.Loss)
		means = append(means, pass.Loss/float64(len(p.words)))
		n.Descend(g, rate)
		late = append(late, rnnkit.MustForward(n, p.h0, seq).Loss)
	}
	return Case{About: fmt.Sprintf("%s, learning rate %.3g, %d updates", about, rate, steps), In: []any{p.U, p.W, p.V, p.h0, p.words, p.targets, rate, steps},
		Want: []any{want}, KnownMistakes: []KnownMistake{
			{[]any{late}, "Those are the losses after each update: return those before it"},
			{[]any{means}, "That is the mean over the words: the loss is their sum"},
		}}
}
