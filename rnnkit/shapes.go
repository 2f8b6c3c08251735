package rnnkit

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Dims returns the sizes X, H and Y. It panics if the parameters do not fit each
// other.
func (n *RNN) Dims() (inputs, hidden, outputs int) {
	blocks := len(n.cell().Gates())
	rows, inputs := n.U.Dims()
	hidden = rows / blocks
	outputs, _ = n.V.Dims()
	if rows%blocks != 0 {
		panic(fmt.Sprintf("rnnkit: U is %d×%d, but the cell %s has %d gates, which must have as many rows each", rows, inputs, n.cell().Name(), blocks))
	}
	if r, c := n.W.Dims(); r != rows || c != hidden {
		panic(fmt.Sprintf("rnnkit: W is %d×%d, but U is %d×%d, so W must be %d×%d", r, c, rows, inputs, rows, hidden))
	}
	if r, c := n.V.Dims(); c != hidden {
		panic(fmt.Sprintf("rnnkit: V is %d×%d, but U is %d×%d, so V must have %d columns", r, c, rows, inputs, hidden))
	}
	if n.B != nil && n.B.Len() != rows {
		panic(fmt.Sprintf("rnnkit: B has length %d, but U is %d×%d", n.B.Len(), rows, inputs))
	}
	if n.BW != nil && n.BW.Len() != rows {
		panic(fmt.Sprintf("rnnkit: BW has length %d, but U is %d×%d", n.BW.Len(), rows, inputs))
	}
	if n.BW != nil && !n.cell().splits() {
		panic(fmt.Sprintf("rnnkit: BW is for the GRU; the cell %s has one bias, B", n.cell().Name()))
	}
	if n.C != nil && n.C.Len() != outputs {
		panic(fmt.Sprintf("rnnkit: C has length %d, but V is %d×%d", n.C.Len(), outputs, hidden))
	}
	if n.H0 != nil && len(n.H0) != n.cell().States()*hidden {
		panic(fmt.Sprintf("rnnkit: H0 has length %d, but the state is %d long", len(n.H0), n.cell().States()*hidden))
	}
	return inputs, hidden, outputs
}

// StateLen returns the length of the state that is carried from step to step, and so
// of h0: H, or 2·H for an LSTM, which carries h and then c.
func (n *RNN) StateLen() int {
	_, hidden, _ := n.Dims()
	return n.cell().States() * hidden
}

// cell is the net's cell; the zero value is the plain one.
func (n *RNN) cell() Cell {
	if n.Cell == nil {
		return Plain{}
	}
	return n.Cell
}

// from returns a copy of the state that a pass given h0 starts from: h0 itself, or the
// net's own, or zero.
func (n *RNN) from(h0 []float64) []float64 {
	start := make([]float64, n.StateLen())
	if h0 == nil {
		h0 = n.H0
	}
	copy(start, h0)
	return start
}

// Clone returns a net of its own with the same parameters.
func (n *RNN) Clone() *RNN {
	return &RNN{
		U: mat.DenseCopyOf(n.U), W: mat.DenseCopyOf(n.W), V: mat.DenseCopyOf(n.V),
		B: cloneVec(n.B), C: cloneVec(n.C), BW: cloneVec(n.BW), Cell: n.Cell,
		H0: append([]float64(nil), n.H0...),
	}
}

func cloneVec(v *mat.VecDense) *mat.VecDense {
	if v == nil {
		return nil
	}
	return mat.VecDenseCopyOf(v)
}

// parameterNames are those of flat, in its order.
var parameterNames = [parameters]string{"U", "W", "V", "B", "C", "BW", "H0"}

const parameters = 7

// Check returns an error that names the first parameter that is NaN or infinite.
// Indices count from 1.
func (n *RNN) Check() error {
	columns := [parameters]int{n.U.RawMatrix().Cols, n.W.RawMatrix().Cols, n.V.RawMatrix().Cols, 1, 1, 1, 1}
	for p, data := range n.flat() {
		for i, v := range data {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return fmt.Errorf("rnnkit: %s has %v in row %d, column %d", parameterNames[p], v, i/columns[p]+1, i%columns[p]+1)
			}
		}
	}
	return nil
}

// flat returns the numbers of all parameters in the order of parameterNames, the
// matrices row by row, without copying; what is absent is empty.
func (n *RNN) flat() [parameters][]float64 { return flat(n.U, n.W, n.V, n.B, n.C, n.BW, n.H0) }

func flat(U, W, V *mat.Dense, B, C, BW *mat.VecDense, H0 []float64) [parameters][]float64 {
	all := [parameters][]float64{numbers(U), numbers(W), numbers(V), 6: H0}
	for i, bias := range [3]*mat.VecDense{B, C, BW} {
		if bias != nil {
			all[3+i] = bias.RawVector().Data
		}
	}
	return all
}

// numbers relies on matrices without gaps between their rows: those of New, FromRows
// and Clone, but not a slice of a larger matrix.
func numbers(m *mat.Dense) []float64 {
	raw := m.RawMatrix()
	if raw.Stride != raw.Cols {
		panic(fmt.Sprintf("rnnkit: a parameter is a slice of a larger matrix (stride %d, %d columns): copy it first", raw.Stride, raw.Cols))
	}
	return raw.Data
}

func finite(v []float64) bool {
	for _, x := range v {
		if !(math.Abs(x) <= math.MaxFloat64) { // so written, NaN is caught too
			return false
		}
	}
	return true
}
