// Package enginetest has random nets for tests of the lecture's net.
package enginetest

import (
	"math/rand/v2"

	"rnn101/internal/site/net/engine"
)

// Random returns states with nets of different sizes of weights, sequences and initial states.
func Random(n int) []engine.State {
	r := rand.New(rand.NewPCG(20, 1))
	var all []engine.State
	for i := range n {
		scale := []float64{0.3, 1, 2}[i%3]
		s := engine.State{Rate: r.Float64()}
		matrix := func(rows, columns int) [][]float64 {
			m := make([][]float64, rows)
			for i := range m {
				for range columns {
					m[i] = append(m[i], scale*r.NormFloat64())
				}
			}
			return m
		}
		s.U, s.W, s.V = matrix(engine.Hidden, engine.Inputs), matrix(engine.Hidden, engine.Hidden), matrix(engine.Outputs, engine.Hidden)
		s.H0 = make([]float64, engine.Hidden)
		if i%4 > 0 {
			s.H0 = matrix(1, engine.Hidden)[0]
		}
		T := 1 + i%4
		if i%25 == 24 {
			T = engine.MaxSteps
		}
		for range T {
			s.Words, s.Targets = append(s.Words, r.IntN(engine.Inputs)), append(s.Targets, r.IntN(engine.Outputs))
		}
		if i%8 == 6 {
			var err error
			if s, err = s.Carried(); err != nil {
				panic(err) // no weight is as large as that
			}
		}
		all = append(all, s)
	}
	return all
}
