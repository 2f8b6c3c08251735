package plots_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"rnn101/plots"
)

const largest, least = math.MaxFloat64, math.SmallestNonzeroFloat64

// extremes are numbers that have no room on an axis as they are.
var extremes = [][]float64{
	{5, 5}, {0, 0}, {-0.77, -0.7699999999999998}, {1, math.Nextafter(1, 2), 1}, {largest, math.Nextafter(largest, 0)}, {-largest, -largest},
	{-largest, largest}, {0, largest}, {-largest, 0, 1}, {1e-300, 1e300}, {-1e300, 1}, {1e300, 2e300}, {1e30, 3e30}, {1e30, 1.00001e30}, {1e15, 1e15 + 2},
	{1.7e12, 1.7e12 + 10}, {1e-300, 2e-300}, {1e-200, 3e-200}, {least, 2 * least}, {1e-308, 1.3e-308}, {6.7e-308, 6.7e-308}, {0, least}, {-least, least}, {least, largest}, {1, largest, 1}, {3, 3.0000001}, {4, 4.1},
}

var (
	coordinate = regexp.MustCompile(`(?:^|[ ,"MLAmla(])(-?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|NaN|\+?Inf))`)
	written    = regexp.MustCompile(`(?s)<text[^>]*>(.*?)</text>`)
	numeral    = regexp.MustCompile(`^[−\d.·⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+$`)
)

// checkDrawing checks that what a figure draws lies on its page, so that nothing can take
// for ever to draw, that its labels are few, short, and numbers, and that the alternative text
// says no more digits than can be read.
func checkDrawing(t *testing.T, name string, f *plots.Figure) {
	t.Helper()
	svg, err := f.SVG()
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	width, height := f.Size()
	if width > 5000 || height > 5000 {
		t.Errorf("%s: the figure is %v×%v pixels", name, width, height)
	}
	shapes := written.ReplaceAll(svg, nil)
	for _, path := range regexp.MustCompile(` (?:d|points|transform)="[^"]*"`).FindAll(shapes, -1) {
		for _, m := range coordinate.FindAllSubmatch(path, -1) {
			if v, err := strconv.ParseFloat(string(m[1]), 64); err != nil || !(math.Abs(v) <= 2*(width+height)) {
				t.Errorf("%s: something is drawn at %s, the figure is %v×%v pixels", name, m[1], width, height)
				return
			}
		}
	}
	labels := 0
	for _, m := range written.FindAllSubmatch(svg, -1) {
		label := strings.TrimSpace(string(m[1]))
		if strings.Contains(label, "NaN") || strings.Contains(label, "Inf") {
			t.Errorf("%s: there is a label %q", name, label)
		}
		if !numeral.MatchString(label) {
			continue
		}
		if labels++; utf8.RuneCountInString(label) > 23 {
			t.Errorf("%s: the label %q is too long", name, label)
		}
	}
	if labels > 60 {
		t.Errorf("%s: there are %d labels", name, labels)
	}
	if long := regexp.MustCompile(`\d{16}|NaN|Inf`).FindString(f.Alt() + f.Title()); long != "" {
		t.Errorf("%s: the title or the alternative text has %q: %s, %s", name, long, f.Title(), f.Alt())
	}
}

// drawn calls a chart function, which must not panic. A chart with an error is none.
func drawn(t *testing.T, name string, draw draw) *plots.Figure {
	t.Helper()
	f, err := draw()
	switch {
	case err != nil && !strings.HasPrefix(err.Error(), "plots: "):
		t.Errorf("%s: %v", name, err)
	case err == nil:
		checkDrawing(t, name, f)
	}
	return f
}

