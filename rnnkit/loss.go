package rnnkit

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"

	"rnn101/rnnkit/internal/kernel"
)

// Softmax sets dst to the probabilities of the scores o,
//
//	ŷ_i = exp(o_i) / Σ_j exp(o_j),
//
// and returns it. It subtracts the largest score first, which changes nothing in
// the result and keeps exp from overflowing. dst may be o. It panics if the lengths
// differ or are zero.
func Softmax(dst, o []float64) []float64 {
	if len(dst) != len(o) || len(o) == 0 {
		panic(fmt.Sprintf("rnnkit: Softmax: dst has length %d, o has %d", len(dst), len(o)))
	}
	softmax(dst, o)
	return dst
}

// softmax is Softmax. It returns the largest score m and Σ_j exp(o_j − m).
func softmax(dst, o []float64) (largest, sum float64) {
	largest = floats.Max(o)
	for i, v := range o {
		dst[i] = v - largest
	}
	kernel.Exp(dst, dst)
	sum = kernel.Sum(dst)
	for i := range dst {
		dst[i] /= sum
	}
	return largest, sum
}

// CrossEntropy returns −log softmax(o)[target], in nats. It works on the scores, not
// on the probabilities:
//
//	L = log Σ_j exp(o_j − m) − (o_target − m)   with m the largest score,
//
// so that a probability too small for a float64 still has a finite loss, and large
// scores lose no digits. It panics if the target is out of range.
func CrossEntropy(o []float64, target int) float64 {
	if target < 0 || target >= len(o) {
		panic(fmt.Sprintf("rnnkit: CrossEntropy: target %d is out of range for %d scores", target, len(o)))
	}
	largest := floats.Max(o)
	sum := 0.0
	for _, v := range o {
		sum += math.Exp(v - largest)
	}
	return math.Log(sum) - (o[target] - largest)
}

// Perplexity returns exp(loss/steps) for a summed cross-entropy in nats: the number of
// equally likely tokens among which the net would be as uncertain. It panics unless
// steps is positive.
func Perplexity(loss float64, steps int) float64 {
	if steps < 1 {
		panic(fmt.Sprintf("rnnkit: Perplexity: %d steps: must be positive", steps))
	}
	return math.Exp(loss / float64(steps))
}
