package plots

import (
	"fmt"
	"math"
	"math/cmplx"
	"strings"

	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
)

// Eigenvalues are those of one matrix, under a name.
type Eigenvalues struct {
	Name   string
	Values []complex128
}

// Spectrum draws eigenvalues on the complex plane, with the circle of radius 1: those
// inside fade in the powers of the matrix, those outside grow. It returns an error for
// a value that is not finite, and for a matrix without values.
func Spectrum(matrices ...Eigenvalues) (*Figure, error) {
	if len(matrices) == 0 {
		return nil, fmt.Errorf("plots: Spectrum: give at least one matrix")
	}
	a := newAxes(560, 560, "", texts.Text("spectrum.x"), texts.Text("spectrum.y"))
	circle := make(plotter.XYs, 181)
	for i := range circle {
		circle[i].Y, circle[i].X = math.Sincos(2 * math.Pi * float64(i) / 180)
	}
	line, _ := plotter.NewLine(circle)
	line.LineStyle = draw.LineStyle{Color: Black, Width: Px(1.5), Dashes: dashes[2]}
	a.Add(line)
	a.Legend.Add(texts.Text("spectrum.circle"), line)
	far := 1.0
	var names, titles []string
	alt := []string{texts.Text("spectrum.alt")}
	for i, m := range matrices {
		if len(m.Values) == 0 {
			return nil, fmt.Errorf("plots: Spectrum: the matrix %q has no eigenvalues", m.Name)
		}
		points, radius, outside := make(plotter.XYs, len(m.Values)), 0.0, 0
		for j, v := range m.Values {
			if cmplx.IsNaN(v) || cmplx.IsInf(v) {
				return nil, fmt.Errorf("plots: Spectrum: eigenvalue %d of %q is %v", j+1, m.Name, v)
			}
			points[j] = plotter.XY{X: real(v), Y: imag(v)}
			radius = math.Max(radius, cmplx.Abs(v))
			if cmplx.Abs(v) > 1 {
				outside++
			}
		}
		far = math.Max(far, radius)
		dots, _ := plotter.NewScatter(points)
		dots.GlyphStyle = draw.GlyphStyle{Color: palette[i%len(palette)], Radius: Px(3.5), Shape: markers[i%len(markers)]}
		a.Add(dots)
		a.Legend.Add(m.Name, dots)
		names = append(names, m.Name)
		titles = append(titles, texts.Text("spectrum.title", m.Name, outside, len(m.Values)))
		alt = append(alt, texts.Text("spectrum.matrix", m.Name, len(m.Values), Significant(radius), outside))
	}
	a.Title.Text = strings.Join(titles, "\n")
	a.figure.title = a.Title.Text
	a.X.Min, a.X.Max, a.Y.Min = -far*1.1, far*1.1, -far*1.1
	a.Y.Max = far * (1.2 + 0.16*float64(len(matrices))) // room for the legend
	a.figure.height = 560 + 40*float64(len(matrices))
	a.Y.Tick.Marker = UpTo{far * 1.1}
	return a.done(strings.Join(alt, " "), append(names, a.figure.title)...)
}
