package tables

import (
	"rnn101/plots/internal/diagram"
	"rnn101/plots/internal/render"
	"rnn101/plots/internal/style"
)

// Term is what one step adds to a column of a gradient: a vector times a number.
type Term struct {
	Step                       string // its name; may have two lines
	DeltaName, Delta           string // a vector has a line for each entry
	FactorName, Factor, Result string
	Zero                       bool // it adds nothing
}

// ColumnSum is the column of the gradient in which the terms are collected.
type ColumnSum struct {
	Matrix, Name, Sum string
	Column, Columns   int // which one of how many, counted from 1
	Zero              string
}

// DrawColumn draws the terms one below the other, and their sum as a column of the
// gradient. The vectors have a number of entries.
func DrawColumn(terms []Term, sum ColumnSum, entries int, title string) *render.Drawing {
	const top, apart, box, most = 44.0, 10.0, 84.0, 700.0
	height := 28 + lineHeight*float64(entries)
	steps := 0.0
	for _, t := range terms {
		steps = max(steps, widest(t.Step))
	}
	delta := 20 + steps + 16 + box/2
	factor := delta + box + 34
	result := factor + box + 34
	collect := result + box/2 + 60
	if sum.Zero != "" {
		collect += widest(sum.Zero) - 30
	}
	narrow := 34.0 // of the other columns
	if n := float64(sum.Columns - sum.Column); n > 0 {
		narrow = min(narrow, (most-20-collect-box/2)/n)
	}
	content := max(collect+box/2+narrow*float64(sum.Columns-sum.Column), result+box/2) + 20
	full := max(content, diagram.Width(title, style.TitleText)+30)
	shift := (full - content) / 2
	delta, factor, result, collect = delta+shift, factor+shift, result+shift, collect+shift
	bottom := top + (height+apart)*float64(len(terms))
	matrix := bottom + 34 // the top of the gradient
	d := diagram.New(full, matrix+height+34, title)

	first := 0.0
	for i, t := range terms {
		y := top + height/2 + (height+apart)*float64(i)
		d.Text(delta-box/2-16, y, text, style.Black, diagram.Right, t.Step)
		node(d, delta, y, box, height, t.DeltaName, t.Delta)
		d.Text((delta+factor)/2, y, style.TitleText+3, style.Black, diagram.Center, "×")
		node(d, factor, y, box, height, t.FactorName, t.Factor)
		d.Text((factor+result)/2, y, style.TitleText+3, style.Black, diagram.Center, "=")
		node(d, result, y, box, height, "", t.Result)
		if t.Zero {
			d.Line(style.Line(style.Grey, 1.5, style.Dotted...), result+box/2, y, collect-8, y)
			d.Text((result+box/2+collect-8)/2, y-11, text, style.Black, diagram.Center, sum.Zero)
			continue
		}
		if first == 0 {
			first = y
		}
		d.Line(style.Line(style.Vermilion, 2.5), result+box/2, y, collect, y)
		if y > first {
			d.Circle(collect, y, 4, style.Vermilion, style.Vermilion, 1)
		}
	}
	middle := matrix + height/2
	if first > 0 {
		d.Arrow(style.Line(style.Vermilion, 2.5), collect, first-1.25, collect, matrix)
	}
	left := collect - box/2 - narrow*float64(sum.Column-1)
	right := collect + box/2 + narrow*float64(sum.Columns-sum.Column)
	for j := 1; j <= sum.Columns; j++ {
		if j == sum.Column {
			continue
		}
		x := left + narrow*(float64(j)-0.5)
		if j > sum.Column {
			x += box - narrow
		}
		d.Box(x, middle, narrow, height, style.White, style.Grey, 1)
	}
	d.Box(collect, middle, box, height, style.White, style.Vermilion, 2.5)
	d.Text(collect, middle, text, style.Black, diagram.Center, sum.Sum)
	d.Text(left-12, middle, style.TitleText, style.Black, diagram.Right, sum.Matrix+" =")
	d.Text(min(collect, right-widest(sum.Name)/2), matrix+height+16, text, style.Black, diagram.Center, sum.Name)
	return d.Drawing()
}

// node draws a box around a name and the numbers under it.
func node(d *diagram.Diagram, x, y, width, height float64, name, numbers string) {
	d.Box(x, y, width, height, style.White, style.Black, 1.8)
	if name != "" {
		d.Text(x, y-height/2+13, text+1, style.Black, diagram.Center, name)
		y += 9
	}
	d.Text(x, y, text, style.Black, diagram.Center, numbers)
}
