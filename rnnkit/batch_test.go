package rnnkit_test

import (
	"fmt"
	"math"
	"runtime"
	"testing"
	"time"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit"
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
	for _, cell := range cells {
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
			b, got := rnnkit.NewBatch(net, 7, 2), rnnkit.NewGradient(net)
			sum, err := b.Gradient(got, net, states, seqs)
			b.Close()
			if err != nil {
				t.Fatal(err)
			}
			if math.Abs(sum-loss) > 1e-12 {
				t.Errorf("%s, %d sequences: the loss is %v, want %v", cell.Name(), n, sum, loss)
			}
			sameMatrix(t, "∂L/∂W", got.W, want.W, 1e-12)
			sameMatrix(t, "∂L/∂U", got.U, want.U, 1e-12)
			sameMatrix(t, "∂L/∂V", got.V, want.V, 1e-12)
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
		b, got := rnnkit.NewBatch(net, 7, goroutines), rnnkit.NewGradient(net)
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
	for _, cell := range cells {
		net, seqs, states := batchOf(cell, 16)
		b, g := rnnkit.NewBatch(net, 7, 2), rnnkit.NewGradient(net)
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
	b, g := rnnkit.NewBatch(net, 7, 3), rnnkit.NewGradient(net)
	defer b.Close()
	_, err := b.Gradient(g, net, nil, seqs)
	wantError(t, "two wrong sequences", err, "sequence 4", "empty")
	if g.Norm() != 0 {
		t.Error("after an error the gradient is changed")
	}
	_, err = b.Gradient(g, net, nil, nil)
	wantError(t, "no sequences", err, "no sequence")
	if _, err := b.Gradient(g, net, nil, seqs[4:9]); err != nil {
		t.Errorf("after an error the batch does not work: %v", err)
	}
	wantPanic(t, "states", func() { _, _ = b.Gradient(g, net, make([][]float64, 2), seqs[4:5]) }, "2 states for 1")
	wantPanic(t, "a short state", func() { _, _ = b.Gradient(g, net, [][]float64{{1}}, seqs[4:5]) }, "state 1 has length 1")
	wantPanic(t, "a long sequence", func() {
		_, _ = b.Gradient(g, net, nil, []rnnkit.Sequence{{Inputs: make([]int, 8), Targets: make([]int, 8)}})
	}, "sequence 1 has 8 steps", "made for 7")
	wantPanic(t, "goroutines", func() { rnnkit.NewBatch(net, 7, 0) }, "0 goroutines")
}

func TestCloseEndsTheGoroutines(t *testing.T) {
	before := runtime.NumGoroutine()
	net, seqs, _ := batchOf(rnnkit.Plain{}, 9)
	for range 20 {
		b := rnnkit.NewBatch(net, 7, 8)
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

func TestSamplerDrawsFromTheProbabilities(t *testing.T) {
	// A net of zeros with a bias on the outputs: each token is drawn from softmax(c/τ).
	net := rnnkit.NewRNN(3, 2, 3).WithBiases()
	copy(net.C.RawVector().Data, []float64{math.Log(6), math.Log(3), math.Log(1)})
	for temperature, want := range map[float64][]float64{
		1:   {0.6, 0.3, 0.1},
		0.5: {36.0 / 46, 9.0 / 46, 1.0 / 46},
	} {
		const n = 20000
		tokens, err := rnnkit.Sampler{Temperature: temperature, Seed: 5}.Run(net, nil, []int{0}, n)
		if err != nil || len(tokens) != n {
			t.Fatalf("%d tokens, %v", len(tokens), err)
		}
		counts := make([]float64, 3)
		for _, token := range tokens {
			counts[token]++
		}
		for i := range want { // four standard deviations
			if got := counts[i] / n; math.Abs(got-want[i]) > 4*math.Sqrt(want[i]*(1-want[i])/n) {
				t.Errorf("at temperature %v token %d comes with frequency %v, want %v", temperature, i, got, want[i])
			}
		}
	}
}

func TestSamplerIsRepeatableAndReadsItsPrompt(t *testing.T) {
	net := rnnkit.New(rnnkit.LSTM{}, 5, 6, 5).WithBiases()
	net.Glorot(2)
	net.V.Scale(8, net.V)
	run := func(seed uint64, prompt ...int) string {
		tokens, err := rnnkit.Sampler{Temperature: 1, Seed: seed}.Run(net, nil, prompt, 30)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(tokens)
	}
	if first, again := run(1, 0, 1), run(1, 0, 1); first != again {
		t.Error("the same seed gives other tokens")
	}
	if run(1, 0, 1) == run(2, 0, 1) {
		t.Error("another seed gives the same tokens")
	}
	if run(1, 0, 1) == run(1, 4, 1) {
		t.Error("the first token of the prompt changes nothing")
	}
	for name, c := range map[string]struct {
		sampler rnnkit.Sampler
		prompt  []int
		says    []string
	}{
		"zero temperature":     {rnnkit.Sampler{}, []int{0}, []string{"temperature is 0", "positive"}},
		"negative temperature": {rnnkit.Sampler{Temperature: -1}, []int{0}, []string{"temperature is -1", "positive"}},
		"no number":            {rnnkit.Sampler{Temperature: math.NaN()}, []int{0}, []string{"temperature is NaN"}},
		"no prompt":            {rnnkit.Sampler{Temperature: 1}, nil, []string{"prompt is empty"}},
		"an unknown token":     {rnnkit.Sampler{Temperature: 1}, []int{0, 7}, []string{"token 2", "input 7"}},
	} {
		_, err := c.sampler.Run(net, nil, c.prompt, 3)
		wantError(t, name, err, c.says...)
	}
	if tokens, err := (rnnkit.Sampler{Temperature: 1}).Run(net, nil, []int{0}, 0); err != nil || len(tokens) != 0 {
		t.Errorf("asked for no token it gives %v, %v", tokens, err)
	}
	wantPanic(t, "other outputs", func() { _, _ = rnnkit.Sampler{}.Run(lecture(), nil, []int{0}, 1) }, "3 inputs and 4 outputs")
}
