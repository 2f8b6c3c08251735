package axes

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg/draw"

	"rnn101/plots/internal/format"
	"rnn101/plots/internal/style"
	"rnn101/plots/internal/ticks"
)

// AddSquare adds the outline of the square from −1 to 1 and sets the ranges of the
// axes to it.
func (a *Axes) AddSquare() {
	a.X.Min, a.X.Max, a.Y.Min, a.Y.Max = -1.15, 1.15, -1.15, 1.15
	var halves plot.ConstantTicks
	for v := -1.0; v <= 1; v += 0.5 {
		halves = append(halves, plot.Tick{Value: v, Label: format.Fixed(v, 1)})
	}
	a.X.Tick.Marker, a.Y.Tick.Marker = halves, halves
	square, _ := plotter.NewPolygon(plotter.XYs{{X: -1, Y: -1}, {X: 1, Y: -1}, {X: 1, Y: 1}, {X: -1, Y: 1}})
	square.LineStyle = style.Line(style.LightGrey, 1.5)
	a.plot.Add(square)
}

// AddPath adds path i: a line with a hollow marker at its first point and a filled
// one at its last, and its name beside that.
func (a *Axes) AddPath(i int, path Line) {
	points := path.points()
	first, last := points[0], points[len(points)-1]
	a.addLine(points, style.Line(style.Color(i), 1.5, style.Dashes(i)...))
	outer := draw.GlyphStyle{Color: style.Color(i), Radius: style.Px(6), Shape: draw.CircleGlyph{}}
	inner := outer
	inner.Radius = style.Px(4)
	inner.Color = style.White
	a.addPoints(plotter.XYs{first}, outer)
	a.addPoints(plotter.XYs{first}, inner)
	a.addPoints(plotter.XYs{last}, outer)

	label := style.Text(style.SmallText, style.Black)
	dx, dy := -10.0, 16.0
	label.XAlign = text.XRight
	if last.X < 0 {
		dx, label.XAlign = 10, text.XLeft
	}
	if last.Y > 0 {
		dy = -16
	}
	a.annotate(annotation{x: last.X, y: last.Y, text: path.Name, dx: dx, dy: dy, style: label, background: true})
}

func (a *Axes) addPoints(points plotter.XYs, gs draw.GlyphStyle) *plotter.Scatter {
	dots, _ := plotter.NewScatter(points) // see addLine
	dots.GlyphStyle = gs
	a.plot.Add(dots)
	return dots
}

// AddUnitCircle adds the circle of radius 1 around the origin.
func (a *Axes) AddUnitCircle(name string) {
	circle := make(plotter.XYs, 181)
	for i := range circle {
		circle[i].Y, circle[i].X = math.Sincos(2 * math.Pi * float64(i) / 180)
	}
	a.legend(name, a.addLine(circle, style.Line(style.Black, 1.5, style.Dotted...)))
}

// AddComplex adds the points of series i on the complex plane.
func (a *Axes) AddComplex(i int, name string, values []complex128) {
	points := make(plotter.XYs, len(values))
	for j, v := range values {
		points[j] = plotter.XY{X: real(v), Y: imag(v)}
	}
	a.legend(name, a.addPoints(points, style.Marker(i)))
}

// CenterOrigin sets the ranges of the axes to a square from −r to r around the
// origin, and leaves room above it for a legend of a number of entries.
func (a *Axes) CenterOrigin(r float64, entries int) {
	a.X.Min, a.X.Max, a.Y.Min = -r*1.1, r*1.1, -r*1.1
	a.Y.Max = r * (1.04 + 0.16*float64(entries))
	a.Y.Tick.Marker = ticks.UpTo{Max: r * 1.1}
}
