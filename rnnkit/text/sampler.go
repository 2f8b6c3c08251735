package text

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"rnn101/rnnkit"
)

// Sampler generates tokens with a net that has a single vocabulary: each token is drawn
// from the probabilities softmax(o_t / Temperature) and is the next input. A temperature
// below 1 makes likely tokens likelier, one above 1 evens them out.
type Sampler struct {
	Temperature float64 // positive; 1 leaves the probabilities as they are
	Seed        uint64  // the same seed gives the same tokens
}

// Run reads the prompt from the state h0 (nil: the net's H0 or zero) and returns the n
// tokens that follow it. It returns an error if the prompt is empty or has a number out
// of range, if the temperature is not positive and finite, or if a score is not finite.
// It panics if the net has not as many outputs as inputs, or if h0 does not fit.
func (s Sampler) Run(net *rnnkit.RNN, h0 []float64, prompt []int, n int) ([]int, error) {
	inputs, _, outputs := net.Dims()
	if inputs != outputs {
		panic(fmt.Sprintf("text: Sampler: the net has %d inputs and %d outputs: the numbers must be equal", inputs, outputs))
	}
	if !(s.Temperature > 0) || math.IsInf(s.Temperature, 1) {
		return nil, fmt.Errorf("text: the temperature is %v: it must be positive and finite; 1 leaves the probabilities as they are, and close to 0 the likeliest token is drawn", s.Temperature)
	}
	if len(prompt) == 0 {
		return nil, fmt.Errorf("text: the prompt is empty: give at least one token")
	}
	random := rand.New(rand.NewPCG(s.Seed, 0))
	pass, y := rnnkit.NewPass(net, 1), make([]float64, outputs)
	written := make([]int, 0, max(n, 0))
	next, state := prompt[0], h0
	for read := 1; ; read++ {
		seq := rnnkit.Sequence{Inputs: []int{next}, Targets: []int{rnnkit.NoTarget}}
		if err := pass.Forward(net, state, seq); err != nil {
			return written, fmt.Errorf("text: token %d: %w", read, err)
		}
		state = pass.Last()
		switch {
		case read < len(prompt):
			next = prompt[read]
		case len(written) >= n:
			return written, nil
		default:
			largest := slices.Max(pass.O[1]) // without it a low temperature would make infinities
			for i, o := range pass.O[1] {
				y[i] = (o - largest) / s.Temperature
			}
			next = draw(rnnkit.Softmax(y, y), random.Float64())
			written = append(written, next)
		}
	}
}

// draw returns the first index at which the cumulative probability exceeds u.
func draw(y []float64, u float64) int {
	for i, p := range y {
		if u -= p; u < 0 {
			return i
		}
	}
	for i := len(y) - 1; i > 0; i-- { // rounding has left some of u
		if y[i] > 0 {
			return i
		}
	}
	return 0
}
