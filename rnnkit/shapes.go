package rnnkit

import (
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// Dims returns the numbers X of inputs, H of hidden units and Y of outputs. It panics if
// the shapes of the parameters do not agree, or if one is a view into a larger matrix.
func (n *RNN) Dims() (inputs, hidden, outputs int) {
	blocks := len(n.CellOrPlain().Gates())
	rows, inputs := n.U.Dims()
	hidden = rows / blocks
	outputs, _ = n.V.Dims()
	if rows%blocks != 0 {
		panic(fmt.Sprintf("rnnkit: U is %d×%d, but the cell %s has %d gates with the same number of rows each", rows, inputs, n.CellOrPlain().Name(), blocks))
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
	if n.BW != nil && !n.CellOrPlain().SeparateSums() {
		panic(fmt.Sprintf("rnnkit: BW is for the GRU: the cell %s has the one bias B", n.CellOrPlain().Name()))
	}
	if n.C != nil && n.C.Len() != outputs {
		panic(fmt.Sprintf("rnnkit: C has length %d, but V is %d×%d", n.C.Len(), outputs, hidden))
	}
	if n.H0 != nil && len(n.H0) != n.CellOrPlain().States()*hidden {
		panic(fmt.Sprintf("rnnkit: H0 has length %d, but the state is %d long", len(n.H0), n.CellOrPlain().States()*hidden))
	}
	data(n.U, n.W, n.V, n.B, n.C, n.BW, n.H0) // panics for a view
	return inputs, hidden, outputs
}

// StateLen returns the length of the state that a step passes to the next, and so of
// h0: H, or for an LSTM, whose state is h and then c, 2·H.
func (n *RNN) StateLen() int {
	_, hidden, _ := n.Dims()
	return n.CellOrPlain().States() * hidden
}

// CellOrPlain returns the net's cell, Plain{} by default.
func (n *RNN) CellOrPlain() Cell {
	if n.Cell == nil {
		return Plain{}
	}
	return n.Cell
}

// CellName returns the name of the net's cell: "rnn", "lstm" or "gru".
func (n *RNN) CellName() string { return n.CellOrPlain().Name() }

// InitialState sets dst to the state that a pass given h0 starts from, and returns it:
// h0 itself, or if that is nil the net's H0, or zero. It panics if dst or h0 does not
// have the length of the state.
func (n *RNN) InitialState(dst, h0 []float64) []float64 {
	length := n.StateLen()
	if h0 == nil {
		h0 = n.H0
	}
	if h0 != nil && len(h0) != length {
		rows, columns := n.W.Dims()
		panic(fmt.Sprintf("rnnkit: h0 has length %d, but W is %d×%d and the state %d long", len(h0), rows, columns, length))
	}
	if len(dst) != length {
		panic(fmt.Sprintf("rnnkit: InitialState: dst has length %d, but the state is %d long", len(dst), length))
	}
	clear(dst[copy(dst, h0):]) // in this order: dst may be h0
	return dst
}

// Clone returns a deep copy of the net.
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
