package lecture

import (
	"fmt"
	"math"

	"rnn101/data"
	"rnn101/exercise/internal/task"
	"rnn101/rnnkit"
)

func init() {
	task.Add("08",
		// W₁₂ after one update with the mean over the two steps as the loss.
		task.Value(1e-4, func() any {
			const eta = 0.5
			net := task.Lecture()
			_, g := rnnkit.GradientOf(net, nil, task.Sequence(data.BaseballBat()))
			return net.W.At(0, 1) - eta*g.W.At(0, 1)/2
		}),
		// The rate after which the loss is what it was.
		task.Property(func(rate float64) error {
			if math.IsInf(rate, 0) || rate < 0.1 {
				return fmt.Errorf("%s", task.Texts.Text("08.2.small"))
			}
			net, seq := task.Lecture(), task.Sequence(data.BaseballBat())
			before, g := rnnkit.GradientOf(net, nil, seq)
			net.Descend(g, rate)
			after := rnnkit.NewPass(net, seq.Len())
			if err := after.Forward(net, []float64{0, 0}, seq); err != nil {
				return err
			}
			if math.Abs(after.Loss-before.Loss) > 0.001 {
				return fmt.Errorf("%s", task.Texts.Text("08.2.loss", before.Loss, after.Loss))
			}
			return nil
		}),
		// The floor without memory, for three meanings: each has the probability ⅓.
		task.Value(1e-3, func() any { return -3 * math.Log(1.0/3) }),
	)
}
