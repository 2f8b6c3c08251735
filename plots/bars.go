package plots

import (
	"slices"
	"strings"

	"rnn101/plots/internal/axes"
	"rnn101/plots/internal/check"
	"rnn101/plots/internal/format"
)

// Series is a named list of values, one for each label of a chart.
type Series struct {
	Name   string
	Values []float64
}

// Bars draws probabilities, or other numbers between 0 and 1, as a grouped bar chart:
// a group for each label, with a bar for each series and its value above the bar. A
// gloss in parentheses, as in "방망이 (bat, the club)", is written on a line of its own.
//
// It panics unless each series has a value for each label, and returns an error for
// a value that is not between 0 and 1.
func Bars(labels []string, series ...Series) (*Figure, error) {
	bars, err := barSeries("Bars", check.Probabilities, labels, series)
	if err != nil {
		return nil, err
	}
	a := axes.New(700, 380, barsTitle(labels, series), "", texts.Text("probability"))
	a.AddBars(labels, bars)
	alt := append([]string{texts.Text("bars.alt")}, barsAlt(labels, series)...)
	return newFigure(a.Drawing(), strings.Join(alt, " "))
}

// barSeries returns the series of a bar chart, each with values that pass a check.
func barSeries(function string, values func(function, name string, labels []string, values []float64) error, labels []string, series []Series) ([]axes.Series, error) {
	if err := check.Bars(function, len(labels), len(series)); err != nil {
		return nil, err
	}
	bars := make([]axes.Series, len(series))
	for i, s := range series {
		if err := values(function, s.Name, labels, s.Values); err != nil {
			return nil, err
		}
		bars[i] = axes.Series(s)
	}
	return bars, nil
}

func barsTitle(labels []string, series []Series) string {
	return format.Title(series, "\n", many("bars.many"), func(s Series) float64 { return slices.Max(s.Values) }, func(s Series) string {
		largest, at := format.Largest(s.Values, 4)
		names := format.Join(at, ", ", func(i int) string {
			name, _, _ := strings.Cut(labels[i], " (") // without its gloss
			return name
		})
		key := "bars.top"
		if len(at) > 1 {
			key = "bars.tie"
		}
		return texts.Text(key, s.Name, names, largest)
	})
}

// barsAlt says all values, in a sentence for each series.
func barsAlt(labels []string, series []Series) (parts []string) {
	for _, s := range series {
		values := make([]string, len(labels))
		for j, label := range labels {
			values[j] = label + " " + format.Fixed(s.Values[j], 4)
		}
		parts = append(parts, s.Name+": "+strings.Join(values, ", ")+".")
	}
	return parts
}
