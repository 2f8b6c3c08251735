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
	"gonum.org/v1/plot/vg"
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
		axis.Tick.Marker = ticks.Linear{}
		axis.LineStyle.Color, axis.Tick.LineStyle.Color = style.Grey, style.Grey
	}
	return &Axes{X: &p.X, Y: &p.Y, plot: p, width: width, height: height, title: title, y: y, texts: []string{title, x, y}}
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
	return &render.Drawing{
		Width: a.width, Height: a.height, Title: a.title, Texts: a.texts,
		Draw: func(c draw.Canvas) {
			c = draw.Crop(c, style.Px(14), -style.Px(18), style.Px(12), -style.Px(14))
			c.Max.Y = a.drawHeader(c)
			if a.equal {
				a.equalise(c)
			}
			a.plot.Draw(c)
		},
	}
}

// drawHeader draws the title, the keys and the name of the y axis from the top of the
// canvas, and returns where the rest begins.
func (a *Axes) drawHeader(c draw.Canvas) vg.Length {
	y := c.Max.Y
	title := style.Text(style.HeadText, style.Black)
	title.YAlign = text.YTop
	lines := wrap(title, a.title, c.Size().X)
	c.FillText(title, vg.Point{X: c.Center().X, Y: y}, lines)
	y -= title.Height(lines) + style.Px(12)

	row := style.Px(20)
	name := style.Text(style.AxisText, style.Black)
	name.XAlign, name.YAlign = text.XLeft, text.YCenter
	rows := a.keyRows(name, c.Size().X)
	for _, keys := range rows {
		x := c.Max.X
		for i := len(keys) - 1; i >= 0; i-- { // from the right, where the eye ends
			x -= name.Width(keys[i].name)
			c.FillText(name, vg.Point{X: x, Y: y - row/2}, keys[i].name)
			x -= style.Px(36)
			box := vg.Rectangle{Min: vg.Point{X: x, Y: y - row + style.Px(4)}, Max: vg.Point{X: x + style.Px(30), Y: y - style.Px(4)}}
			for _, thumb := range keys[i].thumbs {
				thumb.Thumbnail(&draw.Canvas{Canvas: c.Canvas, Rectangle: box})
			}
			x -= style.Px(22)
		}
		y -= row
	}
	if a.y == "" {
		return y - style.Px(4)
	}
	if len(rows) > 0 && name.Width(a.y)+keysWidth(name, rows[len(rows)-1]) < c.Size().X {
		y += row // there is room left of the keys
	}
	c.FillText(name, vg.Point{X: c.Min.X, Y: y - row/2}, a.y)
	return y - row - style.Px(4)
}

func keysWidth(ts text.Style, keys []key) vg.Length {
	width := vg.Length(0)
	for _, k := range keys {
		width += ts.Width(k.name) + style.Px(58)
	}
	return width
}

// keyRows breaks the keys into rows of at most a width.
func (a *Axes) keyRows(ts text.Style, width vg.Length) [][]key {
	var rows [][]key
	for _, k := range a.keys {
		last := len(rows) - 1
		if last < 0 || keysWidth(ts, append(rows[last : last+1 : last+1][0], k)) > width {
			rows = append(rows, []key{k})
			continue
		}
		rows[last] = append(rows[last], k)
	}
	return rows
}

// equalise widens the range of one axis until a unit of x is as long as one of y.
func (a *Axes) equalise(c draw.Canvas) {
	for range 3 { // the room for the labels of the ticks changes with the range
		size := a.plot.DataCanvas(c).Size()
		x, y := (a.X.Max-a.X.Min)/float64(size.X), (a.Y.Max-a.Y.Min)/float64(size.Y)
		axis, factor := a.X, y/x
		if x > y {
			axis, factor = a.Y, x/y
		}
		if math.Abs(factor-1) < 1e-6 {
			return
		}
		middle, half := (axis.Min+axis.Max)/2, (axis.Max-axis.Min)/2*factor
		axis.Min, axis.Max = middle-half, middle+half
	}
}
