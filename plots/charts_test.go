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

// sampled is a function at n places from a to b.
func sampled(name string, a, b float64, n int, f func(float64) float64) plots.Line {
	line := plots.Line{Name: name, X: make([]float64, n), Y: make([]float64, n)}
	for i := range n {
		line.X[i] = a + (b-a)*float64(i)/float64(n-1)
		line.Y[i] = f(line.X[i])
	}
	return line
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
	{"circle", func() (*plots.Figure, error) {
		ellipse := func(name string, a, b float64) plots.Line {
			l := plots.Line{Name: name}
			for i := range 61 {
				s, c := math.Sincos(2 * math.Pi * float64(i) / 60)
				l.X, l.Y = append(l.X, a*c), append(l.Y, b*s)
			}
			return l
		}
		return plots.Curves(plots.CurvesOptions{Title: "A circle, and what a matrix makes of it", X: "entry 1", Y: "entry 2", Equal: true},
			ellipse("before", 1, 1), ellipse("after", 0.4, 0.7))
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
	{"curves-tangents", func() (*plots.Figure, error) {
		tangent := func(name string, at float64) plots.Line {
			slope := 1 - math.Tanh(at)*math.Tanh(at)
			return sampled(name, at-0.7, at+0.7, 2, func(x float64) float64 { return math.Tanh(at) + slope*(x-at) })
		}
		return plots.Curves(plots.CurvesOptions{Title: "tanh is steep at 0 and flat far from it", X: "a", Y: "tanh(a)",
			Points: []plots.Point{{Name: "slope 1", X: 0, Y: 0}, {Name: "slope 0.42", X: 1, Y: math.Tanh(1)}, {Name: "slope 0.07", X: -2, Y: math.Tanh(-2)}}},
			sampled("tanh", -3, 3, 121, math.Tanh), tangent("tangents", 1), tangent("", 0), tangent("", -2))
	}},
	{"curves-points", func() (*plots.Figure, error) {
		o := plots.CurvesOptions{Title: "The surer the net is of a wrong word, the larger the loss", X: "probability of the right word", Y: "loss"}
		for i, name := range []string{"야구 0.3490", "흡혈 0.1815", "방망이 0.2784", "박쥐 0.1910"} {
			o.Points = append(o.Points, plots.Point{Name: name, X: y1[i], Y: -math.Log(y1[i])})
		}
		return plots.Curves(o, sampled("−log p", 0.03, 1, 200, func(p float64) float64 { return -math.Log(p) }))
	}},
	{"curves-valley", func() (*plots.Figure, error) {
		loss := func(w float64) float64 { return 0.5*w*w + 0.1 }
		descent := func(name string, eta float64) plots.Line {
			line := plots.Line{Name: name, Markers: true}
			for w, i := -2.6, 0; i < 9; i++ {
				line.X, line.Y = append(line.X, w), append(line.Y, loss(w))
				w -= eta * w
			}
			return line
		}
		return plots.Curves(plots.CurvesOptions{Title: "Steps that are too long jump across the valley", X: "weight", Y: "loss",
			Points: []plots.Point{{Name: "begin", X: -2.6, Y: loss(-2.6)}}},
			sampled("loss", -3, 3, 121, loss), descent("η = 1.8", 1.8), descent("η = 0.3", 0.3))
	}},
	{"curves-levels", func() (*plots.Figure, error) {
		x := []float64{1, 2, 3, 4, 6, 8, 11}
		return plots.Curves(plots.CurvesOptions{Title: "Beyond four years the net is no better than the mean", X: "years ahead", Y: "mean error, in spots",
			Levels: []plots.Level{{Name: "mean of the training years", Value: 51}, {Name: "as eleven years ago", Value: 49}}},
			plots.Line{Name: "net", X: x, Y: []float64{18, 30, 39, 46, 49.5, 50.5, 50}, Markers: true},
			plots.Line{Name: "AR(9)", X: x, Y: []float64{16, 27, 36, 42, 48, 50, 50.4}, Markers: true},
			plots.Line{Name: "as last year", X: x, Y: []float64{25, 45, 61, 72, 84, 80, 52}, Markers: true})
	}},
	{"curves-ranges", func() (*plots.Figure, error) {
		return plots.Curves(plots.CurvesOptions{Title: "Outside of what it saw, the net goes on nearly straight", X: "x", Y: "output",
			Ranges: []plots.Range{{Name: "trained here", From: -1, To: 1}, {Name: "tested too", From: 1, To: 1.6}}},
			sampled("right", -3, 3, 121, func(x float64) float64 { return math.Sin(2 * x) }),
			sampled("net", -3, 3, 121, func(x float64) float64 { return math.Sin(2*math.Tanh(x)) * 1.1 }))
	}},
	{"curves-log", func() (*plots.Figure, error) {
		k := make([]float64, 31)
		large, normal, power := make([]float64, 31), make([]float64, 31), 1.0
		for i := range k {
			k[i], large[i], normal[i] = float64(i), power*(1+8*float64(i)), power
			power *= 0.8
		}
		return plots.Curves(plots.CurvesOptions{Title: "Both radii are 0.8, but one matrix grows first", X: "power k", Y: "norm of W to the power k", LogY: true,
			Levels: []plots.Level{{Name: "no change", Value: 1}}, Points: []plots.Point{{Name: "largest", X: 4, Y: large[4]}}},
			plots.Line{Name: "not normal", X: k, Y: large}, plots.Line{Name: "normal", X: k, Y: normal})
	}},
	{"signed", func() (*plots.Figure, error) {
		return plots.SignedBars("Each logit is pushed down, only that of the target up", "ŷ − y", words,
			plots.Series{Name: "ŷ₁ − y₁", Values: []float64{-0.650956, 0.181492, 0.278430, 0.191034}})
	}},
	{"signed-two", func() (*plots.Figure, error) {
		return plots.SignedBars("What the two steps ask of V", "ŷ − y", words,
			plots.Series{Name: "after baseball", Values: []float64{-0.650956, 0.181492, 0.278430, 0.191034}},
			plots.Series{Name: "after bat", Values: []float64{0.276379, 0.211412, -0.734959, 0.247168}})
	}},
	{"states", func() (*plots.Figure, error) {
		return plots.StateSteps("The same word bat ends elsewhere", plots.StateWalk{Name: "baseball bat", Points: []plots.Point{
			{Name: "0"}, {Name: "h₁", X: 0.462117, Y: -0.291313}, {Name: "W h₁", X: 0.043, Y: -0.107}, {Name: "W h₁ + U x₂", X: 0.343, Y: 0.193}, {Name: "h₂", X: 0.330250, Y: 0.190618}}},
			plots.StateWalk{Name: "vampire bat", Points: []plots.Point{
				{Name: "0"}, {Name: "h₁", X: -0.379949, Y: 0.537050}, {Name: "W h₁", X: -0.46, Y: 0.051}, {Name: "W h₁ + U x₂", X: -0.16, Y: 0.351}, {Name: "h₂", X: -0.158, Y: 0.337}}})
	}},
	{"states-arrows", func() (*plots.Figure, error) {
		return plots.StateSteps("One step: turn, then shift, then squash", plots.StateWalk{Name: "baseball bat", Arrows: []string{"U", "W", "+ U x₂", "tanh"}, Points: []plots.Point{
			{Name: "0"}, {Name: "h₁", X: 0.8, Y: -0.4}, {Name: "W h₁", X: 0.5, Y: 0.6}, {Name: "a₂", X: 1.4, Y: 1.1}, {Name: "h₂", X: 0.885, Y: 0.80}}})
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

func TestTheFontHasEveryCharacterOfTheTexts(t *testing.T) { figuretest.Writable(t, "plots") }

func TestNoTextEscapesTheCatalogue(t *testing.T) {
	// The longest first: the first that fits is taken.
	given := regexp.MustCompile(`tanh is steep at 0 and flat far from it|tanh\(a\)|tanh|tangents|slope|The surer the net is of a wrong word, the larger the loss|probability of the right word|−log p|Steps that are too long jump across the valley|weight|η =|begin|Beyond four years the net is no better than the mean|years ahead|mean error, in spots|mean of the training years|as eleven years ago|as last year|AR\(9\)|Outside of what it saw, the net goes on nearly straight|trained here|tested too|output|right|Both radii are 0.8, but one matrix grows first|power k|norm of W to the power k|no change|largest|not normal|normal|Each logit is pushed down, only that of the target up|What the two steps ask of V|ŷ₁ − y₁|ŷ − y|The same word bat ends elsewhere|One step: turn, then shift, then squash|\bnet\b|^x$|^loss$|^loss: | x | loss |A series and a forecast|How far the gradient goes|state h of step k|loss L of step t|A melody goes on|Where the net is surprised|loss in nats|A neuron of h|entry 7 of h|the light,\s+the colour of it|on, off|count|observed|forecast|small W|large W|before training|after training|RNN|LSTM|bigram|trigram|[A-G]#?\d|^\p{L}$|'\p{L}'|"\p{L}"|baseball|vampire|bat|야구|흡혈|방망이|박쥐|the club|the animal|blood-sucking|both pairs|with W|without W|ln|after|radius|A picture of 25 dots|W[₁₂]+|A circle, and what a matrix makes of it|entry [12]|before`)
	for _, chart := range charts {
		if chart.name == "grid-picture" {
			continue // its title is the caller's
		}
		figuretest.Catalogue(t, chart.name, chart.draw, given)
	}
}
