package kernel

import (
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/mat"
)

// Workspace is room for products over all steps of a sequence. The rows of C, X, P and Q
// are the vectors of the steps. Its zero value is ready; it grows to the largest product.
type Workspace struct {
	factor Factor
	rows   []float64
}

// few is the number of steps for which packing M costs more than it saves.
const few = 3

// AddProducts adds M x_t to c_t for each step t: X Mᵀ to C.
func (w *Workspace) AddProducts(C blas64.General, M *mat.Dense, X blas64.General) {
	if C.Rows <= few {
		for t := range C.Rows {
			AddProduct(Row(C, t), M, Row(X, t), false)
		}
		return
	}
	w.factor.PackTransposed(M.RawMatrix())
	w.factor.AddProduct(C, X, false)
}

// AddTransposedProducts adds Mᵀ x_t to c_t for each step t: X M to C.
func (w *Workspace) AddTransposedProducts(C blas64.General, M *mat.Dense, X blas64.General) {
	if C.Rows <= few {
		for t := range C.Rows {
			AddTransposed(Row(C, t), M, Row(X, t), false)
		}
		return
	}
	w.factor.Pack(M.RawMatrix())
	w.factor.AddProduct(C, X, false)
}

// AddOuters adds Σ_t p_t q_tᵀ to M: Pᵀ Q.
func (w *Workspace) AddOuters(M, P, Q blas64.General) {
	for from := 0; from < P.Rows; from += depth { // so that the room does not grow with the steps
		to := min(from+depth, P.Rows)
		w.factor.Pack(Cut(Q, from, to))
		w.factor.AddTransposedProduct(M, Cut(P, from, to))
	}
}

// Rows copies the vectors of a sequence to the rows of a matrix, which is good until the
// next call.
func (w *Workspace) Rows(x [][]float64) blas64.General {
	if len(x) == 0 {
		return blas64.General{}
	}
	width := len(x[0])
	w.rows = room(w.rows, len(x)*width)
	for t := range x {
		copy(w.rows[t*width:(t+1)*width], x[t])
	}
	return blas64.General{Rows: len(x), Cols: width, Stride: max(1, width), Data: w.rows}
}
