package selftest

import (
	"context"
	"math/rand/v2"
	"path/filepath"

	"rnn101/internal/selftest/browser"
	"rnn101/internal/site"
	"rnn101/internal/site/net/engine"
)

// testNet tests the page of the lecture's net in the site that was exported to the folder.
func (s *suite) testNet(ctx context.Context, program, folder string) error {
	visit := browser.NetVisit{Page: filepath.Join(folder, site.NetPage), Pictures: s.screenshots}
	random := rand.New(rand.NewPCG(2020, 1))
	for i := range 200 {
		state := randomNet(random, 2+i%3)
		if i%8 == 7 {
			state.Mistakes = engine.Mistakes(1 + i/8%15)
		}
		if i%50 == 49 {
			state = randomNet(random, engine.MaxSteps)
		}
		numbers, err := engine.Compute(state)
		if err != nil {
			return err
		}
		visit.Cases = append(visit.Cases, browser.NetCase{State: state.List(), Numbers: numbers.Data})
	}
	return browser.TestNet(ctx, s.repo, s.report, program, visit)
}

// randomNet returns a net with a sequence of the given length, half of them from h_0 = 0.
func randomNet(random *rand.Rand, steps int) engine.State {
	matrix := func(rows, columns int) [][]float64 {
		m := make([][]float64, rows)
		for i := range m {
			for range columns {
				m[i] = append(m[i], random.NormFloat64())
			}
		}
		return m
	}
	s := engine.State{U: matrix(engine.Hidden, engine.Inputs), W: matrix(engine.Hidden, engine.Hidden), V: matrix(engine.Outputs, engine.Hidden),
		H0: make([]float64, engine.Hidden), Rate: random.Float64()}
	if random.IntN(2) == 0 {
		s.H0 = matrix(1, engine.Hidden)[0]
	}
	for range steps {
		s.Words, s.Targets = append(s.Words, random.IntN(engine.Inputs)), append(s.Targets, random.IntN(engine.Outputs))
	}
	return s
}
