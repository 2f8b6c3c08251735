package engine_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"rnn101/internal/site/net/engine"
	"rnn101/internal/site/net/engine/enginetest"
	"rnn101/rnnkit"
	"rnn101/rnnkit/gradcheck"
)

// carried returns the state in which the page opens: the lecture's second pair, from the state
// after the first.
func carried() engine.State {
	s := engine.Pair(2)
	s.Carry = true
	return s
}

func mustCompute(t *testing.T, s engine.State) *engine.Numbers {
	t.Helper()
	n, err := engine.Compute(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// The values are from PyTorch and, for the mistakes, from a calculation beside it.
func TestTheNumbersAreThoseOfTheLecture(t *testing.T) {
	four := func(m engine.Mistakes) engine.State {
		s := engine.Pair(0)
		s.Mistakes = m
		return s
	}
	first := func(m engine.Mistakes) engine.State {
		s := engine.Pair(1)
		s.Mistakes = m
		return s
	}
	for _, test := range []struct {
		name  string
		state engine.State
		want  map[string]float64
	}{
		{"pair 1", engine.Pair(1), map[string]float64{
			"L.0": 2.380429579406214, "L.1": 1.052558701289131, "h.1.0": 0.462117, "h.1.1": -0.291313, "h.2.0": 0.330250, "y.1.0": 0.349044, "y.2.3": 0.247168,
			"dU.0.0": -0.382830, "dU.0.1": 0, "dU.1.2": 0.079938, "dW.0.0": -0.086378, "dW.0.1": 0.054452, "dV.3.1": -0.008536, "e.2.1.0": -0.039940, "e.2.1.1": 0.070788,
			"cW.2.1.0.0": 0, "nW.0.0": 0.4432, "nW.1.1": 0.5116, "nL": 2.1116}},
		{"carried", carried(), map[string]float64{
			"L.0": 2.3996361573568423, "h.0.0": 0.330250, "cW.1.1.0.1": 0.076209, "cW.2.1.0.1": -0.002661, "cW.2.2.0.1": 0.118759, "dW.0.1": 0.192308, "dW.1.1": -0.213557}},
		{"four words", engine.Pair(0), map[string]float64{"L.0": 4.780065736763056, "dW.0.0": 0.037329, "dW.0.1": 0.215479, "dW.1.0": 0.026511, "dW.1.1": -0.199359}},
		{"four words, dropped", four(engine.Drop), map[string]float64{"dW.0.0": -0.007680, "dW.0.1": 0.249420, "dW.1.0": 0.119690, "dW.1.1": -0.217385, "fW.0.0": 0.037329}},
		{"pair 1, dropped", first(engine.Drop), map[string]float64{"dW.0.0": -0.086378, "dW.0.1": 0.054452}},
		{"pair 1, untransposed", first(engine.Untransposed), map[string]float64{"dW.0.0": -0.086378, "dW.1.1": -0.023287}},
	} {
		n := mustCompute(t, test.state)
		for id, want := range test.want {
			tolerance := 1e-6
			if strings.HasPrefix(id, "n") {
				tolerance = 1e-4
			}
			if got, ok := n.Value(id); !ok || math.Abs(got-want) > tolerance {
				t.Errorf("%s: %s is %v, want %v", test.name, id, got, want)
			}
		}
	}
}

// What moves when one copy of W₁₂ moves by 0.1, from the carried state.
func TestNudgingOneCopyMovesTheLossesByDifferentAmounts(t *testing.T) {
	n := mustCompute(t, carried())
	result, err := n.Nudge(engine.Entry{"W", 0, 1}, 1, 0.1)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		what      string
		got, want float64
	}{
		{"copy 1 moves L_1", result.Changes[1][1], 0.0077},
		{"copy 1 moves L_2", result.Changes[1][2], -0.0003},
		{"copy 2 moves L_1", result.Changes[2][1], 0},
		{"copy 2 moves L_2", result.Changes[2][2], 0.0123},
		{"the slope promises for L_1 and copy 1", result.Promises[1][1], 0.0076},
		{"the slope promises for L_2 and copy 1", result.Promises[1][2], -0.0003},
		{"the slope promises for L_2 and copy 2", result.Promises[2][2], 0.0119},
		{"all copies promise", result.Promises[0][0], 0.0192},
	} {
		if math.Abs(test.got-test.want) > 5e-5 {
			t.Errorf("%s by %.4f, want %.4f", test.what, test.got, test.want)
		}
	}
}

// rnnkit computes the same numbers without the engine.
func TestTheNumbersOfRandomNetsAreThoseOfRnnkit(t *testing.T) {
	for i, s := range enginetest.Random(200) {
		n := mustCompute(t, s)
		p, g := rnnkit.GradientOf(s.Net(), s.H0, s.Sequence())
		compare := func(name string, want []float64, at ...int) {
			t.Helper()
			for j, v := range want {
				if got := n.At(name, append(slices.Clone(at), j)...); got != v {
					t.Errorf("net %d: %s %v is %v, want %v", i, name, append(at, j), got, v)
				}
			}
		}
		compareRows := func(name string, m *mat.Dense) {
			t.Helper()
			for r := range m.RawMatrix().Rows {
				compare(name, m.RawRowView(r), r)
			}
		}
		compareRows("dU", g.U)
		compareRows("dW", g.W)
		compareRows("dV", g.V)
		compare("L", append([]float64{p.Loss}, p.Losses[1:]...))
		for step := 1; step <= n.T; step++ {
			compare("a", p.A[step], step)
			compare("h", p.H[step], step)
			compare("o", p.O[step], step)
			compare("y", p.Y[step], step)
			compare("d", p.DO[step], step)
			compare("de", p.Delta[step], step)
			for k := 1; k <= step && n.T <= 4; k++ {
				cell, err := gradcheck.NudgeCopy(s.Net(), s.H0, s.Sequence(), step, k)
				if err != nil {
					t.Fatal(err)
				}
				for r := range engine.Hidden {
					for c := range engine.Hidden {
						if got := n.At("cW", step, k, r, c); math.Abs(got-cell.At(r, c)) > 1e-6 {
							t.Errorf("net %d: cell (%d, %d) of W%d%d is %v, measured %v", i, step, k, r+1, c+1, got, cell.At(r, c))
						}
					}
				}
			}
		}
		compareRows("nW", func() *mat.Dense { next := s.Net(); next.Descend(g, s.Rate); return next.W }())
	}
}

func TestNudgedSlopesAgreeWithTheTableOfPaths(t *testing.T) {
	for i, s := range enginetest.Random(60) {
		if len(s.Words) > 4 {
			continue
		}
		n := mustCompute(t, s)
		for _, entry := range []engine.Entry{{"W", 0, 1}, {"W", 1, 0}, {"U", 1, s.Words[0]}} {
			result, err := n.Nudge(entry, 1, 0.1)
			if err != nil {
				t.Fatal(err)
			}
			for k := range result.Slopes {
				for step, measured := range result.Slopes[k] {
					if want := result.Promises[k][step] / 0.1; math.Abs(measured-want) > 1e-6 {
						t.Errorf("net %d, %v: copy %d moves L_%d with slope %v, the table has %v", i, entry, k, step, measured, want)
					}
				}
			}
		}
	}
}

func TestStatesThatCannotBeComputedSayWhy(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*engine.State)
		want   string
	}{
		"NaN":        {func(s *engine.State) { s.W[0][1] = math.NaN() }, "W contains NaN"},
		"infinite":   {func(s *engine.State) { s.Rate = math.Inf(1) }, "η contains +Inf"},
		"no word":    {func(s *engine.State) { s.Words, s.Targets = nil, nil }, "0 steps"},
		"many words": {func(s *engine.State) { s.Words = make([]int, 21) }, "21 steps"},
		"word 3":     {func(s *engine.State) { s.Words[0] = 3 }, "input 3 at position 1"},
		"a row less": {func(s *engine.State) { s.U = s.U[:1] }, "U has 1 rows, want 2"},
		"overflow":   {func(s *engine.State) { s.W[0][0], s.H0[0] = math.MaxFloat64, 10 }, "a_1 is not finite"},
	} {
		s := engine.Pair(1)
		test.change(&s)
		if _, err := engine.Compute(s); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: the error is %v, want %q", name, err, test.want)
		}
	}
}

