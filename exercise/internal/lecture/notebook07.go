package lecture

import (
	"fmt"
	"math"

	"rnn101/data"
	"rnn101/exercise/internal/task"
	"rnn101/rnnkit"
)

func init() {
	task.Add("07",
		// ∂L/∂b of “baseball bat”. Two displayed numbers are added.
		task.Value(1.5e-4, func() any {
			p, _ := rnnkit.GradientOf(task.Lecture(), nil, task.Sequence(data.BaseballBat()))
			return []float64{p.Delta[1][0] + p.Delta[2][0], p.Delta[1][1] + p.Delta[2][1]}
		}),
		// Entries of ∂L/∂U that can differ from zero: those in the columns of 22 words.
		task.Value(0, func() any {
			const hidden, different = 100, 22
			return hidden * different
		}),
		// A matrix V, not zero, with which ∂L/∂U is zero for every sentence.
		task.Property(func(V [][]float64) error {
			if len(V) != 4 {
				return fmt.Errorf("%s", task.Texts.Text("07.3.shape"))
			}
			largest := 0.0
			for _, row := range V {
				if len(row) != 2 {
					return fmt.Errorf("%s", task.Texts.Text("07.3.shape"))
				}
				largest = math.Max(largest, math.Max(math.Abs(row[0]), math.Abs(row[1])))
			}
			if !(largest >= 0.1 && largest <= 10) {
				return fmt.Errorf("%s", task.Texts.Text("07.3.size"))
			}
			U, W, _ := data.LectureWeights()
			net := rnnkit.FromRows(U, W, V)
			for words := range 3 * 3 * 4 * 4 {
				seq := rnnkit.Sequence{Inputs: []int{words % 3, words / 3 % 3}, Targets: []int{words / 9 % 4, words / 36}}
				_, g := rnnkit.GradientOf(net, nil, seq)
				for _, slope := range g.U.RawMatrix().Data {
					if math.Abs(slope) > 1e-9 {
						return fmt.Errorf("%s", task.Texts.Text("07.3.slope", data.InputWords()[seq.Inputs[0]], data.InputWords()[seq.Inputs[1]],
							data.OutputWords()[seq.Targets[0]], data.OutputWords()[seq.Targets[1]], slope))
					}
				}
			}
			return nil
		}),
	)
}
