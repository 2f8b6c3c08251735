package plots

import (
	"strings"

	"rnn101/plots/internal/axes"
	"rnn101/plots/internal/check"
	"rnn101/plots/internal/format"
)

// StateWalk is a way of a hidden state of two entries, from point to point: X is its
// first entry, Y its second.
type StateWalk struct {
	Name   string
	Points []Point
	Arrows []string // names of the arrows between the points; nil: none
}

// StateSteps draws walks on the plane of the hidden state: an arrow from each point to
// the next, with the names of points and arrows. Both axes have the same scale, with thin
// lines through zero. A second walk is dashed, with square points. A point at the same
// place and with the same name as one before, such as 0, is named once.
//
// It returns an error for a number that is not finite, and for a walk of fewer than two
// points. It panics unless there are as many names of arrows as arrows, or none.
func StateSteps(title string, walks ...StateWalk) (*Figure, error) {
	if err := check.Title("StateSteps", title); err != nil {
		return nil, err
	}
	if err := check.Some("StateSteps", "walk", len(walks)); err != nil {
		return nil, err
	}
	a := axes.New(620, 640, title, texts.Text("plane.axis", 1), texts.Text("plane.axis", 2))
	alt := []string{texts.Text("states.alt", title)}
	drawn := make([]axes.Walk, len(walks))
	for i, w := range walks {
		drawn[i] = axes.Walk{Name: w.Name, Arrows: w.Arrows}
		for j, p := range w.Points {
			if err := check.WalkPoint("StateSteps", w.Name, j+1, p.Name, p.X, p.Y); err != nil {
				return nil, err
			}
			drawn[i].Points = append(drawn[i].Points, axes.Point(p))
		}
		if err := check.Walk("StateSteps", w.Name, len(w.Points), len(w.Arrows)); err != nil {
			return nil, err
		}
		alt = append(alt, w.alt())
	}
	a.AddWalks(drawn)
	return newFigure(a.Drawing(), strings.Join(alt, " "))
}

// alt says from where to where the walk goes.
func (w StateWalk) alt() string {
	parts := make([]string, len(w.Points))
	for i, p := range w.Points {
		parts[i] = texts.Text("states.point", p.Name, format.Fixed(p.X, 2), format.Fixed(p.Y, 2))
		if i > 0 && w.Arrows != nil {
			parts[i] = texts.Text("states.by", w.Arrows[i-1], parts[i])
		}
	}
	return texts.Text("states.walk", w.Name, strings.Join(parts, texts.Text("states.then")))
}
