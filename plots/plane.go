package plots

import (
	"strings"

	"rnn101/plots/internal/axes"
	"rnn101/plots/internal/check"
	"rnn101/plots/internal/format"
)

// StatePath is a hidden state of two entries during training, from the first point
// to the last.
type StatePath struct {
	Name   string
	Points [][2]float64
}

// HiddenPlane draws hidden states during training on the square from −1 to 1: the
// first point of each (a hollow marker), its path, and the last point (a filled
// marker, with the name). It returns an error for an empty path or a point outside
// the square.
func HiddenPlane(paths ...StatePath) (*Figure, error) {
	if err := check.Some("HiddenPlane", "path", len(paths)); err != nil {
		return nil, err
	}
	a := axes.New(520, 520, texts.Text("plane.title"), texts.Text("plane.axis", 1), texts.Text("plane.axis", 2))
	a.AddSquare()
	alt := []string{texts.Text("plane.alt")}
	for i, path := range paths {
		if err := check.States("HiddenPlane", path.Name, path.Points); err != nil {
			return nil, err
		}
		line := axes.Line{Name: path.Name}
		for _, p := range path.Points {
			line.X, line.Y = append(line.X, p[0]), append(line.Y, p[1])
		}
		a.AddPath(i, line)
		at := func(j int) (x, y string) { return format.Fixed(line.X[j], 2), format.Fixed(line.Y[j], 2) }
		x0, y0 := at(0)
		x1, y1 := at(len(line.X) - 1)
		alt = append(alt, texts.Text("plane.path", path.Name, x0, y0, x1, y1))
	}
	return newFigure(a.Drawing(), strings.Join(alt, " "))
}
