package rnnkit_test

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit"
	"rnn101/rnnkit/internal/rnntest"
)

// cellCase is what PyTorch computed for a cell with some options, in float64.
// testdata/make_cells.py wrote them.
type cellCase struct {
	Cell, Name       string
	U, W, V          [][]float64
	B, BW, C         []float64 // nil: none
	H0               []float64 // nil: zero
	Inputs, Targets  []int
	X, Values        [][]float64
	K1, K2           int // 0: not truncated
	Loss             float64
	Losses           []float64
	H, O             [][]float64
	End              []float64
	DU, DW, DV       [][]float64
	DB, DBW, DC, DH0 []float64
}

func (c *cellCase) net() *rnnkit.RNN {
	return &rnnkit.RNN{Cell: rnntest.Cells[c.Cell], U: rnntest.MatrixOf(c.U), W: rnntest.MatrixOf(c.W), V: rnntest.MatrixOf(c.V), B: rnntest.VectorOf(c.B), BW: rnntest.VectorOf(c.BW), C: rnntest.VectorOf(c.C)}
}

func (c *cellCase) sequence() rnnkit.Sequence {
	return rnnkit.Sequence{Inputs: c.Inputs, Targets: c.Targets, X: c.X, Values: c.Values}
}

func cellCases(t *testing.T) []cellCase {
	t.Helper()
	data, err := os.ReadFile("testdata/cells.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Cases []cellCase }
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Cases) != 48 {
		t.Fatalf("testdata/cells.json has %d cases, want 16 for each of three cells", len(file.Cases))
	}
	return file.Cases
}

func TestCellsAgreeWithPyTorchForward(t *testing.T) {
	for _, c := range cellCases(t) {
		t.Run(c.Name, func(t *testing.T) {
			p := rnnkit.MustForward(c.net(), c.H0, c.sequence())
			agrees(t, "L", []float64{p.Loss}, []float64{c.Loss})
			agrees(t, "L_1 … L_T", p.Losses[1:], c.Losses)
			agrees(t, "the last state", p.Last(), c.End)
			for i := range c.H {
				agrees(t, fmt.Sprintf("h_%d", i+1), p.H[i+1], c.H[i])
				agrees(t, fmt.Sprintf("o_%d", i+1), p.O[i+1], c.O[i])
			}
		})
	}
}

func TestCellsAgreeWithPyTorchBackward(t *testing.T) {
	for _, c := range cellCases(t) {
		t.Run(c.Name, func(t *testing.T) {
			net := c.net()
			p, g := rnnkit.MustForward(net, c.H0, c.sequence()), rnnkit.NewGradient(net)
			if c.K1 == 0 {
				p.Backward(g, net)
			} else {
				p.BackwardTruncated(g, net, c.K1, c.K2)
			}
			agreesRows(t, "dU", g.U, c.DU)
			agreesRows(t, "dW", g.W, c.DW)
			agreesRows(t, "dV", g.V, c.DV)
			agrees(t, "dh0", g.H0, c.DH0)
			for name, pair := range map[string]struct {
				got  *mat.VecDense
				want []float64
			}{"dB": {g.B, c.DB}, "dBW": {g.BW, c.DBW}, "dC": {g.C, c.DC}} {
				if (pair.got == nil) != (pair.want == nil) {
					t.Errorf("%s is there: %v, want %v", name, pair.got != nil, pair.want != nil)
				} else if pair.got != nil {
					agrees(t, name, pair.got.RawVector().Data, pair.want)
				}
			}
		})
	}
}
