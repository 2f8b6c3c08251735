package show

import (
	"fmt"
	"strings"
)

// Rows is a table under construction. Table returns one.
type Rows struct {
	columns []string
	cells   [][]string
	numeric []bool
}

// Table returns an empty table with the given column headings, in which $…$ is a formula.
//
//	t := show.Table("word", "probability")
//	t.Row("방망이", 0.265)
//	t.Show()
//
// It panics if there are no columns.
func Table(columns ...string) *Rows {
	if len(columns) == 0 {
		panic(mistake("Table", "a table needs at least one column"))
	}
	numeric := make([]bool, len(columns))
	for i := range numeric {
		numeric[i] = true
	}
	return &Rows{columns: columns, numeric: numeric}
}

// Row adds a row. Numbers, vectors and matrices are formatted as by Number and Matrix; text is
// Markdown. Row panics unless there is one cell for each column.
func (t *Rows) Row(cells ...any) {
	if len(cells) != len(t.columns) {
		panic(mistake("Table", "row %d has %d cells, the table has %d columns", len(t.cells)+1, len(cells), len(t.columns)))
	}
	row := make([]string, len(cells))
	for i, cell := range cells {
		switch v := cell.(type) {
		case float64:
			row[i] = Number(v)
		case int:
			row[i] = fmt.Sprint(v)
		case []float64, [][]float64, numericMatrix:
			row[i] = gridOf("Table", t.columns[i], v).text()
			t.numeric[i] = false
		default:
			row[i] = fmt.Sprint(v)
			t.numeric[i] = t.numeric[i] && row[i] == ""
		}
	}
	t.cells = append(t.cells, row)
}

// Show shows the table. Columns of numbers are right-aligned.
func (t *Rows) Show() { sendMarkdown(t.markdown()) }

func (t *Rows) markdown() string {
	var b strings.Builder
	line := func(cells []string) {
		for _, cell := range cells {
			b.WriteString("| " + escapePipes(cell) + " ")
		}
		b.WriteString("|\n")
	}
	line(t.columns)
	for i := range t.columns {
		if t.numeric[i] && len(t.cells) > 0 {
			b.WriteString("|---:")
		} else {
			b.WriteString("|:---")
		}
	}
	b.WriteString("|\n")
	for _, row := range t.cells {
		line(row)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// escapePipes escapes what would end a cell: pipes and line breaks.
func escapePipes(s string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ").Replace(s)
}
