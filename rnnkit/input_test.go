package rnnkit_test

import (
	"context"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit"
	"rnn101/rnnkit/gradcheck"
	"rnn101/rnnkit/internal/rnntest"
	"rnn101/rnnkit/train"
)

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
		rnntest.WantError(t, c.name, rnnkit.NewPass(rnntest.Lecture(), 4).Forward(rnntest.Lecture(), nil, c.seq), c.says...)
		_, _, err := gradcheck.RTRL(rnntest.Lecture(), nil, c.seq)
		rnntest.WantError(t, c.name+", by RTRL", err, c.says...)
		_, err = gradcheck.FiniteDifference(rnntest.Lecture(), nil, c.seq)
		rnntest.WantError(t, c.name+", by finite differences", err, c.says...)
		_, err = (train.Training{Steps: 1}).Run(context.Background(), rnntest.Lecture(), []rnnkit.Sequence{rnntest.Pair1, c.seq})
		rnntest.WantError(t, c.name+", in training", err, append(c.says, "sequence 2")...)
	}
}

func TestNumbersThatAreNoneAreNamed(t *testing.T) {
	for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		net := rnntest.Lecture()
		net.W.Set(1, 0, bad)
		rnntest.WantError(t, "in W", rnnkit.NewPass(net, 2).Forward(net, []float64{0.5, 0.5}, rnntest.Pair1), "W", "row 2, column 1")
		net = rnntest.Lecture()
		net.V.Set(3, 1, bad)
		rnntest.WantError(t, "in V", rnnkit.NewPass(net, 2).Forward(net, nil, rnntest.Pair1), "V", "row 4, column 2")
		net = rnntest.Lecture()
		net.B = mat.NewVecDense(2, []float64{0, bad})
		net.C = mat.NewVecDense(4, nil)
		rnntest.WantError(t, "in B", net.Check(), "B", "row 2")
	}
	net := rnntest.Lecture()
	rnntest.WantError(t, "NaN in h0", rnnkit.NewPass(net, 2).Forward(net, []float64{0, math.NaN()}, rnntest.Pair1), "h0", "position 2")
	if err := net.Check(); err != nil {
		t.Errorf("a net of finite numbers is refused: %v", err)
	}
}

func TestShapesThatDoNotFitPanicWithTheirSizes(t *testing.T) {
	net := rnntest.Lecture()
	wide := rnnkit.NewRNN(3, 5, 4)
	pass := rnnkit.NewPass(net, 2)
	rows := func(r, c int) [][]float64 {
		m := make([][]float64, r)
		for i := range m {
			m[i] = make([]float64, c)
		}
		return m
	}
	rnntest.WantPanic(t, "sizes", func() { rnnkit.NewRNN(3, 0, 4) }, "New", "0")
	rnntest.WantPanic(t, "W", func() { rnnkit.FromRows(rows(2, 3), rows(3, 3), rows(4, 2)) }, "W is 3×3", "2×2")
	rnntest.WantPanic(t, "V", func() { rnnkit.FromRows(rows(2, 3), rows(2, 2), rows(4, 3)) }, "V is 4×3", "2 columns")
	rnntest.WantPanic(t, "ragged", func() { rnnkit.FromRows([][]float64{{1, 2}, {3}}, rows(2, 2), rows(4, 2)) }, "row 2 of U has 1", "row 1 has 2")
	rnntest.WantPanic(t, "no rows", func() { rnnkit.FromRows(nil, rows(2, 2), rows(4, 2)) }, "U is empty")
	rnntest.WantPanic(t, "B", func() { n := rnntest.Lecture(); n.B = mat.NewVecDense(3, nil); n.Dims() }, "B has length 3")
	rnntest.WantPanic(t, "C", func() { n := rnntest.Lecture(); n.C = mat.NewVecDense(3, nil); n.Dims() }, "C has length 3")
	rnntest.WantPanic(t, "h0", func() { _ = pass.Forward(net, []float64{1, 2, 3}, rnntest.Pair1) }, "h0 has length 3", "2×2")
	rnntest.WantPanic(t, "another net's pass", func() { _ = pass.Forward(wide, nil, rnntest.Pair1) }, "hidden size 2", "5")
	rnntest.WantPanic(t, "too long", func() { _ = pass.Forward(net, nil, rnntest.Four) }, "4 steps", "made for 2")
	rnntest.WantPanic(t, "no steps", func() { rnnkit.NewPass(net, 0) }, "0 steps")
	rnntest.WantPanic(t, "backward first", func() { rnnkit.NewPass(net, 2).Backward(rnnkit.NewGradient(net), net) }, "Forward")
	rnntest.WantPanic(t, "another net's gradient", func() {
		p := rnnkit.MustForward(net, nil, rnntest.Pair1)
		p.Backward(rnnkit.NewGradient(wide), net)
	}, "2×3", "5×3")
	rnntest.WantPanic(t, "a gradient without the bias", func() {
		g := rnnkit.NewGradient(net)
		n := rnntest.Lecture()
		n.B = mat.NewVecDense(2, nil)
		rnnkit.MustForward(n, nil, rnntest.Pair1).Backward(g, n)
	}, "biases")
	rnntest.WantPanic(t, "a matrix cut out of another", func() {
		n := rnntest.Lecture()
		n.W = mat.NewDense(3, 3, nil).Slice(0, 2, 0, 2).(*mat.Dense)
		n.Descend(rnnkit.NewGradient(n), 0.1)
	}, "copy it first")
	for name, rate := range map[string]float64{"negative": -0.1, "NaN": math.NaN(), "infinite": math.Inf(1)} {
		rnntest.WantPanic(t, name+" rate", func() { net.Descend(rnnkit.NewGradient(net), rate) }, "rnnkit: Descend: learning rate")
	}
	rnntest.WantPanic(t, "OneHot", func() { rnnkit.OneHot(make([]float64, 3), 3) }, "index 3", "length 3")
	rnntest.WantPanic(t, "softmax", func() { rnnkit.Softmax(make([]float64, 2), make([]float64, 3)) }, "2", "3")
	rnntest.WantPanic(t, "cross-entropy", func() { rnnkit.CrossEntropy(make([]float64, 3), 3) }, "target 3")
	rnntest.WantPanic(t, "MustForward", func() { rnnkit.MustForward(net, nil, rnnkit.Sequence{}) }, "empty")
}

