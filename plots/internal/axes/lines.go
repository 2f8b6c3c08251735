package axes

import (
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg/draw"

	"rnn101/plots/internal/style"
	"rnn101/plots/internal/ticks"
)

// Line is a named line through the points (X[i], Y[i]).
type Line struct {
	Name string
	X, Y []float64
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

// Lines are the lines and levels of one chart.
type Lines struct {
	Series     []Line
	Levels     []Level
	LogX, LogY bool // logarithmic axes
	Markers    bool // a marker at each point
	NoLegend   bool
}

// Bounds returns the smallest and largest x and y of all lines and levels.
func (l Lines) Bounds() (xmin, xmax, ymin, ymax float64) {
	xmin, xmax, ymin, ymax = math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, s := range l.Series {
		x0, x1, y0, y1 := plotter.XYRange(s.points())
		xmin, xmax = math.Min(xmin, x0), math.Max(xmax, x1)
		ymin, ymax = math.Min(ymin, y0), math.Max(ymax, y1)
	}
	for _, level := range l.Levels {
		ymin, ymax = math.Min(ymin, level.Value), math.Max(ymax, level.Value)
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

// AddLines adds levels and lines, and sets the scales and ranges of the axes. The
// ranges are those of the data; a linear y axis begins at zero unless there are
// negative values. The name of a level is written at its right end.
func (a *Axes) AddLines(l Lines) {
	xmin, xmax, ymin, ymax := l.Bounds()
	a.X.Min, a.X.Max = xmin, xmax
	a.Y.Min, a.Y.Max = math.Min(0, ymin), ymax*1.04
	if ymin < 0 {
		margin := 0.04 * (ymax - ymin)
		a.Y.Min, a.Y.Max = ymin-margin, ymax+margin
	}
	if l.integerX() {
		a.X.Tick.Marker = ticks.Integer{}
	}
	if l.LogX {
		a.X.Scale, a.X.Tick.Marker = plot.LogScale{}, ticks.Log{}
	}
	if l.LogY {
		a.Y.Min, a.Y.Max, a.Y.Scale, a.Y.Tick.Marker = ymin/1.25, ymax*1.25, plot.LogScale{}, ticks.Log{}
	}
	for _, level := range l.Levels {
		a.addReference(plotter.XYs{{X: a.X.Min, Y: level.Value}, {X: a.X.Max, Y: level.Value}})
		right := style.Text(style.SmallText, style.Grey)
		right.XAlign = text.XRight
		a.annotate(annotation{x: a.X.Max, y: level.Value, text: level.Name, dx: -4, dy: -9, style: right})
	}
	for i, s := range l.Series {
		line, dots := linePoints(s, style.Line(style.Color(i), 2, style.Dashes(i)...), style.Marker(i))
		a.plot.Add(line)
		thumbs := []plot.Thumbnailer{line}
		if l.Markers {
			a.plot.Add(dots)
			thumbs = append(thumbs, dots)
		}
		if l.NoLegend {
			a.texts = append(a.texts, s.Name)
		} else {
			a.legend(s.Name, thumbs...)
		}
	}
}

// AddObserved adds a series of observations, in black with small dots.
func (a *Axes) AddObserved(s Line) {
	line, dots := linePoints(s, style.Line(style.Black, 1.2),
		draw.GlyphStyle{Color: style.Black, Radius: style.Px(1.8), Shape: draw.CircleGlyph{}})
	a.plot.Add(line, dots)
	a.legend(s.Name, line, dots)
}

// AddVertical adds a dotted vertical line over the whole range of the y axis.
func (a *Axes) AddVertical(x float64) {
	a.addReference(plotter.XYs{{X: x, Y: a.Y.Min}, {X: x, Y: a.Y.Max}})
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

func linePoints(s Line, ls draw.LineStyle, gs draw.GlyphStyle) (*plotter.Line, *plotter.Scatter) {
	line, dots, _ := plotter.NewLinePoints(s.points()) // see addLine
	line.LineStyle, dots.GlyphStyle = ls, gs
	return line, dots
}
