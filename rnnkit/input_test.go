package rnnkit_test

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit"
)

func contains(s, part string) bool { return strings.Contains(s, part) }

func isCancelled(err error, says string) bool {
	return errors.Is(err, context.Canceled) && contains(err.Error(), says)
}

// wantError fails unless the error begins with the package and says all the words.
func wantError(t *testing.T, name string, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Errorf("%s: no error, want one that says %q", name, words)
		return
	}
	for _, word := range words {
		if !contains(err.Error(), word) {
			t.Errorf("%s: the error is %q, it does not say %q", name, err, word)
		}
	}
	if !contains(err.Error(), "rnnkit:") {
		t.Errorf("%s: the error %q does not name the package", name, err)
	}
}

// wantPanic fails unless f panics with a text that begins with the package and says
// all the words.
func wantPanic(t *testing.T, name string, f func(), words ...string) {
	t.Helper()
	defer func() {
		t.Helper()
		said, ok := recover().(string)
		if !ok {
			t.Errorf("%s: no panic with a text, want one that says %q", name, words)
			return
		}
		wantError(t, name, errors.New(said), words...)
	}()
	f()
}

func TestVocabularyRefusesWhatItCannotNumber(t *testing.T) {
	_, err := rnnkit.NewVocabulary()
	wantError(t, "no token", err, "at least one token")
	_, err = rnnkit.NewVocabulary("bat", "")
	wantError(t, "an empty token", err, "token 2", "empty")
	_, err = rnnkit.NewVocabulary("bat", "ball", "bat")
	wantError(t, "a token twice", err, `"bat"`, "1 and 3")

	_, err = lectureIn.Encode("baseball", "bat ")
	wantError(t, "an unknown token", err, `"bat "`, "position 2", `"vampire"`)
	_, err = lectureOut.Decode(0, 4)
	wantError(t, "an unknown number", err, "number 4", "position 2", "0 to 3")
	_, err = lectureOut.Decode(-1)
	wantError(t, "a negative number", err, "number -1", "position 1")
	wantPanic(t, "Token", func() { lectureIn.Token(3) }, "number 3", "0 to 2")
	wantPanic(t, "MustVocabulary", func() { rnnkit.MustVocabulary("a", "a") }, `"a"`)
	wantPanic(t, "MustEncode", func() { lectureIn.MustEncode("Bat") }, `"Bat"`)
	wantPanic(t, "OneHot", func() { rnnkit.OneHot(make([]float64, 3), 3) }, "index 3", "length 3")
}

func TestAnErrorDoesNotListAWholeLargeVocabulary(t *testing.T) {
	var tokens []string
	for i := range 5000 {
		tokens = append(tokens, strings.Repeat("a", i+1)[:i%30+1]+string(rune('가'+i)))
	}
	_, err := rnnkit.MustVocabulary(tokens...).Encode("unknown")
	wantError(t, "5000 tokens", err, "and 4988 more")
	if len(err.Error()) > 700 {
		t.Errorf("the error has %d bytes: %q", len(err.Error()), err)
	}
}

func TestForwardRefusesBadSequencesByPlace(t *testing.T) {
	for _, c := range []struct {
		name string
		seq  rnnkit.Sequence
		says []string
	}{
		{"empty", rnnkit.Sequence{}, []string{"empty"}},
		{"lengths differ", rnnkit.Sequence{Inputs: []int{0, 1}, Targets: []int{0}}, []string{"2 inputs", "1 targets"}},
		{"input too large", rnnkit.Sequence{Inputs: []int{0, 3}, Targets: []int{0, 0}}, []string{"input 3", "position 2", "0 to 2"}},
		{"input negative", rnnkit.Sequence{Inputs: []int{-1}, Targets: []int{0}}, []string{"input -1", "position 1"}},
		{"target too large", rnnkit.Sequence{Inputs: []int{0}, Targets: []int{4}}, []string{"target 4", "position 1", "0 to 3"}},
		{"target negative", rnnkit.Sequence{Inputs: []int{0, 0}, Targets: []int{0, -2}}, []string{"target -2", "position 2"}},
	} {
		wantError(t, c.name, rnnkit.NewPass(lecture(), 4).Forward(lecture(), nil, c.seq), c.says...)
		_, _, err := rnnkit.RTRL(lecture(), nil, c.seq)
		wantError(t, c.name+", by RTRL", err, c.says...)
		_, err = rnnkit.FiniteDifference(lecture(), nil, c.seq)
		wantError(t, c.name+", by finite differences", err, c.says...)
		_, err = (rnnkit.Training{Steps: 1}).Run(context.Background(), lecture(), []rnnkit.Sequence{pair1, c.seq})
		wantError(t, c.name+", in training", err, append(c.says, "sequence 2")...)
	}
}

