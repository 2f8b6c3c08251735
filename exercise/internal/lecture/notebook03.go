package lecture

import (
	"slices"

	"rnn101/data"
	"rnn101/exercise/internal/task"
	"rnn101/rnnkit"
)

func init() {
	task.Add("03",
		// The state after “bat baseball”.
		task.Value(2e-4, func() any {
			turned := data.Pair{Words: []string{"bat", "baseball"}, Translation: []string{"방망이", "야구"}}
			return slices.Clone(task.Forward(task.Lecture(), turned).H[2])
		}),
		// The words after “baseball bat”, the most probable first, with the signs of U changed.
		task.Property(func(words []string) error {
			u, w, v := data.LectureWeights()
			for i := range u {
				for j := range u[i] {
					u[i][j] = -u[i][j]
				}
			}
			y := task.Forward(rnnkit.FromRows(u, w, v), data.BaseballBat()).Y[2]
			known := data.OutputWords()
			if len(words) != len(known) {
				return task.Problem("03.2.count", len(known), len(words))
			}
			for i, word := range words {
				if !slices.Contains(known, word) || slices.Contains(words[:i], word) {
					return task.Problem("03.2.word", word)
				}
			}
			probability := func(word string) float64 { return y[slices.Index(known, word)] }
			if !slices.IsSortedFunc(words, func(a, b string) int {
				if probability(a) > probability(b) {
					return -1
				}
				return 1
			}) {
				return task.Problem("03.2.order")
			}
			return nil
		}),
		// A V with which the four answers are right.
		task.Property(func(v [][]float64) error {
			u, w, _ := data.LectureWeights()
			if err := task.Shape("V", v, len(data.OutputWords()), len(w)); err != nil {
				return err
			}
			net := rnnkit.FromRows(u, w, v)
			for _, pair := range []data.Pair{data.BaseballBat(), data.VampireBat()} {
				pass, targets := task.Forward(net, pair), task.Sequence(pair).Targets
				for t, target := range targets {
					y := pass.Y[t+1]
					for k, p := range y {
						if k != target && !(y[target] > p) {
							return task.Problem("03.3", pair.Words[t], pair.Words[0], pair.Words[1], pair.Translation[t],
								y[target], data.OutputWords()[k], p)
						}
					}
				}
			}
			return nil
		}),
	)
}
