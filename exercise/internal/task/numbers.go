package task

import "reflect"

var number = reflect.TypeFor[float64]()

// A dense is a matrix of gonum.
type dense interface {
	Dims() (rows, columns int)
	At(i, j int) float64
}

// Numbers returns an answer of numbers with the type that the exercises know: float64, []float64
// or [][]float64. A 3 in place of 3.0, a list of ints or a matrix of gonum are as good. Any other
// answer comes back as it is.
func Numbers(answer any) any {
	v := reflect.ValueOf(answer)
	if !v.IsValid() {
		return answer
	}
	if m, ok := answer.(dense); ok {
		return rowsOf(m)
	}
	switch depth(v.Type()) {
	case 0:
		return v.Convert(number).Float()
	case 1:
		return entries(v)
	case 2:
		rows := make([][]float64, v.Len())
		for i := range rows {
			rows[i] = entries(v.Index(i))
		}
		return rows
	}
	return answer
}

// rowsOf returns a matrix as rows, one with a single column as a list.
func rowsOf(m dense) any {
	r, c := m.Dims()
	rows, column := make([][]float64, r), make([]float64, r)
	for i := range rows {
		rows[i] = make([]float64, c)
		for j := range rows[i] {
			rows[i][j] = m.At(i, j)
		}
		column[i] = rows[i][0]
	}
	if c == 1 {
		return column
	}
	return rows
}

// depth returns 0 for a type of numbers, 1 for a list of them, 2 for a list of lists, and so on.
// It returns -1 for any other type.
func depth(t reflect.Type) int {
	switch t.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64,
		reflect.Float32, reflect.Float64:
		return 0
	case reflect.Slice, reflect.Array:
		if d := depth(t.Elem()); d >= 0 {
			return d + 1
		}
	}
	return -1
}

// entries returns a list of numbers.
func entries(v reflect.Value) []float64 {
	all := make([]float64, v.Len())
	for i := range all {
		all[i] = v.Index(i).Convert(number).Float()
	}
	return all
}

// Fits returns nil if an answer, as Numbers returns it, has the type and the size of what is right
// in a task with one right answer. Otherwise the error says what it should have.
func (t Task) Fits(answer any) error {
	right := Numbers(t.Right())
	if got, want := reflect.TypeOf(answer), reflect.TypeOf(right); got != want {
		return Problem("type", got, want)
	}
	switch right := right.(type) {
	case []float64:
		if n := len(answer.([]float64)); n != len(right) {
			return Problem("size", n, len(right))
		}
	case [][]float64:
		rows := answer.([][]float64)
		if len(rows) != len(right) {
			return Problem("rows", len(rows), len(right))
		}
		for i, row := range rows {
			if len(row) != len(right[i]) {
				return Problem("row", i+1, len(row), len(right[i]))
			}
		}
	}
	return nil
}
