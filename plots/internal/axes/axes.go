// Package axes draws charts that have an x and a y axis: lines, bars, and points on a
// plane. It gets finished titles, labels and names, and values that have been
// checked; it knows nothing of what they mean.
//
// The name of the y axis is written above it, to be read without turning the head, and
// names are written where what they name is drawn.
package axes

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg/draw"

	"rnn101/plots/internal/render"
	"rnn101/plots/internal/style"
	"rnn101/plots/internal/ticks"
)

// Axes is a chart with an x and a y axis. What is added to it is drawn in that order,
// names last.
type Axes struct {
	X, Y          *plot.Axis
	plot          *plot.Plot
	width, height float64 // in CSS pixels
	title, y      string
	keys          []key
	names         names
	equal         bool // a unit of x is as long as a unit of y
	texts         []string
}

const (
	left, right = 14, 18 // the margins, in CSS pixels
	leastPlot   = 220    // the height that the header leaves to the rest, in CSS pixels
	labelsMost  = 60     // how many characters the labels below the x axis have together
)

// key is an entry of the row that explains what is drawn several times.
type key struct {
	name   string
	thumbs []plot.Thumbnailer
}

// New returns a chart of a size in CSS pixels without data.
func New(width, height float64, title, x, y string) *Axes {
	p := plot.New()
	p.X.Label.Text = x
	p.X.Label.TextStyle = style.Text(style.AxisText, style.Black)
	p.X.Label.TextStyle.YAlign = text.YBottom
	p.X.Label.Padding = style.Px(4)
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		x, y := axis.Tick.Label.XAlign, axis.Tick.Label.YAlign
		axis.Tick.Label = style.Text(style.TickText, style.Black)
		axis.Tick.Label.XAlign, axis.Tick.Label.YAlign = x, y
		axis.Tick.Marker, axis.Scale = ticks.Linear{}, ticks.LinearScale{}
		axis.LineStyle.Color, axis.Tick.LineStyle.Color = style.Grey, style.Grey
	}
	a := &Axes{X: &p.X, Y: &p.Y, plot: p, width: width, height: height, title: title, y: y, texts: []string{title, x, y}}
	a.tickX(ticks.Linear{})
	return a
}

// tickX sets what places the ticks of the x axis, whose labels must fit side by side.
func (a *Axes) tickX(t plot.Ticker) {
	a.X.Tick.Marker = ticks.Sparse{Ticker: t, Characters: labelsMost}
}

// annotate adds text at a point of the data.
func (a *Axes) annotate(note annotation) {
	a.texts = append(a.texts, note.text)
	a.plot.Add(&note)
}

// explain adds an entry to the row of keys.
func (a *Axes) explain(name string, thumbs ...plot.Thumbnailer) {
	a.texts = append(a.texts, name)
	a.keys = append(a.keys, key{name, thumbs})
}

// Drawing returns the chart with margins on all sides.
func (a *Axes) Drawing() *render.Drawing {
	a.plot.Add(&a.names)
	h := a.header(style.Px(a.width - left - right))
	// However long the title and the row of keys, they do not bury the chart.
	a.height = max(a.height, float64(h.height/style.Px(1))+leastPlot)
	return &render.Drawing{
		Width: a.width, Height: a.height, Title: a.title, Texts: a.texts,
		Draw: func(c draw.Canvas) {
			c = draw.Crop(c, style.Px(left), -style.Px(right), style.Px(12), -style.Px(14))
			h.draw(c, a.y)
			c.Max.Y -= h.height
			if a.equal {
				a.equalise(c)
			}
			a.plot.Draw(c)
		},
	}
}

// equalise widens the range of one axis until a unit of x is as long as one of y.
func (a *Axes) equalise(c draw.Canvas) {
	for range 3 { // the room for the labels of the ticks changes with the range
		size := a.plot.DataCanvas(c).Size()
		x, y := a.X.Max/float64(size.X)-a.X.Min/float64(size.X), a.Y.Max/float64(size.Y)-a.Y.Min/float64(size.Y)
		axis, factor := a.X, y/x
		if x > y {
			axis, factor = a.Y, x/y
		}
		if math.Abs(factor-1) < 1e-6 {
			return
		}
		middle, half := axis.Min/2+axis.Max/2, (axis.Max/2-axis.Min/2)*factor
		axis.Min, axis.Max = ticks.Finite(middle-half), ticks.Finite(middle+half)
	}
}
