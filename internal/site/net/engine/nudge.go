package engine

import (
	"fmt"

	"gonum.org/v1/gonum/mat"

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

// nudger runs a net with one entry changed. It runs the steps one by one, so that it shares no code
// with the paths.
type nudger struct {
	state         State
	entry         Entry
	shared, moved *rnnkit.RNN
}

func (s State) nudger(entry Entry) (*nudger, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	return &nudger{s, entry, s.Net(), s.Net()}, nil
}

// run moves the entry at step k alone, as if each step had its own copy, or at all steps if k is 0.
// The result is in the passes, one for each step.
func (n *nudger) run(k int, by float64, passes []*rnnkit.Pass) (*Run, error) {
	T := len(n.state.Words)
	if k < 0 || k > T {
		return nil, fmt.Errorf("there is no copy %d in a sequence of %d steps", k, T)
	}
	n.matrix(n.moved).Set(n.entry.I, n.entry.J, n.matrix(n.shared).At(n.entry.I, n.entry.J)+by)
	r := &Run{A: make([][]float64, T+1), H: make([][]float64, T+1), O: make([][]float64, T+1), Y: make([][]float64, T+1), Losses: make([]float64, T+1)}
	r.H[0] = n.state.H0
	for t := 1; t <= T; t++ {
		net := n.shared
		if k == 0 || k == t {
			net = n.moved
		}
		step := passes[t-1]
		if err := step.Forward(net, r.H[t-1], rnnkit.Sequence{Inputs: n.state.Words[t-1 : t], Targets: n.state.Targets[t-1 : t]}); err != nil {
			return nil, err
		}
		r.A[t], r.H[t], r.O[t], r.Y[t], r.Losses[t] = step.A[1], step.H[1], step.O[1], step.Y[1], step.Loss
		r.Loss += step.Loss
	}
	return r, nil
}

func (n *nudger) matrix(net *rnnkit.RNN) *mat.Dense {
	switch n.entry.Matrix {
	case "U":
		return net.U
	case "W":
		return net.W
	}
	panic(fmt.Sprintf("engine: there is one copy of %s only", n.entry.Matrix))
}

// passes returns room for the results of a run.
func (n *nudger) passes() []*rnnkit.Pass {
	passes := make([]*rnnkit.Pass, len(n.state.Words))
	for t := range passes {
		passes[t] = rnnkit.NewPass(n.shared, 1)
	}
	return passes
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
	nudged, err := n.State.nudger(entry)
	if err != nil {
		return nil, err
	}
	result, lost := &Nudge{}, nudged.passes() // only the losses of most runs are needed
	for copied := 0; copied <= n.T; copied++ {
		passes := lost
		if copied == k {
			passes = nudged.passes()
		}
		run, err := nudged.run(copied, by, passes)
		if err != nil {
			return nil, err
		}
		changes := n.changes(run)
		slopes := n.slopes(entry, copied)
		promises, ratios, measured := make([]float64, n.T+1), make([]float64, n.T+1), make([]float64, n.T+1)
		up, err := nudged.run(copied, central, lost)
		if err != nil {
			return nil, err
		}
		down, err := nudged.run(copied, -central, lost)
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
		run, err := nudged.run(k, Span*(2*float64(i)/(Across-1)-1), lost)
		if err != nil {
			return nil, err
		}
		for t, change := range n.changes(run) {
			result.Curve[t] = append(result.Curve[t], change)
		}
	}
	return result, nil
}

// Uncut returns the slope of the loss with respect to an entry, by central differences, when a
// carried h_0 follows the entry: what the gradient would be without the cut.
func (n *Numbers) Uncut(entry Entry) (float64, error) {
	nudged, err := n.State.nudger(entry)
	if err != nil {
		return 0, err
	}
	own := nudged.matrix(nudged.shared).At(entry.I, entry.J)
	loss := func(by float64) float64 {
		nudged.matrix(nudged.moved).Set(entry.I, entry.J, own+by)
		return n.State.lossOf(nudged.moved)
	}
	return (loss(central) - loss(-central)) / (2 * central), nil
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
