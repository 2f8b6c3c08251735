package assignment

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"

	"rnn101/internal/grading/answer"
	"rnn101/internal/grading/assignment/internal/check"
	"rnn101/internal/grading/assignment/internal/nets"
	"rnn101/rnnkit"
)

// A1 is the first assignment: one-hot input and the forward pass.
var A1 = &Assignment{Name: "a1", Tasks: []Task{{
	ID:        "one-hot",
	Signature: answer.Signature{Name: "oneHot", In: []string{"int", "int"}, Out: []string{"[]float64"}},
	Checks: []Check{
		{ID: "one-hot-example", Points: 1, Cases: check.Examples(oneHotCase(about("one-hot.example"), 3, 1))},
		{ID: "one-hot-hidden", Points: 2, Hidden: true, Cases: check.Hidden(
			drawOneHot(func(r *rand.Rand, n int) int { return r.IntN(n) }), drawOneHot(func(r *rand.Rand, n int) int { return r.IntN(n) }),
			drawOneHot(func(*rand.Rand, int) int { return 0 }), drawOneHot(func(_ *rand.Rand, n int) int { return n - 1 }))},
	},
}, {
	ID:        "product",
	Signature: answer.Signature{Name: "times", In: []string{"[][]float64", "[]float64"}, Out: []string{"[]float64"}},
	Checks: []Check{
		{ID: "product-example", Points: 1, Cases: check.Examples(productCase(about("product.example", "bat"), nets.Lecture.U, []float64{0, 0, 1}))},
		{ID: "product-hidden", Points: 3, Hidden: true, Cases: check.Hidden(
			drawProduct("trait.tall", func(r *rand.Rand) (int, int) { n := 3 + r.IntN(3); return n + 1 + r.IntN(3), n }),
			drawProduct("trait.wide", func(r *rand.Rand) (int, int) { n := 3 + r.IntN(3); return n, n + 1 + r.IntN(3) }),
			drawProduct("trait.square", func(r *rand.Rand) (int, int) { n := 3 + r.IntN(3); return n, n }),
			drawProduct("trait.column", func(r *rand.Rand) (int, int) { return 3 + r.IntN(4), 1 }))},
	},
}, {
	ID:        "step",
	Signature: answer.Signature{Name: "step", In: []string{"[][]float64", "[][]float64", "[]float64", "[]float64"}, Out: []string{"[]float64"}},
	Calls:     []string{"product"},
	Checks: []Check{
		{ID: "step-example", Points: 2, Cases: check.Examples(
			stepCase(about("from-zero", "baseball"), nets.Lecture.U, nets.Lecture.W, []float64{1, 0, 0}, []float64{0, 0}),
			stepCase(about("after", "bat", "baseball"), nets.Lecture.U, nets.Lecture.W, []float64{0, 0, 1}, []float64{math.Tanh(0.5), math.Tanh(-0.3)}))},
		{ID: "step-hidden", Points: 4, Hidden: true, Cases: check.Hidden(check.Times(4, func(r *rand.Rand) Case {
			inputs, states := 2+r.IntN(4), 2+r.IntN(4)
			x := rnnkit.OneHot(make([]float64, inputs), r.IntN(inputs))
			return stepCase(about("step", inputs, states), nets.Matrix(r, states, inputs), nets.Matrix(r, states, states), x, nets.Vector(r, states))
		})...)},
	},
}, {
	ID: "forward",
	Signature: answer.Signature{Name: "forward",
		In: []string{"[][]float64", "[][]float64", "[][]float64", "[]float64", "[]int"}, Out: []string{"[][]float64", "[][]float64"}},
	Calls: []string{"one-hot", "product", "step"},
	Checks: []Check{
		{ID: "forward-example", Points: 2, Cases: check.Examples(forwardCase(sentence("baseball bat"), nets.OnePair))},
		{ID: "forward-hidden", Points: 5, Hidden: true, Cases: check.Hidden(append(check.Times(4, func(r *rand.Rand) Case {
			p := nets.Draw(r, 2+r.IntN(5))
			return forwardCase(ofSizes(p), p)
		}), func(r *rand.Rand) Case {
			p := nets.Draw(r, 1)
			return forwardCase(ofSizes(p), p)
		})...)},
	},
}}}

