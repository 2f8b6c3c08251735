package engine

import (
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"strings"

	"rnn101/rnnkit"
)

// Training is the course of a training. The entry 0 of a slice is before the first step.
type Training struct {
	State   State         // with the weights at the end
	Losses  []float64     // the sum over the sequences
	Parts   []float64     // the loss of each sequence at the end
	Hidden  [][][]float64 // the states after each word of all sequences, at some of the steps
	Chances []float64     // the probability of each target at the end
	Words   []int         // to which of the sequences each of these belongs, from 0
}

// drawn is how many states of a training are drawn at most.
const drawn = 120

// Train takes steps of gradient descent: on the sequence of the state, or on both pairs of the
// lecture, the second from the carried state if that of the state is carried, and otherwise both
// from h_0 = 0. It descends along the gradient of the state, with its mistakes.
func Train(s State, both bool, steps int) (*Training, error) {
	sequences := []State{s}
	if both {
		sequences = []State{Pair(1), Pair(2)}
		sequences[1].Carry = s.Carry
	}
	if err := s.Check(); err != nil {
		return nil, err
	}
	if steps < 0 || steps > 10_000 {
		return nil, fmt.Errorf("%d steps of training: want 0 to 10000", steps)
	}
	net, result := s.Net(), &Training{State: s}
	every := max(1, steps/drawn)
	for step := 0; step <= steps; step++ {
		gradient, loss := rnnkit.NewGradient(net), 0.0
		var hidden [][]float64
		result.Chances, result.Words, result.Parts = nil, nil, nil
		for i, sequence := range sequences {
			p := rnnkit.NewPass(net, len(sequence.Words))
			h0, err := sequence.start(net)
			if err == nil {
				err = p.Forward(net, h0, sequence.Sequence())
			}
			if err != nil {
				return nil, fmt.Errorf("step %d of the training: %w", step, err)
			}
			loss += p.Loss
			result.Parts = append(result.Parts, p.Loss)
			for t := 1; t < len(p.H); t++ {
				hidden = append(hidden, append([]float64(nil), p.H[t]...))
				result.Chances = append(result.Chances, p.Y[t][sequence.Targets[t-1]])
				result.Words = append(result.Words, i)
			}
			if s.Mistakes == 0 {
				p.Backward(gradient, net)
				continue
			}
			sequence.Mistakes = s.Mistakes
			back := sequence.goBack(net, p).gradient
			gradient.U.Add(gradient.U, back.U)
			gradient.W.Add(gradient.W, back.W)
			gradient.V.Add(gradient.V, back.V)
		}
		result.Losses = append(result.Losses, loss)
		if step%every == 0 || step == steps {
			result.Hidden = append(result.Hidden, hidden)
		}
		if step < steps {
			net.Descend(gradient, s.Rate)
		}
	}
	result.State.U, result.State.W, result.State.V = rows(net.U.RawMatrix().Data, Inputs), rows(net.W.RawMatrix().Data, Hidden), rows(net.V.RawMatrix().Data, Hidden)
	return result, nil
}

func rows(data []float64, width int) [][]float64 {
	var all [][]float64
	for ; len(data) > 0; data = data[width:] {
		all = append(all, append([]float64(nil), data[:width]...))
	}
	return all
}

// Reach is how far back the loss of the last step reaches, in the net with W multiplied by a factor.
type Reach struct {
	Norms    []float64  // of ∂L_T/∂a_k, for k = 1 … T; the entry 0 is empty
	Ratio    float64    // of the first to the last of them
	Slopes   [2]float64 // the smallest and the largest 1 − h² by which it was multiplied on the way
	Singular float64    // the largest singular value of W
	Radius   float64    // the spectral radius of W
	W        [][]float64
	Unit     float64 // the factor with which the radius is 1; 0: there is none
}

// Far repeats the sequence to the given number of steps, multiplies W by a factor, and returns how
// far the last loss reaches.
func Far(s State, steps int, factor float64) (*Reach, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	if steps < 1 || steps > MaxSteps {
		return nil, fmt.Errorf("%d steps: want 1 to %d", steps, MaxSteps)
	}
	net, unit := s.Net(), 0.0
	if radius := spectralRadius(s.W); radius > 0 {
		unit = 1 / radius
	}
	net.W.Scale(factor, net.W)
	var seq rnnkit.Sequence
	for t := range steps {
		seq.Inputs = append(seq.Inputs, s.Words[t%len(s.Words)])
		seq.Targets = append(seq.Targets, rnnkit.NoTarget)
	}
	seq.Targets[steps-1] = s.Targets[(steps-1)%len(s.Targets)]
	p := rnnkit.NewPass(net, steps)
	h0, err := s.start(net)
	if err != nil {
		return nil, err
	}
	if err := p.Forward(net, h0, seq); err != nil {
		return nil, err
	}
	p.Backward(rnnkit.NewGradient(net), net)
	scaled := rows(net.W.RawMatrix().Data, Hidden)
	reach := &Reach{Norms: make([]float64, steps+1), Singular: singularValue(scaled), Radius: spectralRadius(scaled), W: scaled, Unit: unit}
	for k := 1; k <= steps; k++ {
		reach.Norms[k] = math.Hypot(p.Delta[k][0], p.Delta[k][1])
	}
	reach.Ratio = reach.Norms[1] / reach.Norms[steps]
	reach.Slopes = [2]float64{1, 0}
	for k := 1; k < steps; k++ { // δ_k = (1 − h_k²) ⊙ Wᵀδ_{k+1}
		for _, h := range p.H[k] {
			reach.Slopes = [2]float64{min(reach.Slopes[0], 1-h*h), max(reach.Slopes[1], 1-h*h)}
		}
	}
	return reach, nil
}

// spectralRadius returns the largest absolute value of an eigenvalue of a 2×2 matrix. gonum's
// decompositions would be a tenth of the page, which a phone has to load.
func spectralRadius(m [][]float64) float64 {
	half, det := (m[0][0]+m[1][1])/2, determinant(m)
	if root := half*half - det; root >= 0 {
		return math.Abs(half) + math.Sqrt(root)
	}
	return math.Sqrt(det) // of a pair of complex ones
}

// singularValue returns the largest singular value of a 2×2 matrix.
func singularValue(m [][]float64) float64 {
	squares := m[0][0]*m[0][0] + m[0][1]*m[0][1] + m[1][0]*m[1][0] + m[1][1]*m[1][1]
	det := determinant(m)
	return math.Sqrt((squares + math.Sqrt(max(0, squares*squares-4*det*det))) / 2)
}

func determinant(m [][]float64) float64 { return m[0][0]*m[1][1] - m[0][1]*m[1][0] }

// Vary returns the state with other weights, which follow from a text, such as a student's number.
// They have one decimal, so that they can be copied and multiplied by hand, and none is zero.
func Vary(s State, text string) State {
	h := fnv.New64a()
	h.Write([]byte(strings.Join(strings.Fields(strings.ToLower(text)), " ")))
	random := rand.New(rand.NewPCG(h.Sum64(), 101))
	draw := func(n, width int) [][]float64 {
		all := make([]float64, n*width)
		for i := range all {
			v := float64(1+random.IntN(8)) / 10
			if random.IntN(2) == 0 {
				v = -v
			}
			all[i] = v
		}
		return rows(all, width)
	}
	s.U, s.W, s.V = draw(Hidden, Inputs), draw(Hidden, Hidden), draw(Outputs, Hidden)
	return s
}
