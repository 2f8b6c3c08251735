package train_test

import (
	"math"
	"runtime"
	"testing"
	"time"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit"
	"rnn101/rnnkit/internal/rnntest"
	"rnn101/rnnkit/train"
)

// batchOf is a net with n sequences of different lengths.
func batchOf(cell rnnkit.Cell, n int) (*rnnkit.RNN, []rnnkit.Sequence, [][]float64) {
	net := rnnkit.New(cell, 4, 5, 3).WithBiases()
	net.Glorot(9)
	var seqs []rnnkit.Sequence
	var states [][]float64
	for i := range n {
		var seq rnnkit.Sequence
		for j := range 1 + i%7 {
			seq.Inputs = append(seq.Inputs, (i+j)%4)
			seq.Targets = append(seq.Targets, (i*j)%3)
		}
		seqs = append(seqs, seq)
		state := make([]float64, net.StateLen())
		for j := range state {
			state[j] = math.Sin(float64(i + 3*j))
		}
		states = append(states, state)
	}
	return net, seqs, states
}

func TestABatchIsTheSumOfItsSequences(t *testing.T) {
	for _, cell := range rnntest.Cells {
		for _, n := range []int{1, 3, 8, 21} {
			net, seqs, states := batchOf(cell, n)
			want, loss := rnnkit.NewGradient(net), 0.0
			var ends [][]float64
			for i, seq := range seqs {
				p := rnnkit.MustForward(net, states[i], seq)
				p.Backward(want, net)
				loss += p.Loss
				ends = append(ends, p.Last())
			}
			b, got := train.NewBatch(net, 7, 2), rnnkit.NewGradient(net)
			sum, err := b.Gradient(got, net, states, seqs)
			b.Close()
			if err != nil {
				t.Fatal(err)
			}
			if math.Abs(sum-loss) > 1e-12 {
				t.Errorf("%s, %d sequences: the loss is %v, want %v", cell.Name(), n, sum, loss)
			}
			rnntest.SameMatrix(t, "∂L/∂W", got.W, want.W, 1e-12)
			rnntest.SameMatrix(t, "∂L/∂U", got.U, want.U, 1e-12)
			rnntest.SameMatrix(t, "∂L/∂V", got.V, want.V, 1e-12)
			for i := range ends {
				if !floats.Same(states[i], ends[i]) {
					t.Errorf("%s: sequence %d ends in %v, want %v", cell.Name(), i+1, states[i], ends[i])
				}
			}
		}
	}
}

func TestABatchHasTheSameBitsForAnyNumberOfGoroutines(t *testing.T) {
	net, seqs, _ := batchOf(rnnkit.LSTM{}, 29)
	var first *rnnkit.Gradient
	for _, goroutines := range []int{1, 2, 3, 8, 64} {
		b, got := train.NewBatch(net, 7, goroutines), rnnkit.NewGradient(net)
		for range 3 {
			got.Zero()
			if _, err := b.Gradient(got, net, nil, seqs); err != nil {
				t.Fatal(err)
			}
			if first == nil {
				first = rnnkit.NewGradient(net)
				first.W.Copy(got.W)
				first.U.Copy(got.U)
			}
			if !mat.Equal(got.W, first.W) || !mat.Equal(got.U, first.U) {
				t.Errorf("with %d goroutines the gradient has other bits than with 1", goroutines)
			}
		}
		b.Close()
	}
}

func TestABatchAllocatesNothingOnceWarm(t *testing.T) {
	for _, cell := range rnntest.Cells {
		net, seqs, states := batchOf(cell, 16)
		b, g := train.NewBatch(net, 7, 2), rnnkit.NewGradient(net)
		n := testing.AllocsPerRun(50, func() {
			if _, err := b.Gradient(g, net, states, seqs); err != nil {
				t.Fatal(err)
			}
		})
		b.Close()
		if n != 0 {
			t.Errorf("%s: a batch allocates %v times, want 0", cell.Name(), n)
		}
	}
}

func TestABatchNamesTheFirstSequenceThatIsWrong(t *testing.T) {
	net, seqs, _ := batchOf(rnnkit.GRU{}, 20)
	seqs[11].Targets = append([]int(nil), seqs[11].Targets...)
	seqs[11].Targets[0] = 99
	seqs[3] = rnnkit.Sequence{}
	b, g := train.NewBatch(net, 7, 3), rnnkit.NewGradient(net)
	defer b.Close()
	_, err := b.Gradient(g, net, nil, seqs)
	rnntest.WantError(t, "two wrong sequences", err, "sequence 4", "empty")
	if g.Norm() != 0 {
		t.Error("after an error the gradient is changed")
	}
	_, err = b.Gradient(g, net, nil, nil)
	rnntest.WantError(t, "no sequences", err, "no sequence")
	if _, err := b.Gradient(g, net, nil, seqs[4:9]); err != nil {
		t.Errorf("after an error the batch does not work: %v", err)
	}
	rnntest.WantPanic(t, "states", func() { _, _ = b.Gradient(g, net, make([][]float64, 2), seqs[4:5]) }, "2 states for 1")
	rnntest.WantPanic(t, "a short state", func() { _, _ = b.Gradient(g, net, [][]float64{{1}}, seqs[4:5]) }, "state 1 has length 1")
	rnntest.WantPanic(t, "a long sequence", func() {
		_, _ = b.Gradient(g, net, nil, []rnnkit.Sequence{{Inputs: make([]int, 8), Targets: make([]int, 8)}})
	}, "sequence 1 has 8 steps", "made for 7")
	rnntest.WantPanic(t, "goroutines", func() { train.NewBatch(net, 7, 0) }, "0 goroutines")
}

func TestCloseEndsTheGoroutines(t *testing.T) {
	before := runtime.NumGoroutine()
	net, seqs, _ := batchOf(rnnkit.Plain{}, 9)
	for range 20 {
		b := train.NewBatch(net, 7, 8)
		if _, err := b.Gradient(rnnkit.NewGradient(net), net, nil, seqs); err != nil {
			t.Fatal(err)
		}
		b.Close()
		b.Close() // twice is no mistake
	}
	for range 100 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines run, there were %d", runtime.NumGoroutine(), before)
}
