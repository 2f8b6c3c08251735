// Package ticks places and labels the ticks of an axis. It knows nothing of charts.
package ticks

import (
	"math"

	"gonum.org/v1/plot"

	"rnn101/plots/internal/format"
)

// Linear is a [plot.Ticker] that places about five round numbers on an axis.
type Linear struct{}

// Ticks implements plot.Ticker.
func (Linear) Ticks(min, max float64) []plot.Tick { return linear(min, max, 0) }

// Integer is a [plot.Ticker] like [Linear] for what is counted, such as steps: it
// places ticks at integers only.
type Integer struct{}

// Ticks implements plot.Ticker.
func (Integer) Ticks(min, max float64) []plot.Tick { return linear(min, max, 1) }

// linear places ticks at multiples of a round number that is at least smallest.
func linear(min, max, smallest float64) []plot.Tick {
	if !(max > min) {
		return []plot.Tick{{Value: min, Label: format.Significant(min)}}
	}
	step := math.Pow(10, math.Floor(math.Log10((max-min)/4)))
	for _, factor := range []float64{1, 2, 5, 10} {
		if (max-min)/(step*factor) <= 6 {
			step *= factor
			break
		}
	}
	step = math.Max(step, smallest)
	decimals := int(math.Max(0, -math.Floor(math.Log10(step)+1e-9)))
	var ticks []plot.Tick
	// Where numbers are larger than 2⁵³ steps, i++ does not change i.
	for i := math.Ceil(min/step - 1e-9); i*step <= max+1e-9*step && len(ticks) < 20; i++ {
		label := format.Fixed(i*step, decimals)
		if math.Max(math.Abs(min), math.Abs(max)) >= 1e7 {
			label = format.Significant(i * step)
		}
		ticks = append(ticks, plot.Tick{Value: i * step, Label: label})
	}
	return ticks
}

// UpTo is a [plot.Ticker] like [Linear] that places no tick above Max, where an axis
// goes on only to make room for a legend.
type UpTo struct{ Max float64 }

// Ticks implements plot.Ticker.
func (u UpTo) Ticks(min, _ float64) []plot.Tick { return Linear{}.Ticks(min, u.Max) }

// Log is a [plot.Ticker] for logarithmic axes: it labels the powers of ten and places
// ticks without labels at their multiples. On an axis of less than two decades it
// labels the multiples by 2 and 5 too.
//
// plot.LogTicks panics where the smallest and the largest value are equal, and leaves
// short axes almost without labels.
type Log struct{}

// Ticks implements plot.Ticker.
func (Log) Ticks(min, max float64) []plot.Tick {
	decades := math.Log10(max / min)
	short, every := decades < 2, math.Max(1, math.Ceil(decades/8))
	var ticks []plot.Tick
	for exponent := math.Floor(math.Log10(min)); exponent <= math.Ceil(math.Log10(max)); exponent++ {
		for m := 1.0; m < 10; m++ {
			v := m * math.Pow(10, exponent)
			if v < min*(1-1e-9) || v > max*(1+1e-9) || every > 1 && m > 1 {
				continue // over many decades the multiples would merge into a grey bar
			}
			tick := plot.Tick{Value: v}
			if m == 1 && math.Mod(exponent, every) == 0 || short && (m == 2 || m == 5) {
				tick.Label = logLabel(v, m, int(exponent))
			}
			ticks = append(ticks, tick)
		}
	}
	return ticks
}

func logLabel(v, mantissa float64, exponent int) string {
	if exponent >= -3 && exponent <= 3 {
		return format.Fixed(v, int(math.Max(0, float64(-exponent))))
	}
	s := "10" + format.Superscript(exponent)
	if mantissa != 1 {
		s = format.Fixed(mantissa, 0) + "·" + s
	}
	return s
}
