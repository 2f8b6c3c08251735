package plots

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg/draw"
)

// Line is a named line of a chart: Y[i] at X[i].
type Line struct {
	Name string
	X, Y []float64
}

// Level is a horizontal line with a name: something to compare with.
type Level struct {
	Name  string
	Value float64
}

// lines is a chart of lines in the manner of the course: what the charts of losses,
// norms, errors and forecasts share.
type lines struct {
	chart      string // the function, for errors
	series     []Line
	levels     []Level
	logX, logY bool
	marked     bool // a marker at each point
	unnamed    bool // no legend
}

// check returns an error that says which point cannot be drawn. It panics if a line
// has not as many X as Y.
func (l lines) check() error {
	if len(l.series) == 0 {
		return fmt.Errorf("plots: %s: give at least one series", l.chart)
	}
	for _, s := range l.series {
		if len(s.X) != len(s.Y) {
			panic(fmt.Sprintf("plots: %s: the series %q has %d values of x and %d of y", l.chart, s.Name, len(s.X), len(s.Y)))
		}
		if err := finite(l.chart, s.Name, s.Y); err != nil {
			return err
		}
		if err := finite(l.chart, s.Name, s.X); err != nil {
			return err
		}
		if len(s.Y) < 2 {
			return fmt.Errorf("plots: %s: the series %q has one value: two are needed", l.chart, s.Name)
		}
		for i, v := range s.Y {
			if l.logY && v <= 0 {
				return fmt.Errorf("plots: %s: value %d of %q is %v: a logarithmic axis takes positive numbers", l.chart, i, s.Name, v)
			}
			if l.logX && s.X[i] <= 0 {
				return fmt.Errorf("plots: %s: value %d of %q stands at %v: a logarithmic axis takes positive numbers", l.chart, i, s.Name, s.X[i])
			}
		}
	}
	for _, level := range l.levels {
		if err := finite(l.chart, level.Name, []float64{level.Value}); err != nil {
			return err
		}
	}
	return nil
}

// bounds are the smallest and largest x and y of all that is drawn.
func (l lines) bounds() (x0, x1, y0, y1 float64) {
	x0, x1, y0, y1 = math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, s := range l.series {
		for i := range s.X {
			x0, x1 = math.Min(x0, s.X[i]), math.Max(x1, s.X[i])
			y0, y1 = math.Min(y0, s.Y[i]), math.Max(y1, s.Y[i])
		}
	}
	for _, level := range l.levels {
		y0, y1 = math.Min(y0, level.Value), math.Max(y1, level.Value)
	}
	return x0, x1, y0, y1
}

// draw puts levels and lines on the axes, after setting their scale and range: that
// of the data, on a linear y axis from zero unless the data go below. The names of
// the levels stand at their right end. It returns the names that are drawn.
func (l lines) draw(a *axes) []string {
	x0, x1, y0, y1 := l.bounds()
	a.X.Min, a.X.Max = x0, x1
	a.Y.Min, a.Y.Max = math.Min(0, y0), y1*1.04
	if y0 < 0 {
		a.Y.Min, a.Y.Max = y0-0.04*(y1-y0), y1+0.04*(y1-y0)
	}
	if l.logX {
		a.X.Scale, a.X.Tick.Marker = plot.LogScale{}, Log{}
	}
	if l.logY {
		a.Y.Min, a.Y.Max, a.Y.Scale, a.Y.Tick.Marker = y0/1.25, y1*1.25, plot.LogScale{}, Log{}
	}
	var names []string
	for _, level := range l.levels {
		line, _ := plotter.NewLine(plotter.XYs{{X: a.X.Min, Y: level.Value}, {X: a.X.Max, Y: level.Value}})
		line.LineStyle = draw.LineStyle{Color: Grey, Width: Px(1.5), Dashes: dashes[2]}
		left := Text(SmallText, Grey)
		left.XAlign = text.XRight
		a.Add(line, &annotation{x: a.X.Max, y: level.Value, text: level.Name, dx: -4, dy: -9, style: left})
		names = append(names, level.Name)
	}
	for i, s := range l.series {
		l.one(a, i, s)
		names = append(names, s.Name)
	}
	return names
}

func (l lines) one(a *axes, i int, s Line) {
	points := make(plotter.XYs, len(s.X))
	for j := range points {
		points[j] = plotter.XY{X: s.X[j], Y: s.Y[j]}
	}
	c := palette[i%len(palette)]
	line, dots, _ := plotter.NewLinePoints(points) // check has seen them
	line.LineStyle = draw.LineStyle{Color: c, Width: Px(2), Dashes: dashes[i%len(dashes)]}
	dots.GlyphStyle = draw.GlyphStyle{Color: c, Radius: Px(3.5), Shape: markers[i%len(markers)]}
	a.Add(line)
	legend := []plot.Thumbnailer{line}
	if l.marked {
		a.Add(dots)
		legend = append(legend, dots)
	}
	if !l.unnamed {
		a.Legend.Add(s.Name, legend...)
	}
}

// count are the numbers 0, 1, … n−1.
func count(n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = float64(i)
	}
	return v
}

// fromTo says for each line where it begins and ends, and its values at a few points
// between: the alternative text of a chart of lines.
func fromTo(series []Line) string {
	parts := make([]string, len(series))
	for i, s := range series {
		last := len(s.X) - 1
		var between []string
		for _, j := range []int{last / 4, last / 2, 3 * last / 4} {
			if j > 0 && j < last && (len(between) == 0 || j != last/4) {
				between = append(between, texts.Text("lines.at", Significant(s.Y[j]), plain(s.X[j])))
			}
		}
		at := func(j int) string { return texts.Text("lines.at", Significant(s.Y[j]), plain(s.X[j])) }
		if len(between) == 0 {
			parts[i] = texts.Text("lines.ends", s.Name, at(0), at(last))
		} else {
			parts[i] = texts.Text("lines.through", s.Name, at(0), strings.Join(between, ", "), at(last))
		}
	}
	return strings.Join(parts, " ")
}

// levelsAlt names the levels.
func levelsAlt(levels []Level) string {
	parts := make([]string, len(levels))
	for i, level := range levels {
		parts[i] = texts.Text("lines.level", level.Name, Significant(level.Value))
	}
	return strings.Join(parts, " ")
}

// plain writes a place on an axis: whole numbers as such.
func plain(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e6 {
		return Fixed(v, 0)
	}
	return Significant(v)
}

// sentences joins what is not empty.
func sentences(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, " ")
}
