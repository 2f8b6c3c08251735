package axes

import (
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"

	"rnn101/plots/internal/style"
	"rnn101/plots/internal/ticks"
)

// Line is a line through the points (X[i], Y[i]). One without a name goes on with the
// look of the line before it.
type Line struct {
	Name    string
	X, Y    []float64
	Markers bool // a marker at each point
}

func (l Line) points() plotter.XYs {
	points := make(plotter.XYs, len(l.X))
	for i := range points {
		points[i] = plotter.XY{X: l.X[i], Y: l.Y[i]}
	}
	return points
}

// Level is a named horizontal line.
type Level struct {
	Name  string
	Value float64
}

// Point is a named point.
type Point struct {
	Name string
	X, Y float64
}

// Range is a named range of x: shaded, or a dotted line where it begins and ends at the
// same x.
type Range struct {
	Name     string
	From, To float64
}

// Lines are the lines, and what they are compared with, of one chart.
type Lines struct {
	Series     []Line
	Levels     []Level
	Points     []Point
	Ranges     []Range
	Include    []Point // not drawn
	LogX, LogY bool    // logarithmic axes
	Equal      bool    // a unit of x is as long as one of y
	Markers    bool    // a marker at each point of each line
	NoNames    bool    // of lines
}

// Bounds returns the smallest and largest x and y of all lines, levels and points, and
// ranges of x.
func (l Lines) Bounds() (xmin, xmax, ymin, ymax float64) {
	xmin, xmax, ymin, ymax = math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, s := range l.Series {
		xmin, xmax = min(xmin, slices.Min(s.X)), max(xmax, slices.Max(s.X))
		ymin, ymax = min(ymin, slices.Min(s.Y)), max(ymax, slices.Max(s.Y))
	}
	for _, level := range l.Levels {
		ymin, ymax = min(ymin, level.Value), max(ymax, level.Value)
	}
	for _, p := range slices.Concat(l.Points, l.Include) {
		xmin, xmax, ymin, ymax = min(xmin, p.X), max(xmax, p.X), min(ymin, p.Y), max(ymax, p.Y)
	}
	for _, r := range l.Ranges {
		xmin, xmax = min(xmin, r.From), max(xmax, r.To)
	}
	return xmin, xmax, ymin, ymax
}

// integerX reports whether every x is an integer: a number of steps, or a year.
func (l Lines) integerX() bool {
	for _, s := range l.Series {
		if slices.ContainsFunc(s.X, func(x float64) bool { return x != math.Trunc(x) }) {
			return false
		}
	}
	return true
}

// AddLines adds ranges, levels, lines and points, and sets the scales and ranges of the
// axes. The ranges are those of the data; a linear y axis begins at zero if that costs
// little room.
func (a *Axes) AddLines(l Lines) {
	a.scale(l)
	a.equal = l.Equal
	for i, r := range l.Ranges {
		a.addRange(i, r)
	}
	a.addZero(l)
	for _, level := range l.Levels {
		ends := plotter.XYs{{X: a.X.Min, Y: level.Value}, {X: a.X.Max, Y: level.Value}}
		a.addReference(ends)
		a.name(name{text: level.Name, color: style.Grey, anchors: ends[1:]})
		a.names.lines = append(a.names.lines, ends)
	}
	look := -1
	for _, s := range l.Series {
		if s.Name != "" || look < 0 {
			look++
		}
		a.addSeries(look, s, l.Markers || s.Markers, !l.NoNames)
	}
	for _, p := range l.Points {
		at := plotter.XYs{{X: p.X, Y: p.Y}}
		a.addPoints(at, draw.GlyphStyle{Color: style.White, Radius: style.Px(6.5), Shape: draw.CircleGlyph{}})
		a.addPoints(at, draw.GlyphStyle{Color: style.Black, Radius: style.Px(5), Shape: draw.CircleGlyph{}})
		a.names.marks = append(a.names.marks, mark{at[0], 5})
		a.name(name{text: p.Name, color: style.Black, anchors: at, point: true})
	}
}

// scale sets the scales and ranges of the axes.
func (a *Axes) scale(l Lines) {
	a.height = max(a.height, 130+19*float64(len(l.Series)+len(l.Levels))) // room for all names
	xmin, xmax, ymin, ymax := l.Bounds()
	if l.integerX() {
		a.tickX(ticks.Integer{})
	}
	if l.LogX {
		a.X.Scale = plot.LogScale{}
		a.X.Min, a.X.Max = ticks.LogRange(xmin, xmax, 0, 1)
		a.tickX(ticks.Log{})
	} else {
		a.X.Min, a.X.Max = ticks.Range(xmin, xmax)
	}
	if l.LogY {
		a.Y.Scale, a.Y.Tick.Marker = plot.LogScale{}, ticks.Log{}
		a.Y.Min, a.Y.Max = ticks.LogRange(ymin, ymax, 0.04, 1.02)
		return
	}
	ymin, ymax = ticks.Range(ymin, ymax)
	margin := 0.04 * ticks.Span(ymin, ymax)
	a.Y.Min, a.Y.Max = ticks.Finite(ymin-margin), ticks.Finite(ymax+margin)
	if ymin >= 0 && ymin <= 0.6*ymax {
		a.Y.Min, a.Y.Max = 0, ticks.Finite(ymax*1.04)
	}
}

