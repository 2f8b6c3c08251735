package rnnkit_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit"
)

// randomCase is a net with biases, a state to start from and a sequence, all drawn
// from the seed. The state is not zero: from zero some mistakes do not show.
func randomCase(seed uint64) (net *rnnkit.RNN, h0 []float64, seq rnnkit.Sequence) {
	r := rand.New(rand.NewPCG(seed, 7))
	inputs, hidden, outputs, steps := 1+r.IntN(5), 1+r.IntN(6), 1+r.IntN(5), 1+r.IntN(8)
	net = rnnkit.NewRNN(inputs, hidden, outputs)
	net.Glorot(seed)
	net.B, net.C = mat.NewVecDense(hidden, nil), mat.NewVecDense(outputs, nil)
	h0 = make([]float64, hidden)
	for i := range hidden {
		net.B.SetVec(i, r.Float64()-0.5)
		h0[i] = 1.8*r.Float64() - 0.9
	}
	for i := range outputs {
		net.C.SetVec(i, r.Float64()-0.5)
	}
	for range steps {
		seq.Inputs = append(seq.Inputs, r.IntN(inputs))
		seq.Targets = append(seq.Targets, r.IntN(outputs))
	}
	return net, h0, seq
}

// forRandomCases calls the test for a spread of nets, each under its seed's name.
func forRandomCases(t *testing.T, check func(t *testing.T, net *rnnkit.RNN, h0 []float64, seq rnnkit.Sequence)) {
	t.Helper()
	for seed := range uint64(40) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			net, h0, seq := randomCase(seed)
			check(t, net, h0, seq)
		})
	}
}

// sameMatrix fails at the first entry that is further away than the tolerance.
func sameMatrix(t *testing.T, what string, got, want mat.Matrix, tolerance float64) {
	t.Helper()
	if !mat.EqualApprox(got, want, tolerance) {
		t.Errorf("%s is\n%v\nwant\n%v", what, mat.Formatted(got), mat.Formatted(want))
	}
}

func TestGradientEqualsFiniteDifferences(t *testing.T) {
	forRandomCases(t, func(t *testing.T, net *rnnkit.RNN, h0 []float64, seq rnnkit.Sequence) {
		_, got := rnnkit.GradientOf(net, h0, seq)
		want, err := rnnkit.FiniteDifference(net, h0, seq)
		if err != nil {
			t.Fatal(err)
		}
		sameMatrix(t, "∂L/∂U", got.U, want.U, 1e-8)
		sameMatrix(t, "∂L/∂W", got.W, want.W, 1e-8)
		sameMatrix(t, "∂L/∂V", got.V, want.V, 1e-8)
		sameMatrix(t, "∂L/∂b", got.B, want.B, 1e-8)
		sameMatrix(t, "∂L/∂c", got.C, want.C, 1e-8)
		if !floats.EqualApprox(got.H0, want.H0, 1e-8) {
			t.Errorf("∂L/∂h_0 is %v, want %v", got.H0, want.H0)
		}
	})
}

func TestSumOfPathsEqualsGradient(t *testing.T) {
	forRandomCases(t, func(t *testing.T, net *rnnkit.RNN, h0 []float64, seq rnnkit.Sequence) {
		pass, gradient := rnnkit.GradientOf(net, h0, seq)
		paths := rnnkit.PathsOf(net, pass)
		sameMatrix(t, "the sum over paths into W", paths.SumW(), gradient.W, 1e-12)
		sameMatrix(t, "the sum over paths into U", paths.SumU(), gradient.U, 1e-12)
	})
}

func TestEachPathEqualsItsNudge(t *testing.T) {
	forRandomCases(t, func(t *testing.T, net *rnnkit.RNN, h0 []float64, seq rnnkit.Sequence) {
		pass, _ := rnnkit.GradientOf(net, h0, seq)
		paths := rnnkit.PathsOf(net, pass)
		for step := 1; step <= len(seq.Inputs); step++ {
			for k := 1; k <= step; k++ {
				want, err := rnnkit.NudgeCopy(net, h0, seq, step, k)
				if err != nil {
					t.Fatal(err)
				}
				sameMatrix(t, fmt.Sprintf("cell (%d, %d)", step, k), paths.W[step][k], want, 1e-8)
			}
		}
	})
}

func TestForwardInTimeEqualsBackwardInTime(t *testing.T) {
	forRandomCases(t, func(t *testing.T, net *rnnkit.RNN, h0 []float64, seq rnnkit.Sequence) {
		_, gradient := rnnkit.GradientOf(net, h0, seq)
		W, U, err := rnnkit.RTRL(net, h0, seq)
		if err != nil {
			t.Fatal(err)
		}
		sameMatrix(t, "∂L/∂W by RTRL", W, gradient.W, 1e-12)
		sameMatrix(t, "∂L/∂U by RTRL", U, gradient.U, 1e-12)
	})
}

