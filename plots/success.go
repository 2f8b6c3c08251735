package plots

import (
	"math"
	"strings"
)

// Success draws a share of right answers, from 0 to 1, against how far apart question
// and answer are, with the share that guessing reaches. It returns an error for a
// value that is not finite, and for fewer than two.
func Success(chance float64, series ...Line) (*Figure, error) {
	l := lines{chart: "Success", series: series, marked: true, levels: []Level{{texts.Text("success.chance"), chance}}}
	if err := l.check(); err != nil {
		return nil, err
	}
	titles := make([]string, len(series))
	for i, s := range series {
		reach := math.Inf(-1)
		for j, share := range s.Y {
			if share < 0.95 {
				break
			}
			reach = s.X[j]
		}
		key := "success.reach"
		switch reach {
		case math.Inf(-1):
			key = "success.none"
		case s.X[len(s.X)-1]:
			key = "success.all"
		}
		titles[i] = texts.Text(key, s.Name, plain(reach))
	}
	a := newAxes(660, 400, strings.Join(titles, "\n"), texts.Text("success.x"), texts.Text("success.y"))
	names := l.draw(a)
	a.Y.Max = 1.3 // room for the legend
	a.Y.Tick.Marker = UpTo{1}
	first, last, _, _ := l.bounds()
	margin := (last - first) * 0.02
	a.X.Min, a.X.Max = first-margin, last+margin
	return a.done(sentences(texts.Text("success.alt"), fromTo(series), levelsAlt(l.levels)), names...)
}

// Perplexity draws a perplexity against the tokens read, with the levels of simpler
// models. It returns an error for a value that is not finite, and for fewer than two.
func Perplexity(levels []Level, series ...Line) (*Figure, error) {
	l := lines{chart: "Perplexity", series: series, levels: levels, logY: true, marked: true}
	if err := l.check(); err != nil {
		return nil, err
	}
	titles := make([]string, len(series))
	for i, s := range series {
		titles[i] = texts.Text("perplexity.title", s.Name, Significant(s.Y[len(s.Y)-1]))
	}
	a := newAxes(660, 420, strings.Join(titles, ", "), texts.Text("perplexity.x"), texts.Text("perplexity.y"))
	names := l.draw(a)
	return a.done(sentences(texts.Text("perplexity.alt"), fromTo(series), levelsAlt(levels)), names...)
}
