package plots

import (
	"image/color"
	"math"
	"strings"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// sketch is a drawing without axes, in CSS pixels from the top left corner. It
// collects what it is asked to draw; done makes the figure of it.
type sketch struct {
	figure *Figure
	marks  []func(draw.Canvas)
}

func newSketch(width, height float64, title string) *sketch {
	s := &sketch{figure: &Figure{width: width, height: height, title: title}}
	s.text(width/2, 18, titleText, ink, text.XCenter, title)
	return s
}

func (s *sketch) add(mark func(draw.Canvas)) { s.marks = append(s.marks, mark) }

// at turns a place of the sketch into one of the canvas.
func (s *sketch) at(c draw.Canvas, x, y float64) vg.Point {
	return vg.Point{X: c.Min.X + px(x), Y: c.Max.Y - px(y)}
}

// text writes a text that is centred on y, and on x as asked.
func (s *sketch) text(x, y, size float64, colour color.Color, align text.XAlignment, words string) {
	s.figure.texts = append(s.figure.texts, words)
	s.add(func(c draw.Canvas) {
		sty := style(size, colour)
		sty.XAlign = align
		c.FillText(sty, s.at(c, x, y), words)
	})
}

// line draws through the points given as x, y, x, y, …
func (s *sketch) line(ls draw.LineStyle, xy ...float64) {
	s.add(func(c draw.Canvas) {
		points := make([]vg.Point, 0, len(xy)/2)
		for i := 0; i < len(xy); i += 2 {
			points = append(points, s.at(c, xy[i], xy[i+1]))
		}
		c.StrokeLines(ls, points)
	})
}

// arrow draws a line with a head at its end.
func (s *sketch) arrow(ls draw.LineStyle, xy ...float64) {
	n := len(xy)
	x, y := xy[n-2], xy[n-1]
	dx, dy := x-xy[n-4], y-xy[n-3]
	length := math.Hypot(dx, dy)
	dx, dy = dx/length, dy/length
	size := 5 + 2.2*float64(ls.Width/px(1))
	shaft := append([]float64{}, xy...)
	shaft[n-2], shaft[n-1] = x-dx*size*0.8, y-dy*size*0.8
	s.line(ls, shaft...)
	s.add(func(c draw.Canvas) {
		c.FillPolygon(ls.Color, []vg.Point{
			s.at(c, x, y),
			s.at(c, x-dx*size-dy*size*0.5, y-dy*size+dx*size*0.5),
			s.at(c, x-dx*size+dy*size*0.5, y-dy*size-dx*size*0.5),
		})
	})
}

// box draws a filled rectangle around a centre.
func (s *sketch) box(x, y, width, height float64, fill, edge color.Color, thick float64) {
	corners := func(c draw.Canvas) []vg.Point {
		return []vg.Point{
			s.at(c, x-width/2, y-height/2), s.at(c, x+width/2, y-height/2),
			s.at(c, x+width/2, y+height/2), s.at(c, x-width/2, y+height/2),
		}
	}
	s.add(func(c draw.Canvas) {
		c.FillPolygon(fill, corners(c))
		p := corners(c)
		c.StrokeLines(draw.LineStyle{Color: edge, Width: px(thick)}, append(p, p[0], p[1]))
	})
}

// column writes a symbol and under it numbers, one a line, in a box around a centre.
func (s *sketch) column(x, y, width float64, symbol string, numbers []float64, edge color.Color) {
	height := columnHeight(len(numbers))
	s.box(x, y, width, height, white, edge, 1.8)
	s.text(x, y-height/2+13, normalText+1, ink, text.XCenter, symbol)
	if len(numbers) > 0 {
		lines := make([]string, len(numbers))
		for i, v := range numbers {
			lines[i] = exactOrFour(v)
		}
		s.text(x, y+11, smallText, ink, text.XCenter, strings.Join(lines, "\n"))
	}
}

func columnHeight(numbers int) float64 { return 26 + 15.5*float64(numbers) }

// exactOrFour writes whole numbers as such, others with four decimals.
func exactOrFour(v float64) string {
	if v == math.Trunc(v) {
		return number(v, 0)
	}
	return number(v, 4)
}

// done makes the figure.
func (s *sketch) done(alt string) (*Figure, error) {
	f := s.figure
	f.alt = alt
	f.texts = append(f.texts, alt)
	f.paint = func(c draw.Canvas) {
		c.SetColor(white)
		c.Fill(c.Rectangle.Path())
		for _, mark := range s.marks {
			mark(c)
		}
	}
	return f.finish()
}
