// Package nets has the arithmetic of the assignments: the nets that the checks ask about, and what
// a function with a common mistake computes from them. What is right comes from rnnkit.
package nets

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"rnn101/data"
	"rnn101/rnnkit"
	"rnn101/rnnkit/text"
)

// Net has the matrices as slices of rows, as students get them.
type Net struct{ U, W, V [][]float64 }

// Lecture is the net of the lecture.
var Lecture = func() (n Net) {
	n.U, n.W, n.V = data.LectureWeights()
	return n
}()

// The problems of the examples: baseball bat, vampire bat after it, and both as one sequence.
var (
	OnePair     = lectureProblem([]float64{0, 0}, data.BaseballBat())
	CarriedPair = lectureProblem(stateAfter(OnePair), data.VampireBat())
	FourWords   = lectureProblem([]float64{0, 0}, data.BaseballBat().Then(data.VampireBat()))
)

// lectureProblem returns the lecture's net, with an initial state and a pair of texts.
func lectureProblem(h0 []float64, p data.Pair) Problem {
	in, out := text.MustVocabulary(data.InputWords()...), text.MustVocabulary(data.OutputWords()...)
	return Problem{Lecture, h0, in.MustEncode(p.Words...), out.MustEncode(p.Translation...)}
}

// Problem is a net with its initial state, its inputs and its targets.
type Problem struct {
	Net
	H0             []float64
	Words, Targets []int
}

// Draw draws a small problem of a number of steps. No number in it is zero: above all not the
// initial state, which would hide mistakes.
func Draw(r *rand.Rand, steps int) Problem {
	inputs, hidden, outputs := 2+r.IntN(4), 2+r.IntN(4), 2+r.IntN(4)
	p := Problem{Net: Net{Matrix(r, hidden, inputs), Matrix(r, hidden, hidden), Matrix(r, outputs, hidden)}, H0: Vector(r, hidden)}
	for range steps {
		p.Words, p.Targets = append(p.Words, r.IntN(inputs)), append(p.Targets, r.IntN(outputs))
	}
	return p
}

// WordTwice reports whether a word occurs twice.
func (p Problem) WordTwice() bool {
	seen := map[int]bool{}
	for _, word := range p.Words {
		if seen[word] {
			return true
		}
		seen[word] = true
	}
	return false
}

// Run returns the states and probabilities after each word, and the loss.
func (p Problem) Run() (states, outputs [][]float64, loss float64) {
	pass := rnnkit.MustForward(rnnkit.FromRows(p.U, p.W, p.V), p.H0, rnnkit.Sequence{Inputs: p.Words, Targets: p.Targets})
	return Rows(pass.H[1 : len(p.Words)+1]), Rows(pass.Y[1 : len(p.Words)+1]), pass.Loss
}

// Gradients returns δ_1, δ_2, … and the gradients of the loss.
func (p Problem) Gradients() (deltas [][]float64, dU, dW, dV [][]float64) {
	pass, g := rnnkit.GradientOf(rnnkit.FromRows(p.U, p.W, p.V), p.H0, rnnkit.Sequence{Inputs: p.Words, Targets: p.Targets})
	return Rows(pass.Delta[1 : len(p.Words)+1]), RowsOf(g.U), RowsOf(g.W), RowsOf(g.V)
}

// StatesAndErrors returns h_t and ŷ_t − y_t of each step.
func (p Problem) StatesAndErrors() (states, errors [][]float64) {
	states, errors, _ = p.Run()
	for t := range errors {
		errors[t][p.Targets[t]]--
	}
	return states, errors
}

func stateAfter(p Problem) []float64 {
	states, _, _ := p.Run()
	return states[len(states)-1]
}

// Matrix draws a matrix, and Vector a vector, of entries with three decimals between −1 and 1,
// none of them 0.
func Matrix(r *rand.Rand, rows, columns int) [][]float64 {
	M := make([][]float64, rows)
	for i := range M {
		M[i] = Vector(r, columns)
	}
	return M
}

// Vector draws a vector.
func Vector(r *rand.Rand, n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(1+r.IntN(1000)) / 1000
		if r.IntN(2) == 0 {
			x[i] = -x[i]
		}
	}
	return x
}

// Map returns a vector with f of each entry.
func Map(x []float64, f func(float64) float64) []float64 {
	y := make([]float64, len(x))
	for i := range x {
		y[i] = f(x[i])
	}
	return y
}