// oneHotCase asks for the word i of n.
func oneHotCase(text check.Text, n, i int) Case {
	c := Case{About: text, In: []any{n, i}, Want: []any{rnnkit.OneHot(make([]float64, n), i)}, KnownMistakes: []check.KnownMistake{
		mistake(func(n, i int) []float64 { return rnnkit.OneHot(make([]float64, n), i-1) }, "hint.one-hot.from-one"),
		mistake(func(n, i int) []float64 { return rnnkit.OneHot(make([]float64, n), i+1) }, "hint.one-hot.next"),
		mistake(func(n, i int) []float64 { return rnnkit.OneHot(make([]float64, n), n-1-i) }, "hint.one-hot.reversed"),
		mistake(func(n, i int) []float64 { return rnnkit.OneHot(make([]float64, i+1), i) }, "hint.one-hot.short"),
		mistake(func(n, i int) []float64 {
			return nets.Map(rnnkit.OneHot(make([]float64, n), i), func(x float64) float64 { return x * float64(i) })
		}, "hint.one-hot.number"),
		mistake(func(n, i int) []float64 {
			return nets.Map(rnnkit.OneHot(make([]float64, n), i), func(x float64) float64 { return 1 - x })
		}, "hint.one-hot.inverted"),
	}}
	switch i {
	case 0:
		c.Traits = []string{"trait.first-word"}
	case n - 1:
		c.Traits, c.Blind = []string{"trait.last-word"}, []string{"hint.one-hot.short"}
	}
	return c
}

func drawOneHot(place func(r *rand.Rand, n int) int) func(*rand.Rand) Case {
	return func(r *rand.Rand) Case {
		n := 4 + r.IntN(18)
		i := place(r, n)
		return oneHotCase(about("one-hot", n, i), n, i)
	}
}

// productCase asks for a matrix times a vector.
func productCase(text check.Text, M [][]float64, x []float64) Case {
	var y mat.VecDense
	y.MulVec(dense(M), mat.NewVecDense(len(x), slices.Clone(x)))
	c := Case{About: text, In: []any{M, x}, Want: []any{y.RawVector().Data}, KnownMistakes: []check.KnownMistake{
		mistake(func(M [][]float64, x []float64) []float64 { return nets.Product(nets.Transposed(M), x) }, "hint.product.transposed"),
		mistake(func(M [][]float64, x []float64) []float64 {
			last := len(x) - 1
			return nets.Product(M, append(make([]float64, last), x[last]))
		}, "hint.product.last"),
		mistake(func(M [][]float64, x []float64) []float64 { return nets.Product(M, x[:len(x)-1]) }, "hint.product.short"),
		mistake(func(M [][]float64, x []float64) []float64 {
			return nets.Product(M, nets.Map(x, func(float64) float64 { return 1 }))
		}, "hint.product.rows"),
		mistake(func(M [][]float64, x []float64) []float64 { return nets.Product(M, x)[:len(x)] }, "hint.product.length"),
	}}
	if len(M) == len(x) {
		c.Blind = append(c.Blind, "hint.product.length")
	}
	if len(x) == 1 {
		c.Blind = append(c.Blind, "hint.product.last")
	}
	return c
}

func drawProduct(trait string, sizes func(r *rand.Rand) (rows, columns int)) func(*rand.Rand) Case {
	return func(r *rand.Rand) Case {
		rows, columns := sizes(r)
		c := productCase(about("matrix", rows, columns), nets.Matrix(r, rows, columns), nets.Vector(r, columns))
		c.Traits = []string{trait}
		return c
	}
}

func dense(M [][]float64) *mat.Dense {
	D := mat.NewDense(len(M), len(M[0]), nil)
	for i, row := range M {
		D.SetRow(i, row)
	}
	return D
}

// stepCase asks for one step of the net.
func stepCase(text check.Text, U, W [][]float64, x, h []float64) Case {
	pass := rnnkit.MustForward(rnnkit.FromRows(U, W, [][]float64{make([]float64, len(h))}), h, rnnkit.Sequence{Inputs: []int{slices.Index(x, 1)}, Targets: []int{0}})
	with := func(f func(past, word []float64) []float64) func(U, W [][]float64, x, h []float64) []float64 {
		return func(U, W [][]float64, x, h []float64) []float64 { return f(nets.Product(W, h), nets.Product(U, x)) }
	}
	c := Case{About: text, In: []any{U, W, x, h}, Want: []any{pass.H[1]}, KnownMistakes: []check.KnownMistake{
		mistake(with(func(past, word []float64) []float64 { return nets.Map(word, math.Tanh) }), "hint.step.memory"),
		mistake(with(func(past, word []float64) []float64 { return nets.Map(past, math.Tanh) }), "hint.step.word"),
		mistake(with(nets.Sum), "hint.step.tanh"),
		mistake(with(func(past, word []float64) []float64 { return nets.Map(nets.Sum(past, word), nets.Sigmoid) }), "hint.sigmoid"),
		mistake(with(func(past, word []float64) []float64 {
			return nets.Sum(nets.Map(past, math.Tanh), nets.Map(word, math.Tanh))
		}), "hint.step.each"),
		mistake(func(U, W [][]float64, x, h []float64) []float64 {
			return nets.Map(nets.Sum(nets.Product(nets.Transposed(W), h), nets.Product(U, x)), math.Tanh)
		}, "hint.step.transposed"),
	}}
	if !slices.ContainsFunc(h, func(x float64) bool { return x != 0 }) {
		return c
	}
	c.Traits = []string{"trait.state"}
	return c
}

