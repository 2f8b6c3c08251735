package plots

import (
	"rnn101/plots/internal/axes"
	"rnn101/plots/internal/format"
)

// Success draws the fraction of right answers, from 0 to 1, against the number of
// steps between question and answer, with the fraction that guessing reaches as a
// level. The title says up to which distance at least 95 % of the answers are right.
//
// It returns an error for a value that is not finite, and for a series of fewer than
// two values.
func Success(chance float64, series ...Line) (*Figure, error) {
	l, levels := axes.Lines{Markers: true}, []Level{{texts.Text("success.chance"), chance}}
	if err := addSeries("Success", &l, series, levels...); err != nil {
		return nil, err
	}
	last := func(s Line) float64 { return s.Y[len(s.Y)-1] }
	title := format.Title(series, "\n", many("success.many"), last, func(s Line) string {
		n := format.Leading(s.Y, 0.95)
		if n == 0 {
			return texts.Text("success.none", s.Name)
		}
		key := "success.reach"
		if n == len(s.Y) {
			key = "success.all"
		}
		return texts.Text(key, s.Name, format.Coordinate(s.X[n-1]))
	})
	a := axes.New(700, 420, title, texts.Text("success.x"), texts.Text("success.y"))
	a.AddLines(l)
	return newFigure(a.Drawing(), texts.Text("success.alt")+" "+describe(series, levels...))
}

// Perplexity draws a perplexity, on a logarithmic axis, against the number of
// characters read in training, with the perplexities of simpler models as levels. It
// returns an error for a perplexity that is not positive and finite, and for a series
// of fewer than two.
func Perplexity(levels []Level, series ...Line) (*Figure, error) {
	l := axes.Lines{LogY: true, Markers: true}
	if err := addSeries("Perplexity", &l, series, levels...); err != nil {
		return nil, err
	}
	last := func(s Line) float64 { return s.Y[len(s.Y)-1] }
	title := format.Title(series, ", ", many("perplexity.many"), last, func(s Line) string {
		return texts.Text("perplexity.title", s.Name, format.Significant(last(s)))
	})
	a := axes.New(700, 420, title, texts.Text("perplexity.x"), texts.Text("perplexity.y"))
	a.AddLines(l)
	return newFigure(a.Drawing(), texts.Text("perplexity.alt")+" "+describe(series, levels...))
}
