package assignment

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"

	"rnn101/internal/grading/answer"
	"rnn101/internal/grading/assignment/internal/check"
	"rnn101/internal/grading/assignment/internal/nets"
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
			states, errors := nets.CarriedPair.StatesAndErrors()
			return []Case{tanhBackCase(about("last-step", "vampire bat"), states[1], nets.Product(nets.Transposed(nets.Lecture.V), errors[1]))}
		}},
		{ID: "tanh-back-hidden", Points: 2, Hidden: true, Cases: check.Hidden(check.Times(4, func(r *rand.Rand) Case {
			n := 1 + r.IntN(6)
			return tanhBackCase(about("states", n), nets.Vector(r, n), nets.Vector(r, n))
		})...)},
	},
}, {
	ID:        "transposed",
	Signature: answer.Signature{Name: "transposedTimes", In: []string{"[][]float64", "[]float64"}, Out: []string{"[]float64"}},
	Checks: []Check{
		{ID: "transposed-example", Points: 1, Cases: func(*rand.Rand) []Case {
			_, errors := nets.CarriedPair.StatesAndErrors()
			return []Case{transposedCase(about("transposed.example", about("last-step", "vampire bat")), nets.Lecture.V, errors[1])}
		}},
		{ID: "transposed-hidden", Points: 3, Hidden: true, Cases: check.Hidden(
			drawTransposed("trait.square", 0), drawTransposed("trait.tall", 2), drawTransposed("trait.square", 0), drawTransposed("trait.wide", -1))},
	},
}, {
	ID: "deltas",
	Signature: answer.Signature{Name: "deltas", In: []string{"[][]float64", "[][]float64", "[][]float64", "[][]float64"},
		Out: []string{"[][]float64"}},
	Calls: []string{"tanh-back", "transposed"},
	Checks: []Check{
		{ID: "deltas-example", Points: 2, Cases: check.Examples(deltasCase(sentence("baseball bat vampire bat"), nets.FourWords))},
		{ID: "deltas-hidden", Points: 5, Hidden: true, Cases: check.Hidden(check.Times(5, func(r *rand.Rand) Case {
			p := nets.Draw(r, 2+r.IntN(6))
			return deltasCase(ofSizes(p), p)
		})...)},
	},
}, {
	ID: "gradients",
	Signature: answer.Signature{Name: "gradients", In: []string{"[][]float64", "[][]float64", "[]float64", "[]int", "int"},
		Out: []string{"[][]float64", "[][]float64"}},
	Checks: []Check{
		{ID: "gradients-example", Points: 2, Cases: func(*rand.Rand) []Case {
			c := gradientsCase(about("after", "vampire bat", "baseball bat"), nets.CarriedPair)
			return []Case{c}
		}},
		{ID: "gradients-hidden", Points: 4, Hidden: true, Cases: check.Hidden(check.Times(4, func(r *rand.Rand) Case {
			p := nets.Draw(r, 3+r.IntN(5))
			return gradientsCase(ofSizes(p), p)
		})...)},
	},
}}}

func tanhBackCase(text check.Text, h, dh []float64) Case {
	want := make([]float64, len(h))
	for i := range h {
		want[i] = dh[i] - h[i]*h[i]*dh[i]
	}
	with := func(derivative func(h float64) float64) func(h, dh []float64) []float64 {
		return func(h, dh []float64) []float64 {
			all := slices.Clone(dh)
			for i := range all {
				all[i] *= derivative(h[i])
			}
			return all
		}
	}
	c := Case{About: text, In: []any{h, dh}, Want: []any{want}, KnownMistakes: []check.KnownMistake{
		mistake(with(func(h float64) float64 { return 1 }), "hint.tanh-back.unchanged"),
		mistake(with(func(h float64) float64 { return 1 - h }), "hint.tanh-back.linear"),
		mistake(with(func(h float64) float64 { return -h * h }), "hint.tanh-back.no-one"),
		mistake(with(func(h float64) float64 { return 1 + h*h }), "hint.tanh-back.plus"),
		mistake(with(func(h float64) float64 { return 1 - math.Tanh(h)*math.Tanh(h) }), "hint.tanh-back.twice"),
		mistake(with(func(h float64) float64 { return h * (1 - h) }), "hint.tanh-back.sigmoid"),
		mistake(with(math.Tanh), "hint.tanh-back.tanh"),
		mistake(func(h, dh []float64) []float64 { return nets.Map(h, nets.Slope) }, "hint.tanh-back.alone"),
		mistake(func(h, dh []float64) []float64 {
			return with(func(float64) float64 { return 1 })(nil, nets.Map(dh, nets.Slope))
		}, "hint.tanh-back.wrong"),
	}}
	if len(h) == 1 {
		c.Traits = []string{"trait.one-state"}
	}
	return c
}

