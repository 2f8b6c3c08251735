package rnnkit

import (
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// RNN is a recurrent network: its parameters. The plain cell has G = 1 gate, so that
// U is H×X and W is H×H; an LSTM has 4, a GRU 3, in blocks of H rows.
type RNN struct {
	U *mat.Dense    // G·H×X, from the input to the hidden state
	W *mat.Dense    // G·H×H, from one hidden state to the next
	V *mat.Dense    // Y×H, from the hidden state to the scores
	B *mat.VecDense // G·H, added to a_t; nil: none
	C *mat.VecDense // Y, added to o_t; nil: none

	Cell Cell          // nil: Plain{}
	BW   *mat.VecDense // G·H, added to W h_{t−1}; nil: none; for the GRU only
	H0   []float64     // learned initial state, used where none is given; nil: zero
}

// NewRNN returns a plain net of zeros without biases; see WithBiases. It panics unless all sizes are positive.
func NewRNN(inputs, hidden, outputs int) *RNN { return New(Plain{}, inputs, hidden, outputs) }

// New returns a net of zeros with the cell given, without biases. It panics unless
// all sizes are positive.
func New(cell Cell, inputs, hidden, outputs int) *RNN {
	if inputs < 1 || hidden < 1 || outputs < 1 {
		panic(fmt.Sprintf("rnnkit: New: sizes %d, %d, %d: all must be positive", inputs, hidden, outputs))
	}
	rows := len(cell.Gates()) * hidden
	return &RNN{
		Cell: cell,
		U:    mat.NewDense(rows, inputs, nil),
		W:    mat.NewDense(rows, hidden, nil),
		V:    mat.NewDense(outputs, hidden, nil),
	}
}

// WithBiases gives the net biases of zeros where it has none, and returns it.
func (n *RNN) WithBiases() *RNN {
	_, hidden, outputs := n.Dims()
	rows := len(n.CellOrPlain().Gates()) * hidden
	if n.B == nil {
		n.B = mat.NewVecDense(rows, nil)
	}
	if n.C == nil {
		n.C = mat.NewVecDense(outputs, nil)
	}
	if n.BW == nil && n.CellOrPlain().SeparateSums() {
		n.BW = mat.NewVecDense(rows, nil)
	}
	return n
}

// FromRows returns a plain net without biases whose matrices are copies of the rows
// given: U is H×X, W H×H, V Y×H. It panics if rows differ in length or the shapes do
// not fit each other.
func FromRows(U, W, V [][]float64) *RNN {
	net := &RNN{U: dense("U", U), W: dense("W", W), V: dense("V", V)}
	net.Dims()
	return net
}

func dense(name string, rows [][]float64) *mat.Dense {
	if len(rows) == 0 || len(rows[0]) == 0 {
		panic(fmt.Sprintf("rnnkit: FromRows: %s is empty", name))
	}
	m := mat.NewDense(len(rows), len(rows[0]), nil)
	for i, row := range rows {
		if len(row) != len(rows[0]) {
			panic(fmt.Sprintf("rnnkit: FromRows: row %d of %s has %d entries, row 1 has %d", i+1, name, len(row), len(rows[0])))
		}
		m.SetRow(i, row)
	}
	return m
}
