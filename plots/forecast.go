package plots

import (
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
)

// ForecastOptions says how a series and its forecasts are drawn.
type ForecastOptions struct {
	Title string  // what the chart shows
	Y     string  // what is measured
	X     string  // empty: year
	Begin float64 // a vertical line where the forecast begins; 0: none
}

// Forecast draws a series that was observed, in black, and forecasts of it. It returns
// an error for a value that is not finite, and for fewer than two.
func Forecast(o ForecastOptions, observed Line, forecasts ...Line) (*Figure, error) {
	all := append([]Line{observed}, forecasts...)
	if err := (lines{chart: "Forecast", series: all}).check(); err != nil {
		return nil, err
	}
	x := o.X
	if x == "" {
		x = texts.Text("forecast.x")
	}
	a := newAxes(760, 380, o.Title, x, o.Y)
	l := lines{chart: "Forecast", series: forecasts}
	points := make(plotter.XYs, len(observed.X))
	for i := range points {
		points[i] = plotter.XY{X: observed.X[i], Y: observed.Y[i]}
	}
	line, dots, _ := plotter.NewLinePoints(points)
	line.LineStyle = draw.LineStyle{Color: Black, Width: Px(1.2)}
	dots.GlyphStyle = draw.GlyphStyle{Color: Black, Radius: Px(1.8), Shape: draw.CircleGlyph{}}
	a.Add(line, dots)
	a.Legend.Add(observed.Name, line, dots)
	l.draw(a)
	x0, x1, y0, y1 := lines{series: all}.bounds()
	room := 0.05 * (y1 - y0)
	a.X.Min, a.X.Max, a.Y.Min, a.Y.Max = x0, x1, y0-room, y1+room*(2+2*float64(len(all))) // for the legend
	a.Y.Tick.Marker = UpTo{y1}
	alt := texts.Text("forecast.alt", o.Title)
	if o.Begin != 0 {
		border, _ := plotter.NewLine(plotter.XYs{{X: o.Begin, Y: a.Y.Min}, {X: o.Begin, Y: a.Y.Max}})
		border.LineStyle = draw.LineStyle{Color: Grey, Width: Px(1.5), Dashes: dashes[2]}
		a.Add(border)
		alt = sentences(alt, texts.Text("forecast.begin", plain(o.Begin)))
	}
	names := []string{o.Title, o.Y, x}
	for _, s := range all {
		names = append(names, s.Name)
	}
	return a.done(sentences(alt, fromTo(all)), names...)
}
