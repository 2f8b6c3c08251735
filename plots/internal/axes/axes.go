// Package axes draws charts that have an x and a y axis: lines, bars, and points on a
// plane. It gets finished titles, labels and names, and values that have been
// checked; it knows nothing of what they mean.
package axes

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg/draw"

	"rnn101/plots/internal/render"
	"rnn101/plots/internal/style"
	"rnn101/plots/internal/ticks"
)

// Axes is a chart with an x and a y axis. What is added to it is drawn in that order.
type Axes struct {
	X, Y          *plot.Axis
	plot          *plot.Plot
	width, height float64 // in CSS pixels
	texts         []string
}

// New returns a chart of a size in CSS pixels without data.
func New(width, height float64, title, x, y string) *Axes {
	p := plot.New()
	p.Title.Text, p.X.Label.Text, p.Y.Label.Text = title, x, y
	p.Title.TextStyle = style.Text(style.TitleText, style.Black)
	p.Title.TextStyle.YAlign = text.YTop
	p.Title.Padding = style.Px(10)
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		rotation := axis.Label.TextStyle.Rotation
		axis.Label.TextStyle = style.Text(style.NormalText, style.Black)
		axis.Label.TextStyle.YAlign = text.YBottom
		axis.Label.TextStyle.Rotation = rotation
		axis.Label.Padding = style.Px(4)
		x, y := axis.Tick.Label.XAlign, axis.Tick.Label.YAlign
		axis.Tick.Label = style.Text(style.SmallText, style.Black)
		axis.Tick.Label.XAlign, axis.Tick.Label.YAlign = x, y
		axis.Tick.Marker = ticks.Linear{}
		axis.LineStyle.Color, axis.Tick.LineStyle.Color = style.Grey, style.Grey
	}
	p.Legend.TextStyle = style.Text(style.SmallText, style.Black)
	p.Legend.TextStyle.XAlign, p.Legend.TextStyle.YAlign = text.XLeft, text.YBottom
	p.Legend.Top, p.Legend.Left = true, false
	p.Legend.ThumbnailWidth = style.Px(34)
	p.Legend.Padding = style.Px(4)
	return &Axes{X: &p.X, Y: &p.Y, plot: p, width: width, height: height, texts: []string{title, x, y}}
}

// annotate adds text at a point of the data.
func (a *Axes) annotate(note annotation) {
	a.texts = append(a.texts, note.text)
	a.plot.Add(&note)
}

// legend adds an entry to the legend.
func (a *Axes) legend(name string, thumbs ...plot.Thumbnailer) {
	a.texts = append(a.texts, name)
	a.plot.Legend.Add(name, thumbs...)
}

// Drawing returns the chart with margins on all sides.
func (a *Axes) Drawing() *render.Drawing {
	return &render.Drawing{
		Width: a.width, Height: a.height, Title: a.plot.Title.Text, Texts: a.texts,
		Draw: func(c draw.Canvas) {
			a.plot.Draw(draw.Crop(c, style.Px(14), -style.Px(18), style.Px(12), -style.Px(14)))
		},
	}
}
