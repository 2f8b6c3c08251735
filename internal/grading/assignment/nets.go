package assignment

import (
	"fmt"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"rnn101/data"
	"rnn101/rnnkit"
	"rnn101/rnnkit/text"
)

// net has the matrices as slices of rows, as students get them.
type net struct{ U, W, V [][]float64 }

// lecture is the net of the lecture.
var lecture = func() (n net) {
	n.U, n.W, n.V = data.LectureWeights()
	return n
}()

// The problems of the examples: baseball bat, vampire bat after it, and both as one sequence.
var (
	onePair     = lectureProblem([]float64{0, 0}, data.BaseballBat())
	carriedPair = lectureProblem(stateAfter(onePair), data.VampireBat())
	fourWords   = lectureProblem([]float64{0, 0}, data.BaseballBat().Then(data.VampireBat()))
)

// lectureProblem returns the lecture's net, with an initial state and a pair of texts.
func lectureProblem(h0 []float64, p data.Pair) problem {
	in, out := text.MustVocabulary(data.InputWords()...), text.MustVocabulary(data.OutputWords()...)
	return problem{lecture, h0, in.MustEncode(p.Words...), out.MustEncode(p.Translation...)}
}

// problem is a net with its initial state, its inputs and its targets.
type problem struct {
	net
	h0             []float64
	words, targets []int
}

func (p problem) describe() string {
	return fmt.Sprintf("%d words, %d states, %d outputs, %d steps", len(p.U[0]), len(p.W), len(p.V), len(p.words))
}

// drawProblem draws a small problem. No number in it is zero: above all not the initial
// state, which would hide mistakes.
func drawProblem(r *rand.Rand) problem { return drawAtLeast(r, 1) }

// drawAtLeast draws a problem of at least the given number of steps.
func drawAtLeast(r *rand.Rand, steps int) problem {
	inputs, hidden, outputs := 1+r.IntN(5), 2+r.IntN(4), 2+r.IntN(4)
	p := problem{net: net{matrix(r, hidden, inputs), matrix(r, hidden, hidden), matrix(r, outputs, hidden)}, h0: vector(r, hidden)}
	for range steps + r.IntN(6) {
		p.words, p.targets = append(p.words, r.IntN(inputs)), append(p.targets, r.IntN(outputs))
	}
	return p
}

// run returns the states and probabilities after each word, and the loss.
func (n net) run(h0 []float64, words, targets []int) (states, outputs [][]float64, loss float64) {
	pass := rnnkit.MustForward(rnnkit.FromRows(n.U, n.W, n.V), h0, rnnkit.Sequence{Inputs: words, Targets: targets})
	return rows(pass.H[1 : len(words)+1]), rows(pass.Y[1 : len(words)+1]), pass.Loss
}

// gradients returns δ_1, δ_2, … and the gradients of the loss.
func (p problem) gradients() (deltas [][]float64, dU, dW, dV [][]float64) {
	pass, g := rnnkit.GradientOf(rnnkit.FromRows(p.U, p.W, p.V), p.h0, rnnkit.Sequence{Inputs: p.words, Targets: p.targets})
	return rows(pass.Delta[1 : len(p.words)+1]), rowsOf(g.U), rowsOf(g.W), rowsOf(g.V)
}

// statesAndErrors returns h_t and ŷ_t − y_t of each step.
func (p problem) statesAndErrors() (states, errors [][]float64) {
	states, errors, _ = p.run(p.h0, p.words, p.targets)
	for t := range errors {
		errors[t][p.targets[t]]--
	}
	return states, errors
}

func stateAfter(p problem) []float64 {
	states, _, _ := p.run(p.h0, p.words, p.targets)
	return states[len(states)-1]
}

// matrix draws a matrix, and vector a vector, of entries with three decimals between −1 and 1,
// none of them 0.
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
		x[i] = float64(1+r.IntN(1000)) / 1000
		if r.IntN(2) == 0 {
			x[i] = -x[i]
		}
	}
	return x
}

func clone(x []float64) []float64 { return append([]float64{}, x...) }

// rows copies a slice of rows and the rows in it.
func rows(all [][]float64) [][]float64 {
	copied := make([][]float64, len(all))
	for i, row := range all {
		copied[i] = clone(row)
	}
	return copied
}

// combine applies f to the entries of two matrices of the same shape.
func combine(A, B [][]float64, f func(a, b float64) float64) [][]float64 {
	C := rows(A)
	for i := range C {
		for j := range C[i] {
			C[i][j] = f(A[i][j], B[i][j])
		}
	}
	return C
}

func scaled(A [][]float64, s float64) [][]float64 {
	return combine(A, A, func(a, _ float64) float64 { return s * a })
}

func transposed(A [][]float64) [][]float64 {
	T := make([][]float64, len(A[0]))
	for j := range T {
		for i := range A {
			T[j] = append(T[j], A[i][j])
		}
	}
	return T
}

// rowsOf copies a matrix of gonum to rows.
func rowsOf(M *mat.Dense) [][]float64 {
	n, _ := M.Dims()
	all := make([][]float64, n)
	for i := range all {
		all[i] = clone(M.RawRowView(i))
	}
	return all
}
