package plots

import (
	"strings"

	"rnn101/plots/internal/axes"
	"rnn101/plots/internal/check"
	"rnn101/plots/internal/format"
)

// Eigenvalues are the eigenvalues of a named matrix.
type Eigenvalues struct {
	Name   string
	Values []complex128
}

// Spectrum draws eigenvalues on the complex plane, with the unit circle. In the powers
// of the matrix those inside the circle vanish and those outside grow. It returns an
// error for an eigenvalue that is not finite, and for a matrix without eigenvalues.
func Spectrum(matrices ...Eigenvalues) (*Figure, error) {
	if err := check.Some("Spectrum", "matrix", len(matrices)); err != nil {
		return nil, err
	}
	largest := 1.0
	alt := []string{texts.Text("spectrum.alt")}
	for _, m := range matrices {
		if err := check.Eigenvalues("Spectrum", m.Name, m.Values); err != nil {
			return nil, err
		}
		radius, outside := format.Spectrum(m.Values)
		largest = max(largest, radius)
		alt = append(alt, texts.Text("spectrum.matrix", m.Name, len(m.Values), format.Significant(radius), outside))
	}
	size := func(m Eigenvalues) float64 { radius, _ := format.Spectrum(m.Values); return radius }
	title := format.Title(matrices, "\n", many("spectrum.many"), size, func(m Eigenvalues) string {
		_, outside := format.Spectrum(m.Values)
		return texts.Text("spectrum.title", m.Name, outside, len(m.Values))
	})
	a := axes.New(560, 600, title, texts.Text("spectrum.x"), texts.Text("spectrum.y"))
	a.AddUnitCircle(texts.Text("spectrum.circle"))
	for i, m := range matrices {
		a.AddComplex(i, m.Name, m.Values)
	}
	a.CenterOrigin(largest)
	return newFigure(a.Drawing(), strings.Join(alt, " "))
}
