package rnnkit_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"testing"

	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit"
)

// pytorchCase is one net and sequence with what PyTorch computed for them in
// float64. testdata/make_pytorch.py wrote them.
type pytorchCase struct {
	Name            string
	U, W, V         [][]float64
	B               []float64 // nil: the net has none
	C               []float64 // nil: the net has none
	H0              []float64 // nil: zero
	Inputs, Targets []int
	Loss            float64
	Losses          []float64
	H, Y            [][]float64
	DU, DW, DV      [][]float64
	DB, DC, DH0     []float64
}

func (c *pytorchCase) net() *rnnkit.RNN {
	net := rnnkit.FromRows(c.U, c.W, c.V)
	if c.B != nil {
		net.B = mat.NewVecDense(len(c.B), c.B)
	}
	if c.C != nil {
		net.C = mat.NewVecDense(len(c.C), c.C)
	}
	return net
}

func (c *pytorchCase) sequence() rnnkit.Sequence {
	return rnnkit.Sequence{Inputs: c.Inputs, Targets: c.Targets}
}

func pytorchCases(t *testing.T) []pytorchCase {
	t.Helper()
	data, err := os.ReadFile("testdata/pytorch.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Cases []pytorchCase }
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Cases) < 20 {
		t.Fatalf("testdata/pytorch.json has %d cases, want 20 or more", len(file.Cases))
	}
	return file.Cases
}

// agrees fails at the first number that is further than 1e-12 from PyTorch's,
// relative to its size where that is above 1.
func agrees(t *testing.T, what string, got, want []float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s has %d numbers, PyTorch has %d", what, len(got), len(want))
		return
	}
	for i := range want {
		if !(math.Abs(got[i]-want[i]) <= 1e-12*math.Max(1, math.Abs(want[i]))) {
			t.Errorf("%s: number %d is %.17g, PyTorch has %.17g", what, i+1, got[i], want[i])
			return
		}
	}
}

func agreesRows(t *testing.T, what string, got mat.Matrix, want [][]float64) {
	t.Helper()
	if r, _ := got.Dims(); r != len(want) {
		t.Errorf("%s has %d rows, PyTorch has %d", what, r, len(want))
		return
	}
	for i := range want {
		agrees(t, fmt.Sprintf("row %d of %s", i+1, what), mat.Row(nil, i, got), want[i])
	}
}

func TestForwardAgreesWithPyTorch(t *testing.T) {
	for _, c := range pytorchCases(t) {
		t.Run(c.Name, func(t *testing.T) {
			p := rnnkit.MustForward(c.net(), c.H0, c.sequence())
			agrees(t, "L", []float64{p.Loss}, []float64{c.Loss})
			agrees(t, "L_1 … L_T", p.Losses[1:], c.Losses)
			for i := range c.H {
				agrees(t, fmt.Sprintf("h_%d", i+1), p.H[i+1], c.H[i])
				agrees(t, fmt.Sprintf("ŷ_%d", i+1), p.Y[i+1], c.Y[i])
			}
		})
	}
}

func TestBackwardAgreesWithPyTorch(t *testing.T) {
	for _, c := range pytorchCases(t) {
		t.Run(c.Name, func(t *testing.T) {
			_, g := rnnkit.GradientOf(c.net(), c.H0, c.sequence())
			agreesRows(t, "dU", g.U, c.DU)
			agreesRows(t, "dW", g.W, c.DW)
			agreesRows(t, "dV", g.V, c.DV)
			agrees(t, "dh0", g.H0, c.DH0)
			if c.B != nil {
				agrees(t, "db", g.B.RawVector().Data, c.DB)
			}
			if c.C != nil {
				agrees(t, "dc", g.C.RawVector().Data, c.DC)
			}
		})
	}
}
