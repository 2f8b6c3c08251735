package diagrams

import (
	"fmt"
	"strings"

	"rnn101/plots/internal/check"
	"rnn101/plots/internal/figure"
	"rnn101/plots/internal/format"
	"rnn101/plots/internal/tables"
)

// ColumnStep is what one step brings to a column of a gradient.
type ColumnStep struct {
	Delta  []float64 // δ_k = ∂L/∂a_k
	Factor float64   // h_{k−1}[j] for W, x_k[j] for U
	Word   string    // the word that is read; may be empty
}

// Column draws how a column of the gradient of W or U is collected: step k adds the
// vector δ_k times the number that this column of the matrix was multiplied by in step
// k. For column j of W that is h_{k−1}[j]; for column j of U it is x_k[j], which for
// one-hot inputs is 1 where the word of the column is read and 0 elsewhere. The sum is
// computed here. Column is counted from 1, and columns is how many the matrix has.
//
// It panics unless matrix is "W" or "U", 1 ≤ column ≤ columns ≤ 6, there are from 1 to
// 8 steps, and their vectors have the same length, from 1 to 4. It returns an error for
// a number that is not finite.
func Column(matrix string, column, columns int, steps ...ColumnStep) (*Figure, error) {
	const name = "Column"
	if matrix != "W" && matrix != "U" {
		check.Panicf(name, "the matrix is %q: it must be \"W\" or \"U\"", matrix)
	}
	between(name, "the number of columns", columns, 1, 6)
	between(name, "the column", column, 1, columns)
	between(name, "the number of steps", len(steps), 1, 8)
	H := len(steps[0].Delta)
	between(name, "the length of δ₁", H, 1, 4)

	// factor names what step k multiplies δ_k by.
	factor := func(k string) string { return fmt.Sprintf("x%s[%d]", k, column) }
	general := factor("ₖ")
	if matrix == "W" {
		factor = func(k string) string { return fmt.Sprintf("h%s[%d]", k, column) }
		general = factor("ₖ₋₁")
	}
	gradient := "∂L/∂" + matrix
	alt := []string{texts.Text("column.alt", column, gradient)}
	var terms []tables.Term
	sum := make([]float64, H)
	for i, step := range steps {
		delta := format.Subscript("δ", i+1)
		if len(step.Delta) != H {
			check.Panicf(name, "%s has %d entries, δ₁ has %d", delta, len(step.Delta), H)
		}
		index := i + 1
		if matrix == "W" {
			index = i
		}
		factorName := factor(format.Subscript("", index))
		if err := check.Finite(name, delta, step.Delta); err != nil {
			return nil, err
		}
		if err := check.Finite(name, factorName, []float64{step.Factor}); err != nil {
			return nil, err
		}
		product := make([]float64, H)
		zero := true
		for j, v := range step.Delta {
			product[j] = v * step.Factor
			sum[j] += product[j]
			zero = zero && product[j] == 0
		}
		if err := check.Finite(name, delta+" × "+factorName+" and the sum so far", append(product, sum...)); err != nil {
			return nil, err
		}
		label := texts.Text("column.step", i+1)
		said := label
		if step.Word != "" {
			label += "\n" + step.Word
			said = texts.Text("column.step.word", i+1, step.Word)
		}
		terms = append(terms, tables.Term{
			Step: label, DeltaName: delta, Delta: lines(step.Delta), FactorName: factorName,
			Factor: format.Entry(step.Factor), Result: lines(product), Zero: zero,
		})
		alt = append(alt, texts.Text("column.term", said, delta, tuple(step.Delta), factorName, format.Entry(step.Factor), tuple(product)))
	}
	alt = append(alt, texts.Text("column.sum", tuple(sum), column, columns, gradient))
	return figure.New(tables.DrawColumn(terms, tables.ColumnSum{
		Matrix: gradient, Name: texts.Text("column.name", column), Sum: lines(sum),
		Column: column, Columns: columns, Zero: texts.Text("column.zero"),
	}, H, texts.Text("column.title", column, gradient, general)), strings.Join(alt, " "))
}

// lines writes one number a line.
func lines(v []float64) string { return strings.Join(format.Entries(v), "\n") }

// tuple writes the numbers of a vector in one line.
func tuple(v []float64) string { return "(" + strings.Join(format.Entries(v), ", ") + ")" }

