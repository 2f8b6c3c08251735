package train_test

import (
	"fmt"
	"math"
	"math/rand/v2"
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
				// The products of a batch add up in another order than those of a pass.
				if !floats.EqualApprox(states[i], ends[i], 1e-14) {
					t.Errorf("%s: sequence %d ends in %v, want %v", cell.Name(), i+1, states[i], ends[i])
				}
			}
		}
	}
}

// mixed returns a net and sequences of any length that differ in all that sequences of one
// net can differ in: dense inputs, both losses, steps without a target.
func mixed(cell rnnkit.Cell, n int) (*rnnkit.RNN, []rnnkit.Sequence) {
	const inputs, outputs, steps = 5, 3, 20
	r := rand.New(rand.NewPCG(uint64(n), 3))
	net := rnnkit.New(cell, inputs, 9, outputs).WithBiases()
	net.Glorot(2)
	net.H0 = make([]float64, net.StateLen())
	for _, p := range net.Parameters(nil) {
		for i := range p.Data {
			p.Data[i] += 0.1 * r.NormFloat64()
		}
	}
	vector := func(length int) []float64 {
		v := make([]float64, length)
		for i := range v {
			v[i] = r.NormFloat64()
		}
		return v
	}
	seqs := make([]rnnkit.Sequence, n)
	for i := range seqs {
		seq, dense, squared := &seqs[i], r.IntN(2) == 0, r.IntN(2) == 0
		for range 1 + r.IntN(steps) {
			if dense {
				seq.X = append(seq.X, vector(inputs))
			} else {
				seq.Inputs = append(seq.Inputs, r.IntN(inputs))
			}
			switch hasTarget := r.IntN(3) > 0; {
			case squared && hasTarget:
				seq.Values = append(seq.Values, vector(outputs))
			case squared:
				seq.Values = append(seq.Values, nil)
			case hasTarget:
				seq.Targets = append(seq.Targets, r.IntN(outputs))
			default:
				seq.Targets = append(seq.Targets, rnnkit.NoTarget)
			}
		}
	}
	return net, seqs
}

func TestABatchOfDifferentSequencesIsTheirSum(t *testing.T) {
	for name, cell := range rnntest.Cells {
		for _, n := range []int{1, 7, 32, 33, 75} { // 32 run side by side
			net, seqs := mixed(cell, n)
			want, loss := rnnkit.NewGradient(net), 0.0
			for _, seq := range seqs {
				p := rnnkit.MustForward(net, nil, seq)
				p.Backward(want, net)
				loss += p.Loss
			}
			b, got := train.NewBatch(net, 20, 2), rnnkit.NewGradient(net)
			for range 2 { // the second time nothing of the first is left
				got.Zero()
				sum, err := b.Gradient(got, net, nil, seqs)
				if err != nil {
					t.Fatal(err)
				}
				rnntest.Near(t, fmt.Sprintf("%s, %d sequences: the loss", name, n), sum, loss, 1e-10)
				rnntest.SameGradient(t, got, want, 1e-10)
			}
			b.Close()
		}
	}
}

// Without this a training could go on with half of a gradient.
func TestAFailingBatchLeavesTheGradientAsItWas(t *testing.T) {
	for _, n := range []int{3, 32, 80} {
		net, seqs := mixed(rnnkit.Plain{}, n)
		last := &seqs[n-1]
		last.Inputs, last.X = nil, make([][]float64, last.Len())
		for i := range last.X {
			last.X[i] = []float64{math.MaxFloat64, math.MaxFloat64, math.MaxFloat64, math.MaxFloat64, math.MaxFloat64}
		}
		b, g := train.NewBatch(net, 20, 2), rnnkit.NewGradient(net)
		_, err := b.Gradient(g, net, nil, seqs)
		rnntest.WantError(t, "sums that overflow", err, fmt.Sprintf("sequence %d:", n), "a_1 is not finite")
		for _, p := range net.Parameters(g) {
			if floats.Norm(p.Grad, 1) != 0 {
				t.Errorf("%d sequences: after an error the gradient of %s is changed", n, p.Name)
			}
		}
		b.Close()
	}
}

// A word that does not occur costs nothing: its column of the gradient is not even read.
func TestABatchTouchesOnlyTheColumnsOfItsWords(t *testing.T) {
	net := rnnkit.NewRNN(6, 4, 2)
	net.Glorot(1)
	b, g := train.NewBatch(net, 3, 1), rnnkit.NewGradient(net)
	defer b.Close()
	for j := range 6 {
		g.U.Set(0, j, math.Copysign(0, -1)) // to add 0 would make it +0
	}
	if _, err := b.Gradient(g, net, nil, []rnnkit.Sequence{{Inputs: []int{1, 4, 1}, Targets: []int{0, 1, 0}}}); err != nil {
		t.Fatal(err)
	}
	for j := range 6 {
		touched := j == 1 || j == 4
		if v := g.U.At(0, j); touched == (v == 0 && math.Signbit(v)) {
			t.Errorf("the column of token %d: ∂L/∂U is %v, touched should be %v", j, v, touched)
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

// bad is a cell that cannot be used.
type bad struct{ rnnkit.Plain }

func (bad) Forward(rnnkit.Step) { panic("no such cell") }

func TestAPanicOfACellReachesTheCaller(t *testing.T) {
	net := rnnkit.New(bad{}, 4, 5, 3)
	_, seqs, _ := batchOf(rnnkit.Plain{}, 32)
	b := train.NewBatch(net, 7, 4)
	defer b.Close()
	for range 2 { // and the second time, too
		func() {
			defer func() {
				if r := recover(); r != "no such cell" {
					t.Errorf("the caller recovers %v, want the panic of the cell", r)
				}
			}()
			_, _ = b.Gradient(rnnkit.NewGradient(net), net, nil, seqs)
		}()
	}
	net.Cell = rnnkit.Plain{}
	if _, err := b.Gradient(rnnkit.NewGradient(net), net, nil, seqs); err != nil {
		t.Errorf("after a panic the batch does not work: %v", err)
	}
}

func TestAClosedBatchPanics(t *testing.T) {
	for _, goroutines := range []int{1, 3} {
		net, seqs, _ := batchOf(rnnkit.Plain{}, 3)
		b := train.NewBatch(net, 7, goroutines)
		b.Close()
		rnntest.WantPanic(t, "after Close", func() { _, _ = b.Gradient(rnnkit.NewGradient(net), net, nil, seqs) }, "Gradient after Close")
	}
}

func TestCloseEndsTheGoroutines(t *testing.T) {
	time.Sleep(time.Millisecond) // with WebAssembly the first pause starts a goroutine of the runtime
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
