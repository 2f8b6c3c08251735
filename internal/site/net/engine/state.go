// Package engine computes what the page of the lecture's net shows: every number of the net, what
// each is made of, and what happens when one is changed. The page compiles it to WebAssembly; it
// knows nothing of the page. All numbers come from rnnkit, except for the gradients with a
// deliberate mistake, which rnnkit cannot make.
package engine

import (
	"fmt"
	"math"

	"rnn101/data"
	"rnn101/rnnkit"
)

// The sizes of the lecture's net, and the longest sequence.
const (
	Inputs  = 3
	Hidden  = 2
	Outputs = 4

	MaxSteps = 20
)

// State is all that the reader can change.
type State struct {
	U, W, V  [][]float64
	H0       []float64
	Carry    bool  // H0 follows U and W: it is what Carried returns
	Words    []int // the input at each step
	Targets  []int
	Rate     float64 // η
	Mistakes Mistakes
}

// Pair returns the lecture's net before training, with one of its pairs (1 or 2) or with both as one
// sequence (0). Its state h_0 is zero.
func Pair(n int) State {
	pair := data.BaseballBat()
	switch n {
	case 0:
		pair = pair.Then(data.VampireBat())
	case 2:
		pair = data.VampireBat()
	}
	s := State{H0: make([]float64, Hidden), Rate: 0.5}
	s.U, s.W, s.V = data.LectureWeights()
	for t := range pair.Words {
		s.Words = append(s.Words, position(data.InputWords(), pair.Words[t]))
		s.Targets = append(s.Targets, position(data.OutputWords(), pair.Translation[t]))
	}
	return s
}

// Opening returns the state in which the page opens: the lecture's second pair, with the state carried over
// from the first.
func Opening() State {
	s := Pair(2)
	s.Carry = true
	return s
}

func position(words []string, word string) int {
	for i, w := range words {
		if w == word {
			return i
		}
	}
	panic(fmt.Sprintf("engine: %q is not a word of the lecture's net", word))
}

// Carried returns the state with another h_0: the last state of the lecture's first pair, which the
// net reads from zero with its present U and W. From there on it is a constant, as in truncated
// BPTT: no gradient goes back through it.
func (s State) Carried() (State, error) {
	if err := s.Check(); err != nil {
		return s, err
	}
	before := Pair(1)
	p := rnnkit.NewPass(s.Net(), len(before.Words))
	if err := p.Forward(s.Net(), before.H0, before.Sequence()); err != nil {
		return s, err
	}
	s.H0, s.Carry = append([]float64(nil), p.H[len(before.Words)]...), true
	return s, nil
}

// start returns the h_0 with which the state begins in a net that has changed since.
func (s State) start(net *rnnkit.RNN) ([]float64, error) {
	if !s.Carry {
		return s.H0, nil
	}
	s.U, s.W = rows(net.U.RawMatrix().Data, Inputs), rows(net.W.RawMatrix().Data, Hidden)
	s, err := s.Carried()
	return s.H0, err
}

// Net returns the net.
func (s State) Net() *rnnkit.RNN { return rnnkit.FromRows(s.U, s.W, s.V) }

// Sequence returns the words and the targets.
func (s State) Sequence() rnnkit.Sequence {
	return rnnkit.Sequence{Inputs: s.Words, Targets: s.Targets}
}

// Check returns an error that names the first part that has the wrong size or a number that is not
// finite.
func (s State) Check() error {
	for _, m := range []struct {
		name       string
		rows       [][]float64
		want, wide int
	}{{"U", s.U, Hidden, Inputs}, {"W", s.W, Hidden, Hidden}, {"V", s.V, Outputs, Hidden}, {"h_0", [][]float64{s.H0}, 1, Hidden}, {"η", [][]float64{{s.Rate}}, 1, 1}} {
		if len(m.rows) != m.want {
			return fmt.Errorf("%s has %d rows, want %d", m.name, len(m.rows), m.want)
		}
		for i, row := range m.rows {
			if len(row) != m.wide {
				return fmt.Errorf("row %d of %s has %d numbers, want %d", i+1, m.name, len(row), m.wide)
			}
			for _, v := range row {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					return fmt.Errorf("%s contains %v", m.name, v)
				}
			}
		}
	}
	if T := len(s.Words); T < 1 || T > MaxSteps {
		return fmt.Errorf("the sequence has %d steps, want 1 to %d", T, MaxSteps)
	}
	return s.Sequence().Check(s.Net())
}

// List returns the state as numbers, as the page passes it: T, η, the mistakes and 1 if h_0 is
// carried, then U, W, V, h_0, the words and the targets.
func (s State) List() []float64 {
	all := []float64{float64(len(s.Words)), s.Rate, float64(s.Mistakes), 0}
	if s.Carry {
		all[3] = 1
	}
	for _, matrix := range [][][]float64{s.U, s.W, s.V, {s.H0}} {
		for _, row := range matrix {
			all = append(all, row...)
		}
	}
	for _, words := range [][]int{s.Words, s.Targets} {
		for _, word := range words {
			all = append(all, float64(word))
		}
	}
	return all
}

// FromList returns the state whose List this is.
func FromList(all []float64) State {
	s := State{Rate: all[1], Mistakes: Mistakes(all[2]), Carry: all[3] == 1}
	T := int(all[0])
	all = all[4:]
	take := func(n int) []float64 {
		part := all[:n:n]
		all = all[n:]
		return part
	}
	integers := func(n int) []int {
		list := make([]int, n)
		for i, v := range take(n) {
			list[i] = int(v)
		}
		return list
	}
	s.U, s.W, s.V = rows(take(Hidden*Inputs), Inputs), rows(take(Hidden*Hidden), Hidden), rows(take(Outputs*Hidden), Hidden)
	s.H0, s.Words, s.Targets = take(Hidden), integers(T), integers(T)
	return s
}
