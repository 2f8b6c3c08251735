package kernel

import "gonum.org/v1/gonum/blas/blas64"

// Series is a vector for each step, one after the other in memory.
type Series struct {
	Rows  [][]float64 // by step; those before the first step are nil
	Width int         // the length of each vector

	data  []float64
	first int // the step of the first vector
}

// NewSeries returns a series of zeros for the steps first to last.
func NewSeries(first, last, width int) Series {
	s := Series{
		Rows:  make([][]float64, last+1),
		Width: width,
		data:  make([]float64, (last-first+1)*width),
		first: first,
	}
	for t := first; t <= last; t++ {
		at := (t - first) * width
		s.Rows[t] = s.data[at : at+width : at+width]
	}
	return s
}

// Matrix returns the vectors of the steps first to last as the rows of a matrix, cut to
// its leading columns. It shares the memory of the series.
func (s Series) Matrix(first, last, columns int) blas64.General {
	return blas64.General{Rows: last - first + 1, Cols: columns, Stride: s.Width, Data: s.data[(first-s.first)*s.Width:]}
}