// The losses are from PyTorch; both mistakes train as well as the right gradient.
func TestTrainingLearnsBothPairs(t *testing.T) {
	for _, test := range []struct {
		mistakes engine.Mistakes
		steps    int
		want     float64
	}{{0, 50, 0.1146}, {0, 500, 0.0076}, {engine.Drop, 50, 0.1011}, {engine.Untransposed, 50, 0.1093}} {
		s := engine.Pair(1)
		s.Mistakes = test.mistakes
		result, err := engine.Train(s, true, test.steps)
		if err != nil {
			t.Fatal(err)
		}
		if got := result.Losses[test.steps]; math.Abs(got-test.want) > 5e-5 {
			t.Errorf("mistakes %04b: the loss after %d steps is %.4f, want %.4f", test.mistakes, test.steps, got, test.want)
		}
		if len(result.Hidden) > 240 || len(result.Hidden[0]) != 4 || len(result.Chances) != 4 {
			t.Errorf("%d steps have %d states of %d words", test.steps, len(result.Hidden), len(result.Hidden[0]))
		}
	}
}

// The numbers are a lecturer's, from NumPy.
func TestTheCarriedStateFollowsTheWeightsAndIsAConstantForTheGradient(t *testing.T) {
	first := mustCompute(t, engine.Pair(1))
	n := mustCompute(t, carried())
	for i := range engine.Hidden {
		if got, want := n.At("h", 0, i), first.At("h", 2, i); got != want {
			t.Errorf("h_0[%d] is %v, want the lecture's %v", i+1, got, want)
		}
	}
	trained, err := engine.Train(engine.Pair(2), true, 50)
	if err != nil {
		t.Fatal(err)
	}
	trained.State.Carry = true
	for _, test := range []struct {
		name  string
		state engine.State
		want  map[string]float64
	}{
		{"a student's net", engine.Vary(carried(), "20231234"), map[string]float64{"h.0.0": 0.4319, "h.0.1": -0.4454}},
		{"a trained net", trained.State, map[string]float64{"h.0.0": 0.9791, "h.0.1": 0.8655, "L.0": 0.1074}},
	} {
		n := mustCompute(t, test.state)
		for id, want := range test.want {
			if got, _ := n.Value(id); math.Abs(got-want) > 5e-5 {
				t.Errorf("%s: %s is %.4f, want %.4f", test.name, id, got, want)
			}
		}
	}
	if got, err := n.Uncut(engine.Entry{"W", 0, 1}); err != nil || math.Abs(got-0.1610) > 5e-5 {
		t.Errorf("with an h_0 that follows, the loss moves by %.4f for each unit of W12, want 0.1610 (error %v)", got, err)
	}
	if got := n.At("fW", 0, 1); math.Abs(got-0.1923) > 5e-5 {
		t.Errorf("with h_0 as a constant the slope is %.4f, want 0.1923", got)
	}
}

