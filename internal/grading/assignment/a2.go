package assignment

import (
	"math"
	"math/rand/v2"
	"slices"

	"rnn101/internal/grading/answer"
	"rnn101/internal/grading/assignment/internal/check"
	"rnn101/internal/grading/assignment/internal/nets"
	"rnn101/rnnkit"
)

// scores are those of the lecture's net after baseball.
var scores = nets.Product(nets.Lecture.V, []float64{math.Tanh(0.5), math.Tanh(-0.3)})

// A2 is the second assignment: softmax, cross-entropy and ∂L/∂V.
var A2 = &Assignment{Name: "a2", Tasks: []Task{{
	ID:        "softmax",
	Signature: answer.Signature{Name: "softmax", In: []string{"[]float64"}, Out: []string{"[]float64"}},
	Checks: []Check{
		{ID: "softmax-example", Points: 1, Cases: check.Examples(softmaxCase(about("scores.after", "baseball"), scores))},
		{ID: "softmax-hidden", Points: 2, Hidden: true, Cases: check.Hidden(check.Times(4, func(r *rand.Rand) Case {
			n := 2 + r.IntN(8)
			return softmaxCase(about("scores", n), nets.Vector(r, n))
		})...)},
		{ID: "softmax-large", Points: 2, Hidden: true, Cases: check.Hidden(
			drawLarge(800, 0, "trait.large"), drawLarge(-800, 0, "trait.small"), drawLarge(5000, 0, "trait.large"), drawLarge(-3000, 4000, "trait.apart"))},
	},
}, {
	ID:        "cross-entropy",
	Signature: answer.Signature{Name: "crossEntropy", In: []string{"[]float64", "int"}, Out: []string{"float64"}},
	Checks: []Check{
		{ID: "cross-entropy-example", Points: 1, Cases: check.Examples(crossEntropyCase(about("target.after", "baseball", "야구"), scores, 0))},
		{ID: "cross-entropy-hidden", Points: 3, Hidden: true, Cases: check.Hidden(check.Times(4, drawTarget(crossEntropyCase))...)},
	},
}, {
	ID:        "score-gradient",
	Signature: answer.Signature{Name: "scoreGradient", In: []string{"[]float64", "int"}, Out: []string{"[]float64"}},
	Checks: []Check{
		{ID: "score-gradient-example", Points: 1, Cases: check.Examples(scoreGradientCase(about("target.after", "baseball", "야구"), scores, 0))},
		{ID: "score-gradient-hidden", Points: 3, Hidden: true, Cases: check.Hidden(check.Times(4, drawTarget(scoreGradientCase))...)},
	},
}, {
	ID:        "gradient-v",
	Signature: answer.Signature{Name: "gradientV", In: []string{"[][]float64", "[][]float64", "[]int"}, Out: []string{"[][]float64"}},
	Calls:     []string{"score-gradient"},
	Checks: []Check{
		{ID: "gradient-v-example", Points: 2, Cases: check.Examples(gradientVCase(sentence("baseball bat"), nets.OnePair))},
		{ID: "gradient-v-hidden", Points: 5, Hidden: true, Cases: check.Hidden(check.Times(5, func(r *rand.Rand) Case {
			p := nets.Draw(r, 2+r.IntN(5))
			return gradientVCase(ofSizes(p), p)
		})...)},
	},
}}}

// drawTarget draws scores and a target.
func drawTarget(make func(text check.Text, o []float64, target int) Case) func(*rand.Rand) Case {
	return func(r *rand.Rand) Case {
		n := 3 + r.IntN(7)
		target := r.IntN(n)
		return make(about("target", target, n), nets.Vector(r, n), target)
	}
}

