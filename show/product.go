package show

import (
	"fmt"
	"math"
	"strings"
)

// Product shows result = left · right with every multiplication written out. Its arguments are
// three names and values: the result, left, a matrix, and right, a vector; or three numbers.
// Product does not compute the result but shows the caller's.
//
//	show.Product("a_1", a1, "U", U, "x_1", x1)
//
// It panics if the shapes do not match.
func Product(nameAndValue ...any) {
	t := threeTerms("Product", nameAndValue)
	sendMarkdown(product(t[0], t[1], t[2]))
}

func product(result, left, right term) string {
	rows, inner := left.grid.dims()
	if n, c := right.grid.dims(); n != inner || c != 1 {
		panic(mistake("Product", "%s is %s but %s is %s: it must be %d×1", left.name, left.grid.shape(), right.name, right.grid.shape(), inner))
	}
	if n, c := result.grid.dims(); n != rows || c != 1 {
		panic(mistake("Product", "%s is %s but %s %s has %d rows", result.name, result.grid.shape(), left.name, right.name, rows))
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
	return derivation(result, left.name+`\,`+right.name, left.grid.latex(latex)+" "+right.grid.latex(latex), entry, shown, "product")
}

// Outer shows result = column · rowᵀ, the outer product of two vectors. The arguments are as for
// Product.
//
//	show.Outer("∂L/∂V", dV, "(ŷ_1-y_1)", d1, "h_1", h1)
//
// It panics if the shapes do not match.
func Outer(nameAndValue ...any) {
	t := threeTerms("Outer", nameAndValue)
	sendMarkdown(outer(t[0], t[1], t[2]))
}

func outer(result, column, row term) string {
	r, c := result.grid.dims()
	n, columns := column.grid.dims()
	m, rowColumns := row.grid.dims()
	if r != n || c != m || columns != 1 || rowColumns != 1 {
		panic(mistake("Outer", "%s is %s but %s is %s and %s is %s", result.name, result.grid.shape(),
			column.name, column.grid.shape(), row.name, row.grid.shape()))
	}
	entry := func(i, j int) string {
		return factor(column.grid.rows[i][0]) + ` \cdot ` + factor(row.grid.rows[j][0])
	}
	shown := func(i, j int) float64 {
		return rounded(column.grid.rows[i][0]) * rounded(row.grid.rows[j][0])
	}
	return derivation(result, column.name+`\,`+row.name+"^⊤",
		column.grid.latex(latex)+" "+transposed(row.grid).latex(latex), entry, shown, "product")
}

func transposed(g grid) grid {
	row := make([]float64, len(g.rows))
	for i := range g.rows {
		row[i] = g.rows[i][0]
	}
	return grid{[][]float64{row}, matrix}
}

// Hadamard shows result = left ⊙ right, the product entry by entry. The arguments are as for
// Product.
//
// It panics unless all three have the same shape.
func Hadamard(nameAndValue ...any) {
	t := threeTerms("Hadamard", nameAndValue)
	sendMarkdown(entrywise("Hadamard", t, ` \odot `, ` \cdot `, func(a, b float64) float64 { return a * b }, "product"))
}

// Scale shows result = number · value, a vector or a matrix multiplied by a number. The arguments
// are as for Product.
//
//	show.Scale("η\\,∂L/∂W", step, "η", eta, "∂L/∂W", dW)
//
// It panics if number is not a number, or result and value differ in shape.
func Scale(nameAndValue ...any) {
	t := threeTerms("Scale", nameAndValue)
	sendMarkdown(scale(t[0], t[1], t[2]))
}

func scale(result, number, value term) string {
	if number.grid.kind != scalar {
		panic(mistake("Scale", "%s is %s, want a number", number.name, number.grid.shape()))
	}
	checkSameShape("Scale", result, value)
	by, rows := number.grid.rows[0][0], value.grid.rows
	entry := func(i, j int) string { return factor(by) + ` \cdot ` + factor(rows[i][j]) }
	shown := func(i, j int) float64 { return rounded(by) * rounded(rows[i][j]) }
	return derivation(result, number.name+`\,`+value.name, factor(by)+` \, `+value.grid.latex(latex), entry, shown, "product")
}

// Minus shows result = left − right, entry by entry. The arguments are as for Product.
//
// It panics unless all three have the same shape.
func Minus(nameAndValue ...any) {
	t := threeTerms("Minus", nameAndValue)
	sendMarkdown(entrywise("Minus", t, " - ", " - ", func(a, b float64) float64 { return a - b }, "sum"))
}

// entrywise returns the derivation of an operation on two terms, entry by entry. The operator is
// between in symbols and values, and sign in entries. note is that of derivation.
func entrywise(caller string, t [3]term, between, sign string, op func(a, b float64) float64, note string) string {
	result, left, right := t[0], t[1], t[2]
	checkSameShape(caller, result, left)
	checkSameShape(caller, result, right)
	a, b := left.grid.rows, right.grid.rows
	entry := func(i, j int) string { return factor(a[i][j]) + sign + factor(b[i][j]) }
	shown := func(i, j int) float64 { return op(rounded(a[i][j]), rounded(b[i][j])) }
	return derivation(result, left.name+between+right.name, left.grid.latex(latex)+between+right.grid.latex(latex), entry, shown, note)
}

// Sum shows result = a + b + …, the terms side by side. Its arguments are names and values: the
// result, which is the caller's, and one or more terms.
//
//	show.Sum("a_2", a2, "W h_1", wh, "U x_2", ux)
//
// It panics unless all have the same shape.
func Sum(nameAndValue ...any) {
	t := terms("Sum", nameAndValue)
	if len(t) < 2 {
		panic(mistake("Sum", "want the result and at least one term"))
	}
	sendMarkdown(sum(t[0], t[1:]))
}

func sum(result term, parts []term) string {
	names, values := make([]string, len(parts)), make([]string, len(parts))
	for k, part := range parts {
		checkSameShape("Sum", result, part)
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
	return derivation(result, strings.Join(names, " + "), strings.Join(values, " + "), nil, shown, "sum")
}

// Apply shows result = function(argument), entry by entry, as in h_1 = tanh(a_1). function is
// LaTeX; an entry replaces its %s, or follows it in parentheses. The result is the caller's.
//
//	show.Apply("h_1", h1, `\tanh`, "a_1", a1)
//
// It panics unless result and argument have the same shape.
func Apply(resultName string, result any, function, argumentName string, argument any) {
	t := terms("Apply", []any{resultName, result, argumentName, argument})
	sendMarkdown(apply(t[0], function, t[1]))
}

func apply(result term, function string, argument term) string {
	checkSameShape("Apply", result, argument)
	call := func(s string) string {
		if strings.Contains(function, "%s") {
			return fmt.Sprintf(function, s)
		}
		return function + "(" + s + ")"
	}
	entry := func(i, j int) string { return call(latex(argument.grid.rows[i][j])) }
	var shown func(i, j int) float64
	if f, ok := functions[function]; ok {
		shown = func(i, j int) float64 { return f(rounded(argument.grid.rows[i][j])) }
	}
	return derivation(result, call(argument.name), "", entry, shown, "apply")
}

// functions are those that Apply knows, by their LaTeX. With these it can tell whether the
// displayed argument gives the displayed result.
var functions = map[string]func(float64) float64{
	`\tanh`:  math.Tanh,
	`\exp`:   math.Exp,
	"e^{%s}": math.Exp,
	`\log`:   math.Log,
	`-\log`:  func(x float64) float64 { return -math.Log(x) },
	`\sigma`: func(x float64) float64 { return 1 / (1 + math.Exp(-x)) },
	"1-%s^2": func(x float64) float64 { return 1 - x*x },
}

// threeTerms is terms for a result and two operands.
func threeTerms(caller string, nameAndValue []any) [3]term {
	t := terms(caller, nameAndValue)
	if len(t) != 3 {
		panic(mistake(caller, "%d named values, want the result and two operands", len(t)))
	}
	return [3]term(t)
}

// derivation returns a formula with a line for each of result = symbols = values = entries =
// result. It leaves out what is empty or nil, symbols that equal the result's name, and for
// numbers the values, which the entry repeats. shown computes an entry from the displayed
// numbers: if its result differs from the displayed one, a note follows, for a product, a sum or
// difference, or the application of a function.
func derivation(result term, symbols, values string, entry func(i, j int) string, shown func(i, j int) float64, note string) string {
	var lines []string
	if unspaced(symbols) != unspaced(result.name) {
		lines = append(lines, symbols)
	}
	if values != "" && (result.grid.kind != scalar || entry == nil) {
		lines = append(lines, values)
	}
	if entry != nil {
		entries := entry(0, 0)
		if result.grid.kind != scalar {
			entries = result.grid.bmatrix(entry)
		}
		lines = append(lines, entries)
	}
	lines = append(lines, result.grid.latex(latex))
	text := display(`\begin{aligned} ` + result.name + " &= " + strings.Join(lines, ` \\ &= `) + ` \end{aligned}`)
	if shown != nil && !multipliesOut(result.grid, shown) {
		text += "\n\n" + texts.Text("rounded."+note)
	}
	return text
}

// unspaced removes spaces, so that Ux_1 equals U\,x_1.
func unspaced(latex string) string { return strings.NewReplacer(`\,`, "", " ", "").Replace(latex) }

// multipliesOut reports whether the displayed numbers give the displayed result.
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
