package kernel

import "gonum.org/v1/gonum/blas/blas64"

// Resize gives m so many rows and columns, in its old memory if that is large enough. The
// numbers are then any.
func Resize(m *blas64.General, rows, cols int) {
	stride := apart(cols)
	*m = blas64.General{Rows: rows, Cols: cols, Stride: stride, Data: room(m.Data[:0], rows*stride)}
}

// apart returns how far apart rows of so many columns begin. With a multiple of 4 KB the eight
// rows of a tile would share a few lines of the first cache, so such rows get a line more.
func apart(columns int) int {
	if columns > 0 && columns%512 == 0 {
		return columns + 8
	}
	return max(1, columns)
}

// Row returns row i of m, counted from 0.
func Row(m blas64.General, i int) []float64 {
	return m.Data[i*m.Stride : i*m.Stride+m.Cols : i*m.Stride+m.Cols]
}

// Cut returns the rows from to to−1 of m.
func Cut(m blas64.General, from, to int) blas64.General {
	m.Rows, m.Data = to-from, m.Data[from*m.Stride:]
	return m
}

// Columns returns the columns from to to−1 of m.
func Columns(m blas64.General, from, to int) blas64.General {
	m.Cols, m.Data = to-from, m.Data[min(from, len(m.Data)):]
	return m
}

// SetRows sets each row of m to v, or to zero if v is empty.
func SetRows(m blas64.General, v []float64) {
	for t := range m.Rows {
		row := Row(m, t)
		if clear(row); len(v) > 0 {
			copy(row, v)
		}
	}
}
