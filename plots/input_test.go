package plots_test

import (
	"math"
	"regexp"
	"strings"
	"testing"

	"rnn101/plots"
)

// draw is a call that draws a chart.
type draw func() (*plots.Figure, error)

func TestBadDataIsAnErrorThatSaysWhere(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for name, c := range map[string]struct {
		draw draw
		says []string
	}{
		"bars without series": {func() (*plots.Figure, error) { return plots.Bars([]string{"a"}) }, []string{"Bars", "at least one"}},
		"a probability of NaN": {func() (*plots.Figure, error) {
			return plots.Bars([]string{"a"}, plots.Series{Name: "ŷ", Values: []float64{nan}})
		}, []string{"Bars", "ŷ", "NaN"}},
		"a probability above 1": {func() (*plots.Figure, error) {
			return plots.Bars([]string{"야구"}, plots.Series{Name: "ŷ", Values: []float64{1.5}})
		}, []string{"Bars", "야구", "1.5", "between 0 and 1"}},
		"no curve":       {func() (*plots.Figure, error) { return plots.Loss(plots.LossOptions{}) }, []string{"Loss", "at least one"}},
		"an empty curve": {func() (*plots.Figure, error) { return plots.Loss(plots.LossOptions{}, plots.Curve{Name: "a"}) }, []string{"Loss", `"a"`, "empty"}},
		"a curve of one value": {func() (*plots.Figure, error) {
			return plots.Loss(plots.LossOptions{}, plots.Curve{Name: "a", Values: []float64{1}})
		}, []string{"Loss", `"a"`, "two are needed"}},
		"a loss of NaN": {func() (*plots.Figure, error) {
			return plots.Loss(plots.LossOptions{}, plots.Curve{Name: "a", Values: []float64{1, 2, nan}})
		}, []string{"Loss", "value 2", "NaN"}},
		"a loss of 0 on powers of ten": {func() (*plots.Figure, error) {
			return plots.Loss(plots.LossOptions{LogY: true}, plots.Curve{Name: "a", Values: []float64{1, 0}})
		}, []string{"Loss", "value 1", "logarithmic"}},
		"a state outside of the square": {func() (*plots.Figure, error) {
			return plots.HiddenPlane(plots.StatePath{Name: "bat", Points: [][2]float64{{0, 0}, {0, 1.5}}})
		}, []string{"HiddenPlane", "point 1", "bat", "1.5"}},
		"a path without points": {func() (*plots.Figure, error) { return plots.HiddenPlane(plots.StatePath{Name: "bat"}) }, []string{"HiddenPlane", "bat", "empty"}},
		"no path":               {func() (*plots.Figure, error) { return plots.HiddenPlane() }, []string{"HiddenPlane", "at least one"}},
		"no norms":              {func() (*plots.Figure, error) { return plots.GradientNorms() }, []string{"GradientNorms", "at least one"}},
		"a norm of 0": {func() (*plots.Figure, error) {
			return plots.GradientNorms(plots.Distance{Name: "a", Norms: []float64{1, 0}})
		}, []string{"GradientNorms", "value 1", "logarithmic"}},
		"a grid without values":      {func() (*plots.Figure, error) { return plots.Grid(nil, plots.GridOptions{}) }, []string{"Grid", "no values"}},
		"a grid of empty rows":       {func() (*plots.Figure, error) { return plots.Grid([][]float64{{}, {}}, plots.GridOptions{}) }, []string{"Grid", "no values"}},
		"an infinite square":         {func() (*plots.Figure, error) { return plots.Grid([][]float64{{1}, {2, inf}}, plots.GridOptions{}) }, []string{"Grid", "row 2, column 2", "+Inf"}},
		"paths without values":       {func() (*plots.Figure, error) { return plots.PathsMap(nil, "W") }, []string{"PathsMap", "no values"}},
		"a path of NaN":              {func() (*plots.Figure, error) { return plots.PathsMap([][]float64{nil, {0, nan}}, "W") }, []string{"PathsMap", "L_1", "step 1", "NaN"}},
		"an unrolled net of 0 steps": {func() (*plots.Figure, error) { return plots.Unrolled(nil, nil) }, []string{"Unrolled", "at least one step"}},
		"a state of NaN": {func() (*plots.Figure, error) {
			return plots.Unrolled(nil, []plots.UnrolledStep{{Input: "bat", H: []float64{nan}}})
		}, []string{"Unrolled", "NaN"}},
		"no truncation error": {func() (*plots.Figure, error) { return plots.TruncationError() }, []string{"TruncationError", "at least one"}},
		"a share of NaN": {func() (*plots.Figure, error) {
			return plots.Success(0.5, plots.Line{Name: "RNN", X: []float64{1, 2}, Y: []float64{1, nan}})
		}, []string{"Success", "value 1", "RNN", "NaN"}},
		"a level of NaN": {func() (*plots.Figure, error) {
			return plots.Success(nan, plots.Line{Name: "RNN", X: []float64{1, 2}, Y: []float64{1, 1}})
		}, []string{"Success", "guessing", "NaN"}},
		"a perplexity of 0": {func() (*plots.Figure, error) {
			return plots.Perplexity(nil, plots.Line{Name: "RNN", X: []float64{1, 2}, Y: []float64{1, 0}})
		}, []string{"Perplexity", "value 1", "logarithmic"}},
		"a level of 0 on powers of ten": {func() (*plots.Figure, error) {
			return plots.Perplexity([]plots.Level{{Name: "unigram"}}, plots.Line{Name: "RNN", X: []float64{1, 2}, Y: []float64{1, 2}})
		}, []string{"Perplexity", "unigram", "logarithmic"}},
		"a curve of two values on a logarithmic axis of steps": {func() (*plots.Figure, error) {
			return plots.Loss(plots.LossOptions{LogX: true}, plots.Curve{Name: "a", Values: []float64{2, 1}})
		}, []string{"Loss", `"a"`, "2 values", "three"}},
		"a floor of NaN": {func() (*plots.Figure, error) {
			return plots.Loss(plots.LossOptions{Floor: nan}, plots.Curve{Name: "a", Values: []float64{2, 1}})
		}, []string{"Loss", "Floor", "NaN"}},
		"an infinite floor": {func() (*plots.Figure, error) {
			return plots.Loss(plots.LossOptions{Floor: inf}, plots.Curve{Name: "a", Values: []float64{2, 1}})
		}, []string{"Loss", "Floor", "+Inf"}},
		"a forecast that begins at NaN": {func() (*plots.Figure, error) {
			return plots.Forecast(plots.ForecastOptions{Begin: nan}, plots.Line{Name: "spots", X: []float64{1, 2}, Y: []float64{1, 0}})
		}, []string{"Forecast", "Begin", "NaN"}},
		"a floor below zero": {func() (*plots.Figure, error) {
			return plots.Loss(plots.LossOptions{Floor: -1}, plots.Curve{Name: "a", Values: []float64{2, 1}})
		}, []string{"Loss", "Floor", "-1"}},
		"letters on a scale below zero": {func() (*plots.Figure, error) {
			return plots.Letters("a", []float64{1}, plots.LettersOptions{What: "loss", Scale: -1})
		}, []string{"Letters", "Scale", "-1"}},
		"letters on an infinite scale": {func() (*plots.Figure, error) {
			return plots.Letters("a", []float64{1}, plots.LettersOptions{What: "loss", Scale: inf})
		}, []string{"Letters", "Scale", "+Inf"}},
		"a year of NaN": {func() (*plots.Figure, error) {
			return plots.Forecast(plots.ForecastOptions{}, plots.Line{Name: "spots", X: []float64{1, nan}, Y: []float64{1, 0}})
		}, []string{"Forecast", "the x of value 1", "spots", "NaN"}},
		"an eigenvalue without a size": {func() (*plots.Figure, error) {
			return plots.Spectrum(plots.Eigenvalues{Name: "W", Values: []complex128{1, complex(math.MaxFloat64, math.MaxFloat64)}})
		}, []string{"Spectrum", "eigenvalue 2", "too large"}},
		"paths whose sum overflows": {func() (*plots.Figure, error) {
			return plots.PathsMap([][]float64{nil, {0, math.MaxFloat64}, {0, math.MaxFloat64, 1}}, "W")
		}, []string{"PathsMap", "sum", "+Inf"}},
		"a melody of a year": {func() (*plots.Figure, error) {
			return plots.PianoRoll("", []plots.Tone{{Length: 1, Pitch: 60}, {Start: 1e6, Length: 1, Pitch: 60}}, 0)
		}, []string{"PianoRoll", "tone 2", "at most 1000"}},
		"no eigenvalues": {func() (*plots.Figure, error) { return plots.Spectrum(plots.Eigenvalues{Name: "W"}) }, []string{"Spectrum", `"W"`, "no eigenvalues"}},
		"an infinite eigenvalue": {func() (*plots.Figure, error) {
			return plots.Spectrum(plots.Eigenvalues{Name: "W", Values: []complex128{complex(inf, 0)}})
		}, []string{"Spectrum", `"W"`, "eigenvalue 1"}},
		"heat without values": {func() (*plots.Figure, error) { return plots.HeatMap(nil, plots.HeatOptions{Floor: 1}) }, []string{"HeatMap", "no values"}},
		"heat below zero": {func() (*plots.Figure, error) {
			return plots.HeatMap([][]float64{{1}, {-1}}, plots.HeatOptions{Floor: 1e-3})
		}, []string{"HeatMap", "row 1, column 0", "-1"}},
		"heat without a floor":  {func() (*plots.Figure, error) { return plots.HeatMap([][]float64{{1}}, plots.HeatOptions{}) }, []string{"HeatMap", "floor", "positive"}},
		"a melody of no tones":  {func() (*plots.Figure, error) { return plots.PianoRoll("", nil, 0) }, []string{"PianoRoll", "no tones"}},
		"a tone without length": {func() (*plots.Figure, error) { return plots.PianoRoll("", []plots.Tone{{Pitch: 60}}, 0) }, []string{"PianoRoll", "tone 1", "length"}},
		"a text of no letters":  {func() (*plots.Figure, error) { return plots.Letters("", nil, plots.LettersOptions{What: "loss"}) }, []string{"Letters", "loss", "empty"}},
		"a control character": {func() (*plots.Figure, error) {
			return plots.Letters("a\t", []float64{1, 2}, plots.LettersOptions{What: "loss"})
		}, []string{"Letters", "character 2", `\t`}},
		"curves without a title": {func() (*plots.Figure, error) {
			return plots.Curves(plots.CurvesOptions{}, plots.Line{Name: "a", X: []float64{1, 2}, Y: []float64{1, 2}})
		}, []string{"Curves", "title"}},
		"no curves": {func() (*plots.Figure, error) { return plots.Curves(plots.CurvesOptions{Title: "t"}) }, []string{"Curves", "at least one"}},
		"a point at NaN": {func() (*plots.Figure, error) {
			return plots.Curves(plots.CurvesOptions{Title: "t", Points: []plots.Point{{Name: "p", X: nan}}}, plots.Line{Name: "a", X: []float64{1, 2}, Y: []float64{1, 2}})
		}, []string{"Curves", `"p"`, "NaN"}},
		"a point at 0 of a logarithmic axis": {func() (*plots.Figure, error) {
			return plots.Curves(plots.CurvesOptions{Title: "t", LogX: true, Points: []plots.Point{{Name: "p", Y: 1}}}, plots.Line{Name: "a", X: []float64{1, 2}, Y: []float64{1, 2}})
		}, []string{"Curves", `"p"`, "logarithmic"}},
		"a range that ends before it begins": {func() (*plots.Figure, error) {
			return plots.Curves(plots.CurvesOptions{Title: "t", Ranges: []plots.Range{{Name: "r", From: 2, To: 1}}}, plots.Line{Name: "a", X: []float64{1, 2}, Y: []float64{1, 2}})
		}, []string{"Curves", `"r"`, "from 2 to 1"}},
		"an included point at NaN": {func() (*plots.Figure, error) {
			return plots.Curves(plots.CurvesOptions{Title: "t", Include: []plots.Point{{Name: "p", Y: nan}}}, plots.Line{Name: "a", X: []float64{1, 2}, Y: []float64{1, 2}})
		}, []string{"Curves", `"p"`, "NaN"}},
		"a range from 0 on a logarithmic axis": {func() (*plots.Figure, error) {
			return plots.Curves(plots.CurvesOptions{Title: "t", LogX: true, Ranges: []plots.Range{{Name: "r", To: 1}}}, plots.Line{Name: "a", X: []float64{1, 2}, Y: []float64{1, 2}})
		}, []string{"Curves", `"r"`, "logarithmic"}},
		"signed bars without a title": {func() (*plots.Figure, error) {
			return plots.SignedBars("", "y", []string{"a"}, plots.Series{Name: "s", Values: []float64{1}})
		}, []string{"SignedBars", "title"}},
		"signed bars without series": {func() (*plots.Figure, error) { return plots.SignedBars("t", "y", []string{"a"}) }, []string{"SignedBars", "at least one"}},
		"a signed bar of NaN": {func() (*plots.Figure, error) {
			return plots.SignedBars("t", "y", []string{"a", "b"}, plots.Series{Name: "s", Values: []float64{1, nan}})
		}, []string{"SignedBars", `"b" of "s"`, "NaN"}},
		"steps without a title": {func() (*plots.Figure, error) { return plots.StateSteps("") }, []string{"StateSteps", "title"}},
		"no walk":               {func() (*plots.Figure, error) { return plots.StateSteps("t") }, []string{"StateSteps", "at least one"}},
		"a walk of one point": {func() (*plots.Figure, error) {
			return plots.StateSteps("t", plots.StateWalk{Name: "w", Points: []plots.Point{{Name: "0"}}})
		}, []string{"StateSteps", `"w"`, "1 points"}},
		"a walk to infinity": {func() (*plots.Figure, error) {
			return plots.StateSteps("t", plots.StateWalk{Name: "w", Points: []plots.Point{{Name: "0"}, {Name: "p", X: inf}}})
		}, []string{"StateSteps", `point 2 of the walk "w", "p"`, "+Inf"}},
		"letters that the font lacks": {func() (*plots.Figure, error) {
			return plots.Bars([]string{"नमस्ते"}, plots.Series{Name: "ŷ", Values: []float64{1}})
		}, []string{"नमस्ते"}},
	} {
		figure, err := c.draw()
		if err == nil || figure != nil {
			t.Errorf("%s: no error", name)
			continue
		}
		for _, word := range append(c.says, "plots: ") {
			if !strings.Contains(err.Error(), word) {
				t.Errorf("%s: the error is %q, it does not say %q", name, err, word)
			}
		}
	}
}

