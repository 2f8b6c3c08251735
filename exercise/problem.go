package exercise

import "fmt"

// problem is an error in the reader's language.
func problem(key string, args ...any) error { return fmt.Errorf("%s", texts.Text(key, args...)) }

// shape returns an error unless a matrix has so many rows and columns.
func shape(name string, m [][]float64, rows, columns int) error {
	if len(m) != rows {
		return problem("shape.rows", name, rows, len(m))
	}
	for i, row := range m {
		if len(row) != columns {
			return problem("shape.columns", i+1, name, columns, len(row))
		}
	}
	return nil
}
