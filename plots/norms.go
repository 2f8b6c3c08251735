package plots

import (
	"strings"

	"rnn101/plots/internal/axes"
	"rnn101/plots/internal/format"
)

// Distance is a named series of norms of a gradient over the distance in time:
// Norms[d] is the norm d steps back.
type Distance struct {
	Name  string
	Norms []float64
}

// GradientNorms draws norms of a gradient against the number of steps back in time,
// on a logarithmic axis. It returns an error for a norm that is not positive and
// finite, and for a series of fewer than two.
func GradientNorms(series ...Distance) (*Figure, error) {
	lines, farthest := make([]Line, len(series)), 0
	for i, s := range series {
		lines[i] = overSteps(s.Name, s.Norms)
		farthest = max(farthest, len(s.Norms)-1)
	}
	l := axes.Lines{LogY: true, Markers: farthest <= 30} // more markers would hide the line
	if err := addSeries("GradientNorms", &l, lines); err != nil {
		return nil, err
	}
	a := axes.New(700, 420, normsTitle(series), texts.Text("norms.x"), texts.Text("norms.y"))
	a.AddLines(l)
	alt := []string{texts.Text("norms.alt")}
	for _, s := range series {
		first, last, d := s.ends()
		alt = append(alt, texts.Text("norms.series", s.Name, first, last, d))
	}
	return newFigure(a.Drawing(), strings.Join(alt, " "))
}

// ends returns the first and the last norm, and the distance of the last one.
func (s Distance) ends() (first, last string, d int) {
	d = len(s.Norms) - 1
	return format.Significant(s.Norms[0]), format.Significant(s.Norms[d]), d
}

func normsTitle(series []Distance) string {
	first, last, d := series[0].ends()
	if len(series) > 1 {
		if len(series) > format.MostSentences {
			return format.Title(series, "", many("norms.title.series"), func(s Distance) float64 { return s.Norms[len(s.Norms)-1] }, nil)
		}
		ends := format.Join(series, ", ", func(s Distance) string {
			_, last, d = s.ends()
			return texts.Text("norms.title.end", s.Name, last)
		})
		return texts.Text("norms.title.many", d, ends)
	}
	return texts.Text("norms.title."+format.Course(series[0].Norms), first, last, d)
}