func TestListsThatDoNotFitPanic(t *testing.T) {
	for name, c := range map[string]struct {
		draw draw
		says []string
	}{
		"bars": {func() (*plots.Figure, error) {
			return plots.Bars([]string{"a", "b"}, plots.Series{Name: "ŷ", Values: []float64{1}})
		}, []string{"1 values", "2 labels"}},
		"grid": {func() (*plots.Figure, error) {
			return plots.Grid([][]float64{{1, 2}}, plots.GridOptions{Columns: []string{"a"}})
		}, []string{"1×2", "1 columns"}},
		"a frame in a row too many": {func() (*plots.Figure, error) {
			return plots.Grid([][]float64{{1, 2}}, plots.GridOptions{Highlight: [][2]int{{1, 0}}})
		}, []string{"Grid", "row 1, column 0"}},
		"a frame in a column too many": {func() (*plots.Figure, error) {
			return plots.Grid([][]float64{{1, 2}, {3}}, plots.GridOptions{Highlight: [][2]int{{0, 0}, {1, 1}}})
		}, []string{"Grid", "row 1, column 1"}},
		"paths": {func() (*plots.Figure, error) { return plots.PathsMap([][]float64{nil, {0, 1, 2}}, "W") }, []string{"row 1 has 3"}},
		"lines": {func() (*plots.Figure, error) {
			return plots.TruncationError(plots.Line{Name: "W", X: []float64{1}, Y: []float64{1, 2}})
		}, []string{"TruncationError", `"W"`, "1 values of x and 2 of y"}},
		"truncated": {func() (*plots.Figure, error) { return plots.Truncated(4, 0) }, []string{"Truncated(4, 0)"}},
		"letters": {func() (*plots.Figure, error) {
			return plots.Letters("ab", []float64{1}, plots.LettersOptions{})
		}, []string{"2 characters", "1 values"}},
		"tones": {func() (*plots.Figure, error) {
			return plots.PianoRoll("", []plots.Tone{{Start: 0, Length: 1, Pitch: 60}}, -1)
		}, []string{"PianoRoll", "written is -1"}},
		"signed bars": {func() (*plots.Figure, error) {
			return plots.SignedBars("t", "y", []string{"a", "b"}, plots.Series{Name: "s", Values: []float64{1}})
		}, []string{"SignedBars", "1 values", "2 labels"}},
		"names of arrows": {func() (*plots.Figure, error) {
			return plots.StateSteps("t", plots.StateWalk{Name: "w", Points: []plots.Point{{Name: "0"}, {Name: "p", X: 1}}, Arrows: []string{"a", "b"}})
		}, []string{"StateSteps", "1 arrows", "2 names"}},
		"routes": {func() (*plots.Figure, error) { return plots.Routes(2, 3, 0) }, []string{"Routes(2, 3, 0)"}},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				said, _ := recover().(string)
				for _, word := range append(c.says, "plots: ") {
					if !strings.Contains(said, word) {
						t.Errorf("the panic is %q, it does not say %q", said, word)
					}
				}
			}()
			_, _ = c.draw()
		})
	}
}

