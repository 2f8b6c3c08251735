package gradcheck_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rnn101/rnnkit"
	"rnn101/rnnkit/gradcheck"
	"rnn101/rnnkit/internal/rnntest"
)

func TestEveryWayStartsFromTheLearnedState(t *testing.T) {
	net := rnntest.Lecture()
	net.H0 = []float64{0.33, 0.19}
	_, want := rnnkit.GradientOf(net, nil, rnntest.Four)
	slopes, err := gradcheck.FiniteDifference(net, nil, rnntest.Four)
	if err != nil {
		t.Fatal(err)
	}
	rnntest.SameGradient(t, slopes, want, 1e-8)
	W, _, err := gradcheck.RTRL(net, nil, rnntest.Four)
	if err != nil {
		t.Fatal(err)
	}
	rnntest.SameMatrix(t, "∂L/∂W by RTRL", W, want.W, 1e-12)
	cell, err := gradcheck.NudgeCopy(net, nil, rnntest.Four, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	rnntest.SameMatrix(t, "cell (1, 1)", cell, gradcheck.PathsOf(net, rnnkit.MustForward(net, nil, rnntest.Four)).W[1][1], 1e-8)
}

func TestPlainOptionsAgreeByPathsAndForwardInTime(t *testing.T) {
	rnntest.ForOptions(t, func(t *testing.T, o rnntest.Option) {
		if o.Net.Cell != (rnnkit.Plain{}) {
			t.Skip("the sum over paths and RTRL are for the plain cell")
		}
		pass, gradient := rnnkit.GradientOf(o.Net, o.H0, o.Seq)
		paths := gradcheck.PathsOf(o.Net, pass)
		rnntest.SameMatrix(t, "the sum over paths into W", paths.SumW(), gradient.W, 1e-12)
		rnntest.SameMatrix(t, "the sum over paths into U", paths.SumU(), gradient.U, 1e-12)
		W, U, err := gradcheck.RTRL(o.Net, o.H0, o.Seq)
		if err != nil {
			t.Fatal(err)
		}
		rnntest.SameMatrix(t, "∂L/∂W by RTRL", W, gradient.W, 1e-12)
		rnntest.SameMatrix(t, "∂L/∂U by RTRL", U, gradient.U, 1e-12)
	})
}

func TestSumOfPathsEqualsGradient(t *testing.T) {
	rnntest.ForRandomCases(t, func(t *testing.T, net *rnnkit.RNN, h0 []float64, seq rnnkit.Sequence) {
		pass, gradient := rnnkit.GradientOf(net, h0, seq)
		paths := gradcheck.PathsOf(net, pass)
		rnntest.SameMatrix(t, "the sum over paths into W", paths.SumW(), gradient.W, 1e-12)
		rnntest.SameMatrix(t, "the sum over paths into U", paths.SumU(), gradient.U, 1e-12)
	})
}

func TestEachPathEqualsItsNudge(t *testing.T) {
	rnntest.ForRandomCases(t, func(t *testing.T, net *rnnkit.RNN, h0 []float64, seq rnnkit.Sequence) {
		pass, _ := rnnkit.GradientOf(net, h0, seq)
		paths := gradcheck.PathsOf(net, pass)
		for step := 1; step <= len(seq.Inputs); step++ {
			for k := 1; k <= step; k++ {
				want, err := gradcheck.NudgeCopy(net, h0, seq, step, k)
				if err != nil {
					t.Fatal(err)
				}
				rnntest.SameMatrix(t, fmt.Sprintf("cell (%d, %d)", step, k), paths.W[step][k], want, 1e-8)
			}
		}
	})
}

func TestForwardInTimeEqualsBackwardInTime(t *testing.T) {
	rnntest.ForRandomCases(t, func(t *testing.T, net *rnnkit.RNN, h0 []float64, seq rnnkit.Sequence) {
		_, gradient := rnnkit.GradientOf(net, h0, seq)
		W, U, err := gradcheck.RTRL(net, h0, seq)
		if err != nil {
			t.Fatal(err)
		}
		rnntest.SameMatrix(t, "∂L/∂W by RTRL", W, gradient.W, 1e-12)
		rnntest.SameMatrix(t, "∂L/∂U by RTRL", U, gradient.U, 1e-12)
	})
}

func TestPathsAndRTRLAreForThePlainCell(t *testing.T) {
	for _, cell := range []rnnkit.Cell{rnnkit.LSTM{}, rnnkit.GRU{}} {
		net := rnnkit.New(cell, 3, 2, 4)
		pass := rnnkit.MustForward(net, nil, rnntest.Pair1)
		rnntest.WantPanic(t, "paths", func() { gradcheck.PathsOf(net, pass) }, "gradcheck: PathsOf", cell.Name())
		rnntest.WantPanic(t, "RTRL", func() { _, _, _ = gradcheck.RTRL(net, nil, rnntest.Pair1) }, "gradcheck: RTRL", cell.Name())
	}
}

func TestACellAboveTheDiagonalPanics(t *testing.T) {
	rnntest.WantPanic(t, "cell (1, 2)", func() { _, _ = gradcheck.NudgeCopy(rnntest.Lecture(), nil, rnntest.Pair1, 1, 2) },
		"gradcheck: NudgeCopy", "(1, 2)", "2 steps")
}

// The gradients of this package are worth comparing only if they are computed otherwise. A
// Jacobian is not compared with a gradient: it asks the cell for the derivative of a step.
func TestNothingHereCallsBackward(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files found (%v)", err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || name == "jacobian.go" {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && slices.Contains([]string{"Backward", "BackwardTruncated", "GradientOf"}, s.Sel.Name) {
				t.Errorf("%s calls %s", name, s.Sel.Name)
			}
			return true
		})
	}
}