func transposedCase(text check.Text, M [][]float64, x []float64) Case {
	var y mat.VecDense
	y.MulVec(dense(M).T(), mat.NewVecDense(len(x), slices.Clone(x)))
	return Case{About: text, In: []any{M, x}, Want: []any{y.RawVector().Data}, KnownMistakes: []check.KnownMistake{
		mistake(nets.Product, "hint.transposed.not"),
		mistake(func(M [][]float64, x []float64) []float64 {
			last := len(M) - 1
			return nets.Product(nets.Transposed(M[last:]), x[last:])
		}, "hint.product.last"),
		mistake(func(M [][]float64, x []float64) []float64 {
			return nets.Product(nets.Transposed(M[:len(M)-1]), x[:len(M)-1])
		}, "hint.product.short"),
	}}
}

// drawTransposed draws a matrix with some more rows than columns.
func drawTransposed(trait string, more int) func(*rand.Rand) Case {
	return func(r *rand.Rand) Case {
		n := 3 + r.IntN(3)
		c := transposedCase(about("matrix", n+more, n), nets.Matrix(r, n+more, n), nets.Vector(r, n+more))
		c.Traits = []string{trait}
		return c
	}
}

// deltasCase asks for δ_1, δ_2, … of a problem.
func deltasCase(text check.Text, p nets.Problem) Case {
	type matrix = [][]float64
	states, errors := p.StatesAndErrors()
	want, _, _, _ := p.Gradients()
	through := func(change func(W matrix) matrix, slope func(float64) float64) func(W, V, states, errors matrix) matrix {
		return func(W, V, states, errors matrix) matrix {
			M := change(W)
			return nets.Back(V, states, errors, func(_ int, later []float64) []float64 { return nets.Product(M, later) }, slope)
		}
	}
	alone := func(W matrix) matrix { return nets.Scaled(W, 0) }
	rightly := through(nets.Transposed, nets.Slope)
	return Case{About: text, In: []any{p.W, p.V, states, errors}, Want: []any{want}, Results: []check.Part{{Name: "δ", Share: 1, Steps: true, Backward: true}}, KnownMistakes: []check.KnownMistake{
		mistake(through(alone, nets.Slope), "hint.deltas.alone"),
		mistake(through(func(W matrix) matrix { return W }, nets.Slope), "hint.deltas.transpose"),
		mistake(through(nets.Transposed, func(float64) float64 { return 1 }), "hint.tanh-back.unchanged"),
		mistake(through(nets.Transposed, func(h float64) float64 { return 1 - h }), "hint.tanh-back.linear"),
		mistake(through(nets.Transposed, func(h float64) float64 { return 1 - math.Tanh(h)*math.Tanh(h) }), "hint.tanh-back.twice"),
		mistake(func(W, V, states, errors matrix) matrix { return nets.Reversed(rightly(W, V, states, errors)) }, "hint.deltas.order"),
		mistake(func(W, V, states, errors matrix) matrix {
			return nets.Reversed(rightly(W, V, nets.Reversed(states), nets.Reversed(errors)))
		}, "hint.deltas.forward"),
		mistake(func(W, V, states, errors matrix) matrix {
			all := nets.Zeros(len(states), len(W))
			last := len(states) - 1
			all[last] = rightly(W, V, states, errors)[last]
			return all
		}, "hint.deltas.last"),
		mistake(func(W, V, states, errors matrix) matrix { // 1 − h² for Vᵀ(ŷ − y) alone
			return nets.Back(V, states, errors, func(t int, later []float64) []float64 {
				past := nets.Product(nets.Transposed(W), later)
				for i := range past {
					past[i] /= nets.Slope(states[t][i])
				}
				return past
			}, nets.Slope)
		}, "hint.deltas.slope"),
	}}
}