// A parameter that is a view has its numbers apart. It is refused by name wherever a net or
// a gradient is given, rather than read as if they followed each other.
func TestViewsAreRefusedByName(t *testing.T) {
	column := func() *mat.VecDense { return mat.NewDense(6, 3, nil).ColView(1).(*mat.VecDense) }
	part := func(rows, columns int) *mat.Dense {
		return mat.NewDense(rows+1, columns+1, nil).Slice(0, rows, 1, columns+1).(*mat.Dense)
	}
	seq := rnnkit.Sequence{Inputs: []int{0}, Targets: []int{0}}
	for name, change := range map[string]func(*rnnkit.RNN){
		"U": func(n *rnnkit.RNN) { n.U = part(6, 3) }, "W": func(n *rnnkit.RNN) { n.W = part(6, 2) }, "V": func(n *rnnkit.RNN) { n.V = part(6, 2) },
		"B": func(n *rnnkit.RNN) { n.B = column() }, "C": func(n *rnnkit.RNN) { n.C = column() }, "BW": func(n *rnnkit.RNN) { n.BW = column() },
	} {
		whole := rnnkit.New(rnnkit.GRU{}, 3, 2, 6).WithBiases()
		pass, g := rnnkit.GradientOf(whole, nil, seq)
		net := *whole
		change(&net)
		for call, f := range map[string]func(){
			"Forward": func() { _ = rnnkit.NewPass(whole, 1).Forward(&net, nil, seq) }, "Backward": func() { pass.Backward(g, &net) },
			"Check": func() { _ = net.Check() }, "Descend": func() { net.Descend(g, 1) }, "NewGradient": func() { rnnkit.NewGradient(&net) },
			"a gradient": func() {
				view := *g
				n := rnnkit.RNN{U: g.U, W: g.W, V: g.V, B: g.B, C: g.C, BW: g.BW}
				change(&n)
				view.U, view.W, view.V, view.B, view.C, view.BW = n.U, n.W, n.V, n.B, n.C, n.BW
				pass.Backward(&view, whole)
			},
		} {
			rnntest.WantPanic(t, call+" with a view for "+name, f, "rnnkit: "+name+",", "view", "copy")
		}
		if copied := net.Clone(); copied.Check() != nil {
			t.Errorf("a copy of the net with a view for %s is no net", name)
		}
	}
	rows := rnnkit.NewRNN(3, 2, 4)
	rows.B = mat.NewDense(3, 2, []float64{1, 2, 3, 4, 5, 6}).RowView(1).(*mat.VecDense)
	if pass := rnnkit.MustForward(rows, nil, seq); pass.A[1][0] != 3 || pass.A[1][1] != 4 {
		t.Errorf("with a row of a matrix as B the sums are %v, want 3 and 4", pass.A[1])
	}
}
