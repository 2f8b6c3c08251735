package plots

import (
	"fmt"
	"strings"

	"rnn101/plots/internal/axes"
	"rnn101/plots/internal/format"
	"rnn101/plots/internal/unrolled"
)

// Truncated draws, on the net unrolled in time, what truncation does after every k
// steps, also called detaching the state: the values go forward across the cut, the
// gradient stops there. It panics unless both numbers are at least 1.
func Truncated(steps, k int) (*Figure, error) {
	if steps < 1 || k < 1 {
		panic(fmt.Sprintf("plots: Truncated(%d, %d): both numbers must be at least 1", steps, k))
	}
	var cuts []int
	alt := []string{texts.Text("truncated.alt", steps)}
	for t := k + 1; t <= steps; t += k {
		cuts = append(cuts, t)
		alt = append(alt, texts.Text("truncated.cut", format.Subscript("h", t-1), format.Subscript("h", t)))
	}
	if len(cuts) == 0 {
		alt = append(alt, texts.Text("truncated.none"))
	}
	legend := unrolled.TruncatedLegend{
		Forward:  texts.Text("truncated.forward"),
		Backward: texts.Text("truncated.backward"),
		Cut:      texts.Text("truncated.stops"),
	}
	return newFigure(unrolled.DrawTruncated(steps, cuts, legend, texts.Text("truncated.title", k)), strings.Join(alt, " "))
}

// TruncationError draws the relative error of a truncated gradient against the number
// of steps that it goes back. It returns an error for a value that is not finite, and
// for a series of fewer than two values.
func TruncationError(series ...Line) (*Figure, error) {
	var l axes.Lines
	if err := addSeries("TruncationError", &l, series); err != nil {
		return nil, err
	}
	for _, s := range series {
		l.Markers = l.Markers || len(s.X) <= 30
	}
	a := axes.New(700, 400, truncationTitle(series), texts.Text("truncation.x"), texts.Text("truncation.y"))
	a.AddLines(l)
	return newFigure(a.Drawing(), texts.Text("truncation.alt")+" "+describe(series))
}

// truncationTitle says from how many steps on the error is below 0.1.
func truncationTitle(series []Line) string {
	last := func(s Line) float64 { return s.Y[len(s.Y)-1] }
	return format.Title(series, "\n", many("truncation.many"), last, func(s Line) string {
		if i := format.Settled(s.Y, 0.1); i < len(s.Y) {
			return texts.Text("truncation.enough", s.Name, format.Coordinate(s.X[i]))
		}
		return texts.Text("truncation.never", s.Name)
	})
}
