// Package reference has the functions of earlier tasks that later tasks call. When a student's own
// is wrong, the grader compiles this file into a second program, in which the later tasks call
// these. So it imports the standard library only.
package reference

import "math"

// OneHot is oneHot of a1.
func OneHot(n, i int) []float64 {
	x := make([]float64, n)
	x[i] = 1
	return x
}

// Times is times of a1.
func Times(M [][]float64, x []float64) []float64 {
	y := make([]float64, len(M))
	for i := range M {
		for j := range x {
			y[i] += M[i][j] * x[j]
		}
	}
	return y
}

// Step is step of a1.
func Step(U, W [][]float64, x, h []float64) []float64 {
	a, word := Times(W, h), Times(U, x)
	for i := range a {
		a[i] = math.Tanh(a[i] + word[i])
	}
	return a
}

// ScoreGradient is scoreGradient of a2.
func ScoreGradient(y []float64, target int) []float64 {
	slope := append([]float64{}, y...)
	slope[target]--
	return slope
}

// TanhBack is tanhBack of a3.
func TanhBack(h, dh []float64) []float64 {
	da := make([]float64, len(h))
	for i := range h {
		da[i] = (1 - h[i]*h[i]) * dh[i]
	}
	return da
}

// TransposedTimes is transposedTimes of a3.
func TransposedTimes(M [][]float64, x []float64) []float64 {
	y := make([]float64, len(M[0]))
	for i := range M {
		for j := range y {
			y[j] += M[i][j] * x[i]
		}
	}
	return y
}

// TruncatedDeltas is truncatedDeltas of a4.
func TruncatedDeltas(W, V, states, errors [][]float64, k int) [][]float64 {
	all := make([][]float64, len(states))
	for t := len(states) - 1; t >= 0; t-- {
		dh := TransposedTimes(V, errors[t])
		if t+1 < len(states) && (t+1)%k != 0 {
			for i, later := range TransposedTimes(W, all[t+1]) {
				dh[i] += later
			}
		}
		all[t] = TanhBack(states[t], dh)
	}
	return all
}

// Update is update of a4.
func Update(M, G [][]float64, rate float64) [][]float64 {
	next := make([][]float64, len(M))
	for i := range M {
		next[i] = make([]float64, len(M[i]))
		for j := range M[i] {
			next[i][j] = M[i][j] - rate*G[i][j]
		}
	}
	return next
}
