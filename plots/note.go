package plots

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// note writes a text at a point of the chart, dx to the right and dy above, in CSS
// pixels. With halo it stands on white, to be read where lines cross.
type note struct {
	x, y   float64
	text   string
	dx, dy float64
	style  text.Style
	halo   bool
}

// Plot implements plot.Plotter.
func (n *note) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	at := vg.Point{X: x(n.x) + px(n.dx), Y: y(n.y) + px(n.dy)}
	if n.halo {
		box := n.style.Rectangle(n.text)
		c.SetColor(white)
		c.Fill(vg.Rectangle{Min: at.Add(box.Min), Max: at.Add(box.Max)}.Path())
	}
	c.FillText(n.style, at, n.text)
}

// upTo is linear, but labels nothing above a limit: the axis goes on only to make
// room.
type upTo struct{ limit float64 }

// Ticks implements plot.Ticker.
func (u upTo) Ticks(min, _ float64) []plot.Tick { return linear{}.Ticks(min, u.limit) }
