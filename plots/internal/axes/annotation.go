package axes

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"rnn101/plots/internal/style"
)

// annotation is text at a point of the data, moved dx to the right and dy up, in CSS
// pixels.
type annotation struct {
	x, y   float64
	text   string
	dx, dy float64
	style  text.Style
}

// Plot implements plot.Plotter.
func (a *annotation) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	at := vg.Point{X: x(a.x) + style.Px(a.dx), Y: y(a.y) + style.Px(a.dy)}
	c.FillText(a.style, at, a.text)
}