// Forward, the second pair from the state after the first is the sequence of all four words, whose
// loss is from PyTorch.
func TestTrainingFromTheCarriedStateAgreesWithTheStage(t *testing.T) {
	for _, both := range []bool{true, false} {
		result, err := engine.Train(carried(), both, 1)
		if err != nil {
			t.Fatal(err)
		}
		n := mustCompute(t, result.State)
		own := len(result.Parts) - 1
		if got, want := result.Parts[own], n.At("L", 0); got != want {
			t.Errorf("both pairs %v: the training ends at %v, the stage shows %v", both, got, want)
		}
		if got, want := result.Hidden[1][2*own][0], n.At("h", 1, 0); got != want {
			t.Errorf("both pairs %v: h_1[1] is %v on the plane and %v on the stage", both, got, want)
		}
		want := map[bool]float64{true: 4.780065736763056, false: 2.3996361573568423}[both]
		if math.Abs(result.Losses[0]-want) > 1e-12 {
			t.Errorf("both pairs %v: before the training the loss is %v, want %v", both, result.Losses[0], want)
		}
		if promised := mustCompute(t, carried()).At("nL"); !both && result.Losses[1] != promised {
			t.Errorf("the update promises a loss of %v, and the training has %v", promised, result.Losses[1])
		}
	}
}