// drawLarge draws scores around a number, or, if apart is not 0, some at that distance from others.
func drawLarge(around, apart float64, trait string) func(*rand.Rand) Case {
	return func(r *rand.Rand) Case {
		o := nets.Vector(r, 3+r.IntN(4))
		for i := range o {
			o[i] += around
			if i > 0 && (i == len(o)-1 || r.IntN(2) == 0) {
				o[i] += apart
			}
		}
		c := softmaxCase(about("scores.large", around), o)
		c.Traits = []string{trait}
		tells := mistake(func(o []float64) []float64 { return quotients(nets.Map(o, math.Exp)) }, "hint.softmax.large")
		if apart != 0 {
			tells = mistake(func(o []float64) []float64 {
				return quotients(nets.Map(o, func(x float64) float64 { return math.Exp(x - o[0]) }))
			}, "hint.softmax.largest")
		}
		c.KnownMistakes = append(c.KnownMistakes, tells)
		return c
	}
}

// quotients returns the entries divided by their sum.
func quotients(e []float64) []float64 {
	return nets.Map(e, func(x float64) float64 { return x / nets.SumOf(e) })
}

func softmaxCase(text check.Text, o []float64) Case {
	return Case{About: text, In: []any{o}, Want: []any{nets.Softmax(o)}, KnownMistakes: []check.KnownMistake{
		mistake(func(o []float64) []float64 { return nets.Map(o, math.Exp) }, "hint.softmax.sum"),
		mistake(func(o []float64) []float64 {
			return nets.Map(o, func(x float64) float64 { return math.Exp(x - slices.Max(o)) })
		}, "hint.softmax.sum"),
		mistake(quotients, "hint.softmax.exp"),
		mistake(func(o []float64) []float64 {
			return nets.Softmax(nets.Map(o, func(x float64) float64 { return -x }))
		}, "hint.softmax.sign"),
		mistake(func(o []float64) []float64 { return nets.Map(nets.Softmax(o), math.Log) }, "hint.softmax.log"),
		mistake(func(o []float64) []float64 {
			return nets.Softmax(nets.Map(o, func(x float64) float64 { return x * math.Ln2 }))
		}, "hint.softmax.base"),
		mistake(func(o []float64) []float64 { return nets.Map(o, nets.Sigmoid) }, "hint.softmax.sigmoid"),
	}}
}

func crossEntropyCase(text check.Text, o []float64, target int) Case {
	with := func(f func(p float64) float64) func(y []float64, target int) float64 {
		return func(y []float64, target int) float64 { return f(y[target]) }
	}
	return Case{About: text, In: []any{nets.Softmax(o), target}, Want: []any{rnnkit.CrossEntropy(o, target)}, KnownMistakes: []check.KnownMistake{
		mistake(with(math.Log), "hint.sign"),
		mistake(with(func(p float64) float64 { return -math.Log2(p) }), "hint.cross-entropy.log2"),
		mistake(with(func(p float64) float64 { return -math.Log10(p) }), "hint.cross-entropy.log10"),
		mistake(with(func(p float64) float64 { return -math.Log(1 - p) }), "hint.cross-entropy.rest"),
		mistake(with(func(p float64) float64 { return 1 - p }), "hint.cross-entropy.no-log"),
		mistake(with(func(p float64) float64 { return -p * math.Log(p) }), "hint.cross-entropy.weighted"),
		mistake(func(y []float64, target int) float64 { return -nets.SumOf(nets.Map(y, math.Log)) }, "hint.cross-entropy.all"),
		mistake(func(y []float64, target int) float64 {
			return -nets.SumOf(nets.Map(y, func(p float64) float64 { return p * math.Log(p) }))
		}, "hint.cross-entropy.entropy"),
		mistake(func(y []float64, target int) float64 { return -math.Log(y[target+1]) }, "hint.target"),
		mistake(func(y []float64, target int) float64 { return -math.Log(y[target-1]) }, "hint.target"),
	}}
}

// minusOne returns a copy of probabilities with 1 less at a place.
func minusOne(y []float64, at int) []float64 {
	slope := slices.Clone(y)
	slope[at]--
	return slope
}

