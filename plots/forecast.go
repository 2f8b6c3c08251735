package plots

import (
	"cmp"
	"math"

	"rnn101/plots/internal/axes"
	"rnn101/plots/internal/check"
	"rnn101/plots/internal/format"
)

// ForecastOptions says how a series and its forecasts are drawn.
type ForecastOptions struct {
	Title string  // what the chart shows
	Y     string  // what is measured
	X     string  // empty: year
	Begin float64 // a vertical line where the forecast begins; 0: none
}

// Forecast draws a series that was observed, in black, and forecasts of it. It returns
// an error for a value that is not finite, and for a series of fewer than two values.
func Forecast(o ForecastOptions, observed Line, forecasts ...Line) (*Figure, error) {
	series := append([]Line{observed}, forecasts...)
	var all axes.Lines
	if err := addSeries("Forecast", &all, series); err != nil {
		return nil, err
	}
	if err := check.Option("Forecast", "Begin", o.Begin, -math.MaxFloat64); err != nil {
		return nil, err
	}
	o.X = cmp.Or(o.X, texts.Text("forecast.x"))
	a := axes.New(760, 420, o.Title, o.X, o.Y)
	if o.Begin != 0 {
		all.Ranges = []axes.Range{{Name: texts.Text("forecast.line"), From: o.Begin, To: o.Begin}}
	}
	a.AddForecast(all)
	alt := texts.Text("forecast.alt", o.Title)
	if o.Begin != 0 {
		alt += " " + texts.Text("forecast.begin", format.Coordinate(o.Begin))
	}
	return newFigure(a.Drawing(), alt+" "+describe(series))
}
