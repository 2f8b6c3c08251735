package train

import (
	"gonum.org/v1/gonum/blas/blas64"
)

// words are the tokens that a batch has as inputs, with their columns of U and of its
// gradient, one after the other. The other columns are not touched, so that a step costs
// the same with any vocabulary.
type words struct {
	tokens  []int // in the order in which they first occur
	place   []int // by token: its place in tokens plus 1, or 0
	length  int   // of a column
	columns []float64
	sums    []float64
}

// begin forgets the tokens. inputs is how many there can be, length that of a column.
func (w *words) begin(inputs, length int) {
	if len(w.place) != inputs {
		w.place = make([]int, inputs)
	}
	for _, token := range w.tokens {
		w.place[token] = 0
	}
	w.tokens, w.length = w.tokens[:0], length
}

// add adds the tokens of a sequence.
func (w *words) add(tokens []int) {
	for _, token := range tokens {
		if w.place[token] == 0 {
			w.tokens = append(w.tokens, token)
			w.place[token] = len(w.tokens)
		}
	}
}

// load copies the columns of U, and sets those of its gradient to zero.
func (w *words) load(U blas64.General) {
	if size := len(w.tokens) * w.length; cap(w.columns) < size {
		w.columns, w.sums = make([]float64, size), make([]float64, size)
	} else {
		w.columns, w.sums = w.columns[:size], w.sums[:size]
		clear(w.sums)
	}
	for i := range w.length {
		row := U.Data[i*U.Stride : i*U.Stride+U.Cols]
		for j, token := range w.tokens {
			w.columns[j*w.length+i] = row[token]
		}
	}
}

// column returns the column of U of a token.
func (w *words) column(token int) []float64 { return w.at(w.columns, token) }

// sum returns the column of the gradient of a token.
func (w *words) sum(token int) []float64 { return w.at(w.sums, token) }

func (w *words) at(columns []float64, token int) []float64 {
	begin := (w.place[token] - 1) * w.length
	return columns[begin : begin+w.length]
}

// addTo adds the rows from to to−1 of the gradient to U.
func (w *words) addTo(U blas64.General, from, to int) {
	for i := from; i < to; i++ {
		row := U.Data[i*U.Stride : i*U.Stride+U.Cols]
		for j, token := range w.tokens {
			row[token] += w.sums[j*w.length+i]
		}
	}
}
