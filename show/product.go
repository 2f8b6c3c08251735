package show

import (
	"fmt"
	"strings"
)

// Product shows result = left · right with every multiplication written out. Left
// is a matrix and right a vector, or both are numbers. The result is the caller's:
// it is shown, not computed here.
//
//	show.Product("a_1", a1, "U", U, "x_1", x1)
//
// It panics on shapes that do not fit.
func Product(nameAndValue ...any) {
	t := three("Product", nameAndValue)
	sendMarkdown(product(t[0], t[1], t[2]))
}

func product(result, left, right term) string {
	rows, inner := left.grid.dims()
	if n, c := right.grid.dims(); n != inner || c != 1 {
		panic(fmt.Sprintf("show: Product: %s is %s but %s is %s", left.name, left.grid.shape(), right.name, right.grid.shape()))
	}
	if n, c := result.grid.dims(); n != rows || c != 1 {
		panic(fmt.Sprintf("show: Product: %s is %s, %s %s has %d rows", result.name, result.grid.shape(), left.name, right.name, rows))
	}
	entry := func(i, _ int) string {
		parts := make([]string, inner)
		for k := range parts {
			parts[k] = factor(left.grid.rows[i][k]) + ` \cdot ` + factor(right.grid.rows[k][0])
		}
		return strings.Join(parts, " + ")
	}
	shown := func(i, _ int) float64 {
		sum := 0.0
		for k := range inner {
			sum += rounded(left.grid.rows[i][k]) * rounded(right.grid.rows[k][0])
		}
		return sum
	}
	return worked(result, left.name+`\,`+right.name, left.grid.latex(latex)+" "+right.grid.latex(latex), entry, shown)
}

// Outer shows result = column · rowᵀ, each entry the product of two numbers. The
// result is the caller's.
//
//	show.Outer("∂L/∂V", dV, "(ŷ_1-y_1)", d1, "h_1", h1)
//
// It panics on shapes that do not fit.
func Outer(nameAndValue ...any) {
	t := three("Outer", nameAndValue)
	sendMarkdown(outer(t[0], t[1], t[2]))
}

func outer(result, column, row term) string {
	r, c := result.grid.dims()
	n, one := column.grid.dims()
	m, one2 := row.grid.dims()
	if r != n || c != m || one != 1 || one2 != 1 {
		panic(fmt.Sprintf("show: Outer: %s is %s, but %s has shape %s and %s %s", result.name, result.grid.shape(),
			column.name, column.grid.shape(), row.name, row.grid.shape()))
	}
	entry := func(i, j int) string {
		return factor(column.grid.rows[i][0]) + ` \cdot ` + factor(row.grid.rows[j][0])
	}
	shown := func(i, j int) float64 {
		return rounded(column.grid.rows[i][0]) * rounded(row.grid.rows[j][0])
	}
	return worked(result, column.name+`\,`+row.name+"^⊤",
		column.grid.latex(latex)+" "+transposed(row.grid).latex(latex), entry, shown)
}

func transposed(g grid) grid {
	row := make([]float64, len(g.rows))
	for i := range g.rows {
		row[i] = g.rows[i][0]
	}
	return grid{[][]float64{row}, matrix}
}

// Hadamard shows result = left ⊙ right, the product entry by entry. The result is the
// caller's.
// It panics unless the three have one shape.
func Hadamard(nameAndValue ...any) {
	t := three("Hadamard", nameAndValue)
	sendMarkdown(entrywise("Hadamard", t, ` \odot `, ` \cdot `, func(a, b float64) float64 { return a * b }))
}

// Scale shows result = number · of, every entry of a vector or matrix multiplied by
// the one number. The result is the caller's.
//
//	show.Scale("η\\,∂L/∂W", step, "η", eta, "∂L/∂W", dW)
//
// It panics if the factor is not a number or the other two differ in shape.
func Scale(nameAndValue ...any) {
	t := three("Scale", nameAndValue)
	sendMarkdown(scale(t[0], t[1], t[2]))
}

func scale(result, number, of term) string {
	if number.grid.kind != scalar {
		panic(fmt.Sprintf("show: Scale: %s is %s: give a number", number.name, number.grid.shape()))
	}
	same("Scale", result, of)
	by, rows := number.grid.rows[0][0], of.grid.rows
	entry := func(i, j int) string { return factor(by) + ` \cdot ` + factor(rows[i][j]) }
	shown := func(i, j int) float64 { return rounded(by) * rounded(rows[i][j]) }
	return worked(result, number.name+`\,`+of.name, factor(by)+` \, `+of.grid.latex(latex), entry, shown)
}

