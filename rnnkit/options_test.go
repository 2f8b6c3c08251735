package rnnkit_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/blas/gonum"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit"
)

// option is a net and a sequence with one combination of what can be chosen.
type option struct {
	name string
	net  *rnnkit.RNN
	h0   []float64
	seq  rnnkit.Sequence
}

// options draws a net and a sequence for every cell with one-hot and dense inputs,
// both losses, with and without biases, with and without steps that have no target.
func options(seed uint64) []option {
	r := rand.New(rand.NewPCG(seed, 17))
	vector := func(n int) []float64 {
		v := make([]float64, n)
		for i := range v {
			v[i] = 1.8*r.Float64() - 0.9
		}
		return v
	}
	var all []option
	for _, cell := range []rnnkit.Cell{rnnkit.Plain{}, rnnkit.LSTM{}, rnnkit.GRU{}} {
		for kind := range 16 {
			dense, squared, biases, holes := kind&1 > 0, kind&2 > 0, kind&4 > 0, kind&8 > 0
			inputs, hidden, outputs, steps := 1+r.IntN(4), 1+r.IntN(4), 1+r.IntN(4), 1+r.IntN(7)
			net := rnnkit.New(cell, inputs, hidden, outputs)
			net.Glorot(r.Uint64())
			if biases {
				net.WithBiases()
				for _, b := range []*mat.VecDense{net.B, net.BW, net.C} {
					if b != nil {
						copy(b.RawVector().Data, vector(b.Len()))
					}
				}
			}
			o := option{net: net, h0: vector(net.StateLen())}
			for range steps {
				asked := !holes || r.IntN(2) == 0
				switch {
				case dense:
					o.seq.X = append(o.seq.X, vector(inputs))
				default:
					o.seq.Inputs = append(o.seq.Inputs, r.IntN(inputs))
				}
				switch {
				case squared && asked:
					o.seq.Values = append(o.seq.Values, vector(outputs))
				case squared:
					o.seq.Values = append(o.seq.Values, nil)
				case asked:
					o.seq.Targets = append(o.seq.Targets, r.IntN(outputs))
				default:
					o.seq.Targets = append(o.seq.Targets, rnnkit.NoTarget)
				}
			}
			o.name = fmt.Sprintf("seed %d, %s, dense %v, squared %v, biases %v, holes %v", seed, cell.Name(), dense, squared, biases, holes)
			all = append(all, o)
		}
	}
	return all
}

func forOptions(t *testing.T, check func(t *testing.T, o option)) {
	t.Helper()
	for seed := range uint64(6) {
		for _, o := range options(seed) {
			t.Run(o.name, func(t *testing.T) { check(t, o) })
		}
	}
}

func sameGradient(t *testing.T, got, want *rnnkit.Gradient, tolerance float64) {
	t.Helper()
	sameMatrix(t, "∂L/∂U", got.U, want.U, tolerance)
	sameMatrix(t, "∂L/∂W", got.W, want.W, tolerance)
	sameMatrix(t, "∂L/∂V", got.V, want.V, tolerance)
	for name, pair := range map[string][2]*mat.VecDense{"∂L/∂b": {got.B, want.B}, "∂L/∂b_W": {got.BW, want.BW}, "∂L/∂c": {got.C, want.C}} {
		if pair[0] != nil || pair[1] != nil {
			sameMatrix(t, name, pair[0], pair[1], tolerance)
		}
	}
	if !floats.EqualApprox(got.H0, want.H0, tolerance) {
		t.Errorf("∂L/∂h_0 is %v, want %v", got.H0, want.H0)
	}
}

func TestEveryOptionEqualsFiniteDifferences(t *testing.T) {
	forOptions(t, func(t *testing.T, o option) {
		_, got := rnnkit.GradientOf(o.net, o.h0, o.seq)
		want, err := rnnkit.FiniteDifference(o.net, o.h0, o.seq)
		if err != nil {
			t.Fatal(err)
		}
		sameGradient(t, got, want, 2e-8)
	})
}

func TestPlainOptionsAgreeByPathsAndForwardInTime(t *testing.T) {
	forOptions(t, func(t *testing.T, o option) {
		if o.net.Cell != (rnnkit.Plain{}) {
			t.Skip("the sum over paths and RTRL are for the plain cell")
		}
		pass, gradient := rnnkit.GradientOf(o.net, o.h0, o.seq)
		paths := rnnkit.PathsOf(o.net, pass)
		sameMatrix(t, "the sum over paths into W", paths.SumW(), gradient.W, 1e-12)
		sameMatrix(t, "the sum over paths into U", paths.SumU(), gradient.U, 1e-12)
		W, U, err := rnnkit.RTRL(o.net, o.h0, o.seq)
		if err != nil {
			t.Fatal(err)
		}
		sameMatrix(t, "∂L/∂W by RTRL", W, gradient.W, 1e-12)
		sameMatrix(t, "∂L/∂U by RTRL", U, gradient.U, 1e-12)
	})
}