func scoreGradientCase(text check.Text, o []float64, target int) Case {
	with := func(f func(slope []float64, target int) []float64) func(y []float64, target int) []float64 {
		return func(y []float64, target int) []float64 { return f(minusOne(y, target), target) }
	}
	return Case{About: text, In: []any{nets.Softmax(o), target}, Want: []any{minusOne(nets.Softmax(o), target)}, KnownMistakes: []check.KnownMistake{
		mistake(with(func(s []float64, _ int) []float64 { return nets.Map(s, func(x float64) float64 { return -x }) }), "hint.score-gradient.sign"),
		mistake(func(y []float64, target int) []float64 { return slices.Clone(y) }, "hint.score-gradient.one"),
		mistake(func(y []float64, target int) []float64 { return minusOne(y, target+1) }, "hint.target"),
		mistake(func(y []float64, target int) []float64 { return minusOne(y, target-1) }, "hint.target"),
		mistake(with(func(s []float64, target int) []float64 { s[target] += 2; return s }), "hint.score-gradient.plus"),
		mistake(with(func(s []float64, target int) []float64 { s[target] = -1; return s }), "hint.score-gradient.minus"),
		mistake(with(func(s []float64, target int) []float64 {
			only := make([]float64, len(s))
			only[target] = s[target]
			return only
		}), "hint.score-gradient.only"),
		mistake(with(func(s []float64, _ int) []float64 {
			return nets.Map(s, func(x float64) float64 { return x / float64(len(s)) })
		}), "hint.score-gradient.mean"),
		mistake(func(y []float64, target int) []float64 {
			all := make([]float64, len(y))
			all[target] = -1 / y[target]
			return all
		}, "hint.score-gradient.loss"),
	}}
}

// gradientVCase asks for ∂L/∂V of a problem.
func gradientVCase(text check.Text, p nets.Problem) Case {
	type matrix = [][]float64
	states, outputs, _ := p.Run()
	_, _, _, want := p.Gradients()
	with := func(pick func(errors, states matrix) (matrix, matrix)) func(outputs, states matrix, targets []int) matrix {
		return func(outputs, states matrix, targets []int) matrix {
			errors := make(matrix, len(outputs))
			for t := range errors {
				errors[t] = minusOne(outputs[t], targets[t])
			}
			rows, columns := len(outputs[0]), len(states[0])
			errors, states = pick(errors, states)
			return nets.OuterSum(rows, columns, errors, states)
		}
	}
	all := with(func(errors, states matrix) (matrix, matrix) { return errors, states })
	shifted := func(by int) func(outputs, states matrix, targets []int) matrix {
		return func(outputs, states matrix, targets []int) matrix {
			moved := slices.Clone(targets)
			for t := range moved {
				moved[t] += by
			}
			return all(outputs, states, moved)
		}
	}
	return Case{About: text, In: []any{outputs, states, p.Targets}, Want: []any{want}, KnownMistakes: []check.KnownMistake{
		mistake(with(func(errors, states matrix) (matrix, matrix) { return errors[len(errors)-1:], states[len(states)-1:] }), "hint.last-step"),
		mistake(with(func(errors, states matrix) (matrix, matrix) { return errors[:1], states[:1] }), "hint.first-step"),
		mistake(func(outputs, states matrix, targets []int) matrix {
			return nets.Scaled(all(outputs, states, targets), 1/float64(len(targets)))
		}, "hint.mean"),
		mistake(func(outputs, states matrix, targets []int) matrix {
			return nets.Scaled(all(outputs, states, targets), -1)
		}, "hint.sign"),
		mistake(func(outputs, states matrix, targets []int) matrix {
			return nets.Transposed(all(outputs, states, targets))
		}, "hint.gradient-v.transposed"),
		mistake(func(outputs, states matrix, targets []int) matrix {
			return nets.OuterSum(len(outputs[0]), len(states[0]), outputs, states)
		}, "hint.gradient-v.one"),
		mistake(with(func(errors, states matrix) (matrix, matrix) {
			return errors[1:], states[:len(states)-1]
		}), "hint.gradient-v.before"),
		mistake(with(func(errors, states matrix) (matrix, matrix) { return errors, nets.Reversed(states) }), "hint.reversed"),
		mistake(shifted(1), "hint.target"), mistake(shifted(-1), "hint.target"),
	}}
}
