package beyond

import (
	"fmt"
	"math"
	"math/rand/v2"

	"rnn101/exercise/internal/task"
	"rnn101/rnnkit"
)

func init() {
	task.Add("11",
		task.Value(1e-3, func() any {
			net := rnnkit.New(rnnkit.GRU{}, 1, 1, 1)
			for block, w := range []float64{-2, -2, 4} {
				net.U.Set(block, 0, []float64{1, 2, 1}[block])
				net.W.Set(block, 0, w)
			}
			return rnnkit.MustForward(net, []float64{0.5}, unanswered(0)).H[1][0]
		}),
		task.Property(keeps),
		task.Property(func(stuck string) error {
			want := ""
			for _, k := range rand.New(rand.NewPCG(11, 3)).Perm(4) { // the notebook's order
				want += "ifo-"[k : k+1]
			}
			if len(stuck) != len(want) {
				return fmt.Errorf("%s", task.Texts.Text("11.3.length"))
			}
			right := 0
			for i := range want {
				if stuck[i] == want[i] {
					right++
				}
			}
			if right < len(want) {
				return fmt.Errorf("%s", task.Texts.Text("11.3.some", right))
			}
			return nil
		}),
		task.Value(0.01, func() any {
			f := math.Pow(0.5, 1.0/30)
			return math.Log(f / (1 - f))
		}),
	)
}

// unanswered is a sequence without targets.
func unanswered(inputs ...int) rnnkit.Sequence {
	seq := rnnkit.Sequence{Inputs: inputs}
	for range inputs {
		seq.Targets = append(seq.Targets, rnnkit.NoTarget)
	}
	return seq
}

// keeps checks the biases of the input gate and the forget gate of exercise 11.2.
func keeps(biases []float64) error {
	if len(biases) != 2 {
		return fmt.Errorf("%s", task.Texts.Text("11.2.two", len(biases)))
	}
	const A, filler, mark = 0, 1, 2
	net := rnnkit.New(rnnkit.LSTM{}, 3, 1, 1).WithBiases()
	net.U.SetRow(0, []float64{10, 0, 0})
	net.U.SetRow(1, []float64{0, 0, -12})
	net.U.SetRow(2, []float64{3, 1, 0})
	net.B.SetVec(0, biases[0])
	net.B.SetVec(1, biases[1])
	seq := unanswered(A)
	for range 50 {
		seq = unanswered(append(seq.Inputs, filler)...)
	}
	seq = unanswered(append(seq.Inputs, mark)...)
	states := rnnkit.MustForward(net, nil, seq).State
	written, kept, cleared := states[1][1], states[51][1], states[52][1]
	fillers := rnnkit.MustForward(net, nil, unanswered(seq.Inputs[1:51]...)).State[50][1]
	switch {
	case written < 0.8:
		return fmt.Errorf("%s", task.Texts.Text("11.2.written", written))
	case math.Abs(kept-written) > 0.1:
		return fmt.Errorf("%s", task.Texts.Text("11.2.kept", written, kept))
	case math.Abs(fillers) > 0.1:
		return fmt.Errorf("%s", task.Texts.Text("11.2.fillers", fillers))
	case math.Abs(cleared) > 0.1:
		return fmt.Errorf("%s", task.Texts.Text("11.2.cleared", cleared))
	}
	return nil
}
