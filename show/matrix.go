package show

import (
	"fmt"
	"strings"
)

// Matrix shows named values as typeset mathematics, side by side: a []float64 as a column vector,
// a [][]float64 or a gonum matrix as a matrix, a float64 or int as a number. Names and values
// alternate:
//
//	show.Matrix("U", U, "W", W)
//
// It panics if a name is not a string, a value is of another type, or the rows of a
// matrix differ in length.
func Matrix(nameAndValue ...any) { sendMarkdown(display(matrices(nameAndValue))) }

// matrices returns the LaTeX of Matrix.
func matrices(nameAndValue []any) string {
	parts := make([]string, 0, len(nameAndValue)/2)
	for _, term := range terms("Matrix", nameAndValue) {
		parts = append(parts, term.name+" = "+term.grid.latex(latex))
	}
	return strings.Join(parts, ` \qquad `)
}

// grid holds the numbers of a value by row. A number is a grid of one entry, a vector a grid of one
// column.
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

// numericMatrix is implemented by the matrices of gonum.
type numericMatrix interface {
	Dims() (rows, columns int)
	At(i, j int) float64
}

// gridOf converts a value. It panics, with the names of the caller and the value, if it cannot.
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
				panic(mistake(caller, "row %d of %s has %d entries, row 1 has %d", i+1, name, len(v[i]), len(v[0])))
			}
		}
		return grid{v, matrix}
	case numericMatrix:
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
	panic(mistake(caller, "%s is a %T, want a float64, int, []float64, [][]float64 or gonum matrix", name, value))
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

// latex returns the grid as LaTeX, with numbers formatted by number.
func (g grid) latex(number func(float64) string) string {
	if g.kind == scalar {
		return number(g.rows[0][0])
	}
	return g.bmatrix(func(i, j int) string { return number(g.rows[i][j]) })
}

// bmatrix returns a LaTeX matrix of the grid's shape, with entries formatted by entry.
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

// terms converts alternating names and values. It panics if it cannot.
func terms(caller string, nameAndValue []any) []term {
	if len(nameAndValue) == 0 || len(nameAndValue)%2 != 0 {
		panic(mistake(caller, "%d arguments: names and values must alternate, as in (\"U\", U, \"W\", W)", len(nameAndValue)))
	}
	var all []term
	for i := 0; i < len(nameAndValue); i += 2 {
		label, ok := nameAndValue[i].(string)
		if !ok {
			panic(mistake(caller, "argument %d is a %T, want a name", i+1, nameAndValue[i]))
		}
		all = append(all, term{name(label), gridOf(caller, label, nameAndValue[i+1])})
	}
	return all
}

// checkSameShape panics unless both terms have the same shape.
func checkSameShape(caller string, a, b term) {
	ar, ac := a.grid.dims()
	br, bc := b.grid.dims()
	if ar != br || ac != bc {
		panic(mistake(caller, "%s is %s but %s is %s", a.name, a.grid.shape(), b.name, b.grid.shape()))
	}
}
