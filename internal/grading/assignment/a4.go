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

// A4 is the fourth assignment: the update, clipping, truncated backpropagation and the
// training loop. One question has a written answer.
var A4 = &Assignment{Name: "a4", Tasks: []Task{{
	ID: "update", KeepsArguments: true,
	Signature: answer.Signature{Name: "update", In: []string{"[][]float64", "[][]float64", "float64"}, Out: []string{"[][]float64"}},
	Checks: []Check{
		{ID: "update-example", Points: 1, Cases: func(*rand.Rand) []Case {
			_, _, dW, _ := nets.OnePair.Gradients()
			return []Case{updateCase(about("update.example", "baseball bat"), nets.Lecture.W, dW, 0.5)}
		}},
		{ID: "update-hidden", Points: 1, Hidden: true, Cases: check.Hidden(check.Times(3, func(r *rand.Rand) Case {
			rows, columns := 1+r.IntN(5), 1+r.IntN(5)
			return updateCase(about("matrix", rows, columns), nets.Matrix(r, rows, columns), nets.Matrix(r, rows, columns), 0.01+r.Float64())
		})...)},
	},
}, {
	ID: "clip",
	Signature: answer.Signature{Name: "clip", In: []string{"[][]float64", "[][]float64", "[][]float64", "float64"},
		Out: []string{"[][]float64", "[][]float64", "[][]float64"}},
	Checks: []Check{
		{ID: "clip-example", Points: 1, Cases: func(*rand.Rand) []Case {
			_, dU, dW, dV := nets.OnePair.Gradients()
			return []Case{clipCase(about("clip.example", "baseball bat", 0.5), dU, dW, dV, 0.5), clipCase(about("clip.same", 5), dU, dW, dV, 5)}
		}},
		{ID: "clip-hidden", Points: 3, Hidden: true, Cases: check.Hidden(drawClip(0.1, 0.5), drawClip(0.5, 0.9), drawClip(1.5, 100), func(*rand.Rand) Case {
			nothing := nets.Zeros(2, 2)
			return clipCase(about("clip.zeros"), nothing, nothing, nothing, 1)
		})},
	},
}, {
	ID: "truncated",
	Signature: answer.Signature{Name: "truncatedDeltas", In: []string{"[][]float64", "[][]float64", "[][]float64", "[][]float64", "int"},
		Out: []string{"[][]float64"}},
	Checks: []Check{
		{ID: "truncated-example", Points: 2, Cases: check.Examples(truncatedCase(sentence("baseball bat vampire bat"), nets.FourWords, 2))},
		{ID: "truncated-hidden", Points: 3, Hidden: true, Cases: check.Hidden(drawTruncated(1), drawTruncated(2), drawTruncated(3), drawTruncated(100))},
	},
}, {
	ID: "train", KeepsArguments: true,
	Signature: answer.Signature{Name: "train", In: []string{"[][]float64", "[][]float64", "[][]float64", "[]float64", "[]int", "[]int", "float64", "int"},
		Out: []string{"[]float64"}},
	Calls: []string{"update", "truncated"}, // truncated to the whole length it gives all δ
	Checks: []Check{
		{ID: "train-example", Points: 2, Cases: check.Examples(trainCase(sentence("baseball bat vampire bat"), nets.FourWords, 0.5, 5))},
		{ID: "train-hidden", Points: 3, Hidden: true, Cases: check.Hidden(check.Times(3, func(r *rand.Rand) Case {
			p := nets.Draw(r, 2+r.IntN(6))
			return trainCase(ofSizes(p), p, 0.05+0.1*r.Float64(), 2+r.IntN(7))
		})...)},
	},
}}, Written: []Question{{ID: "why", Points: 4}}}

