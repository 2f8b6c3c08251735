package plots

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
)

// Distance is the size of a gradient against the distance in time: Norms[d] is its
// norm d steps back.
type Distance struct {
	Name  string
	Norms []float64
}

// GradientNorms draws norms of a gradient against the number of steps back in time,
// on a logarithmic axis. It returns an error for a norm that is not positive and
// finite, and for fewer than two of them.
func GradientNorms(series ...Distance) (*Figure, error) {
	if len(series) == 0 {
		return nil, fmt.Errorf("plots: GradientNorms: give at least one series")
	}
	low, high, far := math.Inf(1), 0.0, 0
	for _, s := range series {
		if err := finite("GradientNorms", s.Name, s.Norms); err != nil {
			return nil, err
		}
		if len(s.Norms) < 2 {
			return nil, fmt.Errorf("plots: GradientNorms: the series %q has one norm: two are needed", s.Name)
		}
		for d, v := range s.Norms {
			if v <= 0 {
				return nil, fmt.Errorf("plots: GradientNorms: norm %d of %q is %v: a logarithmic axis takes positive numbers", d, s.Name, v)
			}
			low, high = math.Min(low, v), math.Max(high, v)
		}
		far = max(far, len(s.Norms)-1)
	}
	a := newAxes(660, 380, normsTitle(series), texts.Text("norms.x"), texts.Text("norms.y"))
	a.X.Min, a.X.Max = -0.3, float64(far)+0.3
	a.Y.Min, a.Y.Max = low/2, high*2
	a.Y.Scale, a.Y.Tick.Marker = plot.LogScale{}, powers{}
	alt := []string{texts.Text("norms.alt")}
	var names []string
	for i, s := range series {
		points := make(plotter.XYs, len(s.Norms))
		for d, v := range s.Norms {
			points[d] = plotter.XY{X: float64(d), Y: v}
		}
		line, dots, err := plotter.NewLinePoints(points)
		if err != nil {
			return nil, fmt.Errorf("plots: GradientNorms: %w", err)
		}
		c := palette[i%len(palette)]
		line.LineStyle = draw.LineStyle{Color: c, Width: px(2), Dashes: dashes[i%len(dashes)]}
		dots.GlyphStyle = draw.GlyphStyle{Color: c, Radius: px(3.5), Shape: markers[i%len(markers)]}
		a.Add(line, dots)
		a.Legend.Add(s.Name, line, dots)
		names = append(names, s.Name)
		last := len(s.Norms) - 1
		alt = append(alt, texts.Text("norms.series", s.Name, short(s.Norms[0]), short(s.Norms[last]), last))
	}
	return a.done(strings.Join(alt, " "), names...)
}

func normsTitle(series []Distance) string {
	s := series[0]
	last := len(s.Norms) - 1
	if len(series) > 1 {
		return texts.Text("norms.title.many")
	}
	key := "norms.title.falls"
	if s.Norms[last] > s.Norms[0] {
		key = "norms.title.grows"
	}
	return texts.Text(key, short(s.Norms[0]), short(s.Norms[last]), last)
}