// Minus shows result = left − right, entry by entry. The result is the caller's.
// It panics unless the three have one shape.
func Minus(nameAndValue ...any) {
	t := three("Minus", nameAndValue)
	sendMarkdown(entrywise("Minus", t, " - ", " - ", func(a, b float64) float64 { return a - b }))
}

func entrywise(caller string, t [3]term, between, sign string, op func(a, b float64) float64) string {
	result, left, right := t[0], t[1], t[2]
	same(caller, result, left)
	same(caller, result, right)
	a, b := left.grid.rows, right.grid.rows
	entry := func(i, j int) string { return factor(a[i][j]) + sign + factor(b[i][j]) }
	shown := func(i, j int) float64 { return op(rounded(a[i][j]), rounded(b[i][j])) }
	return worked(result, left.name+between+right.name, left.grid.latex(latex)+between+right.grid.latex(latex), entry, shown)
}

// Sum shows result = a + b + …, the terms side by side. The result is the caller's.
//
//	show.Sum("a_2", a2, "W h_1", wh, "U x_2", ux)
//
// It panics unless all have one shape.
func Sum(nameAndValue ...any) {
	t := terms("Sum", nameAndValue)
	if len(t) < 2 {
		panic("show: Sum: give the result and at least one term")
	}
	sendMarkdown(sum(t[0], t[1:]))
}

func sum(result term, parts []term) string {
	names, values := make([]string, len(parts)), make([]string, len(parts))
	for k, part := range parts {
		same("Sum", result, part)
		names[k], values[k] = part.name, part.grid.latex(latex)
		if part.grid.kind == scalar {
			values[k] = factor(part.grid.rows[0][0])
		}
	}
	shown := func(i, j int) float64 {
		s := 0.0
		for _, part := range parts {
			s += rounded(part.grid.rows[i][j])
		}
		return s
	}
	return worked(result, strings.Join(names, " + "), strings.Join(values, " + "), nil, shown)
}

// Apply shows result = function(argument), entry by entry: h_1 = tanh(a_1). The
// function is LaTeX; an entry is put where it has a %s, or behind it in
// parentheses. The result is the caller's.
//
//	show.Apply("h_1", h1, `\tanh`, "a_1", a1)
//
// It panics unless result and argument have one shape.
func Apply(resultName string, result any, function, argumentName string, argument any) {
	t := terms("Apply", []any{resultName, result, argumentName, argument})
	sendMarkdown(apply(t[0], function, t[1]))
}

func apply(result term, function string, argument term) string {
	same("Apply", result, argument)
	of := func(s string) string {
		if strings.Contains(function, "%s") {
			return fmt.Sprintf(function, s)
		}
		return function + "(" + s + ")"
	}
	entry := func(i, j int) string { return of(latex(argument.grid.rows[i][j])) }
	return worked(result, of(argument.name), "", entry, nil)
}

func three(caller string, nameAndValue []any) [3]term {
	t := terms(caller, nameAndValue)
	if len(t) != 3 {
		panic(fmt.Sprintf("show: %s: %d named values: give the result and the two that it is made of", caller, len(t)))
	}
	return [3]term(t)
}

// worked typesets result = symbols = values = entries written out = result, a line
// each. It leaves out what is empty or nil, the symbols where they are the result's
// name, and for numbers the values, which the entry repeats. Shown computes an entry
// from the factors as they are displayed: where that gives another number than the
// one displayed, a line under the formula says so.
func worked(result term, symbols, values string, entry func(i, j int) string, shown func(i, j int) float64) string {
	var lines []string
	if unspaced(symbols) != unspaced(result.name) {
		lines = append(lines, symbols)
	}
	if values != "" && (result.grid.kind != scalar || entry == nil) {
		lines = append(lines, values)
	}
	if entry != nil {
		written := entry(0, 0)
		if result.grid.kind != scalar {
			written = result.grid.bmatrix(entry)
		}
		lines = append(lines, written)
	}
	lines = append(lines, result.grid.latex(latex))
	text := display(`\begin{aligned} ` + result.name + " &= " + strings.Join(lines, ` \\ &= `) + ` \end{aligned}`)
	if shown != nil && !multipliesOut(result.grid, shown) {
		text += "\n\n" + texts.Text("product.rounded")
	}
	return text
}

// unspaced lets Ux_1 and U\,x_1 count as the same.
func unspaced(latex string) string { return strings.NewReplacer(`\,`, "", " ", "").Replace(latex) }

// multipliesOut tells whether a reader with pencil and paper, starting from the
// numbers on the page, lands on the result on the page.
func multipliesOut(result grid, shown func(i, j int) float64) bool {
	for i, row := range result.rows {
		for j := range row {
			if latex(shown(i, j)) != latex(row[j]) && rounded(shown(i, j)) != rounded(row[j]) {
				return false
			}
		}
	}
	return true
}
