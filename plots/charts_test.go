package plots_test

import (
	"math"
	"regexp"
	"strings"
	"testing"

	"rnn101/data"
	"rnn101/plots"
	"rnn101/plots/internal/figuretest"
)

// The lecture's numbers, as they are printed there.
var (
	words = []string{"야구 (baseball)", "흡혈 (blood-sucking)", "방망이 (bat, the club)", "박쥐 (bat, the animal)"}
	h1    = []float64{0.462117, -0.291313}
	h2    = []float64{0.330250, 0.190618}
	y1    = []float64{0.349044, 0.181492, 0.278430, 0.191034}
	y2    = []float64{0.276379, 0.211412, 0.265041, 0.247168}
	steps = []plots.UnrolledStep{
		{Input: "baseball", X: []float64{1, 0, 0}, H: h1, Y: y1, Target: "야구"},
		{Input: "bat", X: []float64{0, 0, 1}, H: h2, Y: y2, Target: "방망이"},
	}
	bare = []plots.UnrolledStep{{Input: "baseball", Target: "야구"}, {Input: "bat", Target: "방망이"}}
)

// falling goes from a to b as 1/(1+step).
func falling(a, b float64, steps int) []float64 {
	v := make([]float64, steps+1)
	for i := range v {
		v[i] = b + (a-b)/(1+float64(i))
	}
	return v
}

// powersOf are a, a·r, a·r², …
func powersOf(a, r float64, n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = a
		a *= r
	}
	return v
}

// charts are what the golden images show: one or more for each function.
var charts = []struct {
	name string
	draw func() (*plots.Figure, error)
}{
	{"unrolled", func() (*plots.Figure, error) { return plots.Unrolled(nil, bare) }},
	{"unrolled-numbers", func() (*plots.Figure, error) { return plots.Unrolled([]float64{0, 0}, steps) }},
	{"bars", func() (*plots.Figure, error) {
		return plots.Bars(words, plots.Series{Name: "ŷ₁ after baseball", Values: y1}, plots.Series{Name: "ŷ₂ after bat", Values: y2})
	}},
	{"loss", func() (*plots.Figure, error) {
		return plots.Loss(plots.LossOptions{}, plots.Curve{Name: "both pairs", Values: falling(4.771, 0.0038, 1000)})
	}},
	{"loss-log-floor", func() (*plots.Figure, error) {
		return plots.Loss(plots.LossOptions{LogX: true, LogY: true, Floor: 1.386294, FloorName: "2·ln 2"},
			plots.Curve{Name: "with W", Values: falling(4.771, 0.0038, 1000)},
			plots.Curve{Name: "without W", Values: falling(4.8, 1.3866, 1000)})
	}},
	{"plane", func() (*plots.Figure, error) {
		return plots.HiddenPlane(
			plots.StatePath{Name: "baseball", Points: [][2]float64{{0.46, -0.29}, {0.7, -0.6}, {0.95, -0.96}}},
			plots.StatePath{Name: "baseball bat", Points: [][2]float64{{0.33, 0.19}, {0.6, 0.5}, {0.97, 0.93}}},
			plots.StatePath{Name: "vampire", Points: [][2]float64{{-0.38, 0.54}, {-0.7, 0.8}, {-0.96, 0.97}}},
			plots.StatePath{Name: "vampire bat", Points: [][2]float64{{-0.16, 0.34}, {-0.5, -0.2}, {-0.95, -0.9}}})
	}},
	{"routes-2", func() (*plots.Figure, error) { return plots.Routes(2, 2, 0) }},
	{"routes-4", func() (*plots.Figure, error) { return plots.Routes(4, 4, 0) }},
	{"routes-4-2", func() (*plots.Figure, error) { return plots.Routes(4, 3, 2) }},
	{"paths", func() (*plots.Figure, error) {
		return plots.PathsMap([][]float64{nil, {0, 0.076209}, {0, -0.002661, 0.118759}}, "W₁₂")
	}},
	{"norms", func() (*plots.Figure, error) {
		return plots.GradientNorms(plots.Distance{Name: "‖∂L₂₀/∂aₖ‖", Norms: powersOf(0.5, 0.6, 20)})
	}},
	{"norms-many", func() (*plots.Figure, error) {
		return plots.GradientNorms(
			plots.Distance{Name: "radius 0.5", Norms: powersOf(1, 0.5, 12)},
			plots.Distance{Name: "radius 1", Norms: powersOf(1, 0.95, 12)},
			plots.Distance{Name: "radius 1.5", Norms: powersOf(1, 1.4, 12)})
	}},
	{"grid", func() (*plots.Figure, error) {
		u, _, _ := data.LectureWeights()
		return plots.Grid(u, plots.GridOptions{Columns: data.InputWords(), Numbers: true, Highlight: [][2]int{{0, 2}, {1, 2}}})
	}},
	{"truncated", func() (*plots.Figure, error) { return plots.Truncated(6, 2) }},
	{"truncation", func() (*plots.Figure, error) {
		k := []float64{1, 2, 3, 4, 5, 6}
		return plots.TruncationError(plots.Line{Name: "before training", X: k, Y: []float64{0.4, 0.15, 0.06, 0.03, 0.01, 0}},
			plots.Line{Name: "after training", X: k, Y: []float64{0.8, 0.6, 0.45, 0.3, 0.2, 0.12}})
	}},
	{"success", func() (*plots.Figure, error) {
		gap := []float64{1, 2, 5, 10, 20, 40}
		return plots.Success(0.25, plots.Line{Name: "RNN", X: gap, Y: []float64{1, 1, 0.98, 0.5, 0.26, 0.24}},
			plots.Line{Name: "LSTM", X: gap, Y: []float64{1, 1, 1, 1, 1, 0.99}})
	}},
	{"perplexity", func() (*plots.Figure, error) {
		x := []float64{0, 100000, 200000, 300000}
		return plots.Perplexity([]plots.Level{{Name: "bigram", Value: 10.6}, {Name: "trigram", Value: 6.9}},
			plots.Line{Name: "RNN", X: x, Y: []float64{80, 12, 8, 6.2}}, plots.Line{Name: "LSTM", X: x, Y: []float64{80, 13, 7, 5.1}})
	}},
	{"forecast", func() (*plots.Figure, error) {
		return plots.Forecast(plots.ForecastOptions{Title: "A series and a forecast", Y: "count", Begin: 2004},
			plots.Line{Name: "observed", X: []float64{2000, 2001, 2002, 2003, 2004, 2005, 2006}, Y: []float64{10, 60, 120, 90, 40, 12, 30}},
			plots.Line{Name: "forecast", X: []float64{2004, 2005, 2006}, Y: []float64{40, 20, 44}})
	}},
	{"spectrum", func() (*plots.Figure, error) {
		return plots.Spectrum(plots.Eigenvalues{Name: "small W", Values: []complex128{0.4, 0.2 + 0.3i, 0.2 - 0.3i}},
			plots.Eigenvalues{Name: "large W", Values: []complex128{-1.2, 0.8 + 0.9i, 0.8 - 0.9i, 0.1}})
	}},
	{"heatmap", func() (*plots.Figure, error) {
		values := make([][]float64, 30)
		for r := range values {
			values[r] = make([]float64, r+1)
			for c := range values[r] {
				values[r][c] = math.Pow(0.6, float64(r-c))
			}
		}
		return plots.HeatMap(values, plots.HeatOptions{Title: "How far the gradient goes", X: "state h of step k", Y: "loss L of step t", Floor: 1e-5})
	}},
	{"roll", func() (*plots.Figure, error) {
		return plots.PianoRoll("A melody goes on", []plots.Tone{{0, 1, 60}, {1, 1, 62}, {2, 0.5, 64}, {2.5, 0.5, 66}, {3, 2, 67}, {5, 1, 64}, {6, 2, 60}}, 5)
	}},
	{"letters", func() (*plots.Figure, error) {
		return plots.Letters("the light,\nthe colour of it", []float64{1, 2, 0.3, 0, 3, 1, 0.1, 0.2, 0.3, 2, 1.5, 1, 0.2, 0, 0, 3, 0.3, 0.4, 0.2, 0.1, 0, 0, 2, 1, 0.2, 2, 1},
			plots.LettersOptions{Title: "Where the net is surprised", What: "loss in nats"})
	}},
	{"letters-diverging", func() (*plots.Figure, error) {
		return plots.Letters("on, off", []float64{1, 0.9, 0.2, -0.1, -0.9, -1, 0}, plots.LettersOptions{Title: "A neuron of h", What: "entry 7 of h", Diverging: true, Scale: 1})
	}},
	{"grid-picture", func() (*plots.Figure, error) {
		return plots.Grid([][]float64{{0, 1, 0, 1, 0}, {0, 1, 0, 1, 0}, {0, 0, 0, 0, 0}, {1, 0, 0, 0, 1}, {0, 1, 1, 1, 0}},
			plots.GridOptions{Title: "A picture of 25 dots", Highlight: [][2]int{{0, 0}}})
	}},
}