// chartsOf are all charts that can be made of any numbers.
func chartsOf(v []float64) map[string]draw {
	x := make([]float64, len(v))
	for i := range x {
		x[i] = float64(i + 1)
	}
	line, turned := plots.Line{Name: "a", X: x, Y: v, Markers: true}, plots.Line{Name: "a", X: v, Y: x}
	last := len(v) - 1
	walk := plots.StateWalk{Name: "w", Arrows: make([]string, last)}
	var eigenvalues []complex128
	for i, y := range v {
		walk.Points = append(walk.Points, plots.Point{Name: fmt.Sprint("p", i), X: y, Y: v[last-i]})
		eigenvalues = append(eigenvalues, complex(y/2, v[last-i]/2))
	}
	all := map[string]draw{
		"Curves": func() (*plots.Figure, error) {
			return plots.Curves(plots.CurvesOptions{Title: "t", X: "x", Y: "y", Levels: []plots.Level{{Name: "l", Value: v[0]}}, Points: []plots.Point{{Name: "p", X: 1, Y: v[last]}}}, line)
		},
		"Curves of x": func() (*plots.Figure, error) {
			return plots.Curves(plots.CurvesOptions{Title: "t", X: "x", Y: "y", Ranges: []plots.Range{{Name: "r", From: v[0], To: v[0]}}}, turned)
		},
		"Loss": func() (*plots.Figure, error) {
			return plots.Loss(plots.LossOptions{}, plots.Curve{Name: "a", Values: v})
		},
		"Forecast": func() (*plots.Figure, error) {
			return plots.Forecast(plots.ForecastOptions{Title: "t", Begin: v[0]}, line, turned)
		},
		"SignedBars": func() (*plots.Figure, error) {
			return plots.SignedBars("t", "y", make([]string, len(v)), plots.Series{Name: "a", Values: v})
		},
		"StateSteps": func() (*plots.Figure, error) { return plots.StateSteps("t", walk) },
		"Spectrum": func() (*plots.Figure, error) {
			return plots.Spectrum(plots.Eigenvalues{Name: "W", Values: eigenvalues})
		},
		"Grid": func() (*plots.Figure, error) { return plots.Grid([][]float64{v}, plots.GridOptions{Numbers: true}) },
		"Letters": func() (*plots.Figure, error) {
			return plots.Letters(strings.Repeat("a", len(v)), v, plots.LettersOptions{Title: "t", What: "w", Diverging: true})
		},
		"PathsMap": func() (*plots.Figure, error) {
			return plots.PathsMap([][]float64{nil, {0, v[0]}, {0, v[last], v[0]}}, "W")
		},
		"Unrolled": func() (*plots.Figure, error) {
			return plots.Unrolled(v, []plots.UnrolledStep{{Input: "a", X: v, H: v, Y: v}})
		},
		"Success":         func() (*plots.Figure, error) { return plots.Success(v[0], line) },
		"TruncationError": func() (*plots.Figure, error) { return plots.TruncationError(line, turned) },
		"PianoRoll": func() (*plots.Figure, error) {
			return plots.PianoRoll("t", []plots.Tone{{Start: math.Abs(v[0]), Length: v[last], Pitch: 60}}, 0)
		},
	}
	for i, logarithmic := range []plots.CurvesOptions{{LogX: true}, {LogY: true}, {LogX: true, LogY: true}} {
		logarithmic.Title = "t"
		all[fmt.Sprint("logarithmic Curves ", i)] = func() (*plots.Figure, error) {
			return plots.Curves(logarithmic, line, plots.Line{Name: "b", X: v, Y: v})
		}
	}
	all["Loss on logarithmic axes"] = func() (*plots.Figure, error) {
		return plots.Loss(plots.LossOptions{LogX: true, LogY: true, Floor: 1e-300}, plots.Curve{Name: "a", Values: append([]float64{v[0]}, v...)})
	}
	all["Perplexity"] = func() (*plots.Figure, error) { return plots.Perplexity([]plots.Level{{Name: "l", Value: v[0]}}, line) }
	all["GradientNorms"] = func() (*plots.Figure, error) { return plots.GradientNorms(plots.Distance{Name: "a", Norms: v}) }
	all["HeatMap"] = func() (*plots.Figure, error) {
		return plots.HeatMap([][]float64{v}, plots.HeatOptions{Title: "t", Floor: max(v[0]/2, least)})
	}
	return all
}