func TestBarsNameTies(t *testing.T) {
	for _, c := range []struct {
		values []float64
		title  string
	}{
		{[]float64{0.5, 0.5}, "a coin: heads, tails are most likely, 0.5000 each"},
		{[]float64{0.50001, 0.49999}, "a coin: heads, tails are most likely, 0.5000 each"}, // they read the same
		{[]float64{0.4, 0.6}, "a coin: tails is most likely, 0.6000"},
	} {
		figure, err := plots.Bars([]string{"heads", "tails"}, plots.Series{Name: "a coin", Values: c.values})
		if err != nil {
			t.Fatal(err)
		}
		if got := figure.Title(); got != c.title {
			t.Errorf("the title for %v is %q, want %q", c.values, got, c.title)
		}
	}
}

// Each point of a line is said once in the alternative text, however few there are.
func TestAltSaysAPointOnce(t *testing.T) {
	for n, want := range map[int]string{
		2: "RNN: from 9.00 at 1 to 8.00 at 2.",
		3: "RNN: 9.00 at 1, 8.00 at 2, 7.00 at 3.",
		4: "RNN: 9.00 at 1, 8.00 at 2, 7.00 at 3, 6.00 at 4.",
		5: "RNN: 9.00 at 1, 8.00 at 2, 7.00 at 3, 6.00 at 4, 5.00 at 5.",
	} {
		x, y := []float64{1, 2, 3, 4, 5}, []float64{9, 8, 7, 6, 5}
		figure, err := plots.TruncationError(plots.Line{Name: "RNN", X: x[:n], Y: y[:n]})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(figure.Alt(), want) {
			t.Errorf("%d points: the alternative text is %q, want it to end in %q", n, figure.Alt(), want)
		}
	}
}

