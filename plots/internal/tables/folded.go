package tables

import (
	"math"

	"rnn101/plots/internal/diagram"
	"rnn101/plots/internal/render"
	"rnn101/plots/internal/style"
)

// Fold is a table whose columns are summed. An entry or a sum of several lines is a
// vector.
type Fold struct {
	Rows, Columns []string
	Entries       [][]string // row i has i+1 of them
	Sums          []string   // of the columns
	SumNames      []string   // written below the sums; nil: none
	SumRow        string     // the name of the row of sums
}

// DrawFolded draws the table, and below it the sums to which its columns fold. The
// vectors have a number of lines.
func DrawFolded(f Fold, lines int, title string) *render.Drawing {
	T := len(f.Rows)
	entry := widest(f.Sums...)
	for _, row := range f.Entries {
		entry = math.Max(entry, widest(row...))
	}
	const gap, labels = 34.0, 56.0 // above the sums; for the names of rows
	const between = 16.0           // boxes of a column
	t := triangle{left: 24 + labels, top: 72, width: entry + 24, height: 30 + lineHeight*float64(lines)}
	width := t.left + t.width*float64(T) + 24
	full := math.Max(width, diagram.Width(title, style.TitleText)+30)
	t.left += (full - width) / 2
	sums := t.top + t.height*(float64(T)+0.5) + gap
	bottom := sums + t.height/2 + 14
	if f.SumNames != nil {
		bottom += 22
	}
	t.Diagram = diagram.New(full, bottom, title)
	t.labels(f.Rows, f.Columns)
	t.Text(t.left-10, sums, text, style.Black, diagram.Right, diagram.Wrap(f.SumRow, text, labels))
	for k := 1; k <= T; k++ {
		for row := k; row <= T; row++ {
			x, y := t.center(row, k)
			t.Box(x, y, t.width-10, t.height-between, style.White, style.Black, 1.5)
			t.Text(x, y, text, style.Black, diagram.Center, f.Entries[row-1][k-1])
			if row > k {
				t.plus(x, y-t.height/2)
			}
		}
		x, y := t.center(T, k)
		t.Arrow(style.Line(style.Vermilion, 2.5), x, y+(t.height-between)/2, x, sums-(t.height-between)/2-1)
		t.Box(x, sums, t.width-10, t.height-between, style.White, style.Vermilion, 2.5)
		t.Text(x, sums, text, style.Black, diagram.Center, f.Sums[k-1])
		if f.SumNames != nil {
			t.Text(x, sums+t.height/2+8, text+1, style.Black, diagram.Center, f.SumNames[k-1])
		}
	}
	return t.Drawing()
}

// plus draws a plus sign in a circle.
func (t triangle) plus(x, y float64) {
	const radius, arm = 7.5, 4.0
	t.Circle(x, y, radius, style.White, style.Vermilion, 1.3)
	ls := style.Line(style.Vermilion, 1.5)
	t.Line(ls, x-arm, y, x+arm, y)
	t.Line(ls, x, y-arm, x, y+arm)
}