// forwardCase asks for a whole forward pass.
func forwardCase(text check.Text, p nets.Problem) Case {
	type matrix = [][]float64
	states, outputs, _ := p.Run()
	with := func(states func(U, W matrix, h []float64, words []int) matrix, softmax func([]float64) []float64) any {
		return func(U, W, V matrix, h []float64, words []int) (matrix, matrix) {
			all := states(U, W, h, words)
			return all, nets.Outputs(V, all, softmax)
		}
	}
	run := func(U, W matrix, h []float64, words []int) matrix { return nets.States(U, W, h, words, math.Tanh) }
	c := Case{About: text, In: []any{p.U, p.W, p.V, p.H0, p.Words}, Want: []any{states, outputs},
		Results: []check.Part{{Name: "h", Share: 0.5, Steps: true}, {Name: "ŷ", Share: 0.5, Steps: true}}, KnownMistakes: []check.KnownMistake{
			mistake(with(func(U, W matrix, h []float64, words []int) matrix { return run(U, nets.Scaled(W, 0), h, words) }, nets.Softmax), "hint.forward.memory"),
			mistake(with(func(U, W matrix, h []float64, words []int) matrix { return run(U, W, make([]float64, len(h)), words) }, nets.Softmax), "hint.forward.start"),
			mistake(with(func(U, W matrix, h []float64, words []int) (all matrix) {
				for _, word := range words {
					all = append(all, run(U, W, h, []int{word})...)
				}
				return all
			}, nets.Softmax), "hint.forward.carried"),
			mistake(with(func(U, W matrix, h []float64, words []int) matrix { return nets.States(U, W, h, words, nets.Sigmoid) }, nets.Softmax), "hint.sigmoid"),
			mistake(with(func(U, W matrix, h []float64, words []int) matrix { return run(U, W, h, nets.Reversed(words)) }, nets.Softmax), "hint.forward.backward"),
			mistake(with(func(U, W matrix, h []float64, words []int) matrix { return nets.Reversed(run(U, W, h, words)) }, nets.Softmax), "hint.reversed"),
			mistake(func(U, W, V matrix, h []float64, words []int) (matrix, matrix) {
				all := run(U, W, h, words)
				last := slices.Repeat(all[len(all)-1:], len(all))
				return last, nets.Outputs(V, all, nets.Softmax)
			}, "hint.forward.aliased"),
			mistake(with(run, func(o []float64) []float64 { return o }), "hint.forward.scores"),
			mistake(with(run, func(o []float64) []float64 { return nets.Map(o, math.Exp) }), "hint.softmax.sum"),
			mistake(func(U, W, V matrix, h []float64, words []int) (matrix, matrix) {
				all := run(U, W, h, words)
				return all, nets.Outputs(V, append(matrix{h}, all[:len(all)-1]...), nets.Softmax)
			}, "hint.forward.before"),
			mistake(with(func(U, W matrix, h []float64, words []int) matrix { return append(matrix{h}, run(U, W, h, words)...) }, nets.Softmax), "hint.forward.initial"),
		}}
	if slices.ContainsFunc(p.H0, func(x float64) bool { return x != 0 }) {
		c.Traits = append(c.Traits, "trait.state")
	}
	if p.WordTwice() {
		c.Traits = append(c.Traits, "trait.word-twice")
	}
	if len(p.Words) == 1 {
		c.Traits = append(c.Traits, "trait.one-word")
		c.Blind = []string{"hint.forward.carried", "hint.forward.backward", "hint.reversed", "hint.forward.aliased"}
	}
	return c
}
