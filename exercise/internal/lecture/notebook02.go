package lecture

import (
	"errors"
	"math"
	"slices"

	"rnn101/data"
	"rnn101/exercise/internal/task"
	"rnn101/show"
)

func init() {
	task.Add("02",
		task.Value(1e-4, func() any {
			return underU([]float64{0, 1, 2}) // vampire once, bat twice
		}),
		task.Value(0, func() any {
			const unseen, hidden = 3, 50
			return unseen * hidden
		}),
		task.Property(vanishesUnderU),
	)
}

// vanishesUnderU checks that x is not zero, but that U x is.
func vanishesUnderU(x []float64) error {
	u, _, _ := data.LectureWeights()
	if len(x) != len(u[0]) {
		return errors.New(task.Texts.Text("02.length", len(x), len(u[0])))
	}
	largest := math.Max(slices.Max(x), -slices.Min(x))
	if largest == 0 {
		return errors.New(task.Texts.Text("02.zero"))
	}
	product := underU(x)
	for _, entry := range product {
		if !(math.Abs(entry) <= 1e-3*largest) { // x may be rounded to four decimals
			return errors.New(task.Texts.Text("02.product", show.Number(product[0]), show.Number(product[1])))
		}
	}
	return nil
}

// underU returns the lecture's U times a vector.
func underU(x []float64) []float64 {
	u, _, _ := data.LectureWeights()
	y := make([]float64, len(u))
	for i, row := range u {
		for j, v := range row {
			y[i] += v * x[j]
		}
	}
	return y
}