func TestChartsMatchTheirGoldenImages(t *testing.T) {
	for _, chart := range charts {
		t.Run(chart.name, func(t *testing.T) { figuretest.Golden(t, chart.name, chart.draw) })
	}
}

func TestImagesHaveTheDensityAndSizeThatFiguresSay(t *testing.T) {
	for _, chart := range charts {
		figuretest.Size(t, chart.name, chart.draw)
	}
}

func TestSVGHoldsTheTitle(t *testing.T) {
	figure, err := plots.Loss(plots.LossOptions{Title: "A title of its own"}, plots.Curve{Name: "a", Values: []float64{2, 1}})
	if err != nil {
		t.Fatal(err)
	}
	svg, err := figure.SVG()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(svg), "A title of its own") {
		t.Error("the SVG does not hold the title")
	}
}

func TestNoTextEscapesTheCatalogue(t *testing.T) {
	given := regexp.MustCompile(`A series and a forecast|How far the gradient goes|state h of step k|loss L of step t|A melody goes on|Where the net is surprised|loss in nats|A neuron of h|entry 7 of h|the light,\s+the colour of it|on, off|count|observed|forecast|small W|large W|before training|after training|RNN|LSTM|bigram|trigram|[A-G]#?\d|^\p{L}$|'\p{L}'|"\p{L}"|baseball|vampire|bat|야구|흡혈|방망이|박쥐|the club|the animal|blood-sucking|both pairs|with W|without W|ln|after|radius|A picture of 25 dots|W[₁₂]+`)
	for _, chart := range charts {
		if chart.name == "grid-picture" {
			continue // its title is the caller's
		}
		figuretest.Catalogue(t, chart.name, chart.draw, given)
	}
}