func updateCase(text check.Text, M, G [][]float64, rate float64) Case {
	with := func(f func(m, g, rate float64) float64) func(M, G [][]float64, rate float64) [][]float64 {
		return func(M, G [][]float64, rate float64) [][]float64 {
			return nets.Combine(M, G, func(m, g float64) float64 { return f(m, g, rate) })
		}
	}
	rightly := with(func(m, g, rate float64) float64 { return m - rate*g })
	return Case{About: about("update", text, rate), In: []any{M, G, rate}, Want: []any{rightly(M, G, rate)}, KnownMistakes: []check.KnownMistake{
		mistake(with(func(m, g, rate float64) float64 { return m + rate*g }), "hint.update.ascent"),
		mistake(with(func(m, g, rate float64) float64 { return m - g }), "hint.update.rate"),
		mistake(with(func(m, g, rate float64) float64 { return -rate * g }), "hint.update.change"),
		mistake(with(func(m, g, rate float64) float64 { return rate * (m - g) }), "hint.update.all"),
		mistake(with(func(m, g, rate float64) float64 { return rate*g - m }), "hint.sign"),
		mistake(with(func(m, g, rate float64) float64 { return m - g/rate }), "hint.update.divided"),
	}}
}

// clipCase asks for the gradients clipped to a norm.
func clipCase(text check.Text, dU, dW, dV [][]float64, limit float64) Case {
	type matrix = [][]float64
	g := rnnkit.NewGradient(rnnkit.FromRows(dU, dW, dV)) // of their shapes
	g.U.Copy(dense(dU))
	g.W.Copy(dense(dW))
	g.V.Copy(dense(dV))
	length := math.Sqrt(nets.Squares(dU, dW, dV))
	g.Clip(limit)
	each := func(change func(M, dU, dW, dV matrix, limit float64) matrix) func(dU, dW, dV matrix, limit float64) (matrix, matrix, matrix) {
		return func(dU, dW, dV matrix, limit float64) (matrix, matrix, matrix) {
			return change(dU, dU, dW, dV, limit), change(dW, dU, dW, dV, limit), change(dV, dU, dW, dV, limit)
		}
	}
	to := func(M matrix, length, limit float64) matrix {
		if length > limit {
			return nets.Scaled(M, limit/length)
		}
		return M
	}
	norm := func(all ...matrix) float64 { return math.Sqrt(nets.Squares(all...)) }
	c := Case{About: text, In: []any{dU, dW, dV, limit}, Want: []any{nets.RowsOf(g.U), nets.RowsOf(g.W), nets.RowsOf(g.V)},
		Results: []check.Part{{Name: "∂L/∂U", Share: 1. / 3}, {Name: "∂L/∂W", Share: 1. / 3}, {Name: "∂L/∂V", Share: 1. / 3}}, KnownMistakes: []check.KnownMistake{
			mistake(each(func(M, _, _, _ matrix, _ float64) matrix { return M }), "hint.clip.nothing"),
			mistake(each(func(M, _, _, _ matrix, limit float64) matrix {
				return nets.MapRows(M, func(x float64) float64 { return min(limit, max(-limit, x)) })
			}), "hint.clip.entries"),
			mistake(each(func(M, _, _, _ matrix, limit float64) matrix { return to(M, norm(M), limit) }), "hint.clip.own"),
			mistake(each(func(M, dU, dW, dV matrix, limit float64) matrix { return to(M, nets.Squares(dU, dW, dV), limit) }), "hint.clip.root"),
			mistake(each(func(M, dU, dW, dV matrix, limit float64) matrix { return to(M, norm(dU)+norm(dW)+norm(dV), limit) }), "hint.clip.sum"),
			mistake(each(func(M, dU, dW, dV matrix, limit float64) matrix { return nets.Scaled(M, limit/norm(dU, dW, dV)) }), "hint.clip.always"),
			mistake(each(func(M, dU, dW, dV matrix, limit float64) matrix { return nets.Scaled(M, 1/norm(dU, dW, dV)) }), "hint.clip.one"),
			mistake(each(func(M, _, _, _ matrix, limit float64) matrix { return nets.Scaled(M, limit) }), "hint.clip.factor"),
		}}
	switch {
	case length == 0:
		c.Traits = []string{"trait.zero-gradient"}
		c.Blind = []string{"hint.clip.nothing", "hint.clip.entries", "hint.clip.own", "hint.clip.root", "hint.clip.sum", "hint.clip.factor"}
	case length <= limit:
		c.Traits = []string{"trait.below"}
		c.Blind = []string{"hint.clip.nothing", "hint.clip.entries", "hint.clip.own", "hint.clip.root", "hint.clip.sum"}
	default:
		c.Traits = []string{"trait.above"}
		c.Blind = []string{"hint.clip.always"}
	}
	return c
}

