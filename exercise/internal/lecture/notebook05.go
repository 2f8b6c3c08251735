package lecture

import (
	"context"
	"strings"

	"rnn101/data"
	"rnn101/exercise/internal/task"
	"rnn101/rnnkit"
	"rnn101/rnnkit/train"
)

func init() {
	task.Add("05",
		// An entry of ∂L/∂V if the second target were another word.
		task.Value(2e-4, func() any {
			other := data.Pair{Words: data.BaseballBat().Words, Translation: []string{"야구", "박쥐"}}
			_, g := rnnkit.GradientOf(task.Lecture(), nil, task.Sequence(other))
			return g.V.At(3, 0)
		}),
		// The mistake behind the table of SuspectGradient.
		task.Property(func(letter string) error {
			letter = strings.ToUpper(strings.TrimSpace(letter))
			got, ok := mistaken()[letter]
			if !ok {
				return task.Problem("05.2.letter")
			}
			if letter != suspect {
				return task.Problem("05.2.not", got[0][0], got[0][1])
			}
			return nil
		}),
		// The sum of column 2 of V after 1000 updates.
		task.Value(1e-6, func() any {
			net := task.Lecture()
			training := train.Training{Steps: 1000, Rate: 0.5}
			if _, err := training.Run(context.Background(), net, []rnnkit.Sequence{task.Sequence(data.BaseballBat()), task.Sequence(data.VampireBat())}); err != nil {
				panic(err)
			}
			sum := 0.0
			for i := range data.OutputWords() {
				sum += net.V.At(i, 1)
			}
			return sum
		}),
	)
}

// suspect is the mistake that SuspectGradient makes.
const suspect = "C"

// SuspectGradient returns ∂L/∂V of “baseball bat” as a program with one mistake computes it. Which
// mistake it is, is exercise 2 of notebook 05.
func SuspectGradient() [][]float64 { return mistaken()[suspect] }

// mistaken returns ∂L/∂V of “baseball bat” with each of the mistakes that exercise 2 of notebook 05
// lists.
func mistaken() map[string][][]float64 {
	seq := task.Sequence(data.BaseballBat())
	pass := task.Forward(task.Lecture(), data.BaseballBat())
	// gradient adds up the outer products of the errors and the vectors in place of the states.
	gradient := func(states [][]float64, y func(t, word int) float64, first int) [][]float64 {
		g := make([][]float64, len(data.OutputWords()))
		for word := range g {
			g[word] = make([]float64, len(pass.H[1]))
			for t := first; t <= seq.Len(); t++ {
				for j := range g[word] {
					g[word][j] += (pass.Y[t][word] - y(t, word)) * states[t][j]
				}
			}
		}
		return g
	}
	oneHot := func(target func(t int) int) func(t, word int) float64 {
		return func(t, word int) float64 {
			if word == target(t) {
				return 1
			}
			return 0
		}
	}
	right := oneHot(func(t int) int { return seq.Targets[t-1] })
	before := append([][]float64{nil}, pass.H...) // h_{t−1} in the place of h_t
	return map[string][][]float64{
		"A": gradient(pass.H, func(t, word int) float64 { return 0 }, 1),
		"B": gradient(pass.H, oneHot(func(t int) int { return seq.Targets[seq.Len()-t] }), 1),
		"C": gradient(before, right, 1),
		"D": gradient(pass.H, right, 2),
		"E": gradient(pass.A, right, 1),
	}
}
