package rnnkit

import (
	"fmt"

	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit/internal/kernel"
)

// NumParameters is the number of parameters that a net can have: U, W, V, B, C, BW and
// H0.
const NumParameters = 7

// Parameter is one parameter of a net, with its gradient.
type Parameter struct {
	Name string // "U", "W", "V", "B", "C", "BW" or "H0"
	Rows int
	Cols int       // 0 for a vector
	Data []float64 // row by row, not a copy; empty if the net does not have the parameter
	Grad []float64 // the gradient in the order of Data, not a copy; nil if none was given
}

// Parameters returns all parameters of the net, in the order of NumParameters, beside
// their gradients in g, which may be nil. Only g.H0 is present even if the net does not
// have the parameter. It allocates nothing. It panics if g does not have the net's
// shapes, or if a matrix is a view into a larger one.
func (n *RNN) Parameters(g *Gradient) [NumParameters]Parameter {
	inputs, hidden, outputs := n.Dims()
	width, length := n.U.RawMatrix().Rows, n.CellOrPlain().States()*hidden
	all := [NumParameters]Parameter{
		{Name: "U", Rows: width, Cols: inputs}, {Name: "W", Rows: width, Cols: hidden}, {Name: "V", Rows: outputs, Cols: hidden},
		{Name: "B", Rows: width}, {Name: "C", Rows: outputs}, {Name: "BW", Rows: width}, {Name: "H0", Rows: length},
	}
	for i, data := range data(n.U, n.W, n.V, n.B, n.C, n.BW, n.H0) {
		all[i].Data = data
	}
	if g != nil {
		g.mustFit(n)
		for i, grad := range g.data() {
			all[i].Grad = grad
		}
	}
	return all
}

// data returns the numbers of each parameter, or of its gradient, without copying.
func data(U, W, V *mat.Dense, B, C, BW *mat.VecDense, H0 []float64) [NumParameters][]float64 {
	all := [NumParameters][]float64{matrixData(U), matrixData(W), matrixData(V), 6: H0}
	for i, bias := range [3]*mat.VecDense{B, C, BW} {
		if bias != nil {
			all[3+i] = bias.RawVector().Data
		}
	}
	return all
}

// matrixData relies on rows that follow each other without a gap, as in every matrix
// that is not a view into a larger one.
func matrixData(m *mat.Dense) []float64 {
	raw := m.RawMatrix()
	if raw.Stride != raw.Cols {
		panic(fmt.Sprintf("rnnkit: a parameter is a view into a larger matrix (stride %d, %d columns): copy it first", raw.Stride, raw.Cols))
	}
	return raw.Data
}

// Check returns an error that names the first parameter that is NaN or infinite, with
// row and column counted from 1.
func (n *RNN) Check() error {
	for _, p := range n.Parameters(nil) {
		for i, v := range p.Data {
			if columns := max(p.Cols, 1); !kernel.Finite(p.Data[i : i+1]) {
				return fmt.Errorf("rnnkit: %s has %v in row %d, column %d", p.Name, v, i/columns+1, i%columns+1)
			}
		}
	}
	return nil
}