// MapRows returns a matrix with f of each entry.
func MapRows(M [][]float64, f func(float64) float64) [][]float64 {
	all := make([][]float64, len(M))
	for i := range M {
		all[i] = Map(M[i], f)
	}
	return all
}

// Rows copies a slice of rows and the rows in it.
func Rows(all [][]float64) [][]float64 {
	return MapRows(all, func(x float64) float64 { return x })
}

// Scaled returns a matrix times a number.
func Scaled(M [][]float64, s float64) [][]float64 {
	return MapRows(M, func(x float64) float64 { return s * x })
}

// Combine applies f to the entries of two matrices of the same shape.
func Combine(A, B [][]float64, f func(a, b float64) float64) [][]float64 {
	C := Rows(A)
	for i := range C {
		for j := range C[i] {
			C[i][j] = f(A[i][j], B[i][j])
		}
	}
	return C
}

// Zeros returns a matrix of zeros.
func Zeros(rows, columns int) [][]float64 {
	M := make([][]float64, rows)
	for i := range M {
		M[i] = make([]float64, columns)
	}
	return M
}

// Transposed returns the transpose of a matrix.
func Transposed(M [][]float64) [][]float64 {
	T := Zeros(len(M[0]), len(M))
	for i := range M {
		for j := range T {
			T[j][i] = M[i][j]
		}
	}
	return T
}

// Product returns a matrix times a vector.
func Product(M [][]float64, x []float64) []float64 {
	y := make([]float64, len(M))
	for i, row := range M {
		y[i] = floats.Dot(row[:len(x)], x)
	}
	return y
}

// Sum returns the sum of two vectors.
func Sum(x, y []float64) []float64 {
	z := make([]float64, len(x))
	for i := range x {
		z[i] = x[i] + y[i]
	}
	return z
}

// SumOf returns the sum of the entries.
func SumOf(x []float64) (sum float64) {
	for _, v := range x {
		sum += v
	}
	return sum
}

// Squares returns the sum of the squares of all entries.
func Squares(all ...[][]float64) (sum float64) {
	for _, M := range all {
		for _, row := range M {
			for _, x := range row {
				sum += x * x
			}
		}
	}
	return sum
}

// OuterSum returns Σ_t x_t y_tᵀ, a matrix of the given shape.
func OuterSum(rows, columns int, xs, ys [][]float64) [][]float64 {
	sum := Zeros(rows, columns)
	for t := range xs {
		for i := range sum {
			for j := range sum[i] {
				sum[i][j] += xs[t][i] * ys[t][j]
			}
		}
	}
	return sum
}

// Reversed returns the entries in the other order.
func Reversed[T any](all []T) []T {
	reversed := make([]T, len(all))
	for i := range all {
		reversed[len(all)-1-i] = all[i]
	}
	return reversed
}

// Sigmoid is the activation that is often taken for tanh.
func Sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// Softmax returns the probabilities of scores.
func Softmax(o []float64) []float64 { return rnnkit.Softmax(make([]float64, len(o)), o) }

// States returns the states after each word, with any activation.
func States(U, W [][]float64, h []float64, words []int, activation func(float64) float64) (all [][]float64) {
	for _, word := range words {
		column := make([]float64, len(U))
		for i := range U {
			column[i] = U[i][word]
		}
		h = Map(Sum(Product(W, h), column), activation)
		all = append(all, h)
	}
	return all
}

// Outputs returns f of V h for each state.
func Outputs(V, states [][]float64, f func([]float64) []float64) (all [][]float64) {
	for _, h := range states {
		all = append(all, f(Product(V, h)))
	}
	return all
}

// Slope is the derivative of tanh, of the state.
func Slope(h float64) float64 { return 1 - h*h }

// Back returns δ_1, δ_2, …: from the last step to the first, back gives what comes from the step
// after it, and slope the derivative of the activation.
func Back(V, states, errors [][]float64, back func(t int, later []float64) []float64, slope func(float64) float64) [][]float64 {
	all := make([][]float64, len(states))
	later := make([]float64, len(states[0]))
	for t := len(states) - 1; t >= 0; t-- {
		all[t] = Sum(Product(Transposed(V), errors[t]), back(t, later))
		for i, h := range states[t] {
			all[t][i] *= slope(h)
		}
		later = all[t]
	}
	return all
}

// RowsOf copies a matrix of gonum to rows.
func RowsOf(M *mat.Dense) [][]float64 {
	n, _ := M.Dims()
	all := make([][]float64, n)
	for i := range all {
		all[i] = append([]float64{}, M.RawRowView(i)...)
	}
	return all
}
