package plots

import (
	"fmt"
	"strings"
)

// Curve is a loss while a net learns: Values[i] is the loss after i steps.
type Curve struct {
	Name   string
	Values []float64
}

// LossOptions says how a loss curve is drawn. Its zero value is a linear chart.
type LossOptions struct {
	Title     string  // empty: what the chart shows, from the data
	LogX      bool    // steps on a logarithmic axis; it begins at step 1
	LogY      bool    // losses on a logarithmic axis
	Floor     float64 // a horizontal line that the loss cannot go under; 0: none
	FloorName string
}

// Loss draws losses against the number of steps. It returns an error for a curve of
// fewer than two values, a value that is not finite, or one that is not positive on a
// logarithmic axis.
func Loss(o LossOptions, curves ...Curve) (*Figure, error) {
	if len(curves) == 0 {
		return nil, fmt.Errorf("plots: Loss: give at least one curve")
	}
	l := lines{chart: "Loss", logX: o.LogX, logY: o.LogY, unnamed: len(curves) == 1}
	for _, c := range curves {
		l.series = append(l.series, Line{c.Name, count(len(c.Values)), c.Values})
	}
	if err := (lines{chart: l.chart, logY: o.LogY, series: l.series}).check(); err != nil {
		return nil, err
	}
	if o.LogX { // zero steps have no logarithm
		for i, s := range l.series {
			l.series[i].X, l.series[i].Y = s.X[1:], s.Y[1:]
		}
		if err := l.check(); err != nil {
			return nil, err
		}
	}
	if o.Floor > 0 {
		l.levels = []Level{{o.FloorName, o.Floor}}
	}
	title := o.Title
	if title == "" {
		title = lossTitle(curves)
	}
	a := newAxes(660, 380, title, texts.Text("steps"), texts.Text("loss"))
	names := l.draw(a)
	return a.done(lossAlt(o, curves), names...)
}

func lossTitle(curves []Curve) string {
	if len(curves) == 1 {
		return curves[0].sentence("loss.goes")
	}
	parts := make([]string, len(curves))
	for i, c := range curves {
		parts[i] = texts.Text("loss.ends", c.Name, Significant(c.Values[len(c.Values)-1]))
	}
	return strings.Join(parts, "\n")
}

// sentence says from where to where the loss goes.
func (c Curve) sentence(key string) string {
	first, last := c.Values[0], c.Values[len(c.Values)-1]
	verb := "falls"
	if last > first {
		verb = "rises"
	}
	return texts.Text(key+"."+verb, Significant(first), Significant(last), len(c.Values)-1, c.Name)
}

func lossAlt(o LossOptions, curves []Curve) string {
	axes := "linear"
	switch {
	case o.LogX && o.LogY:
		axes = "both"
	case o.LogX:
		axes = "x"
	case o.LogY:
		axes = "y"
	}
	parts := []string{texts.Text("loss.alt." + axes)}
	for _, c := range curves {
		parts = append(parts, c.sentence("loss.named"), c.milestones())
	}
	if o.Floor > 0 {
		parts = append(parts, texts.Text("loss.floor", o.FloorName, Significant(o.Floor)))
	}
	return strings.Join(parts, " ")
}

// milestones lists the loss at a few round step numbers.
func (c Curve) milestones() string {
	var at []string
	for _, step := range []int{1, 10, 50, 100, 200, 500, 1000, 2000, 5000, 10000} {
		if step < len(c.Values)-1 {
			at = append(at, texts.Text("loss.at", Significant(c.Values[step]), step))
		}
	}
	if len(at) == 0 {
		return texts.Text("loss.none")
	}
	return texts.Text("loss.between", strings.Join(at, ", "))
}
