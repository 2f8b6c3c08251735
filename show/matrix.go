package show

import (
	"fmt"
	"strings"
)

// Matrix shows named values as typeset mathematics, side by side: a []float64 as a
// column vector, a [][]float64 or any gonum matrix as a matrix, a float64 or int as
// a number. Names and values take turns:
//
//	show.Matrix("U", U, "W", W)
//
// It panics if a name is not a string, a value is of another type, or the rows of a
// matrix differ in length.
func Matrix(nameAndValue ...any) { sendMarkdown(display(matrices(nameAndValue))) }

func matrices(nameAndValue []any) string {
	parts := make([]string, 0, len(nameAndValue)/2)
	for _, term := range terms("Matrix", nameAndValue) {
		parts = append(parts, term.name+" = "+term.grid.latex(latex))
	}
	return strings.Join(parts, ` \qquad `)
}

// grid is any value that can be shown: its numbers by row. A single number is a
// grid of one entry, a vector a grid of one column.
type grid struct {
	rows [][]float64
	kind kind
}

type kind int

const (
	scalar kind = iota
	vector
	matrix
)

// dense is what gonum's matrices have in common.
type dense interface {
	Dims() (rows, columns int)
	At(i, j int) float64
}

// gridOf panics with the name of the function that was called and of the value.
func gridOf(caller, name string, value any) grid {
	switch v := value.(type) {
	case float64:
		return grid{[][]float64{{v}}, scalar}
	case int:
		return grid{[][]float64{{float64(v)}}, scalar}
	case []float64:
		rows := make([][]float64, len(v))
		for i := range v {
			rows[i] = v[i : i+1]
		}
		return grid{rows, vector}
	case [][]float64:
		for i := range v {
			if len(v[i]) != len(v[0]) {
				panic(fmt.Sprintf("show: %s: row %d of %s has %d entries, row 1 has %d", caller, i+1, name, len(v[i]), len(v[0])))
			}
		}
		return grid{v, matrix}
	case dense:
		r, c := v.Dims()
		rows := make([][]float64, r)
		for i := range rows {
			rows[i] = make([]float64, c)
			for j := range rows[i] {
				rows[i][j] = v.At(i, j)
			}
		}
		if c == 1 {
			return grid{rows, vector}
		}
		return grid{rows, matrix}
	}
	panic(fmt.Sprintf("show: %s: %s is a %T: give a float64, []float64, [][]float64 or a gonum matrix", caller, name, value))
}

func (g grid) dims() (rows, columns int) {
	if len(g.rows) == 0 {
		return 0, 0
	}
	return len(g.rows), len(g.rows[0])
}

func (g grid) shape() string {
	r, c := g.dims()
	return fmt.Sprintf("%d×%d", r, c)
}

// latex typesets the grid, each number by the function given.
func (g grid) latex(number func(float64) string) string {
	if g.kind == scalar {
		return number(g.rows[0][0])
	}
	return g.bmatrix(func(i, j int) string { return number(g.rows[i][j]) })
}

// bmatrix typesets brackets of the grid's shape around what entry gives.
func (g grid) bmatrix(entry func(i, j int) string) string {
	lines := make([]string, len(g.rows))
	for i, row := range g.rows {
		cells := make([]string, len(row))
		for j := range row {
			cells[j] = entry(i, j)
		}
		lines[i] = strings.Join(cells, " & ")
	}
	return `\begin{bmatrix} ` + strings.Join(lines, ` \\ `) + ` \end{bmatrix}`
}

// term is a named value.
type term struct {
	name string
	grid grid
}

func terms(caller string, nameAndValue []any) []term {
	if len(nameAndValue) == 0 || len(nameAndValue)%2 != 0 {
		panic(fmt.Sprintf("show: %s: %d arguments: give names and values in turn", caller, len(nameAndValue)))
	}
	var all []term
	for i := 0; i < len(nameAndValue); i += 2 {
		label, ok := nameAndValue[i].(string)
		if !ok {
			panic(fmt.Sprintf("show: %s: argument %d is a %T where a name should stand", caller, i+1, nameAndValue[i]))
		}
		all = append(all, term{name(label), gridOf(caller, label, nameAndValue[i+1])})
	}
	return all
}

// same panics unless both grids have one shape.
func same(caller string, a, b term) {
	ar, ac := a.grid.dims()
	br, bc := b.grid.dims()
	if ar != br || ac != bc {
		panic(fmt.Sprintf("show: %s: %s is %s but %s is %s", caller, a.name, a.grid.shape(), b.name, b.grid.shape()))
	}
}
