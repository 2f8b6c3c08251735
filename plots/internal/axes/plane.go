package axes

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"

	"rnn101/plots/internal/format"
	"rnn101/plots/internal/style"
	"rnn101/plots/internal/ticks"
)

// AddSquare adds the outline of the square from −1 to 1 and sets the ranges of the
// axes to it.
func (a *Axes) AddSquare() {
	a.X.Min, a.X.Max, a.Y.Min, a.Y.Max, a.equal = -1.2, 1.2, -1.2, 1.2, true
	var halves plot.ConstantTicks
	for v := -1.0; v <= 1; v += 0.5 {
		halves = append(halves, plot.Tick{Value: v, Label: format.Fixed(v, 1)})
	}
	a.X.Tick.Marker, a.Y.Tick.Marker = halves, halves
	square := plotter.XYs{{X: -1, Y: -1}, {X: 1, Y: -1}, {X: 1, Y: 1}, {X: -1, Y: 1}, {X: -1, Y: -1}}
	a.addLine(square, style.Line(style.LightGrey, 1.5))
	a.names.lines = append(a.names.lines, square)
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

	a.names.lines = append(a.names.lines, points)
	a.names.marks = append(a.names.marks, mark{first, 6}, mark{last, 6})
	a.name(name{text: path.Name, color: style.Color(i), anchors: plotter.XYs{last, points[len(points)/2]}, point: true})
}

// AddUnitCircle adds the circle of radius 1 around the origin.
func (a *Axes) AddUnitCircle(name string) {
	circle := make(plotter.XYs, 181)
	for i := range circle {
		circle[i].Y, circle[i].X = math.Sincos(2 * math.Pi * float64(i) / 180)
	}
	a.explain(name, a.addLine(circle, style.Line(style.Black, 1.5, style.Dotted...)))
}

// AddComplex adds the points of series i on the complex plane.
func (a *Axes) AddComplex(i int, name string, values []complex128) {
	points := make(plotter.XYs, len(values))
	for j, v := range values {
		points[j] = plotter.XY{X: real(v), Y: imag(v)}
	}
	a.explain(name, a.addPoints(points, style.Marker(i)))
}

// CenterOrigin sets the ranges of the axes to a square from −r to r around the origin.
func (a *Axes) CenterOrigin(r float64) {
	r = ticks.Finite(r * 1.1)
	a.X.Min, a.X.Max, a.Y.Min, a.Y.Max, a.equal = -r, r, -r, r, true
}
