package assignment

import (
	"fmt"
	"math"
	"math/rand/v2"

	"rnn101/internal/grading/answer"
	"rnn101/rnnkit"
)

// A2 is the second assignment: softmax, cross-entropy and ∂L/∂V.
var A2 = &Assignment{Name: "a2", Tasks: []Task{{
	ID:        "softmax",
	Signature: answer.Signature{Name: "softmax", In: []string{"[]float64"}, Out: []string{"[]float64"}},
	Checks: []Check{
		{ID: "softmax-example", Points: 1, Cases: func(*rand.Rand) []Case {
			return []Case{softmaxCase("the scores after baseball", product(lecture.V, []float64{math.Tanh(0.5), math.Tanh(-0.3)}))}
		}},
		{ID: "softmax-hidden", Points: 2, Hidden: true, Cases: func(r *rand.Rand) []Case {
			var all []Case
			for range 4 {
				n := 2 + r.IntN(8)
				all = append(all, softmaxCase(fmt.Sprintf("%d scores", n), vector(r, n)))
			}
			return all
		}},
		{ID: "softmax-large", Points: 2, Hidden: true, Cases: func(r *rand.Rand) []Case {
			var all []Case
			for _, about := range []float64{800, -800, 5000, -5000} {
				o := vector(r, 2+r.IntN(5))
				for i := range o {
					o[i] += about
				}
				all = append(all, softmaxCase(fmt.Sprintf("scores about %v", about), o))
			}
			return all
		}},
	},
}, {
	ID:        "cross-entropy",
	Signature: answer.Signature{Name: "crossEntropy", In: []string{"[]float64", "int"}, Out: []string{"float64"}},
	Checks: []Check{
		{ID: "cross-entropy-example", Points: 1, Cases: func(*rand.Rand) []Case {
			o := product(lecture.V, []float64{math.Tanh(0.5), math.Tanh(-0.3)})
			return []Case{crossEntropyCase("after baseball, 야구 is right", o, 0)}
		}},
		{ID: "cross-entropy-hidden", Points: 3, Hidden: true, Cases: func(r *rand.Rand) []Case {
			var all []Case
			for range 4 {
				n := 2 + r.IntN(8)
				target := r.IntN(n)
				all = append(all, crossEntropyCase(fmt.Sprintf("entry %d of %d is right", target, n), vector(r, n), target))
			}
			return all
		}},
	},
}, {
	ID:        "score-gradient",
	Signature: answer.Signature{Name: "scoreGradient", In: []string{"[]float64", "int"}, Out: []string{"[]float64"}},
	Checks: []Check{
		{ID: "score-gradient-example", Points: 1, Cases: func(*rand.Rand) []Case {
			o := product(lecture.V, []float64{math.Tanh(0.5), math.Tanh(-0.3)})
			return []Case{scoreGradientCase("after baseball, 야구 is right", o, 0)}
		}},
		{ID: "score-gradient-hidden", Points: 3, Hidden: true, Cases: func(r *rand.Rand) []Case {
			var all []Case
			for range 4 {
				n := 2 + r.IntN(8)
				target := r.IntN(n)
				all = append(all, scoreGradientCase(fmt.Sprintf("entry %d of %d is right", target, n), vector(r, n), target))
			}
			return all
		}},
	},
}, {
	ID:        "gradient-v",
	Signature: answer.Signature{Name: "gradientV", In: []string{"[][]float64", "[][]float64", "[]int"}, Out: []string{"[][]float64"}},
	Checks: []Check{
		{ID: "gradient-v-example", Points: 2, Cases: func(*rand.Rand) []Case {
			return []Case{gradientVCase("baseball bat", onePair)}
		}},
		{ID: "gradient-v-hidden", Points: 5, Hidden: true, Cases: func(r *rand.Rand) []Case {
			var all []Case
			for range 5 {
				p := drawAtLeast(r, 2)
				all = append(all, gradientVCase(p.describe(), p))
			}
			return all
		}},
	},
}}}

func softmaxCase(about string, o []float64) Case {
	exp, sum := make([]float64, len(o)), 0.0
	for i := range o {
		exp[i] = math.Exp(o[i])
		sum += o[i]
	}
	plain := clone(o)
	for i := range plain {
		plain[i] /= sum
	}
	return Case{About: about, In: []any{o}, Want: []any{rnnkit.Softmax(make([]float64, len(o)), o)}, KnownMistakes: []KnownMistake{
		{[]any{exp}, "That is exp of each score: divide by their sum"},
		{[]any{plain}, "That divides the scores by their sum: take exp of each score first"},
	}}
}

func crossEntropyCase(about string, o []float64, target int) Case {
	y := rnnkit.Softmax(make([]float64, len(o)), o)
	want := rnnkit.CrossEntropy(o, target)
	all := 0.0
	for _, p := range y {
		all -= math.Log(p)
	}
	return Case{About: about, In: []any{y, target}, Want: []any{want}, KnownMistakes: []KnownMistake{
		{[]any{-want}, "The sign is wrong"},
		{[]any{-math.Log2(y[target])}, "That is the logarithm to base 2: use the natural one, math.Log"},
		{[]any{-math.Log10(y[target])}, "That is the logarithm to base 10: use the natural one, math.Log"},
		{[]any{all}, "That is the sum over all entries: only the target counts"},
	}}
}

func scoreGradientCase(about string, o []float64, target int) Case {
	y := rnnkit.Softmax(make([]float64, len(o)), o)
	want := clone(y)
	want[target]--
	other := clone(want)
	for i := range other {
		other[i] = -other[i]
	}
	return Case{About: about, In: []any{y, target}, Want: []any{want}, KnownMistakes: []KnownMistake{
		{[]any{other}, "That is y − ŷ: the sign is wrong"},
		{[]any{y}, "That is ŷ: subtract 1 from the entry of the target"},
	}}
}

// gradientVCase asks for ∂L/∂V of a problem.
func gradientVCase(about string, p problem) Case {
	states, outputs, _ := p.run(p.h0, p.words, p.targets)
	_, _, _, want := p.gradients()
	steps := len(p.words)
	last := make([][]float64, len(want))
	for i := range last {
		last[i] = make([]float64, len(states[0]))
		outputGradient := outputs[steps-1][i]
		if i == p.targets[steps-1] {
			outputGradient--
		}
		for j := range last[i] {
			last[i][j] = outputGradient * states[steps-1][j]
		}
	}
	return Case{About: about, In: []any{outputs, states, p.targets}, Want: []any{want}, KnownMistakes: []KnownMistake{
		{[]any{last}, "That is the last step only: sum over all steps"},
		{[]any{scaled(want, 1/float64(steps))}, "That is the mean over the steps: the loss is their sum"},
		{[]any{scaled(want, -1)}, "The sign is wrong"},
		{[]any{transposed(want)}, "That is the transpose: the gradient has the shape of V"},
	}}
}

func product(M [][]float64, x []float64) []float64 {
	y := make([]float64, len(M))
	for i := range M {
		for j := range x {
			y[i] += M[i][j] * x[j]
		}
	}
	return y
}
