package engine

import (
	"fmt"

	"rnn101/rnnkit"
)

// An Entry is an entry of U or W, from 0.
type Entry struct {
	Matrix string
	I, J   int
}

// Run is what a forward pass computes. Its slices over time have an entry 0.
type Run struct {
	A, H, O, Y [][]float64
	Losses     []float64
	Loss       float64
}

// Nudged runs the net with an entry changed: at step k alone, as if each step had its own copy, or
// at all steps if k is 0. It runs the steps one by one, so that it shares no code with the paths.
func (s State) Nudged(entry Entry, k int, by float64) (*Run, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	T := len(s.Words)
	if k < 0 || k > T {
		return nil, fmt.Errorf("there is no copy %d in a sequence of %d steps", k, T)
	}
	shared, moved := s.Net(), s.with(entry.Matrix, entry.I, entry.J, by).Net()
	r := &Run{A: make([][]float64, T+1), H: make([][]float64, T+1), O: make([][]float64, T+1), Y: make([][]float64, T+1), Losses: make([]float64, T+1)}
	r.H[0] = s.H0
	for t := 1; t <= T; t++ {
		net := shared
		if k == 0 || k == t {
			net = moved
		}
		step := rnnkit.NewPass(net, 1)
		if err := step.Forward(net, r.H[t-1], rnnkit.Sequence{Inputs: s.Words[t-1 : t], Targets: s.Targets[t-1 : t]}); err != nil {
			return nil, err
		}
		r.A[t], r.H[t], r.O[t], r.Y[t], r.Losses[t] = step.A[1], step.H[1], step.O[1], step.Y[1], step.Loss
		r.Loss += step.Loss
	}
	return r, nil
}

// Nudge compares what nudging an entry does with what the gradient promises.
type Nudge struct {
	Run      *Run        // with copy k, or with all of them, moved
	Changes  [][]float64 // [k][t]: the change of L_t when copy k moves; t = 0: of L; k = 0: when all move
	Promises [][]float64 // [k][t]: the slope times the distance
	Measured [][]float64 // [k][t]: the change divided by the distance
	Slopes   [][]float64 // [k][t]: by central differences
	Curve    [][]float64 // [t][·]: the changes for each of the distances Across, for copy k
}

// Across are the distances of the curves, and Span the largest.
const (
	Across = 41
	Span   = 1.5
)

// central is the distance for slopes by central differences, as in package gradcheck.
const central = 1e-5

// Nudge moves copy k of an entry, or all of them if k is 0.
func (n *Numbers) Nudge(entry Entry, k int, by float64) (*Nudge, error) {
	result := &Nudge{}
	for copied := 0; copied <= n.T; copied++ {
		run, err := n.State.Nudged(entry, copied, by)
		if err != nil {
			return nil, err
		}
		changes := n.changes(run)
		slopes := n.slopes(entry, copied)
		promises, ratios, measured := make([]float64, n.T+1), make([]float64, n.T+1), make([]float64, n.T+1)
		up, err := n.State.Nudged(entry, copied, central)
		if err != nil {
			return nil, err
		}
		down, err := n.State.Nudged(entry, copied, -central)
		if err != nil {
			return nil, err
		}
		for t := range promises {
			promises[t] = slopes[t] * by
			if by != 0 {
				ratios[t] = changes[t] / by
			}
			measured[t] = (up.Losses[t] - down.Losses[t]) / (2 * central)
		}
		measured[0] = (up.Loss - down.Loss) / (2 * central)
		result.Changes, result.Promises, result.Measured, result.Slopes = append(result.Changes, changes), append(result.Promises, promises), append(result.Measured, ratios), append(result.Slopes, measured)
		if copied == k {
			result.Run = run
		}
	}
	if result.Run == nil {
		return nil, fmt.Errorf("there is no copy %d in a sequence of %d steps", k, n.T)
	}
	result.Curve = make([][]float64, n.T+1)
	for i := range Across {
		run, err := n.State.Nudged(entry, k, Span*(2*float64(i)/(Across-1)-1))
		if err != nil {
			return nil, err
		}
		for t, change := range n.changes(run) {
			result.Curve[t] = append(result.Curve[t], change)
		}
	}
	return result, nil
}

// changes returns by how much each loss of a run differs from that of the net, and at 0 their sum.
func (n *Numbers) changes(r *Run) []float64 {
	changes := make([]float64, n.T+1)
	changes[0] = r.Loss - n.At("L", 0)
	for t := 1; t <= n.T; t++ {
		changes[t] = r.Losses[t] - n.At("L", t)
	}
	return changes
}

// slopes returns the slope of each L_t with respect to copy k, or to all copies, from the table of
// paths, and at 0 their sum.
func (n *Numbers) slopes(entry Entry, k int) []float64 {
	slopes := make([]float64, n.T+1)
	for t := 1; t <= n.T; t++ {
		for copied := 1; copied <= t; copied++ {
			if k == 0 || k == copied {
				slopes[t] += n.At("c"+entry.Matrix, t, copied, entry.I, entry.J)
			}
		}
		slopes[0] += slopes[t]
	}
	return slopes
}
