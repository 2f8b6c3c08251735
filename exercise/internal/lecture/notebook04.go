package lecture

import (
	"math"
	"slices"

	"rnn101/data"
	"rnn101/exercise/internal/task"
)

func init() {
	task.Add("04",
		// The probability with which the loss of a step is 1.
		task.Value(1e-4, func() any { return math.Exp(-1) }),
		// Whether the loss goes to 0 when all scores are multiplied by larger and larger numbers:
		// it does if the target has the largest score.
		task.Property(func(falls []bool) error {
			if len(falls) != 4 {
				return task.Problem("04.2.count", len(falls))
			}
			i := 0
			for _, pair := range []data.Pair{data.BaseballBat(), data.VampireBat()} {
				pass := task.Forward(task.Lecture(), pair)
				for t, target := range task.Sequence(pair).Targets {
					if falls[i] != (pass.O[t+1][target] == slices.Max(pass.O[t+1])) {
						return task.Problem("04.2.step", t+1, pair.Words[0], pair.Words[1])
					}
					i++
				}
			}
			return nil
		}),
		// The best probability of one of two words that is right in two of three cases, and the
		// loss of the three.
		task.Value(1e-4, func() any {
			loss := func(p float64) float64 { return -2*math.Log(p) - math.Log(1-p) }
			p := lowest(loss, 0.01, 0.99)
			return []float64{p, loss(p)}
		}),
	)
}

// lowest returns where a function with a single valley between a and b is lowest.
func lowest(f func(float64) float64, a, b float64) float64 {
	for b-a > 1e-9 {
		left, right := a+(b-a)/3, b-(b-a)/3
		if f(left) < f(right) {
			b = right
		} else {
			a = left
		}
	}
	return (a + b) / 2
}
