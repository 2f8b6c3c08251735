package cells

import (
	"image/color"
	"math"

	"rnn101/plots/internal/diagram"
	"rnn101/plots/internal/render"
	"rnn101/plots/internal/style"
	"rnn101/plots/internal/ticks"
)

// HeatMap draws positive values on a logarithmic colour scale from low to high; what
// is not above low is white. Row 0 is at the bottom. Rows may differ in length.
func HeatMap(values [][]float64, low, high float64, title, xLabel, yLabel string) *render.Drawing {
	rows, columns := len(values), 0
	for _, row := range values {
		columns = max(columns, len(row))
	}
	const left, top, right, bottom = 74.0, 50.0, 108.0, 58.0
	cell := math.Max(4, math.Floor(480/float64(max(rows, columns))))
	width, height := cell*float64(columns), cell*float64(rows)
	d := diagram.New(left+width+right, top+height+bottom, title)
	scale := func(v float64) color.RGBA {
		if v <= low {
			return style.White
		}
		return style.Sequential(ticks.LogFraction(v, low, high))
	}
	d.Box(left+width/2, top+height/2, width+1, height+1, style.LightGrey, style.Grey, 1)
	for r, row := range values {
		for c, v := range row {
			d.Fill(left+cell*float64(c), top+height-cell*float64(r+1), cell, cell, scale(v))
		}
	}
	for _, tick := range (ticks.Integer{}).Ticks(0, float64(columns-1)) {
		d.Text(left+cell*(tick.Value+0.5), top+height+14, style.SmallText, style.Black, diagram.Center, tick.Label)
	}
	for _, tick := range (ticks.Integer{}).Ticks(0, float64(rows-1)) {
		d.Text(left-8, top+height-cell*(tick.Value+0.5), style.SmallText, style.Black, diagram.Right, tick.Label)
	}
	d.Text(left+width/2, top+height+38, style.NormalText, style.Black, diagram.Center, xLabel)
	d.VerticalText(left-50, top+height/2, style.NormalText, style.Black, yLabel)
	colorBar(d, left+width+24, top, height, low, high)
	return d.Drawing()
}

// colorBar draws a logarithmic colour scale with its ticks.
func colorBar(d *diagram.Diagram, x, y, height, low, high float64) {
	const steps, width = 120, 18.0
	h := height / steps
	for i := range steps {
		d.Fill(x, y+height-h*float64(i+1), width, h, style.Sequential((float64(i)+0.5)/steps))
	}
	d.Line(style.Line(style.Grey, 1), x, y, x+width, y, x+width, y+height, x, y+height, x, y)
	for _, tick := range (ticks.Log{}).Ticks(low, high) {
		if tick.Label != "" {
			at := y + height*(1-ticks.LogFraction(tick.Value, low, high))
			d.Text(x+width+6, at, style.SmallText, style.Black, diagram.Left, tick.Label)
		}
	}
}
