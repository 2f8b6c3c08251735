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
// shapes, or if a matrix or vector is a view into a larger one.
func (n *RNN) Parameters(g *Gradient) [NumParameters]Parameter {
	inputs, hidden, outputs := n.Dims()
	width, length := n.U.RawMatrix().Rows, n.CellOrPlain().States()*hidden
	rows := [NumParameters]int{width, width, outputs, width, outputs, width, length}
	all := [NumParameters]Parameter{{Cols: inputs}, {Cols: hidden}, {Cols: hidden}}
	for i, data := range data(n.U, n.W, n.V, n.B, n.C, n.BW, n.H0) {
		all[i].Name, all[i].Rows, all[i].Data = parameterNames[i], rows[i], data
	}
	if g != nil {
		g.mustFit(n)
		for i, grad := range g.data() {
			all[i].Grad = grad
		}
	}
	return all
}

var parameterNames = [NumParameters]string{"U", "W", "V", "B", "C", "BW", "H0"}

// data returns the numbers of each parameter, or of its gradient, without copying. It panics
// for a view into a larger matrix, whose numbers do not follow each other without a gap.
func data(U, W, V *mat.Dense, B, C, BW *mat.VecDense, H0 []float64) [NumParameters][]float64 {
	all := [NumParameters][]float64{6: H0}
	for i, m := range [3]*mat.Dense{U, W, V} {
		raw := m.RawMatrix()
		all[i] = whole(i, raw.Data, raw.Rows*raw.Cols, raw.Stride == raw.Cols)
	}
	for i, bias := range [3]*mat.VecDense{B, C, BW} {
		if bias != nil {
			raw := bias.RawVector()
			all[3+i] = whole(3+i, raw.Data, raw.N, raw.Inc == 1)
		}
	}
	return all
}

func whole(i int, data []float64, n int, withoutGaps bool) []float64 {
	if !withoutGaps {
		panic(fmt.Sprintf("rnnkit: %s, or its gradient, is a view into a larger matrix: copy it first, as Clone does", parameterNames[i]))
	}
	return data[:n]
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
