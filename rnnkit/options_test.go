package rnnkit_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/blas/gonum"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit"
	"rnn101/rnnkit/gradcheck"
	"rnn101/rnnkit/internal/rnntest"
)

func TestEveryOptionEqualsFiniteDifferences(t *testing.T) {
	rnntest.ForOptions(t, func(t *testing.T, o rnntest.Option) {
		_, got := rnnkit.GradientOf(o.Net, o.H0, o.Seq)
		want, err := gradcheck.FiniteDifference(o.Net, o.H0, o.Seq)
		if err != nil {
			t.Fatal(err)
		}
		rnntest.SameGradient(t, got, want, 2e-8)
	})
}

func TestTruncationIsExactWhereItCoversTheSequence(t *testing.T) {
	rnntest.ForOptions(t, func(t *testing.T, o rnntest.Option) {
		pass, want := rnnkit.GradientOf(o.Net, o.H0, o.Seq)
		for k1 := 1; k1 <= o.Seq.Len(); k1++ {
			got := rnnkit.NewGradient(o.Net)
			pass.BackwardTruncated(got, o.Net, k1, o.Seq.Len()+3)
			rnntest.SameGradient(t, got, want, 1e-12)
		}
	})
}

// foreign is another BLAS than gonum's own, as far as rnnkit can tell.
type foreign struct{ gonum.Implementation }

func TestAnotherBLASGivesTheSameGradient(t *testing.T) {
	defer blas64.Use(blas64.Implementation())
	for _, o := range rnntest.Options(4) {
		_, want := rnnkit.GradientOf(o.Net, o.H0, o.Seq)
		blas64.Use(foreign{})
		_, got := rnnkit.GradientOf(o.Net, o.H0, o.Seq)
		blas64.Use(gonum.Implementation{})
		rnntest.SameGradient(t, got, want, 1e-13)
	}
}

// What is decoded from a file may be empty where a program would leave nil.
func TestAnEmptyListIsAsGoodAsNone(t *testing.T) {
	for _, o := range rnntest.Options(5) {
		_, want := rnnkit.GradientOf(o.Net, o.H0, o.Seq)
		seq := o.Seq
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
		_, got := rnnkit.GradientOf(o.Net, o.H0, seq)
		rnntest.SameGradient(t, got, want, 0)
		if _, plain := o.Net.Cell.(rnnkit.Plain); plain {
			if _, _, err := gradcheck.RTRL(o.Net, o.H0, seq); err != nil {
				t.Error(err)
			}
		}
		if _, err := gradcheck.NudgeCopy(o.Net, o.H0, seq, 1, 1); err != nil {
			t.Error(err)
		}
	}
}

