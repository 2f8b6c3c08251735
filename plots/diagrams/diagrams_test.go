package diagrams_test

import (
	"regexp"
	"testing"

	"rnn101/plots/diagrams"
	"rnn101/plots/internal/figuretest"
)

// The lecture's numbers for “baseball bat”, as they are printed there.
var (
	delta     = [][][]float64{nil, {nil, {-0.361640, 0.283610}}, {nil, {-0.021190, 0.086522}, {-0.186918, 0.079938}}}
	columnOfW = []diagrams.ColumnStep{
		{Delta: []float64{-0.382830, 0.370132}, Factor: 0, Word: "baseball"},
		{Delta: []float64{-0.186918, 0.079938}, Factor: 0.462117, Word: "bat"},
	}
	columnOfU = []diagrams.ColumnStep{
		{Delta: []float64{-0.21, 0.3}, Factor: 0, Word: "baseball"},
		{Delta: []float64{-0.186918, 0.079938}, Factor: 1, Word: "bat"},
		{Delta: []float64{0.12, -0.4}, Factor: 0, Word: "vampire"},
		{Delta: []float64{0.2, -0.1}, Factor: 1, Word: "bat"},
	}
)

// drawings are what the golden images show: one or more for each function.
var drawings = []struct {
	name string
	draw figuretest.Draw
}{
	{"rolled-3", func() (*diagrams.Figure, error) { return diagrams.Rolled(3) }},
	{"rolled-5", func() (*diagrams.Figure, error) { return diagrams.Rolled(5) }},
	{"routes-2", func() (*diagrams.Figure, error) { return diagrams.RoutesToU(2, 2, "baseball", "bat") }},
	{"routes-4", func() (*diagrams.Figure, error) {
		return diagrams.RoutesToU(4, 4, "baseball", "bat", "vampire", "bat")
	}},
	{"routes-5-3", func() (*diagrams.Figure, error) { return diagrams.RoutesToU(5, 3) }},
	{"column-w", func() (*diagrams.Figure, error) { return diagrams.Column("W", 1, 2, columnOfW...) }},
	{"column-u", func() (*diagrams.Figure, error) { return diagrams.Column("U", 3, 3, columnOfU...) }},
	{"folded-2", func() (*diagrams.Figure, error) { return diagrams.Folded(2, delta) }},
	{"folded-4", func() (*diagrams.Figure, error) { return diagrams.Folded(4, nil) }},
	{"folded-7", func() (*diagrams.Figure, error) { return diagrams.Folded(7, nil) }},
	{"truncations-4-2", func() (*diagrams.Figure, error) { return diagrams.Truncations(4, 2) }},
	{"truncations-8-3", func() (*diagrams.Figure, error) { return diagrams.Truncations(8, 3) }},
}

func TestDrawingsMatchTheirGoldenImages(t *testing.T) {
	for _, d := range drawings {
		t.Run(d.name, func(t *testing.T) { figuretest.Golden(t, d.name, d.draw) })
	}
}

func TestImagesHaveTheDensityAndSizeThatFiguresSay(t *testing.T) {
	for _, d := range drawings {
		figuretest.Size(t, d.name, d.draw)
	}
}

func TestNoTextEscapesTheCatalogue(t *testing.T) {
	given := regexp.MustCompile(`baseball|vampire|bat`)
	for _, d := range drawings {
		figuretest.Catalogue(t, d.name, d.draw, given)
	}
}