func TestAnyFiniteNumbersCanBeDrawn(t *testing.T) {
	for _, v := range extremes {
		for name, draw := range chartsOf(v) {
			begin := time.Now()
			f := drawn(t, fmt.Sprint(name, " of ", v), draw)
			if took := time.Since(begin); took > 20*time.Second {
				t.Errorf("%s of %v takes %v", name, v, took)
			}
			positive := v[0] > 0 && v[len(v)-1] > 0
			if f == nil && (positive || strings.HasPrefix(name, "Curves") || name == "SignedBars") && name != "PianoRoll" && name != "PathsMap" && name != "HeatMap" && name != "Forecast" {
				t.Errorf("%s of %v is refused", name, v)
			}
		}
	}
	// The images, too, for what once never ended.
	for name, draw := range map[string]draw{
		"neighbours":      chartsOf([]float64{-0.77, -0.7699999999999998})["Loss"],
		"powers":          chartsOf([]float64{1, 1.7e308})["logarithmic Curves 1"],
		"the whole range": chartsOf([]float64{-largest, largest})["Curves"],
	} {
		if f, err := draw(); err != nil {
			t.Errorf("%s: %v", name, err)
		} else if _, err := f.PNG(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzAxes draws lines through any numbers: whatever they are, in bounded time and memory.
func FuzzAxes(f *testing.F) {
	for i, v := range extremes {
		data := []byte{byte(i)}
		for _, x := range v {
			data = binary.LittleEndian.AppendUint64(data, math.Float64bits(x))
		}
		f.Add(data)
	}
	f.Add([]byte("70000000\x00000\x00\x00\x00\x00\x00")) // powers of numbers that are hardly any
	f.Add([]byte("7000000000B000000"))                   // as close as can be told apart, far from 1
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) < 17 || len(data) > 1+8*8 {
			return
		}
		var v []float64
		for rest := data[1:]; len(rest) >= 8; rest = rest[8:] {
			v = append(v, math.Float64frombits(binary.LittleEndian.Uint64(rest)))
		}
		half := len(v) / 2
		line := plots.Line{Name: "a", X: v[:half], Y: v[half : 2*half]}
		o := plots.CurvesOptions{Title: "t", LogX: data[0]&1 != 0, LogY: data[0]&2 != 0}
		if data[0]&4 != 0 {
			line = plots.Line{Name: "a", X: v, Y: v}
		}
		begin := time.Now()
		for name, draw := range map[string]draw{
			"Curves":     func() (*plots.Figure, error) { return plots.Curves(o, line) },
			"StateSteps": chartsOf(v)["StateSteps"], "SignedBars": chartsOf(v)["SignedBars"],
		} {
			drawn(t, fmt.Sprint(name, " of ", v, o.LogX, o.LogY), draw)
		}
		if took := time.Since(begin); took > 10*time.Second {
			t.Errorf("%v takes %v", v, took)
		}
	})
}