// addZero adds thin lines where x and y are 0, between negative and positive values.
func (a *Axes) addZero(l Lines) {
	add := func(ends plotter.XYs) {
		a.addLine(ends, style.Line(style.Zero, 1))
		a.names.thin = append(a.names.thin, ends)
	}
	if a.Y.Min < 0 && a.Y.Max > 0 && !l.LogY {
		add(plotter.XYs{{X: a.X.Min}, {X: a.X.Max}})
	}
	if a.X.Min < 0 && a.X.Max > 0 && !l.LogX {
		add(plotter.XYs{{Y: a.Y.Min}, {Y: a.Y.Max}})
	}
}

// addSeries adds a line with the look of series i, and its name at its end.
func (a *Axes) addSeries(i int, s Line, markers, named bool) {
	points := s.points()
	a.addLine(points, style.Line(style.Color(i), 2.2, style.Dashes(i)...))
	a.names.lines = append(a.names.lines, points)
	if markers {
		a.addPoints(points, style.Marker(i))
		for _, p := range points {
			a.names.marks = append(a.names.marks, mark{p, 4})
		}
	}
	if !named || s.Name == "" {
		a.texts = append(a.texts, s.Name)
		return
	}
	a.name(name{text: s.Name, color: style.Color(i), anchors: ends(points)})
}

// ends returns where the name of a line may be written: best at its end, else at its
// beginning, else at one of a few points between.
func ends(points plotter.XYs) plotter.XYs {
	last := len(points) - 1
	anchors := plotter.XYs{points[last], points[0]}
	for i := 1; i < last; i += 1 + last/24 {
		anchors = append(anchors, points[i])
	}
	return anchors
}

// name adds a name that is placed when the chart is drawn.
func (a *Axes) name(n name) {
	if n.text != "" {
		a.texts = append(a.texts, n.text)
		a.names.all = append(a.names.all, n)
	}
}

// addRange shades a range of x.
func (a *Axes) addRange(i int, r Range) {
	a.texts = append(a.texts, r.Name)
	a.names.ranges = append(a.names.ranges, r)
	if r.From == r.To {
		a.addReference(plotter.XYs{{X: r.From, Y: a.Y.Min}, {X: r.From, Y: a.Y.Max}})
		return
	}
	area, _ := plotter.NewPolygon(plotter.XYs{{X: r.From, Y: a.Y.Min}, {X: r.To, Y: a.Y.Min}, {X: r.To, Y: a.Y.Max}, {X: r.From, Y: a.Y.Max}})
	area.Color, area.LineStyle.Width = style.Shade(i), 0
	a.plot.Add(area)
}

// AddForecast adds lines as AddLines does, but the first is of observations: it is black,
// with small dots, below the others.
func (a *Axes) AddForecast(l Lines) {
	a.scale(l)
	for i, r := range l.Ranges {
		a.addRange(i, r)
	}
	a.addZero(l)
	a.addObserved(l.Series[0])
	for i, s := range l.Series[1:] {
		a.addSeries(i, s, false, true)
	}
}

func (a *Axes) addObserved(s Line) {
	points := s.points()
	a.addLine(points, style.Line(style.Black, 1.2))
	a.addPoints(points, draw.GlyphStyle{Color: style.Black, Radius: style.Px(1.8), Shape: draw.CircleGlyph{}})
	a.names.lines = append(a.names.lines, points)
	a.name(name{text: s.Name, color: style.Black, anchors: ends(points)})
}

// addReference adds a dotted line to compare the data with.
func (a *Axes) addReference(ends plotter.XYs) {
	a.addLine(ends, style.Line(style.Grey, 1.5, style.Dotted...))
}

func (a *Axes) addLine(points plotter.XYs, ls draw.LineStyle) *plotter.Line {
	line, _ := plotter.NewLine(points) // fails only without points, or for NaN and ±Inf
	line.LineStyle = ls
	a.plot.Add(line)
	return line
}

func (a *Axes) addPoints(points plotter.XYs, gs draw.GlyphStyle) *plotter.Scatter {
	dots, _ := plotter.NewScatter(points) // see addLine
	dots.GlyphStyle = gs
	a.plot.Add(dots)
	return dots
}