// To carry the state over is to run one sequence in two parts.
func TestASequenceInTwoPartsHasTheSameStatesAndLosses(t *testing.T) {
	forRandomCases(t, func(t *testing.T, net *rnnkit.RNN, h0 []float64, seq rnnkit.Sequence) {
		whole := rnnkit.MustForward(net, h0, seq)
		for cut := 1; cut < len(seq.Inputs); cut++ {
			first := rnnkit.MustForward(net, h0, rnnkit.Sequence{Inputs: seq.Inputs[:cut], Targets: seq.Targets[:cut]})
			second := rnnkit.MustForward(net, first.H[cut], rnnkit.Sequence{Inputs: seq.Inputs[cut:], Targets: seq.Targets[cut:]})
			if !floats.Same(second.H[len(seq.Inputs)-cut], whole.H[len(seq.Inputs)]) {
				t.Errorf("cut after %d: the last state is %v, want %v", cut, second.H[len(seq.Inputs)-cut], whole.H[len(seq.Inputs)])
			}
			if got := first.Loss + second.Loss; math.Abs(got-whole.Loss) > 1e-12 {
				t.Errorf("cut after %d: the losses add to %v, want %v", cut, got, whole.Loss)
			}
		}
	})
}

func TestGradientsOfTwoSequencesAddUp(t *testing.T) {
	net, h0, seq := randomCase(3)
	_, once := rnnkit.GradientOf(net, h0, seq)
	pass, twice := rnnkit.NewPass(net, len(seq.Inputs)), rnnkit.NewGradient(net)
	for range 2 {
		if err := pass.Forward(net, h0, seq); err != nil {
			t.Fatal(err)
		}
		pass.Backward(twice, net)
	}
	var want mat.Dense
	want.Scale(2, once.W)
	sameMatrix(t, "∂L/∂W of a sequence run twice", twice.W, &want, 1e-14)
	twice.Zero()
	if twice.Norm() != 0 || floats.Norm(twice.H0, 2) != 0 {
		t.Errorf("after Zero the norms are %v and %v, want 0", twice.Norm(), floats.Norm(twice.H0, 2))
	}
}

func TestSoftmaxIsADistributionThatAShiftDoesNotChange(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := 1; n <= 20; n++ {
		scores, shifted := make([]float64, n), make([]float64, n)
		shift := 1000 * (r.Float64() - 0.5)
		for i := range scores {
			scores[i] = 40 * (r.Float64() - 0.5)
			shifted[i] = scores[i] + shift
		}
		y := rnnkit.Softmax(make([]float64, n), scores)
		if sum := floats.Sum(y); math.Abs(sum-1) > 1e-14 {
			t.Errorf("the probabilities of %d scores sum to %v", n, sum)
		}
		if moved := rnnkit.Softmax(make([]float64, n), shifted); !floats.EqualApprox(y, moved, 1e-12) {
			t.Errorf("a shift by %v makes %v of %v", shift, moved, y)
		}
		if !floats.Same(rnnkit.Softmax(scores, scores), y) {
			t.Errorf("in place softmax gives %v, want %v", scores, y)
		}
	}
}

func TestSoftmaxAndCrossEntropyAreSafeForLargeScores(t *testing.T) {
	for _, c := range []struct {
		scores []float64
		target int
		loss   float64 // by hand
	}{
		{[]float64{1000, 1000}, 0, math.Ln2},
		{[]float64{1000, 0}, 0, 0},
		{[]float64{1000, 0}, 1, 1000},
		{[]float64{-1e6, -1e6, -1e6, -1e6}, 2, math.Log(4)},
		{[]float64{1e300, -1e300}, 0, 0},
		{[]float64{1e9, 1e9 + 1}, 0, math.Log1p(math.E)},
	} {
		if got := rnnkit.CrossEntropy(c.scores, c.target); !(math.Abs(got-c.loss) <= 1e-12*math.Max(1, c.loss)) {
			t.Errorf("the loss of scores %v with target %d is %v, want %v", c.scores, c.target, got, c.loss)
		}
		for _, p := range rnnkit.Softmax(make([]float64, len(c.scores)), c.scores) {
			if math.IsNaN(p) || p < 0 || p > 1 {
				t.Errorf("the softmax of %v has an entry %v", c.scores, p)
			}
		}
	}
}

// The probabilities and their gradient sum as the formulas say, for every net.
func TestRowsOfDeltaOutputSumToZero(t *testing.T) {
	forRandomCases(t, func(t *testing.T, net *rnnkit.RNN, h0 []float64, seq rnnkit.Sequence) {
		pass, _ := rnnkit.GradientOf(net, h0, seq)
		for step := 1; step <= len(seq.Inputs); step++ {
			if sum := floats.Sum(pass.DO[step]); math.Abs(sum) > 1e-14 {
				t.Errorf("ŷ_%d − y_%d sums to %v, want 0", step, step, sum)
			}
		}
	})
}