// The criterion that the page states: a step back multiplies by Wᵀ and by 1 − h² ≤ 1.
func TestWhatReachesBackIsBoundedByTheSingularValueAndTheSlopes(t *testing.T) {
	for i, s := range enginetest.Random(100) {
		reach, err := engine.Far(s, 20, 1)
		if err != nil {
			t.Fatal(err)
		}
		for k := 1; k < 20; k++ {
			if most := reach.Singular * reach.Slopes[1] * reach.Norms[k+1]; reach.Norms[k] > most*(1+1e-12) {
				t.Errorf("net %d: at step %d the gradient is %v, more than the bound %v", i, k, reach.Norms[k], most)
			}
		}
	}
	for _, test := range []struct{ factor, least, most float64 }{{1, 0, 1e-7}, {6, 47.965, 47.975}} { // from NumPy
		reach, err := engine.Far(engine.Pair(2), 20, test.factor)
		if err != nil {
			t.Fatal(err)
		}
		if reach.Ratio < test.least || reach.Ratio > test.most {
			t.Errorf("from zero, with W times %v, step 1 has %v of step 20, want %v to %v", test.factor, reach.Ratio, test.least, test.most)
		}
	}
}

func TestTheLastLossReachesLessFarWithASmallerW(t *testing.T) {
	small, err := engine.Far(carried(), 20, 0.5)
	if err != nil {
		t.Fatal(err)
	}
	large, err := engine.Far(carried(), 20, 4)
	if err != nil {
		t.Fatal(err)
	}
	if a, b := small.Norms[1]/small.Norms[20], large.Norms[1]/large.Norms[20]; !(a < 1e-6 && b > 1e3*a) {
		t.Errorf("from step 20 to step 1 the gradient is multiplied by %v and %v", a, b)
	}
}

// gradcheck decomposes the matrices in general.
func TestTheMeasuresOfWAreThoseOfGradcheck(t *testing.T) {
	for i, s := range enginetest.Random(100) {
		W := s.Net().W
		reach, err := engine.Far(s, 1, 1)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := reach.Radius, gradcheck.SpectralRadius(W); math.Abs(got-want) > 1e-12*(1+want) {
			t.Errorf("net %d: the spectral radius of %v is %v, want %v", i, s.W, got, want)
		}
		if got, want := reach.Singular, gradcheck.SingularValues(W)[0]; math.Abs(got-want) > 1e-12*(1+want) {
			t.Errorf("net %d: the largest singular value of %v is %v, want %v", i, s.W, got, want)
		}
	}
}

func TestAStudentsNumberDeterminesTheNet(t *testing.T) {
	a, b, c := engine.Vary(engine.Pair(1), "20231234"), engine.Vary(engine.Pair(2), " 20231234 "), engine.Vary(engine.Pair(1), "20231235")
	if fmt.Sprint(a.U, a.W, a.V) != fmt.Sprint(b.U, b.W, b.V) {
		t.Error("spaces around the number change the net")
	}
	if fmt.Sprint(a.W, a.U) == fmt.Sprint(c.W, c.U) {
		t.Error("two numbers have the same net")
	}
	if engine.Pair(1).U[0][0] == a.U[0][0] && engine.Pair(1).W[0][0] == a.W[0][0] && engine.Pair(1).V[0][0] == a.V[0][0] {
		t.Error("the net is that of the lecture")
	}
}
