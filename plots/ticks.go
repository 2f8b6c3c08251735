package plots

import (
	"math"

	"gonum.org/v1/plot"
)

// linear puts about five round numbers on an axis, written with a true minus.
type linear struct{}

// Ticks implements plot.Ticker.
func (linear) Ticks(min, max float64) []plot.Tick {
	if !(max > min) {
		return []plot.Tick{{Value: min, Label: short(min)}}
	}
	step := math.Pow(10, math.Floor(math.Log10((max-min)/4)))
	for _, factor := range []float64{1, 2, 5, 10} {
		if (max-min)/(step*factor) <= 6 {
			step *= factor
			break
		}
	}
	places := int(math.Max(0, -math.Floor(math.Log10(step)+1e-9)))
	var ticks []plot.Tick
	for i := math.Ceil(min/step - 1e-9); i*step <= max+1e-9*step; i++ {
		ticks = append(ticks, plot.Tick{Value: i * step, Label: number(i*step, places)})
	}
	return ticks
}

// powers labels the powers of ten of a logarithmic axis, with unlabelled ticks at
// their multiples. gonum/plot's own panics where the axis has no length and labels
// hardly anything on a short one: then 2 and 5 are labelled here too.
type powers struct{}

// Ticks implements plot.Ticker.
func (powers) Ticks(min, max float64) []plot.Tick {
	few := math.Log10(max/min) < 2
	many := math.Ceil(math.Log10(max/min) / 8)
	var ticks []plot.Tick
	for exponent := math.Floor(math.Log10(min)); exponent <= math.Ceil(math.Log10(max)); exponent++ {
		for m := 1.0; m < 10; m++ {
			v := m * math.Pow(10, exponent)
			if v < min*(1-1e-9) || v > max*(1+1e-9) || many > 1 && m > 1 {
				continue // over many powers the multiples would be a grey bar
			}
			tick := plot.Tick{Value: v}
			if m == 1 && math.Mod(exponent, math.Max(1, many)) == 0 || few && (m == 2 || m == 5) {
				tick.Label = power(v, m, int(exponent))
			}
			ticks = append(ticks, tick)
		}
	}
	return ticks
}

func power(v, mantissa float64, exponent int) string {
	if exponent >= -3 && exponent <= 3 {
		return number(v, int(math.Max(0, float64(-exponent))))
	}
	s := "10" + superscript(exponent)
	if mantissa != 1 {
		s = number(mantissa, 0) + "·" + s
	}
	return s
}
