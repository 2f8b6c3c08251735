package plots

import (
	"fmt"
	"math"
	"strings"
)

// PathsMap draws the table of paths: one number for each loss (row t) and each copy
// of W (column k), values[t][k] for 1 ≤ k ≤ t; row 0 and column 0 are not looked at.
// The entry says what the numbers are, such as W₁₂. Above the diagonal there is
// nothing: a step cannot change a loss before it.
//
// It panics unless row t has t+1 entries, and returns an error for a value that is
// not finite.
func PathsMap(values [][]float64, entry string) (*Figure, error) {
	T := len(values) - 1
	if T < 1 {
		return nil, fmt.Errorf("plots: PathsMap: there are no values")
	}
	scale, total := 0.0, 0.0
	rows, columns := make([]string, T), make([]string, T)
	for t := 1; t <= T; t++ {
		rows[t-1], columns[t-1] = "L"+subscript(t), "W⁽"+superscript(t)+"⁾"
		if len(values[t]) != t+1 {
			panic(fmt.Sprintf("plots: PathsMap: row %d has %d entries, it must have %d", t, len(values[t]), t+1))
		}
		for k := 1; k <= t; k++ {
			v := values[t][k]
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return nil, fmt.Errorf("plots: PathsMap: the value of L_%d through step %d is %v", t, k, v)
			}
			scale, total = math.Max(scale, math.Abs(v)), total+v
		}
	}
	g := newCells(T, T, rows, columns, true, texts.Text("paths.title", entry, Fixed(total, 4)))
	alt := []string{texts.Text("paths.alt", entry)}
	for t := 1; t <= T; t++ {
		numbers := make([]string, 0, t)
		for k := 1; k <= t; k++ {
			g.square(t-1, k-1, values[t][k], scale, true)
			numbers = append(numbers, columns[k-1]+" "+exactOrFour(values[t][k]))
		}
		alt = append(alt, rows[t-1]+": "+strings.Join(numbers, ", ")+".")
	}
	alt = append(alt, texts.Text("paths.sum", Fixed(total, 4)))
	return g.done(strings.Join(alt, " "))
}
