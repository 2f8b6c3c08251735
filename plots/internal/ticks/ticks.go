// Package ticks places and labels the ticks of an axis, and holds the scales on which any
// finite numbers can be drawn. It knows nothing of charts.
//
// Whatever the numbers, there are at most twenty ticks with a label, no two labels are the
// same, and none is longer than 23 characters: with a sign, 14 digits, which tell numbers apart
// that differ by a part of [narrowest], and an exponent. [Sparse] leaves out what does not fit.
package ticks

import (
	"math"
	"slices"
	"unicode/utf8"

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
	quarter := max/4 - min/4 // max − min may be no float64
	if !(quarter > 0) {
		return []plot.Tick{{Value: min, Label: format.Significant(min)}}
	}
	step := math.Pow(10, math.Floor(math.Log10(quarter)))
	for _, factor := range []float64{1, 2, 5, 10} {
		if quarter/(step*factor) <= 1.5 {
			step *= factor
			break
		}
	}
	step = math.Max(step, smallest)
	label := labels(math.Max(math.Abs(min), math.Abs(max)), step)
	var ticks []plot.Tick
	slack := 1e-9 * math.Min(1, quarter/step) // in steps
	// Where numbers are larger than 2⁵³ steps, i++ does not change i.
	for i := math.Ceil(min/step - slack); i*step <= Finite(max+slack*step) && len(ticks) < 20; i++ {
		tick := plot.Tick{Value: i * step, Label: label(i * step)}
		if n := len(ticks); n > 0 && (ticks[n-1].Value == tick.Value || ticks[n-1].Label == tick.Label) {
			break
		}
		ticks = append(ticks, tick)
	}
	return ticks
}

// labels returns what writes the multiples of a step up to a size: with the decimals of the
// step, or as a power of ten where these would be many or the size is large.
func labels(size, step float64) func(float64) string {
	exponent := math.Floor(math.Log10(step) + 1e-9)
	decimals := int(math.Max(0, -exponent))
	if size < 1e7 && (size >= 1e-3 || decimals <= 6) {
		return func(v float64) string { return format.Fixed(v, decimals) }
	}
	digits := int(math.Max(1, math.Floor(math.Log10(size))-exponent))
	return func(v float64) string { return format.Scientific(v, digits) }
}

// UpTo is a [plot.Ticker] like [Linear] that places no tick above Max, where an axis
// goes on only to make room for a legend.
type UpTo struct{ Max float64 }

// Ticks implements plot.Ticker.
func (u UpTo) Ticks(min, _ float64) []plot.Tick { return Linear{}.Ticks(min, u.Max) }

// Log is a [plot.Ticker] for logarithmic axes: it labels the powers of ten and places
// ticks without labels at their multiples. On an axis of less than two decades it
// labels the multiples by 2 and 5 too, and on one that holds not even two of these round
// numbers as on a linear one.
//
// plot.LogTicks panics where the smallest and the largest value are equal, and leaves
// short axes almost without labels.
type Log struct{}

// Ticks implements plot.Ticker.
func (Log) Ticks(min, max float64) []plot.Tick {
	decades := math.Log10(max / min)
	if math.IsInf(decades, 1) {
		decades = math.Log10(max) - math.Log10(min)
	}
	short, every := decades < 2, math.Max(1, math.Ceil(decades/8))
	var ticks []plot.Tick
	labelled := 0
	for exponent := math.Floor(math.Log10(min)); exponent <= math.Ceil(math.Log10(max)); exponent++ {
		round := math.Mod(exponent, every) == 0
		for m := 1.0; m < 10; m++ {
			v := m * math.Pow(10, exponent)
			if v < min*(1-1e-9) || v > max*(1+1e-9) || every > 1 && m > 1 || every > 5 && !round || v == 0 || math.IsInf(v, 1) {
				continue // over many decades the multiples would merge into a grey bar
			}
			tick := plot.Tick{Value: v}
			if m == 1 && round || short && (m == 2 || m == 5) {
				tick.Label = logLabel(v, m, int(exponent))
				labelled++
			}
			ticks = append(ticks, tick)
		}
	}
	if labelled < 2 {
		ticks = slices.DeleteFunc(linear(min, max, 0), func(t plot.Tick) bool { return t.Value < min })
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

// Sparse is a [plot.Ticker] that leaves out labels of another, if together they have more
// characters than fit side by side.
type Sparse struct {
	plot.Ticker
	Characters int
}

// Ticks implements plot.Ticker.
func (s Sparse) Ticks(low, high float64) []plot.Tick {
	ticks := s.Ticker.Ticks(low, high)
	var at []int
	longest := 0
	for i, tick := range ticks {
		if n := utf8.RuneCountInString(tick.Label); n > 0 {
			at, longest = append(at, i), max(longest, n)
		}
	}
	if longest == 0 {
		return ticks
	}
	every := (len(at)*longest + s.Characters - 1) / s.Characters
	for k, i := range at {
		if every > 1 && k%every != 0 {
			ticks[i].Label = ""
		}
	}
	return ticks
}
