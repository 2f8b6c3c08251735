// Package diagram draws text, lines and rectangles at given positions: what charts
// without axes are made of. It knows nothing of what they mean.
//
// Positions and sizes are in CSS pixels from the top left corner.
package diagram

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"rnn101/plots/internal/render"
	"rnn101/plots/internal/style"
)

// Diagram is a drawing without axes. It records what it is asked to draw.
type Diagram struct {
	width, height float64
	title         string
	texts         []string
	marks         []func(draw.Canvas)
}

// Alignments of text to its x.
const (
	Left   = text.XLeft
	Center = text.XCenter
	Right  = text.XRight
)

// New returns a diagram with nothing but its title.
func New(width, height float64, title string) *Diagram {
	d := &Diagram{width: width, height: height, title: title}
	d.Text(width/2, 18, style.TitleText, style.Black, Center, title)
	return d
}

// Drawing returns the diagram.
func (d *Diagram) Drawing() *render.Drawing {
	return &render.Drawing{
		Width: d.width, Height: d.height, Title: d.title, Texts: d.texts,
		Draw: func(c draw.Canvas) {
			for _, mark := range d.marks {
				mark(c)
			}
		},
	}
}

func (d *Diagram) add(mark func(draw.Canvas)) { d.marks = append(d.marks, mark) }

// point converts a position to one of the canvas, whose y axis points up.
func point(c draw.Canvas, x, y float64) vg.Point {
	return vg.Point{X: c.Min.X + style.Px(x), Y: c.Max.Y - style.Px(y)}
}

// Text draws text that is centred vertically on y and aligned to x.
func (d *Diagram) Text(x, y, size float64, colour color.Color, align text.XAlignment, s string) {
	ts := style.Text(size, colour)
	ts.XAlign = align
	d.text(x, y, ts, s)
}

// VerticalText draws text that is rotated to be read from bottom to top, centred on
// a point.
func (d *Diagram) VerticalText(x, y, size float64, colour color.Color, s string) {
	ts := style.Text(size, colour)
	ts.Rotation = math.Pi / 2
	d.text(x, y, ts, s)
}

func (d *Diagram) text(x, y float64, ts text.Style, s string) {
	d.texts = append(d.texts, s)
	d.add(func(c draw.Canvas) { c.FillText(ts, point(c, x, y), s) })
}

// Line draws a line through points, given as x, y, x, y, …
func (d *Diagram) Line(ls draw.LineStyle, xy ...float64) {
	d.add(func(c draw.Canvas) {
		points := make([]vg.Point, 0, len(xy)/2)
		for i := 0; i < len(xy); i += 2 {
			points = append(points, point(c, xy[i], xy[i+1]))
		}
		c.StrokeLines(ls, points)
	})
}

// Arrow draws a line with an arrowhead at its end.
func (d *Diagram) Arrow(ls draw.LineStyle, xy ...float64) {
	n := len(xy)
	x, y := xy[n-2], xy[n-1]
	dx, dy := x-xy[n-4], y-xy[n-3]
	length := math.Hypot(dx, dy)
	dx, dy = dx/length, dy/length
	size := 5 + 2.2*float64(ls.Width/style.Px(1))
	shaft := append([]float64{}, xy...)
	shaft[n-2], shaft[n-1] = x-dx*size*0.8, y-dy*size*0.8
	d.Line(ls, shaft...)
	d.add(func(c draw.Canvas) {
		c.FillPolygon(ls.Color, []vg.Point{
			point(c, x, y),
			point(c, x-dx*size-dy*size*0.5, y-dy*size+dx*size*0.5),
			point(c, x-dx*size+dy*size*0.5, y-dy*size-dx*size*0.5),
		})
	})
}

// Box draws a filled rectangle with an outline, centred on a point.
func (d *Diagram) Box(x, y, width, height float64, fill, outline color.Color, lineWidth float64) {
	d.add(func(c draw.Canvas) {
		p := []vg.Point{
			point(c, x-width/2, y-height/2), point(c, x+width/2, y-height/2),
			point(c, x+width/2, y+height/2), point(c, x-width/2, y+height/2),
		}
		c.FillPolygon(fill, p)
		c.StrokeLines(style.Line(outline, lineWidth), append(p, p[0], p[1]))
	})
}

// Outline draws a rectangle that is not filled, centred on a point.
func (d *Diagram) Outline(x, y, width, height float64, colour color.Color, lineWidth float64) {
	l, r, t, b := x-width/2, x+width/2, y-height/2, y+height/2
	d.Line(style.Line(colour, lineWidth), l, t, r, t, r, b, l, b, l, t, r, t)
}

// Circle draws a filled circle with an outline.
func (d *Diagram) Circle(x, y, radius float64, fill, outline color.Color, lineWidth float64) {
	d.add(func(c draw.Canvas) {
		p := make([]vg.Point, 49)
		for i := range p {
			sin, cos := math.Sincos(2 * math.Pi * float64(i) / 48)
			p[i] = point(c, x+radius*cos, y+radius*sin)
		}
		c.FillPolygon(fill, p)
		c.StrokeLines(style.Line(outline, lineWidth), p)
	})
}

// Fill fills a rectangle given by its top left corner. Rectangles side by side show
// no gap.
func (d *Diagram) Fill(x, y, width, height float64, fill color.Color) {
	const overlap = 0.3
	d.add(func(c draw.Canvas) {
		min, max := point(c, x, y+height+overlap), point(c, x+width+overlap, y)
		c.SetColor(fill)
		c.Fill(vg.Rectangle{Min: min, Max: max}.Path())
	})
}
