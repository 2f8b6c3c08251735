package plots

import (
	"slices"
	"strings"

	"rnn101/plots/internal/axes"
	"rnn101/plots/internal/check"
	"rnn101/plots/internal/format"
)

// Point is a named point of a chart.
type Point struct {
	Name string // empty: it is drawn, but not named
	X, Y float64
}

// Range is a named range of x, which is shaded over the whole height. From must not be
// above To; where they are equal, it is a dotted line.
type Range struct {
	Name     string
	From, To float64
}

// CurvesOptions says how lines are drawn, and what they are compared with.
type CurvesOptions struct {
	Title      string // what the chart shows; it must be given
	X, Y       string // what the axes measure, with their units
	LogX, LogY bool   // logarithmic axes; all numbers on them must be positive
	Equal      bool   // a unit of x is as long as one of y, so that a circle is round
	Levels     []Level
	Points     []Point
	Ranges     []Range
	Include    []Point // not drawn, but the axes hold them too, so that charts can have the same axes
}

// Curves draws lines of any kind. Each is named at its end, in its colour, as levels
// are; points are named beside them and ranges above the chart. The axes hold all that is
// given: to see less of a line, give less of it.
//
// A line without a name has the look of the line before it and no name, so that several
// pieces, such as tangents, can be named once. Names may have several lines of text, with
// a line break between.
//
// It returns an error without a title, and for a number that is not finite or, on a
// logarithmic axis, not positive, a line of fewer than two points, and a range that
// ends before it begins. It panics if a line has not as many X as Y.
func Curves(o CurvesOptions, lines ...Line) (*Figure, error) {
	if err := check.Title("Curves", o.Title); err != nil {
		return nil, err
	}
	l := axes.Lines{LogX: o.LogX, LogY: o.LogY, Equal: o.Equal}
	if err := addSeries("Curves", &l, lines, o.Levels...); err != nil {
		return nil, err
	}
	for i, p := range slices.Concat(o.Points, o.Include) {
		if err := check.Point("Curves", p.Name, p.X, p.Y, o.LogX, o.LogY); err != nil {
			return nil, err
		}
		if i < len(o.Points) {
			l.Points = append(l.Points, axes.Point(p))
		} else {
			l.Include = append(l.Include, axes.Point(p))
		}
	}
	for _, r := range o.Ranges {
		if err := check.Range("Curves", r.Name, r.From, r.To, o.LogX); err != nil {
			return nil, err
		}
		l.Ranges = append(l.Ranges, axes.Range(r))
	}
	a := axes.New(700, 420, o.Title, o.X, o.Y)
	a.AddLines(l)
	return newFigure(a.Drawing(), curvesAlt(o, lines))
}

func curvesAlt(o CurvesOptions, lines []Line) string {
	alt := []string{texts.Text("curves.alt", o.Title, o.X, o.Y)}
	for _, axis := range []struct {
		log bool
		key string
	}{{o.LogX, "curves.log.x"}, {o.LogY, "curves.log.y"}} {
		if axis.log {
			alt = append(alt, texts.Text(axis.key))
		}
	}
	named := make([]Line, len(lines))
	for i, l := range lines {
		if l.Name == "" && i > 0 {
			l.Name = named[i-1].Name
		}
		named[i] = l
	}
	alt = append(alt, describe(named, o.Levels...))
	for _, p := range o.Points {
		alt = append(alt, texts.Text("curves.point", p.Name, format.Coordinate(p.X), format.Coordinate(p.Y)))
	}
	for _, r := range o.Ranges {
		alt = append(alt, texts.Text("curves.range", r.Name, format.Coordinate(r.From), format.Coordinate(r.To)))
	}
	return strings.Join(alt, " ")
}