func TestStepsWithoutTargetHaveNoLoss(t *testing.T) {
	rnntest.ForOptions(t, func(t *testing.T, o rnntest.Option) {
		pass := rnnkit.MustForward(o.Net, o.H0, o.Seq)
		sum := 0.0
		for i, loss := range pass.Losses[1:] {
			asked := o.Seq.Values != nil && o.Seq.Values[i] != nil || o.Seq.Targets != nil && o.Seq.Targets[i] != rnnkit.NoTarget
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
	for _, o := range rnntest.Options(1) {
		pass, gradient := rnnkit.NewPass(o.Net, o.Seq.Len()), rnnkit.NewGradient(o.Net)
		allocations := testing.AllocsPerRun(50, func() {
			gradient.Zero()
			if err := pass.Forward(o.Net, o.H0, o.Seq); err != nil {
				t.Fatal(err)
			}
			pass.Backward(gradient, o.Net)
			pass.BackwardTruncated(gradient, o.Net, 1, 2)
			o.Net.Descend(gradient, 1e-6)
		})
		if allocations != 0 {
			t.Errorf("%s: a step allocates %v times, want 0", o.Name, allocations)
		}
	}
}

func TestTheStateIsCarriedOver(t *testing.T) {
	rnntest.ForOptions(t, func(t *testing.T, o rnntest.Option) {
		whole := rnnkit.MustForward(o.Net, o.H0, o.Seq)
		pass, state, loss := rnnkit.NewPass(o.Net, 1), o.H0, 0.0
		for i := range o.Seq.Len() {
			part := rnnkit.Sequence{}
			if o.Seq.X != nil {
				part.X = o.Seq.X[i : i+1]
			} else {
				part.Inputs = o.Seq.Inputs[i : i+1]
			}
			if o.Seq.Values != nil {
				part.Values = o.Seq.Values[i : i+1]
			} else {
				part.Targets = o.Seq.Targets[i : i+1]
			}
			if err := pass.Forward(o.Net, state, part); err != nil {
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
	rnntest.ForOptions(t, func(t *testing.T, o rnntest.Option) {
		p := rnnkit.MustForward(o.Net, o.H0, o.Seq)
		for step := 1; step <= o.Seq.Len(); step++ {
			H := len(p.H[step])
			before := p.State[step-1]
			for j, got := range p.H[step] {
				gate := func(name string) float64 { return p.Gate(o.Net, step, name)[j] }
				want := 0.0
				switch o.Net.Cell.(type) {
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
		rnntest.WantError(t, name, pass.Forward(net, nil, c.seq), c.says...)
	}
	ok := rnnkit.Sequence{Inputs: []int{0, 1}, Targets: []int{0, rnnkit.NoTarget}}
	p, g := rnnkit.GradientOf(net, nil, ok)
	rnntest.WantPanic(t, "h0 of half the state", func() { _ = pass.Forward(net, []float64{1, 2}, ok) }, "h0 has length 2", "4 long")
	rnntest.WantPanic(t, "k2 of 0", func() { p.BackwardTruncated(g, net, 1, 0) }, "k1 = 1 and k2 = 0")
	rnntest.WantPanic(t, "k1 above k2", func() { p.BackwardTruncated(g, net, 3, 2) }, "k1 = 3 and k2 = 2")
	rnntest.WantPanic(t, "no such gate", func() { p.Gate(net, 1, "z") }, "lstm", `"z"`, "[i f g o]")
	rnntest.WantPanic(t, "rows that are no blocks", func() {
		n := *net
		n.U = mat.NewDense(6, 3, nil)
		n.Dims()
	}, "6×3", "lstm", "4 gates")
	rnntest.WantPanic(t, "BW without a GRU", func() {
		n := *net
		n.BW = mat.NewVecDense(8, nil)
		n.Dims()
	}, "BW", "lstm")
	rnntest.WantPanic(t, "another cell's pass", func() { _ = pass.Forward(rnnkit.NewRNN(3, 2, 4), nil, ok) }, "made for", "8")
	rnntest.WantPanic(t, "squared error", func() { rnnkit.SquaredError([]float64{1}, nil) }, "1 outputs", "0 values")
	rnntest.WantPanic(t, "perplexity", func() { rnnkit.Perplexity(1, 0) }, "0 steps")
}

func TestPerplexityOfGuessingIsTheNumberOfTokens(t *testing.T) {
	net := rnnkit.NewRNN(3, 2, 4) // zeros: all rnntest.Four outputs are equally likely
	p := rnnkit.MustForward(net, nil, rnnkit.Sequence{Inputs: []int{0, 1, 2}, Targets: []int{0, 3, 1}})
	if got := rnnkit.Perplexity(p.Loss, 3); math.Abs(got-4) > 1e-12 {
		t.Errorf("the perplexity is %v, want 4", got)
	}
}

func TestInitialStateIsH0OrTheNetsOrZero(t *testing.T) {
	net, dst := rnntest.Lecture(), []float64{7, 7}
	if got := net.InitialState(dst, nil); !floats.Equal(got, []float64{0, 0}) {
		t.Errorf("with no state given it is %v, want zero", got)
	}
	net.H0 = []float64{1, 2}
	if got := net.InitialState(dst, nil); !floats.Equal(got, net.H0) {
		t.Errorf("with none given it is %v, want the net's H0", got)
	}
	if got := net.InitialState(dst, []float64{3, 4}); !floats.Equal(got, []float64{3, 4}) {
		t.Errorf("with [3 4] given it is %v", got)
	}
	if got := net.InitialState(dst, dst); !floats.Equal(got, []float64{3, 4}) {
		t.Errorf("with [3 4] given in dst itself it is %v", got)
	}
	rnntest.WantPanic(t, "a short destination", func() { net.InitialState(dst[:1], nil) }, "dst has length 1", "2 long")
	rnntest.WantPanic(t, "a long h0", func() { net.InitialState(dst, make([]float64, 3)) }, "h0 has length 3")
}

func TestParametersShareTheMemoryOfNetAndGradient(t *testing.T) {
	for _, cell := range rnntest.Cells {
		net := rnnkit.New(cell, 5, 2, 3).WithBiases()
		net.H0 = make([]float64, net.StateLen())
		g := rnnkit.NewGradient(net)
		names := ""
		for i, p := range net.Parameters(g) {
			if len(p.Data) == 0 {
				continue
			}
			names += p.Name + " "
			if size := p.Rows * max(p.Cols, 1); size != len(p.Data) || size != len(p.Grad) {
				t.Errorf("%s: %s is %d×%d, with %d numbers and %d of the gradient", cell.Name(), p.Name, p.Rows, p.Cols, len(p.Data), len(p.Grad))
			}
			p.Data[len(p.Data)-1], p.Grad[len(p.Grad)-1] = float64(i+1), float64(-i-1)
		}
		G := len(cell.Gates()) * 2
		want, last := "U W V B C H0 ", 7.0
		if cell == (rnnkit.GRU{}) {
			want = "U W V B C BW H0 "
			if net.BW.AtVec(G-1) != 6 || g.BW.AtVec(G-1) != -6 {
				t.Errorf("%s: a change of BW does not reach the net", cell.Name())
			}
		}
		if names != want {
			t.Errorf("%s: the parameters are %s, want %s", cell.Name(), names, want)
		}
		for _, v := range []float64{
			net.U.At(G-1, 4) - 1, net.W.At(G-1, 1) - 2, net.V.At(2, 1) - 3, net.B.AtVec(G-1) - 4, net.C.AtVec(2) - 5, net.H0[net.StateLen()-1] - last,
			g.U.At(G-1, 4) + 1, g.W.At(G-1, 1) + 2, g.V.At(2, 1) + 3, g.B.AtVec(G-1) + 4, g.C.AtVec(2) + 5, g.H0[net.StateLen()-1] + last,
		} {
			if v != 0 {
				t.Errorf("%s: a change of a parameter does not reach the net or the gradient", cell.Name())
			}
		}
	}
	plain := rnntest.Lecture()
	for _, p := range plain.Parameters(nil) {
		if p.Grad != nil || (len(p.Data) > 0) != (p.Name == "U" || p.Name == "W" || p.Name == "V") {
			t.Errorf("without biases %s has %d numbers and the gradient %v", p.Name, len(p.Data), p.Grad)
		}
	}
	rnntest.WantPanic(t, "another net's gradient", func() { plain.Parameters(rnnkit.NewGradient(rnnkit.NewRNN(3, 5, 4))) }, "5×3")
}