func TestNumbersThatAreNoneAreNamed(t *testing.T) {
	for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		net := lecture()
		net.W.Set(1, 0, bad)
		wantError(t, "in W", rnnkit.NewPass(net, 2).Forward(net, []float64{0.5, 0.5}, pair1), "W", "row 2, column 1")
		net = lecture()
		net.V.Set(3, 1, bad)
		wantError(t, "in V", rnnkit.NewPass(net, 2).Forward(net, nil, pair1), "V", "row 4, column 2")
		net = lecture()
		net.B = mat.NewVecDense(2, []float64{0, bad})
		net.C = mat.NewVecDense(4, nil)
		wantError(t, "in B", net.Check(), "B", "row 2")
	}
	net := lecture()
	wantError(t, "NaN in h0", rnnkit.NewPass(net, 2).Forward(net, []float64{0, math.NaN()}, pair1), "h0", "position 2")
	if err := net.Check(); err != nil {
		t.Errorf("a net of finite numbers is refused: %v", err)
	}
}

func TestTrainingThatDivergesNamesTheStep(t *testing.T) {
	_, err := (rnnkit.Training{Steps: 100, Rate: 1e308}).Run(context.Background(), lecture(), []rnnkit.Sequence{four})
	wantError(t, "a rate beyond reason", err, "step")
	_, err = (rnnkit.Training{}).Run(context.Background(), lecture(), nil)
	wantError(t, "no sequence", err, "no sequence")
}

func TestShapesThatDoNotFitPanicWithTheirSizes(t *testing.T) {
	net := lecture()
	wide := rnnkit.NewRNN(3, 5, 4)
	pass := rnnkit.NewPass(net, 2)
	rows := func(r, c int) [][]float64 {
		m := make([][]float64, r)
		for i := range m {
			m[i] = make([]float64, c)
		}
		return m
	}
	wantPanic(t, "sizes", func() { rnnkit.NewRNN(3, 0, 4) }, "New", "0")
	wantPanic(t, "W", func() { rnnkit.FromRows(rows(2, 3), rows(3, 3), rows(4, 2)) }, "W is 3×3", "2×2")
	wantPanic(t, "V", func() { rnnkit.FromRows(rows(2, 3), rows(2, 2), rows(4, 3)) }, "V is 4×3", "2 columns")
	wantPanic(t, "ragged", func() { rnnkit.FromRows([][]float64{{1, 2}, {3}}, rows(2, 2), rows(4, 2)) }, "row 2 of U has 1", "row 1 has 2")
	wantPanic(t, "no rows", func() { rnnkit.FromRows(nil, rows(2, 2), rows(4, 2)) }, "U is empty")
	wantPanic(t, "B", func() { n := lecture(); n.B = mat.NewVecDense(3, nil); n.Dims() }, "B has length 3")
	wantPanic(t, "C", func() { n := lecture(); n.C = mat.NewVecDense(3, nil); n.Dims() }, "C has length 3")
	wantPanic(t, "h0", func() { _ = pass.Forward(net, []float64{1, 2, 3}, pair1) }, "h0 has length 3", "2×2")
	wantPanic(t, "another net's pass", func() { _ = pass.Forward(wide, nil, pair1) }, "hidden size 2", "5")
	wantPanic(t, "too long", func() { _ = pass.Forward(net, nil, four) }, "4 steps", "made for 2")
	wantPanic(t, "no steps", func() { rnnkit.NewPass(net, 0) }, "0 steps")
	wantPanic(t, "backward first", func() { rnnkit.NewPass(net, 2).Backward(rnnkit.NewGradient(net), net) }, "Forward")
	wantPanic(t, "another net's gradient", func() {
		p := rnnkit.MustForward(net, nil, pair1)
		p.Backward(rnnkit.NewGradient(wide), net)
	}, "2×3", "5×3")
	wantPanic(t, "a gradient without the bias", func() {
		g := rnnkit.NewGradient(net)
		n := lecture()
		n.B = mat.NewVecDense(2, nil)
		rnnkit.MustForward(n, nil, pair1).Backward(g, n)
	}, "biases")
	wantPanic(t, "a matrix cut out of another", func() {
		n := lecture()
		n.W = mat.NewDense(3, 3, nil).Slice(0, 2, 0, 2).(*mat.Dense)
		n.Descend(rnnkit.NewGradient(n), 0.1)
	}, "copy it first")
	for name, rate := range map[string]float64{"negative": -0.1, "NaN": math.NaN(), "infinite": math.Inf(1)} {
		wantPanic(t, name+" rate", func() { net.Descend(rnnkit.NewGradient(net), rate) }, "learning rate")
		wantPanic(t, name+" rate of a training", func() {
			_, _ = rnnkit.Training{Rate: rate}.Run(context.Background(), net, []rnnkit.Sequence{pair1})
		}, "rate")
	}
	wantPanic(t, "a name that is none", func() {
		_, _ = rnnkit.Training{Steps: 1, Frozen: "X"}.Run(context.Background(), lecture(), []rnnkit.Sequence{pair1})
	}, `"X"`, "U, W, V, B, C and H")
	wantPanic(t, "softmax", func() { rnnkit.Softmax(make([]float64, 2), make([]float64, 3)) }, "2", "3")
	wantPanic(t, "cross-entropy", func() { rnnkit.CrossEntropy(make([]float64, 3), 3) }, "target 3")
	wantPanic(t, "a cell above the diagonal", func() { _, _ = rnnkit.NudgeCopy(net, nil, pair1, 1, 2) }, "(1, 2)", "2 steps")
	wantPanic(t, "MustForward", func() { rnnkit.MustForward(net, nil, rnnkit.Sequence{}) }, "empty")
}
