package exercise

import (
	"slices"

	"rnn101/data"
	"rnn101/rnnkit"
)

func init() {
	add("03",
		// The state after “bat baseball”.
		value(2e-4, func() any {
			turned := data.Pair{Words: []string{"bat", "baseball"}, Translation: []string{"방망이", "야구"}}
			return slices.Clone(forward(lecture(), turned).H[2])
		}),
		// The words after “baseball bat”, the most probable first, with the signs of U changed.
		property(func(words []string) error {
			u, w, v := data.LectureWeights()
			for i := range u {
				for j := range u[i] {
					u[i][j] = -u[i][j]
				}
			}
			y := forward(rnnkit.FromRows(u, w, v), data.BaseballBat()).Y[2]
			known := data.OutputWords()
			if len(words) != len(known) {
				return problem("03.2.count", len(known), len(words))
			}
			for i, word := range words {
				if !slices.Contains(known, word) || slices.Contains(words[:i], word) {
					return problem("03.2.word", word)
				}
			}
			probability := func(word string) float64 { return y[slices.Index(known, word)] }
			if !slices.IsSortedFunc(words, func(a, b string) int {
				if probability(a) > probability(b) {
					return -1
				}
				return 1
			}) {
				return problem("03.2.order")
			}
			return nil
		}),
		// A V with which the four answers are right.
		property(func(v [][]float64) error {
			u, w, _ := data.LectureWeights()
			if err := shape("V", v, len(data.OutputWords()), len(w)); err != nil {
				return err
			}
			net := rnnkit.FromRows(u, w, v)
			for _, pair := range []data.Pair{data.BaseballBat(), data.VampireBat()} {
				pass, targets := forward(net, pair), sequence(pair).Targets
				for t, target := range targets {
					y := pass.Y[t+1]
					for k, p := range y {
						if k != target && !(y[target] > p) {
							return problem("03.3", pair.Words[t], pair.Words[0], pair.Words[1], pair.Translation[t],
								y[target], data.OutputWords()[k], p)
						}
					}
				}
			}
			return nil
		}),
	)
}
