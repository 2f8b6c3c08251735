package rnnkit

import (
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// RNN is the plain recurrent network (Elman 1990): its parameters.
type RNN struct {
	U *mat.Dense    // H×X, from the input to the hidden state
	W *mat.Dense    // H×H, from the last hidden state to the new one
	V *mat.Dense    // Y×H, from the hidden state to the scores
	B *mat.VecDense // H, added to a_t; nil: none
	C *mat.VecDense // Y, added to o_t; nil: none
}

// NewRNN returns a net of zeros without biases. Set B and C to have them. It panics
// unless all sizes are positive.
func NewRNN(inputs, hidden, outputs int) *RNN {
	if inputs < 1 || hidden < 1 || outputs < 1 {
		panic(fmt.Sprintf("rnnkit: NewRNN: sizes %d, %d, %d: each must be at least 1", inputs, hidden, outputs))
	}
	return &RNN{
		U: mat.NewDense(hidden, inputs, nil),
		W: mat.NewDense(hidden, hidden, nil),
		V: mat.NewDense(outputs, hidden, nil),
	}
}

// FromRows returns a net without biases whose matrices are copies of the rows given:
// U is H×X, W H×H, V Y×H. It panics if rows differ in length or the shapes do not
// fit each other.
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

// Dims returns the sizes X, H and Y. It panics if the parameters do not fit each
// other.
func (n *RNN) Dims() (inputs, hidden, outputs int) {
	hidden, inputs = n.U.Dims()
	outputs, _ = n.V.Dims()
	if r, c := n.W.Dims(); r != hidden || c != hidden {
		panic(fmt.Sprintf("rnnkit: W is %d×%d, but U is %d×%d, so W must be %d×%d", r, c, hidden, inputs, hidden, hidden))
	}
	if r, c := n.V.Dims(); c != hidden {
		panic(fmt.Sprintf("rnnkit: V is %d×%d, but U is %d×%d, so V must have %d columns", r, c, hidden, inputs, hidden))
	}
	if n.B != nil && n.B.Len() != hidden {
		panic(fmt.Sprintf("rnnkit: B has length %d, but U is %d×%d", n.B.Len(), hidden, inputs))
	}
	if n.C != nil && n.C.Len() != outputs {
		panic(fmt.Sprintf("rnnkit: C has length %d, but V is %d×%d", n.C.Len(), outputs, hidden))
	}
	return inputs, hidden, outputs
}

// Clone returns a net of its own with the same parameters.
func (n *RNN) Clone() *RNN {
	twin := &RNN{U: mat.DenseCopyOf(n.U), W: mat.DenseCopyOf(n.W), V: mat.DenseCopyOf(n.V)}
	if n.B != nil {
		twin.B = mat.VecDenseCopyOf(n.B)
	}
	if n.C != nil {
		twin.C = mat.VecDenseCopyOf(n.C)
	}
	return twin
}

// Check returns an error that names the first parameter that is NaN or infinite.
// Indices count from 1.
func (n *RNN) Check() error {
	names := [5]string{"U", "W", "V", "B", "C"}
	columns := [5]int{n.U.RawMatrix().Cols, n.W.RawMatrix().Cols, n.V.RawMatrix().Cols, 1, 1}
	for p, data := range n.flat() {
		for i, v := range data {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return fmt.Errorf("rnnkit: %s has %v in row %d, column %d", names[p], v, i/columns[p]+1, i%columns[p]+1)
			}
		}
	}
	return nil
}

// flat returns the numbers of U, W, V, B, C, the matrices row by row, without
// copying; what is absent is empty.
func (n *RNN) flat() [5][]float64 {
	return flat(n.U, n.W, n.V, n.B, n.C)
}

func flat(U, W, V *mat.Dense, B, C *mat.VecDense) [5][]float64 {
	all := [5][]float64{numbers(U), numbers(W), numbers(V)}
	if B != nil {
		all[3] = B.RawVector().Data
	}
	if C != nil {
		all[4] = C.RawVector().Data
	}
	return all
}

// numbers relies on matrices without gaps between their rows: those of NewRNN,
// FromRows and Clone, but not a slice of a larger matrix.
func numbers(m *mat.Dense) []float64 {
	raw := m.RawMatrix()
	if raw.Stride != raw.Cols {
		panic(fmt.Sprintf("rnnkit: a parameter is a slice of a larger matrix (stride %d, %d columns): copy it first", raw.Stride, raw.Cols))
	}
	return raw.Data
}

// Glorot sets U, W and V to uniform random numbers in ±√(6/(rows+columns)) (Glorot
// and Bengio 2010) and the biases to zero. The same seed gives the same net.
func (n *RNN) Glorot(seed uint64) {
	random := rand.New(rand.NewPCG(seed, 0))
	for p, data := range n.flat() {
		limit := 0.0
		if p < 3 {
			rows, columns := [3]*mat.Dense{n.U, n.W, n.V}[p].Dims()
			limit = math.Sqrt(6 / float64(rows+columns))
		}
		for i := range data {
			data[i] = limit * (2*random.Float64() - 1)
		}
	}
}