// drawClip draws a gradient, and a limit between two multiples of its length.
func drawClip(least, most float64) func(*rand.Rand) Case {
	return func(r *rand.Rand) Case {
		p := nets.Draw(r, 1+r.IntN(6))
		_, dU, dW, dV := p.Gradients()
		limit := math.Sqrt(nets.Squares(dU, dW, dV)) * (least + (most-least)*r.Float64())
		return clipCase(about("clip", ofSizes(p), limit), dU, dW, dV, limit)
	}
}

// truncatedCase asks for the δ of a problem cut into pieces of k steps: the state is carried
// over from piece to piece, and no gradient flows back.
func truncatedCase(text check.Text, p nets.Problem, k int) Case {
	type matrix = [][]float64
	states, errors := p.StatesAndErrors()
	steps := len(states)
	var want matrix
	h := p.H0
	for from := 0; from < steps; from += k {
		to := min(from+k, steps)
		deltas, _, _, _ := nets.Problem{Net: p.Net, H0: h, Words: p.Words[from:to], Targets: p.Targets[from:to]}.Gradients()
		want = append(want, deltas...)
		h = states[to-1]
	}
	// What is right but for where it is cut, given as the last steps of pieces, or for W.
	with := func(transpose func(matrix) matrix, last func(t, k, steps int) bool) func(W, V, states, errors matrix, k int) matrix {
		return func(W, V, states, errors matrix, k int) matrix {
			M := transpose(W)
			return nets.Back(V, states, errors, func(t int, later []float64) []float64 {
				if last(t, k, len(states)) {
					return make([]float64, len(later))
				}
				return nets.Product(M, later)
			}, nets.Slope)
		}
	}
	c := Case{About: about("truncated", text, k), In: []any{p.W, p.V, states, errors, k}, Want: []any{want},
		Results: []check.Part{{Name: "δ", Share: 1, Steps: true, Backward: true}}, KnownMistakes: []check.KnownMistake{
			mistake(with(nets.Transposed, func(t, k, steps int) bool { return false }), "hint.truncated.whole"),
			mistake(with(nets.Transposed, func(t, k, steps int) bool { return (steps-t-1)%k == 0 }), "hint.truncated.end"),
			mistake(with(nets.Transposed, func(t, k, steps int) bool { return (t+1)%(k+1) == 0 }), "hint.truncated.long"),
			mistake(with(nets.Transposed, func(t, k, steps int) bool { return k < 2 || (t+1)%(k-1) == 0 }), "hint.truncated.short"),
			mistake(with(nets.Transposed, func(t, k, steps int) bool { return t%k == 0 }), "hint.truncated.shifted"),
			mistake(with(nets.Transposed, func(t, k, steps int) bool { return true }), "hint.deltas.alone"),
			mistake(with(func(W matrix) matrix { return W }, func(t, k, steps int) bool { return (t+1)%k == 0 }), "hint.deltas.transpose"),
			mistake(func(W, V, states, errors matrix, k int) matrix { return want[:steps/k*k] }, "hint.truncated.rest"),
			mistake(func(W, V, states, errors matrix, k int) matrix { return nets.Reversed(want) }, "hint.deltas.order"),
		}}
	if k == 1 {
		c.Blind = append(c.Blind, "hint.truncated.end", "hint.truncated.short", "hint.truncated.shifted", "hint.deltas.alone", "hint.deltas.transpose")
	}
	if k >= steps {
		c.Blind = append(c.Blind, "hint.truncated.whole", "hint.truncated.end", "hint.truncated.long", "hint.truncated.short", "hint.truncated.shifted")
		c.Traits = append(c.Traits, "trait.one-piece")
	} else if steps%k != 0 {
		c.Traits = append(c.Traits, "trait.short-piece")
	} else {
		c.Blind = append(c.Blind, "hint.truncated.rest")
	}
	return c
}

