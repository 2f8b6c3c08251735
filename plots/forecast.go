package plots

import (
	"cmp"
	"math"

	"rnn101/plots/internal/axes"
	"rnn101/plots/internal/check"
	"rnn101/plots/internal/format"
	"rnn101/plots/internal/ticks"
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
	a := axes.New(760, 380, o.Title, o.X, o.Y)
	a.AddObserved(all.Series[0])
	a.AddLines(axes.Lines{Series: all.Series[1:]})
	xmin, xmax, ymin, ymax := all.Bounds()
	margin := 0.05 * (ymax - ymin)
	a.X.Min, a.X.Max, a.Y.Min = xmin, xmax, ymin-margin
	a.Y.Max = ymax + margin*(2+2*float64(len(series))) // room for the legend
	a.Y.Tick.Marker = ticks.UpTo{Max: ymax}
	alt := texts.Text("forecast.alt", o.Title)
	if o.Begin != 0 {
		a.AddVertical(o.Begin)
		alt += " " + texts.Text("forecast.begin", format.Coordinate(o.Begin))
	}
	return newFigure(a.Drawing(), alt+" "+describe(series))
}
