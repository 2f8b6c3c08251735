package tables

import (
	"math"

	"rnn101/plots/internal/diagram"
	"rnn101/plots/internal/render"
	"rnn101/plots/internal/style"
)

// Panel is one of two tables side by side.
type Panel struct {
	Name, Count string                      // written above and below it
	Kept        func(loss, column int) bool // counted from 1
	Cuts        []int                       // a line is drawn after each of these steps
}

// TruncationNames are the words of the legend.
type TruncationNames struct{ Kept, Cut, Only string }

// DrawTruncations draws two tables of paths and marks the entries that each keeps.
// Those that only the first keeps are framed in it.
func DrawTruncations(panels [2]Panel, rows, columns []string, names TruncationNames, title string) *render.Drawing {
	const width, margin, apart, top = 660.0, 20.0, 36.0, 100.0
	T := len(rows)
	labels := 10 + widest(rows...)
	half := (width - 2*margin - apart) / 2
	cell := math.Min(44, (half-labels)/float64(T))
	bottom := top + cell*float64(T)
	d := diagram.New(width, bottom+80, title)
	frames := false
	for i, p := range panels {
		panel := margin + (half+apart)*float64(i)
		left := panel + labels + (half-labels-cell*float64(T))/2
		t := triangle{Diagram: d, left: left, top: top, width: cell, height: cell}
		t.labels(rows, columns)
		right := left + cell*float64(T)
		t.Text((left+right)/2, 55, text, style.Black, diagram.Center, p.Name)
		t.Text((left+right)/2, bottom+17, text, style.Black, diagram.Center, p.Count)
		for loss := 1; loss <= T; loss++ {
			for column := 1; column <= loss; column++ {
				x, y := t.center(loss, column)
				mark(d, x, y, cell-5, p.Kept(loss, column))
				if i == 0 && p.Kept(loss, column) && !panels[1].Kept(loss, column) {
					frame(d, x, y, cell-5)
					frames = true
				}
			}
		}
		for _, step := range p.Cuts {
			at := cell * float64(step)
			t.Line(style.Line(style.Vermilion, 2.5, style.Dashed...), left-6, top+at, left+at, top+at, left+at, bottom+6)
		}
	}
	const side = 20.0
	x, y := margin+side/2, bottom+55
	entry := func(name string) {
		d.Text(x+side/2+7, y, text, style.Black, diagram.Left, name)
		x += side + 37 + diagram.Width(name, text)
	}
	mark(d, x, y, side, true)
	entry(names.Kept)
	mark(d, x, y, side, false)
	entry(names.Cut)
	if frames {
		mark(d, x, y, side, true)
		frame(d, x, y, side)
		entry(names.Only)
	}
	return d.Drawing()
}

// mark draws an entry: with a dot if it is kept, crossed out if not.
func mark(d *diagram.Diagram, x, y, side float64, kept bool) {
	if kept {
		d.Box(x, y, side, side, style.SkyBlue, style.Black, 1.3)
		d.Circle(x, y, side*0.17, style.Black, style.Black, 1)
		return
	}
	d.Box(x, y, side, side, style.White, style.Grey, 1)
	ls, arm := style.Line(style.Grey, 1.3), side*0.22
	d.Line(ls, x-arm, y-arm, x+arm, y+arm)
	d.Line(ls, x-arm, y+arm, x+arm, y-arm)
}

func frame(d *diagram.Diagram, x, y, side float64) {
	d.Outline(x, y, side-1, side-1, style.Black, 3.5)
}
