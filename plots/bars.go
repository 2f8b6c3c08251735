package plots

import (
	"fmt"
	"slices"
	"strings"

	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
)

// Series is a named list of values, one for each label of a chart.
type Series struct {
	Name   string
	Values []float64
}

// Bars draws probabilities, or other numbers between 0 and 1, as bars: a group for
// each label, a bar in it for each series, its value above. A gloss in parentheses,
// as in "방망이 (bat, the club)", stands on a line of its own.
//
// It panics unless each series has a value for each label, and returns an error for
// a value that is not between 0 and 1.
func Bars(labels []string, series ...Series) (*Figure, error) {
	if len(series) == 0 || len(labels) == 0 {
		return nil, fmt.Errorf("plots: Bars: give at least one label and one series")
	}
	names := make([]string, len(series))
	for i, s := range series {
		names[i] = s.Name
		if len(s.Values) != len(labels) {
			panic(fmt.Sprintf("plots: Bars: %q has %d values, there are %d labels", s.Name, len(s.Values), len(labels)))
		}
		if err := finite("Bars", s.Name, s.Values); err != nil {
			return nil, err
		}
		for j, v := range s.Values {
			if v < 0 || v > 1 {
				return nil, fmt.Errorf("plots: Bars: %q of %q is %v: it must lie between 0 and 1", labels[j], s.Name, v)
			}
		}
	}
	a := newAxes(660, 360, barsTitle(labels, series), "", texts.Text("probability"))
	// Room above the bars for their values, and for the legend if there is one.
	a.Y.Min, a.Y.Max = 0, 1.12
	if len(series) > 1 {
		a.Y.Max += 0.1 * float64(len(series))
	}
	a.X.Min, a.X.Max = -0.5, float64(len(labels))-0.5
	a.Y.Tick.Marker = UpTo{1}
	broken := make([]string, len(labels))
	for i, label := range labels {
		broken[i] = strings.Replace(label, " (", "\n(", 1)
	}
	a.NominalX(broken...)
	a.X.Tick.Label.YAlign = text.YTop

	group := 0.78
	width := group / float64(len(series))
	pixels := (a.figure.width - 90) / float64(len(labels)) * width
	for i, s := range series {
		bars, err := plotter.NewBarChart(plotter.Values(s.Values), Px(pixels-3))
		if err != nil {
			return nil, fmt.Errorf("plots: Bars: %w", err)
		}
		offset := -group/2 + width*(float64(i)+0.5)
		bars.XMin = offset
		bars.Color, bars.LineStyle.Width = palette[i%len(palette)], 0
		a.Add(bars)
		if len(series) > 1 {
			a.Legend.Add(s.Name, bars)
		}
		for j, v := range s.Values {
			a.Add(&annotation{x: float64(j) + offset, y: v, text: Fixed(v, places(len(labels)*len(series))), dy: 8, style: Text(SmallText, Black)})
		}
	}
	return a.done(barsAlt(labels, series), append(names, labels...)...)
}

// places is how many decimals have room above so many bars.
func places(bars int) int {
	if bars > 9 {
		return 2
	}
	return 4
}

func barsTitle(labels []string, series []Series) string {
	parts := make([]string, len(series))
	for i, s := range series {
		top, size := likeliest(labels, s.Values)
		key := "bars.top"
		if len(top) > 1 {
			key = "bars.tie"
		}
		parts[i] = texts.Text(key, s.Name, strings.Join(top, ", "), size)
	}
	return strings.Join(parts, "\n")
}

// short1 is a label without its gloss.
func short1(label string) string {
	name, _, _ := strings.Cut(label, " (")
	return name
}

func barsAlt(labels []string, series []Series) string {
	parts := []string{texts.Text("bars.alt")}
	for _, s := range series {
		values := make([]string, len(labels))
		for j, label := range labels {
			values[j] = label + " " + Fixed(s.Values[j], 4)
		}
		parts = append(parts, s.Name+": "+strings.Join(values, ", ")+".")
	}
	return strings.Join(parts, " ")
}

// likeliest returns the labels of the largest value, more than one where several
// read the same, and how that value reads.
func likeliest(labels []string, values []float64) (top []string, size string) {
	const decimals = 4
	size = Fixed(slices.Max(values), decimals)
	for j, v := range values {
		if Fixed(v, decimals) == size {
			top = append(top, short1(labels[j]))
		}
	}
	return top, size
}
