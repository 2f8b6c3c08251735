package plots

import (
	"strings"

	"rnn101/plots/internal/axes"
	"rnn101/plots/internal/check"
)

// SignedBars draws numbers of both signs, such as ŷ − y, as a grouped bar chart: a group
// for each label, with a bar for each series, up or down from zero, and its value at the
// bar's end. Y names what is measured. The bars of a second series are hatched. A gloss in
// parentheses is written on a line of its own.
//
// It panics unless each series has a value for each label, and returns an error without a
// title and for a value that is not finite.
func SignedBars(title, y string, labels []string, series ...Series) (*Figure, error) {
	if err := check.Title("SignedBars", title); err != nil {
		return nil, err
	}
	bars, err := barSeries("SignedBars", check.Numbers, labels, series)
	if err != nil {
		return nil, err
	}
	a := axes.New(700, 400, title, "", y)
	a.AddSignedBars(labels, bars)
	alt := append([]string{texts.Text("signed.alt", title, y)}, barsAlt(labels, series)...)
	return newFigure(a.Drawing(), strings.Join(alt, " "))
}