func TestTruncationIsExactWhereItCoversTheSequence(t *testing.T) {
	forOptions(t, func(t *testing.T, o option) {
		pass, want := rnnkit.GradientOf(o.net, o.h0, o.seq)
		for k1 := 1; k1 <= o.seq.Len(); k1++ {
			got := rnnkit.NewGradient(o.net)
			pass.BackwardTruncated(got, o.net, k1, o.seq.Len()+3)
			sameGradient(t, got, want, 1e-12)
		}
	})
}

// foreign is another BLAS than gonum's own, as far as rnnkit can tell.
type foreign struct{ gonum.Implementation }

func TestAnotherBLASGivesTheSameGradient(t *testing.T) {
	defer blas64.Use(blas64.Implementation())
	for _, o := range options(4) {
		_, want := rnnkit.GradientOf(o.net, o.h0, o.seq)
		blas64.Use(foreign{})
		_, got := rnnkit.GradientOf(o.net, o.h0, o.seq)
		blas64.Use(gonum.Implementation{})
		sameGradient(t, got, want, 1e-13)
	}
}

// What is decoded from a file may be empty where a program would leave nil.
func TestAnEmptyListIsAsGoodAsNone(t *testing.T) {
	for _, o := range options(5) {
		_, want := rnnkit.GradientOf(o.net, o.h0, o.seq)
		seq := o.seq
		if seq.X == nil {
			seq.X = [][]float64{}
		} else {
			seq.Inputs = []int{}
		}
		if seq.Values == nil {
			seq.Values = [][]float64{}
		} else {
			seq.Targets = []int{}
		}
		_, got := rnnkit.GradientOf(o.net, o.h0, seq)
		sameGradient(t, got, want, 0)
		if _, plain := o.net.Cell.(rnnkit.Plain); plain {
			if _, _, err := rnnkit.RTRL(o.net, o.h0, seq); err != nil {
				t.Error(err)
			}
		}
		if _, err := rnnkit.NudgeCopy(o.net, o.h0, seq, 1, 1); err != nil {
			t.Error(err)
		}
	}
}

func TestStepsWithoutTargetHaveNoLoss(t *testing.T) {
	forOptions(t, func(t *testing.T, o option) {
		pass := rnnkit.MustForward(o.net, o.h0, o.seq)
		sum := 0.0
		for i, loss := range pass.Losses[1:] {
			asked := o.seq.Values != nil && o.seq.Values[i] != nil || o.seq.Targets != nil && o.seq.Targets[i] != rnnkit.NoTarget
			if !asked && loss != 0 {
				t.Errorf("step %d has no target and the loss %v", i+1, loss)
			}
			sum += loss
		}
		if sum != pass.Loss {
			t.Errorf("the losses sum to %v, the pass says %v", sum, pass.Loss)
		}
	})
}

func TestAStepOfEveryCellAllocatesNothing(t *testing.T) {
	for _, o := range options(1) {
		pass, gradient := rnnkit.NewPass(o.net, o.seq.Len()), rnnkit.NewGradient(o.net)
		allocations := testing.AllocsPerRun(50, func() {
			gradient.Zero()
			if err := pass.Forward(o.net, o.h0, o.seq); err != nil {
				t.Fatal(err)
			}
			pass.Backward(gradient, o.net)
			pass.BackwardTruncated(gradient, o.net, 1, 2)
			o.net.Descend(gradient, 1e-6)
		})
		if allocations != 0 {
			t.Errorf("%s: a step allocates %v times, want 0", o.name, allocations)
		}
	}
}

func TestTheStateIsCarriedOver(t *testing.T) {
	forOptions(t, func(t *testing.T, o option) {
		whole := rnnkit.MustForward(o.net, o.h0, o.seq)
		pass, state, loss := rnnkit.NewPass(o.net, 1), o.h0, 0.0
		for i := range o.seq.Len() {
			part := rnnkit.Sequence{}
			if o.seq.X != nil {
				part.X = o.seq.X[i : i+1]
			} else {
				part.Inputs = o.seq.Inputs[i : i+1]
			}
			if o.seq.Values != nil {
				part.Values = o.seq.Values[i : i+1]
			} else {
				part.Targets = o.seq.Targets[i : i+1]
			}
			if err := pass.Forward(o.net, state, part); err != nil {
				t.Fatal(err)
			}
			state, loss = pass.Last(), loss+pass.Loss
		}
		if !floats.Same(state, whole.Last()) {
			t.Errorf("step by step the last state is %v, want %v", state, whole.Last())
		}
		if math.Abs(loss-whole.Loss) > 1e-12 {
			t.Errorf("step by step the loss is %v, want %v", loss, whole.Loss)
		}
	})
}

