package cells

import (
	"math"

	"rnn101/plots/internal/diagram"
	"rnn101/plots/internal/format"
	"rnn101/plots/internal/render"
	"rnn101/plots/internal/style"
)

// Text draws characters on coloured cells, a value for each. A space is drawn as ·, a
// line break as ↓, after which a new line begins. Scale is the value with the full
// colour. On a diverging scale negative values are blue; otherwise they are white.
// The legend says what the values are.
func Text(characters []rune, values []float64, scale float64, diverging bool, title, legend string) *render.Drawing {
	const perLine, width, height, left, top = 50, 15.0, 27.0, 20.0, 46.0
	rows := 0
	type position struct{ row, column int }
	positions := make([]position, len(characters))
	for i, next := 0, (position{}); i < len(characters); i++ {
		if next.column == perLine {
			next = position{next.row + 1, 0}
		}
		positions[i], rows = next, next.row+1
		next.column++
		if characters[i] == '\n' {
			next = position{next.row + 1, 0}
		}
	}
	bottom := top + height*float64(rows)
	d := diagram.New(2*left+perLine*width, bottom+44, title)
	for i, r := range characters {
		x, y := left+width*float64(positions[i].column), top+height*float64(positions[i].row)
		v := values[i]
		if !diverging {
			v = math.Max(0, v)
		}
		fill := style.Diverging(v, scale)
		d.Fill(x, y, width, height-5, fill)
		switch r {
		case ' ':
			r = '·'
		case '\n':
			r = '↓'
		}
		d.Text(x+width/2, y+(height-5)/2, style.NormalText+1, style.Contrasting(fill), diagram.Center, string(r))
	}
	y := bottom + 20
	shown := []float64{0, scale / 2, scale}
	if diverging {
		shown = []float64{-scale, 0, scale}
	}
	for i, v := range shown {
		x := left + float64(i)*110
		d.Box(x+9, y, 18, 18, style.Diverging(v, scale), style.Grey, 1)
		d.Text(x+24, y, style.SmallText, style.Black, diagram.Left, format.Significant(v))
	}
	d.Text(left+340, y, style.SmallText, style.Black, diagram.Left, legend)
	return d.Drawing()
}