// Folded draws the table of ∂L_t/∂a_k, with a row for each loss t and a column for each
// step k, and how its columns fold into their sums, the vectors δ_k. Delta[t][k], for 1
// ≤ k ≤ t, is the vector ∂L_t/∂a_k, as package gradcheck computes it; row 0 and column
// 0 are ignored. If delta is nil, symbols stand for the numbers.
//
// It panics unless there are from 2 to 7 steps, delta is nil or has a row for each of
// them, row t has t+1 vectors, and all have the same length, from 1 to 3. It returns an
// error for a number that is not finite.
func Folded(steps int, delta [][][]float64) (*Figure, error) {
	const name = "Folded"
	between(name, "the number of steps", steps, 2, 7)
	if delta != nil && len(delta) != steps+1 {
		check.Panicf(name, "there are %d rows for %d steps: give one more, row 0 is ignored", len(delta), steps)
	}
	f := tables.Fold{SumRow: texts.Text("folded.sum")}
	alt := []string{texts.Text("folded.alt", steps, "a₁", format.Subscript("a", steps))}
	height := 1
	for t := 1; t <= steps; t++ {
		f.Rows = append(f.Rows, format.Subscript("L", t))
		f.Columns = append(f.Columns, format.Subscript("a", t))
		f.Entries = append(f.Entries, make([]string, t))
		if delta != nil && len(delta[t]) != t+1 {
			check.Panicf(name, "row %d has %d vectors, it must have %d", t, len(delta[t]), t+1)
		}
	}
	for k := 1; k <= steps; k++ {
		var sum []float64
		var said []string
		for t := k; t <= steps; t++ {
			symbol := fmt.Sprintf("∂%s/∂%s", f.Rows[t-1], f.Columns[k-1])
			f.Entries[t-1][k-1] = symbol
			if delta == nil {
				said = append(said, symbol)
				continue
			}
			v := delta[t][k]
			height = len(delta[1][1])
			between(name, "the length of ∂L₁/∂a₁", height, 1, 3)
			if len(v) != height {
				check.Panicf(name, "%s has %d entries, ∂L₁/∂a₁ has %d", symbol, len(v), height)
			}
			if err := check.Finite(name, symbol, v); err != nil {
				return nil, err
			}
			f.Entries[t-1][k-1] = lines(v)
			said = append(said, symbol+" = "+tuple(v))
			if sum == nil {
				sum = make([]float64, height)
			}
			for i := range v {
				sum[i] += v[i]
			}
		}
		symbol := format.Subscript("δ", k)
		if delta != nil {
			if err := check.Finite(name, "the sum "+symbol, sum); err != nil {
				return nil, err
			}
		}
		if delta == nil {
			f.Sums = append(f.Sums, symbol)
		} else {
			f.Sums, f.SumNames = append(f.Sums, lines(sum)), append(f.SumNames, symbol)
			symbol += " = " + tuple(sum)
		}
		alt = append(alt, texts.Text("folded.column", f.Columns[k-1], strings.Join(said, ", "), symbol))
	}
	return figure.New(tables.DrawFolded(f, height, texts.Text("folded.title")), strings.Join(alt, " "))
}

// Truncations draws the table of paths twice, with a row for each loss and a column for
// each copy of a matrix: as it is cut by a window of k steps for each loss, and by
// pieces of the text of k steps each. What is kept is marked, and what only the window
// keeps is framed.
//
// It panics unless there are from 2 to 8 steps and k is from 1 to that number.
func Truncations(steps, k int) (*Figure, error) {
	between("Truncations", "the number of steps", steps, 2, 8)
	between("Truncations", "k", k, 1, steps)
	window := func(loss, column int) bool { return loss-column < k }
	pieces := func(loss, column int) bool { return (loss-1)/k == (column-1)/k }
	var rows, columns, framed []string
	for t := 1; t <= steps; t++ {
		rows, columns = append(rows, format.Subscript("L", t)), append(columns, format.CopyOfW(t))
		for c := 1; c <= t; c++ {
			if window(t, c) && !pieces(t, c) {
				framed = append(framed, rows[t-1]+" "+columns[c-1])
			}
		}
	}
	alt := []string{texts.Text("truncations.alt", steps)}
	all := steps * (steps + 1) / 2
	panel := func(name string, keeps func(loss, column int) bool) tables.Panel {
		kept := 0
		var said []string
		for t := 1; t <= steps; t++ {
			var at []string
			for c := 1; c <= t; c++ {
				if keeps(t, c) {
					at = append(at, columns[c-1])
					kept++
				}
			}
			said = append(said, rows[t-1]+": "+strings.Join(at, ", "))
		}
		count := texts.Text("truncations.count", kept, all)
		alt = append(alt, texts.Text("truncations.panel", name, count, strings.Join(said, "; ")))
		return tables.Panel{Name: name, Count: count, Kept: keeps}
	}
	panels := [2]tables.Panel{
		panel(texts.Text("truncations.window", k), window),
		panel(texts.Text("truncations.pieces", k), pieces),
	}
	if len(framed) > 0 {
		alt = append(alt, texts.Text("truncations.framed", strings.Join(framed, ", ")))
	}
	if k < steps {
		alt = append(alt, texts.Text("truncations.lines"))
	}
	for t := k; t < steps; t += k {
		panels[1].Cuts = append(panels[1].Cuts, t)
	}
	names := tables.TruncationNames{
		Kept: texts.Text("truncations.kept"), Cut: texts.Text("truncations.cut"), Only: texts.Text("truncations.only"),
	}
	return figure.New(tables.DrawTruncations(panels, rows, columns, names, texts.Text("truncations.title")), strings.Join(alt, " "))
}