func drawTruncated(k int) func(*rand.Rand) Case {
	return func(r *rand.Rand) Case {
		p := nets.Draw(r, 4+r.IntN(5))
		return truncatedCase(ofSizes(p), p, k)
	}
}

// trainCase asks for the loss before each update.
func trainCase(text check.Text, p nets.Problem, rate float64, updates int) Case {
	type matrix = [][]float64
	type run struct {
		losses, late []float64
	}
	// What a loop gives with another update of the three matrices.
	train := func(U, W, V matrix, h0 []float64, words, targets []int, updates int, update func(n *rnnkit.RNN, g *rnnkit.Gradient)) (r run) {
		n := rnnkit.FromRows(U, W, V)
		seq := rnnkit.Sequence{Inputs: words, Targets: targets}
		pass, g := rnnkit.NewPass(n, seq.Len()), rnnkit.NewGradient(n) // once: they take the most time
		for turn := range updates + 1 {
			if err := pass.Forward(n, h0, seq); err != nil {
				panic(err.Error())
			}
			if r.losses = append(r.losses, pass.Loss); turn < updates {
				g.Zero()
				pass.Backward(g, n)
				update(n, g)
			}
		}
		r.losses, r.late = r.losses[:updates:updates], r.losses[1:]
		return r
	}
	with := func(update func(n *rnnkit.RNN, g *rnnkit.Gradient, rate float64), pick func(r run, steps int) []float64) any {
		return func(U, W, V matrix, h0 []float64, words, targets []int, rate float64, updates int) []float64 {
			return pick(train(U, W, V, h0, words, targets, updates, func(n *rnnkit.RNN, g *rnnkit.Gradient) { update(n, g, rate) }), len(words))
		}
	}
	descend := func(n *rnnkit.RNN, g *rnnkit.Gradient, rate float64) { n.Descend(g, rate) }
	losses := func(r run, _ int) []float64 { return r.losses }
	want := train(p.U, p.W, p.V, p.H0, p.Words, p.Targets, updates, func(n *rnnkit.RNN, g *rnnkit.Gradient) { n.Descend(g, rate) }).losses
	return Case{About: about("train", text, rate, updates), In: []any{p.U, p.W, p.V, p.H0, p.Words, p.Targets, rate, updates},
		Want: []any{want}, KnownMistakes: []check.KnownMistake{
			mistake(with(descend, func(r run, _ int) []float64 { return r.late }), "hint.train.late"),
			mistake(with(descend, func(r run, steps int) []float64 {
				return nets.Map(r.losses, func(x float64) float64 { return x / float64(steps) })
			}), "hint.mean"),
			mistake(with(func(*rnnkit.RNN, *rnnkit.Gradient, float64) {}, losses), "hint.train.never"),
			mistake(with(func(n *rnnkit.RNN, g *rnnkit.Gradient, rate float64) {
				for _, M := range []*mat.Dense{g.U, g.W, g.V} {
					M.Scale(-1, M)
				}
				n.Descend(g, rate)
			}, losses), "hint.update.ascent"),
			mistake(with(func(n *rnnkit.RNN, g *rnnkit.Gradient, rate float64) { n.Descend(g, 1) }, losses), "hint.update.rate"),
			mistake(with(func(n *rnnkit.RNN, g *rnnkit.Gradient, rate float64) { g.V.Zero(); n.Descend(g, rate) }, losses), "hint.train.not-v"),
			mistake(with(func(n *rnnkit.RNN, g *rnnkit.Gradient, rate float64) { g.U.Zero(); n.Descend(g, rate) }, losses), "hint.train.not-u"),
			mistake(with(func(n *rnnkit.RNN, g *rnnkit.Gradient, rate float64) { g.W.Zero(); n.Descend(g, rate) }, losses), "hint.train.not-w"),
			mistake(with(descend, func(r run, _ int) []float64 { return append(slices.Clone(r.losses), r.late[len(r.late)-1]) }), "hint.train.one-more"),
			mistake(with(descend, func(r run, _ int) []float64 { return r.losses[len(r.losses)-1:] }), "hint.train.last"),
		}}
}
