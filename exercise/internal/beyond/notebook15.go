package beyond

import (
	"errors"
	"math"
	"math/rand/v2"

	"rnn101/exercise/internal/task"
)

func init() {
	var exercises []task.Task
	// The suspects A to H have made these of the eight mistakes on the list.
	for _, mistake := range rand.New(rand.NewPCG(15, 0)).Perm(8) {
		exercises = append(exercises, task.Value(0, func() any { return float64(mistake + 1) }))
	}
	exercises = append(exercises,
		// Two parts, each clipped to length 1: the length of their sum, and its cosine with that
		// of the parts as they were.
		task.Value(1e-4, func() any {
			parts := [][]float64{{3, 4}, {0.3, -0.4}}
			sum, clipped := []float64{0, 0}, []float64{0, 0}
			for _, p := range parts {
				scale := math.Min(1, 1/math.Hypot(p[0], p[1]))
				for i := range p {
					sum[i] += p[i]
					clipped[i] += scale * p[i]
				}
			}
			length := math.Hypot(clipped[0], clipped[1])
			cosine := (sum[0]*clipped[0] + sum[1]*clipped[1]) / length / math.Hypot(sum[0], sum[1])
			return []float64{length, cosine}
		}),
		// Weights with which W and its transpose are the same.
		task.Property(func(W [][]float64) error {
			if len(W) != 2 || len(W[0]) != 2 || len(W[1]) != 2 {
				return errors.New(task.Texts.Text("15.10.shape"))
			}
			if W[0][1] == 0 || W[1][0] == 0 {
				return errors.New(task.Texts.Text("15.10.zero"))
			}
			for _, delta := range [][]float64{{1, 0}, {0, 1}} {
				for i := range delta {
					with := W[i][0]*delta[0] + W[i][1]*delta[1]
					transposed := W[0][i]*delta[0] + W[1][i]*delta[1]
					if math.Abs(with-transposed) > 1e-9 {
						return errors.New(task.Texts.Text("15.10.differs", delta[0], delta[1], i+1, with, transposed))
					}
				}
			}
			return nil
		}),
	)
	task.Add("15", exercises...)
}
