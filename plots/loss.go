package plots

import (
	"cmp"
	"strings"

	"rnn101/plots/internal/axes"
	"rnn101/plots/internal/check"
	"rnn101/plots/internal/format"
)

// Curve is the loss of a net during training: Values[i] is the loss after i steps.
type Curve struct {
	Name   string
	Values []float64
}

// LossOptions says how a loss curve is drawn. Its zero value is a linear chart.
type LossOptions struct {
	Title     string  // empty: what the chart shows, from the data
	LogX      bool    // steps on a logarithmic axis; it begins at step 1
	LogY      bool    // losses on a logarithmic axis
	Floor     float64 // a horizontal line: a lower bound of the loss; 0: none
	FloorName string
}

// Loss draws losses against the number of steps. It returns an error for a curve of
// fewer than two values (three with LogX), a value that is not finite, or one that is
// not positive on a logarithmic axis.
func Loss(o LossOptions, curves ...Curve) (*Figure, error) {
	if err := check.Some("Loss", "curve", len(curves)); err != nil {
		return nil, err
	}
	if err := check.Option("Loss", "Floor", o.Floor, 0); err != nil {
		return nil, err
	}
	series := make([]Line, len(curves))
	for i, c := range curves {
		s := overSteps(c.Name, c.Values)
		// Checked before step 0 is cut off: the error counts values from step 0.
		if err := check.Line("Loss", s.Name, s.X, s.Y, false, o.LogY); err != nil {
			return nil, err
		}
		if o.LogX { // step 0 has no logarithm
			if len(s.X) < 3 {
				return nil, check.Errorf("Loss", "the curve %q has %d values: a logarithmic axis begins at step 1 and needs three", s.Name, len(s.X))
			}
			s.X, s.Y = s.X[1:], s.Y[1:]
		}
		series[i] = s
	}
	var levels []Level
	if o.Floor > 0 {
		levels = []Level{{o.FloorName, o.Floor}}
	}
	l := axes.Lines{LogX: o.LogX, LogY: o.LogY, NoNames: len(curves) == 1}
	if err := addSeries("Loss", &l, series, levels...); err != nil {
		return nil, err
	}
	a := axes.New(700, 400, cmp.Or(o.Title, lossTitle(curves)), texts.Text("steps"), texts.Text("loss"))
	a.AddLines(l)
	return newFigure(a.Drawing(), lossAlt(o, curves))
}

func lossTitle(curves []Curve) string {
	if len(curves) == 1 {
		return curves[0].sentence("loss.goes")
	}
	last := func(c Curve) float64 { return c.Values[len(c.Values)-1] }
	return format.Title(curves, "\n", many("loss.many"), last, func(c Curve) string {
		return texts.Text("loss.ends", c.Name, format.Significant(last(c)))
	})
}

// sentence says how the loss changes from the first to the last step.
func (c Curve) sentence(key string) string {
	first, last := format.Significant(c.Values[0]), format.Significant(c.Values[len(c.Values)-1])
	verb := format.Course(c.Values)
	return texts.Text(key+"."+verb, first, last, len(c.Values)-1, c.Name)
}

func lossAlt(o LossOptions, curves []Curve) string {
	scale := "linear"
	switch {
	case o.LogX && o.LogY:
		scale = "both"
	case o.LogX:
		scale = "x"
	case o.LogY:
		scale = "y"
	}
	parts := []string{texts.Text("loss.alt." + scale)}
	for _, c := range curves {
		parts = append(parts, c.sentence("loss.named"), c.milestones())
	}
	if o.Floor > 0 {
		parts = append(parts, texts.Text("loss.floor", o.FloorName, format.Significant(o.Floor)))
	}
	return strings.Join(parts, " ")
}

// milestones lists the loss at a few round step numbers.
func (c Curve) milestones() string {
	steps := format.Milestones(len(c.Values) - 1)
	if len(steps) == 0 {
		return texts.Text("loss.none")
	}
	return texts.Text("loss.between", format.Join(steps, ", ", func(step int) string {
		return texts.Text("loss.at", format.Significant(c.Values[step]), step)
	}))
}