// The gates are what the formulas say: h_t can be made from them by hand.
func TestGatesMakeTheState(t *testing.T) {
	forOptions(t, func(t *testing.T, o option) {
		p := rnnkit.MustForward(o.net, o.h0, o.seq)
		for step := 1; step <= o.seq.Len(); step++ {
			H := len(p.H[step])
			before := p.State[step-1]
			for j, got := range p.H[step] {
				gate := func(name string) float64 { return p.Gate(o.net, step, name)[j] }
				want := 0.0
				switch o.net.Cell.(type) {
				case rnnkit.Plain:
					want = gate("h")
				case rnnkit.LSTM:
					c := gate("f")*before[H+j] + gate("i")*gate("g")
					want = gate("o") * math.Tanh(c)
				case rnnkit.GRU:
					want = (1-gate("z"))*gate("n") + gate("z")*before[j]
				}
				if math.Abs(got-want) > 1e-15 {
					t.Errorf("step %d: entry %d of h is %v, its gates make %v", step, j+1, got, want)
				}
			}
		}
	})
}

func TestBadOptionsAreRefused(t *testing.T) {
	net := rnnkit.New(rnnkit.LSTM{}, 3, 2, 4)
	pass := rnnkit.NewPass(net, 4)
	for name, c := range map[string]struct {
		seq  rnnkit.Sequence
		says []string
	}{
		"both inputs":       {rnnkit.Sequence{Inputs: []int{0}, X: [][]float64{{1, 2, 3}}, Targets: []int{0}}, []string{"Inputs and X"}},
		"both targets":      {rnnkit.Sequence{Inputs: []int{0}, Targets: []int{0}, Values: [][]float64{nil}}, []string{"Targets and Values"}},
		"a short input":     {rnnkit.Sequence{X: [][]float64{{1, 2, 3}, {1, 2}}, Targets: []int{0, 0}}, []string{"position 2", "length 2", "has 3 inputs"}},
		"a short value":     {rnnkit.Sequence{Inputs: []int{0}, Values: [][]float64{{1}}}, []string{"position 1", "length 1", "4 outputs"}},
		"an input of NaN":   {rnnkit.Sequence{X: [][]float64{{1, 2, math.NaN()}}, Targets: []int{0}}, []string{"position 1", "NaN"}},
		"an infinite value": {rnnkit.Sequence{Inputs: []int{0}, Values: [][]float64{{1, 2, 3, math.Inf(1)}}}, []string{"position 1", "Inf"}},
		"target -2":         {rnnkit.Sequence{Inputs: []int{0}, Targets: []int{-2}}, []string{"target -2"}},
	} {
		wantError(t, name, pass.Forward(net, nil, c.seq), c.says...)
	}
	ok := rnnkit.Sequence{Inputs: []int{0, 1}, Targets: []int{0, rnnkit.NoTarget}}
	p, g := rnnkit.GradientOf(net, nil, ok)
	wantPanic(t, "h0 of half the state", func() { _ = pass.Forward(net, []float64{1, 2}, ok) }, "h0 has length 2", "4 long")
	wantPanic(t, "k2 of 0", func() { p.BackwardTruncated(g, net, 1, 0) }, "k1 = 1 and k2 = 0")
	wantPanic(t, "k1 above k2", func() { p.BackwardTruncated(g, net, 3, 2) }, "k1 = 3 and k2 = 2")
	wantPanic(t, "no such gate", func() { p.Gate(net, 1, "z") }, "lstm", `"z"`, "[i f g o]")
	wantPanic(t, "paths of an LSTM", func() { rnnkit.PathsOf(net, p) }, "PathsOf", "lstm")
	wantPanic(t, "RTRL of an LSTM", func() { _, _, _ = rnnkit.RTRL(net, nil, ok) }, "RTRL", "lstm")
	wantPanic(t, "rows that are no blocks", func() {
		n := *net
		n.U = mat.NewDense(6, 3, nil)
		n.Dims()
	}, "6×3", "lstm", "4 gates")
	wantPanic(t, "BW without a GRU", func() {
		n := *net
		n.BW = mat.NewVecDense(8, nil)
		n.Dims()
	}, "BW", "lstm")
	wantPanic(t, "another cell's pass", func() { _ = pass.Forward(rnnkit.NewRNN(3, 2, 4), nil, ok) }, "made for", "8")
	wantPanic(t, "squared error", func() { rnnkit.SquaredError([]float64{1}, nil) }, "1 outputs", "0 values")
	wantPanic(t, "perplexity", func() { rnnkit.Perplexity(1, 0) }, "0 steps")
}

func TestPerplexityOfGuessingIsTheNumberOfTokens(t *testing.T) {
	net := rnnkit.NewRNN(3, 2, 4) // zeros: all four outputs are equally likely
	p := rnnkit.MustForward(net, nil, rnnkit.Sequence{Inputs: []int{0, 1, 2}, Targets: []int{0, 3, 1}})
	if got := rnnkit.Perplexity(p.Loss, 3); math.Abs(got-4) > 1e-12 {
		t.Errorf("the perplexity is %v, want 4", got)
	}
}
