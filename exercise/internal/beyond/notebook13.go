package beyond

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/mat"

	"rnn101/data"
	"rnn101/exercise/internal/task"
)

func init() {
	task.Add("13",
		// Three years ahead by an autoregression of order 2, from its own forecasts.
		task.Value(1e-4, func() any {
			x := []float64{2, 4}
			for range 3 {
				x = append(x, 1+1.5*x[len(x)-1]-0.8*x[len(x)-2])
			}
			return x[len(x)-1]
		}),
		// Each step of a walk is half of the last step plus a number e. The variance of a step is a
		// quarter of itself plus that of e. “As today” misses by the step, the best forecast by e.
		task.Value(1e-4, func() any {
			share := 0.5
			return math.Sqrt(1 - share*share)
		}),
		// Two weights that continue each wave of eleven years.
		task.Property(func(weights []float64) error {
			if len(weights) != 2 {
				return errors.New(task.Texts.Text("13.3.count", len(weights)))
			}
			wave := func(year, phase float64) float64 { return math.Sin(2*math.Pi*year/11 + phase) }
			for _, phase := range []float64{0, 1, 2} {
				for year := range 11 {
					y := float64(year)
					said := weights[0]*wave(y-1, phase) + weights[1]*wave(y-2, phase)
					if math.Abs(said-wave(y, phase)) > 5e-4 {
						return errors.New(task.Texts.Text("13.3.wave", phase, wave(y-2, phase), wave(y-1, phase), said, wave(y, phase)))
					}
				}
			}
			return nil
		}),
		// A guess at a year from the years beside it, which a random split would give away.
		task.Property(func(guess func(before, after float64) float64) error {
			spots, from := data.Sunspots(), 1950-data.SunspotsFirstYear
			sum, sumAR, ar := 0.0, 0.0, sunspotsAR(9)
			for i := from; i+1 < len(spots); i++ {
				sum += math.Pow(spots[i]-guess(spots[i-1], spots[i+1]), 2)
				sumAR += math.Pow(spots[i]-ar(spots[:i]), 2)
			}
			n := float64(len(spots) - 1 - from)
			if own, other := math.Sqrt(sum/n), math.Sqrt(sumAR/n); !(own < other) {
				return errors.New(task.Texts.Text("13.4.error", own, other))
			}
			return nil
		}),
	)
}

// sunspotsAR returns the forecast of notebook 13 for the next year, an autoregression of the roots
// by least squares on the years before 1900.
func sunspotsAR(order int) func(past []float64) float64 {
	spots, n := data.Sunspots(), 1900-data.SunspotsFirstYear
	row := func(past []float64) []float64 {
		terms := []float64{1}
		for j := 1; j <= order; j++ {
			terms = append(terms, math.Sqrt(past[len(past)-j]))
		}
		return terms
	}
	A, b := mat.NewDense(n-order, order+1, nil), mat.NewVecDense(n-order, nil)
	for i := order; i < n; i++ {
		A.SetRow(i-order, row(spots[:i]))
		b.SetVec(i-order, math.Sqrt(spots[i]))
	}
	var weights mat.VecDense
	if err := weights.SolveVec(A, b); err != nil {
		panic(err) // the data are fixed
	}
	return func(past []float64) float64 {
		root := math.Max(0, mat.Dot(mat.NewVecDense(order+1, row(past)), &weights))
		return root * root
	}
}
