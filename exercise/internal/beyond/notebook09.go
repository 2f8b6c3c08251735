// Package beyond has the exercises of notebooks 09 to 15.
package beyond

import (
	"fmt"
	"math"
	"math/rand/v2"

	"rnn101/data"
	"rnn101/exercise/internal/task"
	"rnn101/rnnkit"
	"rnn101/rnnkit/gradcheck"
)

func init() {
	task.Add("09",
		task.Value(2.5e-4, func() any { // four displayed entries are added
			net := task.Lecture()
			pass, _ := rnnkit.GradientOf(net, nil, fourWords())
			paths, sum := gradcheck.PathsOf(net, pass), 0.0
			for t := 1; t <= 4; t++ {
				for j := 1; j <= t; j++ {
					if (t-1)/3 == (j-1)/3 { // steps 1 to 3, or step 4
						sum += paths.W[t][j].At(0, 1)
					}
				}
			}
			return sum
		}),
		task.Value(1e-4, func() any {
			const eta = 0.5
			_, g := rnnkit.GradientOf(task.Lecture(), nil, task.Sequence(data.BaseballBat()))
			return []float64{-eta * g.H0[0], -eta * g.H0[1]}
		}),
		task.Property(func(answer string) error {
			right := map[bool]string{true: "yes", false: "no"}[lossWithCutBeforeBat() < 0.1]
			switch answer {
			case right:
				return nil
			case "yes", "no":
				return fmt.Errorf("%s", task.Texts.Text("09.prediction"))
			}
			return fmt.Errorf("%s", task.Texts.Text("09.yes-or-no", answer))
		}),
		task.Property(func(W [][]float64) error {
			if err := square(W, 2); err != nil {
				return err
			}
			for _, row := range W {
				for _, w := range row {
					if math.Abs(w) > 2 {
						return fmt.Errorf("%s", task.Texts.Text("09.size", w))
					}
				}
			}
			U, _, V := data.LectureWeights()
			net := rnnkit.FromRows(U, W, V)
			pass, full := rnnkit.GradientOf(net, nil, fourWords())
			cut := rnnkit.NewGradient(net)
			pass.BackwardTruncated(cut, net, 1, 1)
			var product, a, b float64
			for i, g := range full.W.RawMatrix().Data {
				c := cut.W.RawMatrix().Data[i]
				product, a, b = product+g*c, a+g*g, b+c*c
			}
			if product < 0 {
				return nil
			}
			return fmt.Errorf("%s", task.Texts.Text("09.cosine", product/math.Sqrt(a*b)))
		}),
	)
}

// fourWords is baseball bat vampire bat, read as one sequence.
func fourWords() rnnkit.Sequence {
	first, second := task.Sequence(data.BaseballBat()), task.Sequence(data.VampireBat())
	return rnnkit.Sequence{
		Inputs:  append(first.Inputs, second.Inputs...),
		Targets: append(first.Targets, second.Targets...),
	}
}

// lossWithCutBeforeBat trains the lecture's net on 4000 sentences in random order with the state
// carried over, in pieces of two words that are cut before each bat. It returns the mean loss of a
// piece in the last thousand.
func lossWithCutBeforeBat() float64 {
	const sentences, rate = 4000, 0.25
	var all rnnkit.Sequence
	random := rand.New(rand.NewPCG(1, 1))
	pairs := []rnnkit.Sequence{task.Sequence(data.BaseballBat()), task.Sequence(data.VampireBat())}
	for range sentences {
		p := pairs[random.IntN(2)]
		all.Inputs, all.Targets = append(all.Inputs, p.Inputs...), append(all.Targets, p.Targets...)
	}
	net := task.Lecture()
	pass, g := rnnkit.NewPass(net, 2), rnnkit.NewGradient(net)
	h, sum := []float64{0, 0}, 0.0
	for from := 1; from+2 <= len(all.Inputs); from += 2 {
		piece := rnnkit.Sequence{Inputs: all.Inputs[from : from+2], Targets: all.Targets[from : from+2]}
		if err := pass.Forward(net, h, piece); err != nil {
			return math.Inf(1)
		}
		g.Zero()
		pass.Backward(g, net)
		net.Descend(g, rate)
		copy(h, pass.Last())
		if from > 2*(sentences-1000) {
			sum += pass.Loss / 1000
		}
	}
	return sum
}

// square says what is wrong with a matrix that should have n rows of n numbers. Zero allows any n.
func square(M [][]float64, n int) error {
	if n == 0 {
		n = len(M)
	}
	if len(M) != n {
		return fmt.Errorf("%s", task.Texts.Text("square", n, n))
	}
	for _, row := range M {
		if len(row) != n {
			return fmt.Errorf("%s", task.Texts.Text("square", n, n))
		}
		for _, v := range row {
			if math.IsInf(v, 0) {
				return fmt.Errorf("%s", task.Texts.Text("infinite"))
			}
		}
	}
	return nil
}
