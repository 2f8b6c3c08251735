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
	low, high, steps := math.Inf(1), math.Inf(-1), 0
	for _, c := range curves {
		if err := finite("Loss", c.Name, c.Values); err != nil {
			return nil, err
		}
		if len(c.Values) < 2 {
			return nil, fmt.Errorf("plots: Loss: the curve %q has one value: two are needed", c.Name)
		}
		for i, v := range c.Values {
			if o.LogY && v <= 0 {
				return nil, fmt.Errorf("plots: Loss: value %d of %q is %v: a logarithmic axis takes positive numbers", i, c.Name, v)
			}
			low, high = math.Min(low, v), math.Max(high, v)
		}
		steps = max(steps, len(c.Values)-1)
	}
	title := o.Title
	if title == "" {
		title = lossTitle(curves)
	}
	a := newAxes(660, 380, title, texts.Text("steps"), texts.Text("loss"))
	a.X.Min, a.X.Max = 0, float64(steps)
	if o.Floor > 0 {
		low = math.Min(low, o.Floor)
	}
	a.Y.Min, a.Y.Max = math.Min(0, low), high*1.04
	if o.LogX {
		a.X.Min, a.X.Scale, a.X.Tick.Marker = 1, plot.LogScale{}, powers{}
	}
	if o.LogY {
		a.Y.Min, a.Y.Max, a.Y.Scale, a.Y.Tick.Marker = low/1.25, high*1.25, plot.LogScale{}, powers{}
	}
	var names []string
	if o.Floor > 0 {
		line, _ := plotter.NewLine(plotter.XYs{{X: a.X.Min, Y: o.Floor}, {X: a.X.Max, Y: o.Floor}})
		line.LineStyle = draw.LineStyle{Color: grey, Width: px(1.5), Dashes: dashes[2]}
		left := style(smallText, grey)
		left.XAlign = text.XRight
		a.Add(line, &note{x: a.X.Max, y: o.Floor, text: o.FloorName, dx: -4, dy: -9, style: left})
		names = append(names, o.FloorName)
	}
	for i, c := range curves {
		line, err := plotter.NewLine(c.points(o.LogX))
		if err != nil {
			return nil, fmt.Errorf("plots: Loss: %w", err)
		}
		line.LineStyle = draw.LineStyle{Color: palette[i%len(palette)], Width: px(2), Dashes: dashes[i%len(dashes)]}
		a.Add(line)
		if len(curves) > 1 {
			a.Legend.Add(c.Name, line)
		}
		names = append(names, c.Name)
	}
	return a.done(lossAlt(o, curves), names...)
}

func (c Curve) points(logX bool) plotter.XYs {
	var points plotter.XYs
	for i, v := range c.Values {
		if i > 0 || !logX {
			points = append(points, plotter.XY{X: float64(i), Y: v})
		}
	}
	return points
}

func lossTitle(curves []Curve) string {
	if len(curves) == 1 {
		return curves[0].sentence("loss.goes")
	}
	parts := make([]string, len(curves))
	for i, c := range curves {
		parts[i] = texts.Text("loss.ends", c.Name, short(c.Values[len(c.Values)-1]))
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
	return texts.Text(key+"."+verb, short(first), short(last), len(c.Values)-1, c.Name)
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
		parts = append(parts, texts.Text("loss.floor", o.FloorName, short(o.Floor)))
	}
	return strings.Join(parts, " ")
}

// milestones lists the loss at a few round step numbers.
func (c Curve) milestones() string {
	var at []string
	for _, step := range []int{1, 10, 50, 100, 200, 500, 1000, 2000, 5000, 10000} {
		if step < len(c.Values)-1 {
			at = append(at, texts.Text("loss.at", short(c.Values[step]), step))
		}
	}
	if len(at) == 0 {
		return texts.Text("loss.none")
	}
	return texts.Text("loss.between", strings.Join(at, ", "))
}
