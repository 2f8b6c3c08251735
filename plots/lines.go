package plots

import (
	"strings"

	"rnn101/plots/internal/axes"
	"rnn101/plots/internal/check"
	"rnn101/plots/internal/format"
)

// Line is a named line of a chart through the points (X[i], Y[i]).
type Line struct {
	Name    string
	X, Y    []float64
	Markers bool // a marker at each point
}

// Level is a named horizontal line to compare the data with.
type Level struct {
	Name  string
	Value float64
}

// overSteps returns a line of values at 0, 1, 2, …
func overSteps(name string, values []float64) Line {
	x := make([]float64, len(values))
	for i := range x {
		x[i] = float64(i)
	}
	return Line{Name: name, X: x, Y: values}
}

// addSeries adds lines and levels to a chart, or returns an error that says what
// cannot be drawn. It panics if a line has not as many X as Y.
func addSeries(function string, l *axes.Lines, series []Line, levels ...Level) error {
	if err := check.Some(function, "series", len(series)); err != nil {
		return err
	}
	for _, s := range series {
		if err := check.Line(function, s.Name, s.X, s.Y, l.LogX, l.LogY); err != nil {
			return err
		}
		l.Series = append(l.Series, axes.Line(s))
	}
	for _, level := range levels {
		if err := check.Level(function, level.Name, level.Value, l.LogY); err != nil {
			return err
		}
		l.Levels = append(l.Levels, axes.Level(level))
	}
	return nil
}

// describe returns the alternative text of lines and levels: the first and the last
// point of each line with a few between, and the value of each level.
func describe(series []Line, levels ...Level) string {
	var parts []string
	for _, s := range series {
		at := func(i int) string {
			return texts.Text("lines.at", format.Significant(s.Y[i]), format.Coordinate(s.X[i]))
		}
		first, between, last := at(0), format.Join(format.Between(len(s.X)), ", ", at), at(len(s.X)-1)
		if between == "" {
			parts = append(parts, texts.Text("lines.ends", s.Name, first, last))
		} else {
			parts = append(parts, texts.Text("lines.through", s.Name, first, between, last))
		}
	}
	for _, level := range levels {
		parts = append(parts, texts.Text("lines.level", level.Name, format.Significant(level.Value)))
	}
	return strings.Join(parts, " ")
}
