package plots

import (
	"strings"

	"rnn101/plots/internal/cells"
	"rnn101/plots/internal/check"
	"rnn101/plots/internal/format"
)

// PathsMap draws the table of paths: values[t][k], for 1 ≤ k ≤ t, is what the gradient
// of the loss of step t gets through the copy of W of step k. Row 0 and column 0 are
// ignored. The entry says which entry of the gradient is drawn, such as W₁₂. There is
// nothing above the diagonal: a step cannot change an earlier loss.
//
// It panics unless row t has t+1 entries, and returns an error for a value that is
// not finite.
func PathsMap(values [][]float64, entry string) (*Figure, error) {
	largest, sum, err := check.Paths("PathsMap", values)
	if err != nil {
		return nil, err
	}
	T := len(values) - 1
	rows, columns := make([]string, T), make([]string, T)
	for t := range T {
		rows[t], columns[t] = format.Subscript("L", t+1), format.CopyOfW(t+1)
	}
	g := cells.NewGrid(texts.Text("paths.title", entry, format.Fixed(sum, 4)), cells.GridLayout{
		Rows: T, Columns: T, RowLabels: rows, ColumnLabels: columns, Scale: largest, Numbers: true,
	})
	alt := []string{texts.Text("paths.alt", entry)}
	for t := 1; t <= T; t++ {
		numbers := format.Entries(values[t][1:])
		for k := 1; k <= t; k++ {
			g.Square(t-1, k-1, values[t][k])
			numbers[k-1] = columns[k-1] + " " + numbers[k-1]
		}
		alt = append(alt, rows[t-1]+": "+strings.Join(numbers, ", ")+".")
	}
	alt = append(alt, texts.Text("paths.sum", format.Fixed(sum, 4)))
	return newFigure(g.Drawing(), strings.Join(alt, " "))
}
