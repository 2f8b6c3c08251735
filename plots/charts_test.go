package plots_test

import (
	"errors"
	"flag"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gonum.org/v1/plot/cmpimg"

	"rnn101/lang"
	"rnn101/plots"
)

var update = flag.Bool("update", false, "write the golden images anew")

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
		return plots.Grid([][]float64{{0.5, -0.4, 0.1}, {-0.3, 0.6, 0.2}},
			plots.GridOptions{Columns: []string{"baseball", "vampire", "bat"}, Numbers: true, Highlight: [][2]int{{0, 2}, {1, 2}}})
	}},
	{"grid-picture", func() (*plots.Figure, error) {
		return plots.Grid([][]float64{{0, 1, 0, 1, 0}, {0, 1, 0, 1, 0}, {0, 0, 0, 0, 0}, {1, 0, 0, 0, 1}, {0, 1, 1, 1, 0}},
			plots.GridOptions{Title: "A picture of 25 dots", Highlight: [][2]int{{0, 0}}})
	}},
}

func TestChartsMatchTheirGoldenImages(t *testing.T) {
	for _, chart := range charts {
		t.Run(chart.name, func(t *testing.T) {
			figure, err := chart.draw()
			if err != nil {
				t.Fatal(err)
			}
			got, err := figure.PNG()
			if err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", chart.name+".png")
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			same, err := cmpimg.EqualApprox("png", got, want, 0.02)
			if err != nil {
				t.Fatal(err)
			}
			if !same {
				t.Errorf("the chart differs from %s; look at both, and run go test ./plots -update if the new one is right", golden)
			}
		})
	}
}

func TestImagesHaveTheDensityAndSizeThatFiguresSay(t *testing.T) {
	for _, chart := range charts {
		figure, err := chart.draw()
		if err != nil {
			t.Fatal(err)
		}
		data, err := figure.PNG()
		if err != nil {
			t.Fatal(err)
		}
		config, err := png.DecodeConfig(strings.NewReader(string(data)))
		if err != nil {
			t.Fatal(err)
		}
		width, height := figure.Size()
		if dx, dy := float64(config.Width)-1.5*width, float64(config.Height)-1.5*height; dx < -1 || dx > 1 || dy < -1 || dy > 1 {
			t.Errorf("%s: the image is %d×%d pixels, the figure says %v×%v CSS pixels", chart.name, config.Width, config.Height, width, height)
		}
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

// In the dummy language every text of the catalogue stands between ⟦ and ⟧. The
// font cannot write these, so each chart must fail, and the letters that its texts
// have outside of the brackets must be names that the test gave.
func TestNoTextEscapesTheCatalogue(t *testing.T) {
	lang.Set(lang.Dummy)
	defer lang.Set(lang.English)
	given := regexp.MustCompile(`baseball|vampire|bat|야구|흡혈|방망이|박쥐|the club|the animal|blood-sucking|both pairs|with W|without W|ln|after|radius|A picture of 25 dots|W[₁₂]+`)
	symbols := regexp.MustCompile(`[UVWLxhŷa∂][₀-₉⁽⁾⁰-⁹ₖ]*`)
	inBrackets := regexp.MustCompile(`⟦[^⟦⟧]*⟧`)
	letter := regexp.MustCompile(`\p{L}+`)
	for _, chart := range charts {
		if chart.name == "grid-picture" {
			continue // its title is the caller's
		}
		_, err := chart.draw()
		var unwritable *plots.UnwritableError
		if !errors.As(err, &unwritable) {
			t.Errorf("%s: no text came from the catalogue (error %v)", chart.name, err)
			continue
		}
		for _, text := range unwritable.Texts {
			rest := text
			for inBrackets.MatchString(rest) {
				rest = inBrackets.ReplaceAllString(rest, " ")
			}
			rest = symbols.ReplaceAllString(given.ReplaceAllString(rest, " "), " ")
			if escaped := letter.FindString(rest); escaped != "" {
				t.Errorf("%s: %q escaped the catalogue in %q", chart.name, escaped, text)
			}
		}
	}
}
