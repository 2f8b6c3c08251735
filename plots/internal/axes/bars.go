package axes

import (
	"strings"

	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"

	"rnn101/plots/internal/format"
	"rnn101/plots/internal/style"
	"rnn101/plots/internal/ticks"
)

// Series is a named list of values.
type Series struct {
	Name   string
	Values []float64
}

// leastLabelled is the width of a bar, in CSS pixels, that has room for its value.
const leastLabelled = 22

// AddBars adds a group of bars for each label, with a bar for each series and its
// value above the bar, and sets the ranges of the axes. Values are from 0 to 1.
func (a *Axes) AddBars(labels []string, series []Series) {
	const group = 0.78 // width of a group
	single := len(series) == 1
	a.Y.Min, a.Y.Max = 0, 1.12 // room above the bars for their values
	a.X.Min, a.X.Max = -0.5, float64(len(labels))-0.5
	a.Y.Tick.Marker = ticks.UpTo{Max: 1}
	a.nominal(labels)

	decimals := 4
	if len(labels)*len(series) > 9 {
		decimals = 2 // no room for more above so many bars
	}
	width := group / float64(len(series))
	pixels := (a.width - 90) / float64(len(labels)) * width
	roomy := pixels >= leastLabelled // or else the numbers would cover each other
	for i, s := range series {
		bars, _ := plotter.NewBarChart(plotter.Values(s.Values), style.Px(pixels-3)) // see addLine
		offset := -group/2 + width*(float64(i)+0.5)
		bars.XMin = offset
		bars.Color, bars.LineStyle.Width = style.Color(i), 0
		a.plot.Add(bars)
		if single {
			a.texts = append(a.texts, s.Name)
		} else {
			a.explain(s.Name, bars)
		}
		for j, v := range s.Values {
			if roomy {
				a.annotate(annotation{x: float64(j) + offset, y: v, text: format.Fixed(v, decimals), dy: 12, style: style.Text(style.TickText, style.Black)})
			}
		}
	}
}

// nominal labels the x axis at 0, 1, … with names. What is in parentheses is written
// on a second line.
func (a *Axes) nominal(labels []string) {
	a.texts = append(a.texts, labels...)
	lines := make([]string, len(labels))
	for i, label := range labels {
		lines[i] = strings.Replace(label, " (", "\n(", 1)
	}
	a.plot.NominalX(lines...)
	a.X.Tick.Label.YAlign = text.YTop
}
