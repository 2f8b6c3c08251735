package diagrams_test

import (
	"regexp"
	"testing"

	"rnn101/plots/diagrams"
	"rnn101/plots/internal/figuretest"
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
