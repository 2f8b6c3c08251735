package axes

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"rnn101/plots/internal/format"
	"rnn101/plots/internal/style"
	"rnn101/plots/internal/ticks"
)

// AddSignedBars adds a group of bars for each label, up or down from zero, with the value
// at the end of each bar, and sets the ranges of the axes.
func (a *Axes) AddSignedBars(labels []string, series []Series) {
	low, high := 0.0, 0.0
	for _, s := range series {
		for _, v := range s.Values {
			low, high = math.Min(low, v), math.Max(high, v)
		}
	}
	if low == high {
		high = 1
	}
	low, high = ticks.Range(low, high)
	room := 0.09 * ticks.Span(low, high) // for the values at the ends
	a.Y.Min, a.Y.Max = ticks.Finite(low-room), ticks.Finite(high+room)
	a.X.Min, a.X.Max = -0.5, float64(len(labels))-0.5
	a.nominal(labels)

	const group = 0.78 // width of a group
	decimals := 4
	if len(labels)*len(series) > 9 {
		decimals = 2 // no room for more beside so many bars
	}
	width := group / float64(len(series))
	roomy := (a.width-90)/float64(len(labels))*width >= leastLabelled // or else the numbers would cover each other
	write := func(v float64) string { return format.Fixed(v, decimals) }
	if math.Max(-low, high) < 0.5e-4 {
		write = format.Significant // all would be 0.0000
	}
	for i, s := range series {
		offset := -group/2 + width*(float64(i)+0.5)
		bars := &signedBars{color: style.Color(i), hatched: i%2 == 1, width: width * 0.9, offset: offset, values: s.Values}
		a.plot.Add(bars)
		if len(series) > 1 {
			a.explain(s.Name, bars)
		} else {
			a.texts = append(a.texts, s.Name)
		}
		for j, v := range s.Values {
			if !roomy {
				break
			}
			dy := 12.0
			if v < 0 {
				dy = -11
			}
			ts := style.Text(style.TickText, style.Black)
			ts.YAlign = text.YCenter
			a.annotate(annotation{x: float64(j) + offset, y: v, text: write(v), dy: dy, style: ts})
		}
	}
	a.addLine(plotter.XYs{{X: a.X.Min}, {X: a.X.Max}}, style.Line(style.Black, 1.2))
}

// signedBars are the bars of a series at 0, 1, 2, …, moved by an offset.
type signedBars struct {
	color         color.RGBA
	hatched       bool
	width, offset float64 // in units of x
	values        []float64
}

// Plot implements plot.Plotter.
func (b *signedBars) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	for j, v := range b.values {
		middle := float64(j) + b.offset
		b.draw(c, vg.Rectangle{
			Min: vg.Point{X: x(middle - b.width/2), Y: y(math.Min(v, 0))},
			Max: vg.Point{X: x(middle + b.width/2), Y: y(math.Max(v, 0))},
		})
	}
}

// Thumbnail implements plot.Thumbnailer.
func (b *signedBars) Thumbnail(c *draw.Canvas) { b.draw(*c, c.Rectangle) }

func (b *signedBars) draw(c draw.Canvas, r vg.Rectangle) {
	c.SetColor(b.color)
	if !b.hatched {
		c.Fill(r.Path())
		return
	}
	c.SetColor(style.White)
	c.Fill(r.Path())
	ls := style.Line(b.color, 1.6)
	height := r.Max.Y - r.Min.Y
	for x := r.Min.X - height; x < r.Max.X; x += style.Px(6) {
		// The line from (x, bottom) to (x+height, top), as far as it is inside.
		from, to := max(0, r.Min.X-x), min(height, r.Max.X-x)
		if from < to {
			c.StrokeLine2(ls, x+from, r.Min.Y+from, x+to, r.Min.Y+to)
		}
	}
	inset := style.Px(0.8)
	a, z := r.Min.Add(vg.Point{X: inset}), r.Max.Sub(vg.Point{X: inset})
	c.StrokeLines(ls, []vg.Point{a, {X: z.X, Y: a.Y}, z, {X: a.X, Y: z.Y}, a, {X: z.X, Y: a.Y}})
}
