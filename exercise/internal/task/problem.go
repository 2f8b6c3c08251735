package task

import "fmt"

// Problem is an error in the reader's language.
func Problem(key string, args ...any) error { return fmt.Errorf("%s", Texts.Text(key, args...)) }

// Shape returns an error unless a matrix has so many rows and columns.
func Shape(name string, m [][]float64, rows, columns int) error {
	if len(m) != rows {
		return Problem("shape.rows", name, rows, len(m))
	}
	for i, row := range m {
		if len(row) != columns {
			return Problem("shape.columns", i+1, name, columns, len(row))
		}
	}
	return nil
}
