package rnnkit

import (
	"fmt"
	"math"
)

// NoTarget is the target of a step that has none and adds nothing to the loss.
const NoTarget = -1

// Sequence holds the inputs and the targets of a net, step by step: one of Inputs and
// X, and one of Targets and Values.
type Sequence struct {
	Inputs  []int       // token numbers from 0 to X−1: one-hot inputs
	Targets []int       // token numbers from 0 to Y−1, or NoTarget: cross-entropy
	X       [][]float64 // dense inputs, each of length X
	Values  [][]float64 // real targets, each of length Y, or nil for none: squared error
}

// Len returns the number of steps.
func (s Sequence) Len() int { return max(len(s.Inputs), len(s.X)) }

// Check returns an error that names the first input or target that the net cannot take,
// by its position from 1.
func (s Sequence) Check(net *RNN) error {
	inputs, _, outputs := net.Dims()
	T := s.Len()
	switch {
	case len(s.Inputs) > 0 && len(s.X) > 0:
		return fmt.Errorf("rnnkit: the sequence has Inputs and X: give one of them")
	case len(s.Targets) > 0 && len(s.Values) > 0:
		return fmt.Errorf("rnnkit: the sequence has Targets and Values: give one of them")
	case T == 0:
		return fmt.Errorf("rnnkit: the sequence is empty")
	case len(s.Targets)+len(s.Values) != T:
		return fmt.Errorf("rnnkit: the sequence has %d inputs but %d targets", T, len(s.Targets)+len(s.Values))
	}
	for i, id := range s.Inputs {
		if id < 0 || id >= inputs {
			return fmt.Errorf("rnnkit: input %d at position %d is out of range: the net has inputs 0 to %d", id, i+1, inputs-1)
		}
	}
	for i, x := range s.X {
		if len(x) != inputs {
			return fmt.Errorf("rnnkit: the input at position %d has length %d: the net has %d inputs", i+1, len(x), inputs)
		}
	}
	for i, id := range s.Targets {
		if id != NoTarget && (id < 0 || id >= outputs) {
			return fmt.Errorf("rnnkit: target %d at position %d is out of range: the net has outputs 0 to %d", id, i+1, outputs-1)
		}
	}
	for i, y := range s.Values {
		if y != nil && len(y) != outputs {
			return fmt.Errorf("rnnkit: the values at position %d have length %d: the net has %d outputs", i+1, len(y), outputs)
		}
	}
	return nil
}

// HasTarget reports whether step t, counted from 1, has a target.
func (s Sequence) HasTarget(t int) bool {
	if len(s.Values) > 0 {
		return s.Values[t-1] != nil
	}
	return s.Targets[t-1] != NoTarget
}

// StepLoss sets y to ŷ_t for the scores o and returns the loss of step t: 0 if it has no
// target.
func (s Sequence) StepLoss(t int, y, o []float64) float64 {
	if len(s.Values) > 0 {
		copy(y, o)
		if !s.HasTarget(t) {
			return 0
		}
		return SquaredError(o, s.Values[t-1])
	}
	largest, sum := softmax(y, o)
	if !s.HasTarget(t) {
		return 0
	}
	return math.Log(sum) - (o[s.Targets[t-1]] - largest) // CrossEntropy, without another exp
}

// OutputGradient sets do to ∂L_t/∂o_t, which is ŷ_t − y_t for both losses.
func (s Sequence) OutputGradient(t int, do, y []float64) {
	switch {
	case !s.HasTarget(t):
		clear(do)
	case len(s.Values) > 0:
		for i, target := range s.Values[t-1] {
			do[i] = y[i] - target
		}
	default:
		copy(do, y)
		do[s.Targets[t-1]]--
	}
}

// SquaredError returns ½ Σ_i (o_i − y_i)². It panics if the lengths differ.
func SquaredError(o, y []float64) float64 {
	if len(o) != len(y) {
		panic(fmt.Sprintf("rnnkit: SquaredError: %d outputs, %d values", len(o), len(y)))
	}
	sum := 0.0
	for i := range o {
		sum += (o[i] - y[i]) * (o[i] - y[i])
	}
	return sum / 2
}