// However many curves there are, each is named, and the title does not bury them.
func TestManySeriesLeaveRoomForTheChart(t *testing.T) {
	const n = 40
	var curves []plots.Curve
	var lines []plots.Line
	var distances []plots.Distance
	var matrices []plots.Eigenvalues
	for i := range n {
		name, values := fmt.Sprintf("run %02d", i+1), falling(5, 1+float64(i)/100, 100+i)
		curves, distances = append(curves, plots.Curve{Name: name, Values: values}), append(distances, plots.Distance{Name: name, Norms: values})
		lines = append(lines, sampled(name, 1, float64(10+i), 200, func(x float64) float64 { return 1 / x }))
		matrices = append(matrices, plots.Eigenvalues{Name: name, Values: []complex128{complex(float64(i)/10, 0)}})
	}
	for name, draw := range map[string]draw{
		"Loss":            func() (*plots.Figure, error) { return plots.Loss(plots.LossOptions{}, curves...) },
		"GradientNorms":   func() (*plots.Figure, error) { return plots.GradientNorms(distances...) },
		"Perplexity":      func() (*plots.Figure, error) { return plots.Perplexity(nil, lines...) },
		"Success":         func() (*plots.Figure, error) { return plots.Success(0.5, lines...) },
		"TruncationError": func() (*plots.Figure, error) { return plots.TruncationError(lines...) },
		"Spectrum":        func() (*plots.Figure, error) { return plots.Spectrum(matrices...) },
		"Curves": func() (*plots.Figure, error) {
			return plots.Curves(plots.CurvesOptions{Title: strings.Repeat("long ", 300)}, lines...)
		},
	} {
		begin := time.Now()
		f, err := draw()
		if err != nil {
			t.Fatal(err)
		}
		if lines := strings.Count(f.Title(), "\n"); lines > 6 {
			t.Errorf("%s: the title has %d lines", name, lines)
		}
		if name == "Success" || name == "Perplexity" || name == "TruncationError" || name == "GradientNorms" {
			continue // drawn as Curves are
		}
		svg, err := f.SVG()
		if err != nil {
			t.Fatal(err)
		}
		if took := time.Since(begin); took > 60*time.Second {
			t.Errorf("%s takes %v", name, took)
		}
		for i := range n {
			if !bytes.Contains(svg, fmt.Appendf(nil, "run %02d", i+1)) {
				t.Errorf("%s: run %d is not named", name, i+1)
				break
			}
		}
	}
	if f, err := plots.Loss(plots.LossOptions{}, curves...); err != nil || f.Title() != "40 curves end at losses from 1.04 to 1.42" {
		t.Errorf("the title of the losses is %q (%v)", f.Title(), err)
	}
	series := make([]plots.Series, n)
	for i := range series {
		series[i] = plots.Series{Name: "s", Values: []float64{0.1, 0.2, 0.3}}
	}
	for name, draw := range map[string]draw{
		"Bars":       func() (*plots.Figure, error) { return plots.Bars([]string{"a", "b", "c"}, series...) },
		"SignedBars": func() (*plots.Figure, error) { return plots.SignedBars("t", "y", []string{"a", "b", "c"}, series...) },
	} {
		if _, err := draw(); err == nil || !strings.Contains(err.Error(), "are 120 bars: at most 100") {
			t.Errorf("%s with 120 bars: %v", name, err)
		}
	}
	if f := drawn(t, "99 bars", func() (*plots.Figure, error) { return plots.Bars([]string{"a", "b", "c"}, series[:33]...) }); f == nil {
		t.Error("99 bars are refused")
	}
}

// A title and an alternative text say of a curve what its numbers say as they are read.
func TestALossThatStaysDoesNotFall(t *testing.T) {
	for _, c := range []struct {
		values []float64
		title  string
	}{
		{[]float64{5, 5, 5}, "The loss stays at 5.00 for 2 steps"},
		{[]float64{5.001, 5.002, 5.0005}, "The loss stays at 5.00 for 2 steps"},
		{[]float64{5, 7, 5}, "After 2 steps the loss is again 5.00"},
		{[]float64{5, 7, 4.9}, "The loss falls from 5.00 to 4.90 in 2 steps"},
		{[]float64{5, 4, 5.1}, "The loss rises from 5.00 to 5.10 in 2 steps"},
	} {
		f, err := plots.Loss(plots.LossOptions{}, plots.Curve{Name: "a", Values: c.values})
		if err != nil {
			t.Fatal(err)
		}
		sentence := "a: " + strings.ToLower(c.title[:1]) + c.title[1:] + "."
		if f.Title() != c.title || !strings.Contains(f.Alt(), sentence) {
			t.Errorf("%v: the title is %q, want %q; the alternative text %q, want %q in it", c.values, f.Title(), c.title, f.Alt(), sentence)
		}
	}
	f, err := plots.GradientNorms(plots.Distance{Name: "a", Norms: []float64{1, 1, 1}})
	if want := "2 steps back the norm is still 1.00"; err != nil || f.Title() != want {
		t.Errorf("the title of a constant norm is %q (%v), want %q", f.Title(), err, want)
	}
}
