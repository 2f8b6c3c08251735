package train_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit"
	"rnn101/rnnkit/internal/rnntest"
	"rnn101/rnnkit/train"
)

func TestTrainingThatDivergesNamesTheStep(t *testing.T) {
	_, err := (train.Training{Steps: 100, Rate: 1e308}).Run(context.Background(), rnntest.Lecture(), []rnnkit.Sequence{rnntest.Four})
	rnntest.WantError(t, "a rate beyond reason", err, "step")
	_, err = (train.Training{}).Run(context.Background(), rnntest.Lecture(), nil)
	rnntest.WantError(t, "no sequence", err, "no sequence")
}

func TestALearnedStateIsTrainedAndCountsInTheNorm(t *testing.T) {
	net := rnntest.Lecture()
	net.H0 = []float64{0.1, -0.2}
	g := rnnkit.NewGradient(net)
	for _, seq := range []rnnkit.Sequence{rnntest.Pair1, rnntest.Pair2} {
		rnnkit.MustForward(net, nil, seq).Backward(g, net)
	}
	with := g.Norm()
	want := math.Sqrt(math.Pow(floats.Norm(g.H0, 2), 2) + math.Pow(mat.Norm(g.U, 2), 2) + math.Pow(mat.Norm(g.W, 2), 2) + math.Pow(mat.Norm(g.V, 2), 2))
	if math.Abs(with-want) > 1e-15 {
		t.Errorf("the length is %v, want %v", with, want)
	}
	if _, err := (train.Training{Steps: 200, Rate: 0.5, Frozen: "UWV"}).Run(context.Background(), net, []rnnkit.Sequence{rnntest.Pair2}); err != nil {
		t.Fatal(err)
	}
	if !mat.Equal(net.U, rnntest.Lecture().U) || net.H0[0] == 0.1 {
		t.Errorf("with U, W and V frozen h_0 is %v, want it alone to have moved", net.H0)
	}
	zero := rnnkit.MustForward(rnntest.Lecture(), nil, rnntest.Pair2).Loss
	if got := rnnkit.MustForward(net, nil, rnntest.Pair2).Loss; got >= zero {
		t.Errorf("from the learned state the loss is %v, from zero %v", got, zero)
	}
}

func TestTrainingWithTruncationClipAndOptimizer(t *testing.T) {
	net := rnnkit.New(rnnkit.GRU{}, 3, 4, 4).WithBiases()
	net.Glorot(4)
	training := train.Training{Steps: 150, Optimizer: &train.Adam{Rate: 0.05}, Clip: 1, K1: 2, K2: 3}
	losses, err := training.Run(context.Background(), net, []rnnkit.Sequence{rnntest.Four})
	if err != nil {
		t.Fatal(err)
	}
	if losses[150] > losses[0]/20 {
		t.Errorf("in 150 steps the loss went from %v to %v", losses[0], losses[150])
	}
}

func TestTrainingReportsEachLossOnce(t *testing.T) {
	var steps []int
	var heard []float64
	training := train.Training{Steps: 5, Rate: 0.5, Progress: func(step int, loss float64) {
		steps, heard = append(steps, step), append(heard, loss)
	}}
	losses, err := training.Run(context.Background(), rnntest.Lecture(), []rnnkit.Sequence{rnntest.Pair1, rnntest.Pair2})
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(steps) != "[0 1 2 3 4 5]" || !floats.Same(heard, losses) {
		t.Errorf("progress heard steps %v and losses %v, want 0 to 5 and %v", steps, heard, losses)
	}
}

func TestTrainingCanBeCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	net := rnntest.Lecture()
	training := train.Training{Steps: 100, Rate: 0.5, Progress: func(step int, loss float64) {
		if step == 3 {
			cancel()
		}
	}}
	losses, err := training.Run(ctx, net, []rnnkit.Sequence{rnntest.Pair1, rnntest.Pair2})
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "stopped after 3 of 100 steps") || len(losses) != 4 {
		t.Errorf("cancelled at step 3: %d losses and the error %v", len(losses), err)
	}
	whole := rnntest.Lecture()
	if _, err := (train.Training{Steps: 3, Rate: 0.5}).Run(context.Background(), whole, []rnnkit.Sequence{rnntest.Pair1, rnntest.Pair2}); err != nil {
		t.Fatal(err)
	}
	rnntest.SameMatrix(t, "W of a training that was cancelled after 3 updates", net.W, whole.W, 0)
}

func TestFrozenParametersStay(t *testing.T) {
	for _, frozen := range []string{"U", "W", "V", "UV", "UWV"} {
		net, before := rnntest.Lecture(), rnntest.Lecture()
		if _, err := (train.Training{Steps: 2, Rate: 0.5, Frozen: frozen}).Run(context.Background(), net, []rnnkit.Sequence{rnntest.Four}); err != nil {
			t.Fatal(err)
		}
		for name, pair := range map[string][2]*mat.Dense{"U": {net.U, before.U}, "W": {net.W, before.W}, "V": {net.V, before.V}} {
			stayed := mat.Equal(pair[0], pair[1])
			if isFrozen := strings.Contains(frozen, name); stayed != isFrozen {
				t.Errorf("frozen %q: %s stayed: %v, want %v", frozen, name, stayed, isFrozen)
			}
		}
	}
}

func TestABadTrainingPanics(t *testing.T) {
	run := func(training train.Training) func() {
		return func() { _, _ = training.Run(context.Background(), rnntest.Lecture(), []rnnkit.Sequence{rnntest.Pair1}) }
	}
	for name, rate := range map[string]float64{"negative": -0.1, "NaN": math.NaN(), "infinite": math.Inf(1)} {
		rnntest.WantPanic(t, name+" rate", run(train.Training{Rate: rate}), "train: Training: learning rate")
	}
	rnntest.WantPanic(t, "a negative number of steps", run(train.Training{Steps: -1}), "Steps is -1")
	for _, frozen := range []string{"X", "UXW", "u", "W V"} {
		rnntest.WantPanic(t, "frozen "+frozen, run(train.Training{Steps: 1, Frozen: frozen}), `"`+frozen+`"`, "U, W, V, B, C and H")
	}
}

// Of a GRU, which has all parameters: the letters of Frozen, and what each keeps.
func TestEachLetterOfFrozenKeepsItsParameters(t *testing.T) {
	for frozen, kept := range map[string][]string{"U": {"U"}, "W": {"W"}, "V": {"V"}, "B": {"B", "BW"}, "C": {"C"}, "H": {"H0"}, "HUB": {"U", "B", "BW", "H0"}} {
		net := rnnkit.New(rnnkit.GRU{}, 3, 2, 4).WithBiases()
		net.H0 = make([]float64, net.StateLen())
		net.Glorot(1)
		before := net.Clone()
		if _, err := (train.Training{Steps: 2, Optimizer: &train.Adam{}, Frozen: frozen}).Run(context.Background(), net, []rnnkit.Sequence{rnntest.Four}); err != nil {
			t.Fatal(err)
		}
		old := before.Parameters(nil)
		for i, p := range net.Parameters(nil) {
			if stayed := floats.Equal(p.Data, old[i].Data); stayed != slices.Contains(kept, p.Name) {
				t.Errorf("frozen %q: %s stayed the same: %v, want %v", frozen, p.Name, stayed, !stayed)
			}
		}
	}
}
