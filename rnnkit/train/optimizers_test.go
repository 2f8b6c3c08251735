package train_test

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"testing"

	"gonum.org/v1/gonum/floats"

	"rnn101/rnnkit"
	"rnn101/rnnkit/internal/rnntest"
	"rnn101/rnnkit/train"
)

// storedNet is a net as the fixtures hold it.
type storedNet struct {
	U, W, V      [][]float64
	B, BW, C, H0 []float64
}

func (s *storedNet) net(cell string) *rnnkit.RNN {
	return &rnnkit.RNN{Cell: rnntest.Cells[cell], U: rnntest.MatrixOf(s.U), W: rnntest.MatrixOf(s.W), V: rnntest.MatrixOf(s.V),
		B: rnntest.VectorOf(s.B), BW: rnntest.VectorOf(s.BW), C: rnntest.VectorOf(s.C), H0: append([]float64(nil), s.H0...)}
}

// optimizers are those of testdata/make_optimizers.py, by their names there.
var optimizers = map[string]func() train.Optimizer{
	"sgd":               func() train.Optimizer { return &train.SGD{Rate: 0.1} },
	"momentum":          func() train.Optimizer { return &train.SGD{Rate: 0.05, Momentum: 0.9} },
	"adagrad":           func() train.Optimizer { return &train.Adagrad{Rate: 0.1} },
	"adam":              func() train.Optimizer { return &train.Adam{Rate: 0.02} },
	"adam, other betas": func() train.Optimizer { return &train.Adam{Rate: 0.05, Beta1: 0.8, Beta2: 0.95, Epsilon: 1e-6} },
}

func TestOptimizersAgreeWithPyTorchOverFiftySteps(t *testing.T) {
	data, err := os.ReadFile("testdata/optimizers.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Sequences []struct{ Inputs, Targets []int }
		Cases     []struct {
			Name, Optimizer, Cell string
			Before, After         storedNet
			Losses                []float64
		}
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Cases) != 15 {
		t.Fatalf("%d cases, want five optimizers for each of three cells", len(file.Cases))
	}
	var seqs []rnnkit.Sequence
	for _, s := range file.Sequences {
		seqs = append(seqs, rnnkit.Sequence{Inputs: s.Inputs, Targets: s.Targets})
	}
	for _, c := range file.Cases {
		t.Run(c.Name, func(t *testing.T) {
			net, want := c.Before.net(c.Cell), c.After.net(c.Cell)
			losses, err := train.Training{Steps: 50, Optimizer: optimizers[c.Optimizer]()}.Run(context.Background(), net, seqs)
			if err != nil {
				t.Fatal(err)
			}
			if !floats.EqualApprox(losses[:50], c.Losses, 1e-10) {
				t.Errorf("the losses are\n%v\nPyTorch has\n%v", losses[:50], c.Losses)
			}
			rnntest.SameMatrix(t, "U", net.U, want.U, 1e-10)
			rnntest.SameMatrix(t, "W", net.W, want.W, 1e-10)
			rnntest.SameMatrix(t, "V", net.V, want.V, 1e-10)
			rnntest.SameMatrix(t, "b", net.B, want.B, 1e-10)
			rnntest.SameMatrix(t, "c", net.C, want.C, 1e-10)
			if net.BW != nil {
				rnntest.SameMatrix(t, "b_W", net.BW, want.BW, 1e-10)
			}
			if !floats.EqualApprox(net.H0, want.H0, 1e-10) {
				t.Errorf("h_0 is %v, PyTorch has %v", net.H0, want.H0)
			}
		})
	}
}

func TestAnOptimizerAllocatesNothingOnceWarm(t *testing.T) {
	net := rnnkit.New(rnnkit.LSTM{}, 3, 4, 5).WithBiases()
	net.H0 = make([]float64, net.StateLen())
	gradient := rnnkit.NewGradient(net)
	for name, make := range optimizers {
		o := make()
		if n := testing.AllocsPerRun(20, func() { gradient.Clip(1); o.Step(net, gradient) }); n != 0 {
			t.Errorf("%s allocates %v times a step, want 0", name, n)
		}
	}
}

func TestBadOptimizersAreRefused(t *testing.T) {
	net := rnntest.Lecture()
	g := rnnkit.NewGradient(net)
	for name, o := range map[string]train.Optimizer{
		"SGD":     &train.SGD{Rate: -1},
		"Adagrad": &train.Adagrad{Rate: math.NaN()},
		"Adam":    &train.Adam{Rate: math.Inf(1)},
	} {
		rnntest.WantPanic(t, name, func() { o.Step(net, g) }, name, "learning rate")
	}
	rnntest.WantPanic(t, "momentum", func() { (&train.SGD{Momentum: 1}).Step(net, g) }, "momentum 1")
	rnntest.WantPanic(t, "beta", func() { (&train.Adam{Beta1: 1.5}).Step(net, g) }, "β₁ = 1.5")
	rnntest.WantPanic(t, "clip", func() { g.Clip(0) }, "norm 0", "positive")
	o := &train.Adam{}
	o.Step(net, g)
	other := rnnkit.NewRNN(3, 5, 4)
	rnntest.WantPanic(t, "another net", func() { o.Step(other, rnnkit.NewGradient(other)) }, "U had 6 numbers", "15")
	rnntest.WantPanic(t, "clip of a training", func() {
		_, _ = train.Training{Clip: -1}.Run(context.Background(), net, []rnnkit.Sequence{rnntest.Pair1})
	}, "Clip is -1")
}

// Adam's first step is the learning rate, whatever the size of the gradient, and Adagrad's
// too, as long as ε is small beside it: squares that overflow must not stop a parameter.
func TestFirstStepsDoNotDependOnTheSizeOfTheGradient(t *testing.T) {
	for name, o := range map[string]func() train.Optimizer{
		"Adam": func() train.Optimizer { return &train.Adam{Rate: 0.01} }, "Adagrad": func() train.Optimizer { return &train.Adagrad{Rate: 0.01} },
	} {
		for _, size := range []float64{1, 1e100, 1e154, 1e200, 1e300} {
			net := rnnkit.NewRNN(1, 1, 1)
			g, optimizer := rnnkit.NewGradient(net), o()
			g.U.Set(0, 0, size)
			for step := 1; step <= 2; step++ {
				optimizer.Step(net, g)
				want := -0.01 * float64(step) // Adam: the averages stay those of the one gradient
				if name == "Adagrad" && step == 2 {
					want = -0.01 * (1 + 1/math.Sqrt2)
				}
				if got := net.U.At(0, 0); math.Abs(got-want) > 1e-9 {
					t.Errorf("%s: after step %d with a gradient of %v the parameter is %v, want %v", name, step, size, got, want)
				}
			}
		}
	}
	// After a gradient of 1e200 small ones move the parameter again, once Adam's averages have
	// forgotten it: with β₂ = 0.1 that takes 400 steps.
	net, adam := rnnkit.NewRNN(1, 1, 1), &train.Adam{Rate: 0.01, Beta1: 0.1, Beta2: 0.1}
	g := rnnkit.NewGradient(net)
	g.U.Set(0, 0, 1e200)
	adam.Step(net, g)
	g.U.Set(0, 0, 1)
	for range 500 {
		adam.Step(net, g)
	}
	before := net.U.At(0, 0)
	if adam.Step(net, g); math.Abs(before-net.U.At(0, 0)-0.01) > 1e-9 {
		t.Errorf("long after a gradient of 1e200 a step with a gradient of 1 is %v, want 0.01", before-net.U.At(0, 0))
	}
}