// gradientsCase asks for ∂L/∂W and ∂L/∂U of a problem, given its δ.
func gradientsCase(text check.Text, p nets.Problem) Case {
	type matrix = [][]float64
	states, _ := p.StatesAndErrors()
	deltas, dU, dW, _ := p.Gradients()
	// With other states before each step, or other columns.
	inW := func(deltas, before matrix, n int) matrix { return nets.OuterSum(n, n, deltas, before) }
	inU := func(deltas matrix, words []int, columns, n int) matrix {
		sum := nets.Zeros(n, columns)
		for t, word := range words {
			for i := range sum {
				sum[i][word] += deltas[t][i]
			}
		}
		return sum
	}
	before := func(states matrix, h0 []float64) matrix { return append(matrix{h0}, states[:len(states)-1]...) }
	type arguments struct {
		deltas, states matrix
		h0             []float64
		words          []int
		vocabulary     int
	}
	with := func(W, U func(a arguments) matrix) any {
		return func(deltas, states matrix, h0 []float64, words []int, vocabulary int) (matrix, matrix) {
			a := arguments{deltas, states, h0, words, vocabulary}
			return W(a), U(a)
		}
	}
	right := struct{ W, U func(a arguments) matrix }{
		func(a arguments) matrix { return inW(a.deltas, before(a.states, a.h0), len(a.h0)) },
		func(a arguments) matrix { return inU(a.deltas, a.words, a.vocabulary, len(a.h0)) },
	}
	lastW := func(a arguments) matrix {
		last := len(a.deltas) - 1
		return inW(a.deltas[last:], before(a.states, a.h0)[last:], len(a.h0))
	}
	assigned := func(a arguments) matrix { // = for +=
		set := nets.Zeros(len(a.h0), a.vocabulary)
		for t, word := range a.words {
			for i := range set {
				set[i][word] = a.deltas[t][i]
			}
		}
		return set
	}
	mean := func(f func(a arguments) matrix) func(a arguments) matrix {
		return func(a arguments) matrix { return nets.Scaled(f(a), 1/float64(len(a.words))) }
	}
	c := Case{About: text, In: []any{deltas, states, p.H0, p.Words, len(p.U[0])}, Want: []any{dW, dU},
		Results: []check.Part{{Name: "∂L/∂W", Share: 0.5}, {Name: "∂L/∂U", Share: 0.5}}, KnownMistakes: []check.KnownMistake{
			mistake(with(func(a arguments) matrix { return inW(a.deltas, a.states, len(a.h0)) }, right.U), "hint.gradients.same"),
			mistake(with(func(a arguments) matrix { return inW(a.deltas[1:], a.states, len(a.h0)) }, right.U), "hint.gradients.first"),
			mistake(with(func(a arguments) matrix { return nets.Transposed(right.W(a)) }, right.U), "hint.gradients.transposed"),
			mistake(with(lastW, right.U), "hint.gradients.last-w"),
			mistake(with(lastW, func(a arguments) matrix {
				last := len(a.words) - 1
				return inU(a.deltas[last:], a.words[last:], a.vocabulary, len(a.h0))
			}), "hint.last-step"),
			mistake(with(right.W, assigned), "hint.gradients.assigned"),
			mistake(with(right.W, func(a arguments) matrix { return inU(a.deltas, a.words, slices.Max(a.words)+1, len(a.h0)) }), "hint.gradients.columns"),
			mistake(with(right.W, func(a arguments) matrix { return nets.Transposed(right.U(a)) }), "hint.gradients.transposed-u"),
			mistake(with(right.W, func(a arguments) matrix {
				return inU(a.deltas[1:], a.words, a.vocabulary, len(a.h0))
			}), "hint.gradients.word"),
			mistake(with(mean(right.W), mean(right.U)), "hint.mean"),
		}}
	if slices.ContainsFunc(p.H0, func(x float64) bool { return x != 0 }) {
		c.Traits = append(c.Traits, "trait.state")
	}
	if p.WordTwice() {
		c.Traits = append(c.Traits, "trait.word-twice")
	}
	return c
}