func TestTheSameSeedGivesTheSameNetWithinGlorotsBounds(t *testing.T) {
	a, b, other := rnnkit.NewRNN(7, 5, 3), rnnkit.NewRNN(7, 5, 3), rnnkit.NewRNN(7, 5, 3)
	a.Glorot(11)
	b.Glorot(11)
	other.Glorot(12)
	if !mat.Equal(a.U, b.U) || !mat.Equal(a.W, b.W) || !mat.Equal(a.V, b.V) {
		t.Error("the same seed gives two nets")
	}
	if mat.Equal(a.W, other.W) {
		t.Error("another seed gives the same net")
	}
	for name, m := range map[string]*mat.Dense{"U": a.U, "W": a.W, "V": a.V} {
		rows, columns := m.Dims()
		bound := math.Sqrt(6 / float64(rows+columns))
		largest := math.Max(mat.Max(m), -mat.Min(m))
		if largest > bound || largest < bound/2 {
			t.Errorf("the largest entry of %s is %v, want one between %v and %v", name, largest, bound/2, bound)
		}
	}
}

func TestATrainingStepAllocatesNothing(t *testing.T) {
	net, h0, seq := randomCase(5)
	pass, gradient := rnnkit.NewPass(net, len(seq.Inputs)), rnnkit.NewGradient(net)
	allocations := testing.AllocsPerRun(100, func() {
		gradient.Zero()
		if err := pass.Forward(net, h0, seq); err != nil {
			t.Fatal(err)
		}
		pass.Backward(gradient, net)
		net.Descend(gradient, 0.01)
	})
	if allocations != 0 {
		t.Errorf("a step of forward, backward and update allocates %v times, want 0", allocations)
	}
}

func TestTrainingReportsEachLossOnce(t *testing.T) {
	var steps []int
	var heard []float64
	training := rnnkit.Training{Steps: 5, Rate: 0.5, Progress: func(step int, loss float64) {
		steps, heard = append(steps, step), append(heard, loss)
	}}
	losses, err := training.Run(context.Background(), lecture(), []rnnkit.Sequence{pair1, pair2})
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(steps) != "[0 1 2 3 4 5]" || !floats.Same(heard, losses) {
		t.Errorf("progress heard steps %v and losses %v, want 0 to 5 and %v", steps, heard, losses)
	}
}

func TestTrainingCanBeCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	net := lecture()
	training := rnnkit.Training{Steps: 100, Rate: 0.5, Progress: func(step int, loss float64) {
		if step == 3 {
			cancel()
		}
	}}
	losses, err := training.Run(ctx, net, []rnnkit.Sequence{pair1, pair2})
	if !isCancelled(err, "stopped after 3 of 100 steps") || len(losses) != 4 {
		t.Errorf("cancelled at step 3: %d losses and the error %v", len(losses), err)
	}
	whole := lecture()
	if _, err := (rnnkit.Training{Steps: 3, Rate: 0.5}).Run(context.Background(), whole, []rnnkit.Sequence{pair1, pair2}); err != nil {
		t.Fatal(err)
	}
	sameMatrix(t, "W of a training that was cancelled after 3 updates", net.W, whole.W, 0)
}

func TestFrozenParametersStay(t *testing.T) {
	for _, frozen := range []string{"U", "W", "V", "UV", "UWV"} {
		net, before := lecture(), lecture()
		if _, err := (rnnkit.Training{Steps: 2, Rate: 0.5, Frozen: frozen}).Run(context.Background(), net, []rnnkit.Sequence{four}); err != nil {
			t.Fatal(err)
		}
		for name, pair := range map[string][2]*mat.Dense{"U": {net.U, before.U}, "W": {net.W, before.W}, "V": {net.V, before.V}} {
			stayed := mat.Equal(pair[0], pair[1])
			if isFrozen := contains(frozen, name); stayed != isFrozen {
				t.Errorf("frozen %q: %s stayed: %v, want %v", frozen, name, stayed, isFrozen)
			}
		}
	}
}

// The memory of a training run is that of its Pass, its Gradient and the net.
func TestAPassTakesTheMemoryThatItsCommentStates(t *testing.T) {
	for _, cell := range cells {
		const inputs, hidden, outputs, steps = 30, 120, 40, 300
		net := rnnkit.New(cell, inputs, hidden, outputs)
		G, S, Y, H, T := len(cell.Gates()), net.StateLen(), outputs, hidden, steps
		numbers := T*(3*Y+3*G*H+S) + 3*S + T
		if cell == (rnnkit.GRU{}) {
			numbers += T * 2 * G * H
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		pass := rnnkit.NewPass(net, steps)
		runtime.ReadMemStats(&after)
		got, want := float64(after.TotalAlloc-before.TotalAlloc), float64(8*numbers)
		// The slice headers of the rows come on top: 24 bytes for each step and series.
		if want += 24 * 11 * float64(T); got < 0.9*want || got > 1.1*want {
			t.Errorf("%s: a pass takes %.0f bytes, its comment says %.0f", cell.Name(), got, want)
		}
		runtime.KeepAlive(pass)
	}
}
