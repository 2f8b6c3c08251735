package beyond

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"rnn101/exercise/internal/task"
	"rnn101/rnnkit"
	"rnn101/rnnkit/gradcheck"
)

func init() {
	task.Add("10",
		task.Value(1.5e-4, func() any { // two products of displayed entries are added
			net := task.Lecture()
			pass := rnnkit.MustForward(net, nil, fourWords())
			return gradcheck.Jacobian(net, pass, 4, 2).At(0, 1)
		}),
		task.Value(1e-4, func() any {
			g := []float64{1, 2, -2, 4}
			scale := 2 / mat.Norm(mat.NewVecDense(len(g), g), 2)
			for i := range g {
				g[i] *= scale
			}
			return g
		}),
		task.Property(func(answer []bool) error {
			right := mustVanish()
			if len(answer) != len(right) {
				return fmt.Errorf("%s", task.Texts.Text("10.three", len(right)))
			}
			wrong := 0
			for i := range right {
				if answer[i] != right[i] {
					wrong++
				}
			}
			if wrong > 0 {
				return fmt.Errorf("%s", task.Texts.Text("10.wrong", wrong))
			}
			return nil
		}),
		task.Property(func(rows [][]float64) error {
			if err := square(rows, 0); err != nil {
				return err
			}
			M := dense(rows)
			if largest := mat.Max(M); largest > 1 || mat.Min(M) < -1 {
				return fmt.Errorf("%s", task.Texts.Text("10.entries"))
			}
			if radius := gradcheck.SpectralRadius(M); radius >= 1 {
				return fmt.Errorf("%s", task.Texts.Text("10.radius", radius))
			}
			largest, P := 0.0, mat.DenseCopyOf(M)
			for range 1000 {
				largest = max(largest, gradcheck.SingularValues(P)[0])
				P.Mul(M, mat.DenseCopyOf(P))
			}
			if largest <= 10 {
				return fmt.Errorf("%s", task.Texts.Text("10.peak", largest))
			}
			return nil
		}),
		task.Property(func(rows [][]float64) error {
			if err := square(rows, 2); err != nil {
				return err
			}
			if min(math.Abs(rows[0][1]), math.Abs(rows[1][0])) < 0.1 {
				return fmt.Errorf("%s", task.Texts.Text("10.mixes"))
			}
			factors := gradcheck.SingularValues(power(dense(rows), []float64{0.9, 0.5}, 50))
			if factors[0] > 2 || factors[1] < 0.5 {
				return fmt.Errorf("%s", task.Texts.Text("10.factors", factors[1], factors[0]))
			}
			return nil
		}),
	)
}

// mustVanish says for each W of the exercise whether the product over many steps must vanish. The
// first has a norm under 1, which suffices; of the other two kinds one example that does not
// vanish is enough.
func mustVanish() []bool {
	vanishes := func(rows [][]float64, slopes []float64) bool {
		return gradcheck.SingularValues(power(dense(rows), slopes, 200))[0] < 1e-3
	}
	return []bool{
		vanishes([][]float64{{0, -0.95}, {0.95, 0}}, []float64{1, 1}),
		vanishes([][]float64{{4, 4, 0}, {-4, -4, 0}, {0, 0, 0.95}}, []float64{1, 0.5, 1}),
		vanishes([][]float64{{0, -1}, {1, 0}}, []float64{1, 1}),
	}
}

// power returns the product of n factors diag(slopes) W.
func power(W *mat.Dense, slopes []float64, n int) *mat.Dense {
	var factor, P mat.Dense
	factor.Mul(mat.NewDiagDense(len(slopes), slopes), W)
	P.Pow(&factor, n)
	return &P
}

// dense copies rows of numbers to a matrix.
func dense(rows [][]float64) *mat.Dense {
	M := mat.NewDense(len(rows), len(rows[0]), nil)
	for i, row := range rows {
		M.SetRow(i, row)
	}
	return M
}
