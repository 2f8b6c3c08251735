package plots

import "strings"

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
	l := lines{chart: "GradientNorms", logY: true, marked: true}
	far := 0
	for _, s := range series {
		l.series = append(l.series, Line{s.Name, count(len(s.Norms)), s.Norms})
		far = max(far, len(s.Norms)-1)
	}
	if err := l.check(); err != nil {
		return nil, err
	}
	l.marked = far <= 30 // more of them hide the line
	a := newAxes(660, 380, normsTitle(series), texts.Text("norms.x"), texts.Text("norms.y"))
	names := l.draw(a)
	_, _, low, high := l.bounds()
	a.X.Min, a.X.Max = -0.3, float64(far)+0.3
	a.Y.Min, a.Y.Max = low/2, high*2
	alt := []string{texts.Text("norms.alt")}
	for _, s := range series {
		last := len(s.Norms) - 1
		alt = append(alt, texts.Text("norms.series", s.Name, Significant(s.Norms[0]), Significant(s.Norms[last]), last))
	}
	return a.done(strings.Join(alt, " "), names...)
}

func normsTitle(series []Distance) string {
	s := series[0]
	last := len(s.Norms) - 1
	if len(series) > 1 {
		ends := make([]string, len(series))
		for i, s := range series {
			last = len(s.Norms) - 1
			ends[i] = texts.Text("norms.title.end", s.Name, Significant(s.Norms[last]))
		}
		title := texts.Text("norms.title.many", last, strings.Join(ends, "; "))
		if longestLine(title) > 72 {
			title = texts.Text("norms.title.many", last, "\n"+strings.Join(ends, "; "))
		}
		return title
	}
	key := "norms.title.falls"
	if s.Norms[last] > s.Norms[0] {
		key = "norms.title.grows"
	}
	return texts.Text(key, Significant(s.Norms[0]), Significant(s.Norms[last]), last)
}