// Rows may differ in length, down to an empty one.
func TestRowsMayDifferInLength(t *testing.T) {
	ragged := [][]float64{{1}, {2, 3}, {}}
	grid, err := plots.Grid(ragged, plots.GridOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if want := "3 rows, 2 columns"; grid.Title() != want || !strings.HasPrefix(grid.Alt(), want) {
		t.Errorf("the title of the grid is %q, its alternative text %q: want %q in both", grid.Title(), grid.Alt(), want)
	}
	if bad := "row 3"; strings.Contains(grid.Alt(), bad) {
		t.Errorf("the alternative text of the grid is %q: %s has no values to say", grid.Alt(), bad)
	}
	heat, err := plots.HeatMap(ragged, plots.HeatOptions{Floor: 0.1})
	if err != nil {
		t.Fatal(err)
	}
	if want := "2.00 at 0"; !strings.Contains(heat.Alt(), want) {
		t.Errorf("the alternative text of the heat map is %q, want %q in it", heat.Alt(), want)
	}
}

// Steps, rows and columns are counted: however few there are, no tick is between two.
func TestCountedAxesHaveNoTicksBetweenIntegers(t *testing.T) {
	for name, c := range map[string]struct {
		draw draw
		last string // the label of the last tick
	}{
		"the steps of a line": {func() (*plots.Figure, error) {
			return plots.TruncationError(plots.Line{Name: "W", X: []float64{1, 2, 3, 4}, Y: []float64{40, 20, 10, 0}})
		}, "4"},
		"the rows of a heat map": {func() (*plots.Figure, error) {
			return plots.HeatMap([][]float64{{1}, {1}, {1}, {1}}, plots.HeatOptions{Floor: 0.01})
		}, "3"},
		"the columns of a heat map": {func() (*plots.Figure, error) {
			return plots.HeatMap([][]float64{{1, 1, 1, 1}}, plots.HeatOptions{Floor: 0.01})
		}, "3"},
	} {
		figure, err := c.draw()
		if err != nil {
			t.Fatal(err)
		}
		svg, err := figure.SVG()
		if err != nil {
			t.Fatal(err)
		}
		if label := regexp.MustCompile(`\d\.5</text>`).Find(svg); label != nil {
			t.Errorf("%s: there is a tick with the label %s", name, label)
		}
		if !regexp.MustCompile(`>\s*` + c.last + `</text>`).Match(svg) {
			t.Errorf("%s: there is no tick with the label %s", name, c.last)
		}
	}
}
