package rnnkit_test

import (
	"math"
	"math/rand/v2"
	"runtime"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit"
	"rnn101/rnnkit/gradcheck"
	"rnn101/rnnkit/internal/rnntest"
)

func TestGradientEqualsFiniteDifferences(t *testing.T) {
	rnntest.ForRandomCases(t, func(t *testing.T, net *rnnkit.RNN, h0 []float64, seq rnnkit.Sequence) {
		_, got := rnnkit.GradientOf(net, h0, seq)
		want, err := gradcheck.FiniteDifference(net, h0, seq)
		if err != nil {
			t.Fatal(err)
		}
		rnntest.SameMatrix(t, "∂L/∂U", got.U, want.U, 1e-8)
		rnntest.SameMatrix(t, "∂L/∂W", got.W, want.W, 1e-8)
		rnntest.SameMatrix(t, "∂L/∂V", got.V, want.V, 1e-8)
		rnntest.SameMatrix(t, "∂L/∂b", got.B, want.B, 1e-8)
		rnntest.SameMatrix(t, "∂L/∂c", got.C, want.C, 1e-8)
		if !floats.EqualApprox(got.H0, want.H0, 1e-8) {
			t.Errorf("∂L/∂h_0 is %v, want %v", got.H0, want.H0)
		}
	})
}

// To carry the state over is to run one sequence in two parts.
func TestASequenceInTwoPartsHasTheSameStatesAndLosses(t *testing.T) {
	rnntest.ForRandomCases(t, func(t *testing.T, net *rnnkit.RNN, h0 []float64, seq rnnkit.Sequence) {
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
	net, h0, seq := rnntest.RandomCase(3)
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
	rnntest.SameMatrix(t, "∂L/∂W of a sequence run twice", twice.W, &want, 1e-14)
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
	rnntest.ForRandomCases(t, func(t *testing.T, net *rnnkit.RNN, h0 []float64, seq rnnkit.Sequence) {
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
	net, h0, seq := rnntest.RandomCase(5)
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

// The memory of a training run is that of its Pass, its Gradient and the net.
func TestAPassTakesTheMemoryThatItsCommentStates(t *testing.T) {
	for _, cell := range rnntest.Cells {
		const inputs, hidden, outputs, steps = 30, 120, 40, 300
		net := rnnkit.New(cell, inputs, hidden, outputs)
		G, S, Y, H, T := len(cell.Gates()), net.StateLen(), outputs, hidden, steps
		numbers := T*(3*Y+3*G*H+2*S) + 2*S + T
		if cell == (rnnkit.GRU{}) {
			numbers += T * 2 * G * H
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		pass := rnnkit.NewPass(net, steps)
		runtime.ReadMemStats(&after)
		got, want := float64(after.TotalAlloc-before.TotalAlloc), float64(8*numbers)
		// The slice headers of the rows come on top: 24 bytes for each step and series.
		if want += 24 * 12 * float64(T); got < 0.9*want || got > 1.1*want {
			t.Errorf("%s: a pass takes %.0f bytes, its comment says %.0f", cell.Name(), got, want)
		}
		runtime.KeepAlive(pass)
	}
}
