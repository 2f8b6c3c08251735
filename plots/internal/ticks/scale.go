package ticks

import "math"

// The ranges that an axis can have. Beyond them gonum/plot computes infinities.
const (
	narrowest = 1e-12  // a part of the size of its numbers: there are labels for no less
	Smallest  = 1e-300 // in units
)

// Range returns a range of a linear axis that holds the numbers from low to high, which are
// drawn as one if they are so close that no labels could tell them apart: the neighbours of
// a float64, or what is left of 0 below 1e-300.
func Range(low, high float64) (float64, float64) {
	size := math.Max(math.Abs(low), math.Abs(high))
	if Span(low, high) >= math.Max(narrowest*size, Smallest) {
		return low, high
	}
	middle, half := low/2+high/2, math.Max(size/5, Smallest)
	if size == 0 {
		half = 1
	}
	return Finite(middle - half), Finite(middle + half)
}

// LogRange returns the range of a logarithmic axis that holds the positive numbers from low
// to high, with a margin of a part of its length, and of a factor at least.
func LogRange(low, high, part, least float64) (float64, float64) {
	room := math.Pow(high/low, part)
	if math.IsInf(room, 1) {
		room = math.Exp(part * (math.Log(high) - math.Log(low)))
	}
	room = math.Max(room, least)
	if high*room-low/room < narrowest*high {
		room = 2
	}
	return math.Max(low/room, math.SmallestNonzeroFloat64), Finite(high * room)
}

// Span returns high − low, or the largest float64 where that is none.
func Span(low, high float64) float64 { return Finite(high - low) }

// Finite returns v, or the largest float64 of its sign if it is infinite.
func Finite(v float64) float64 {
	return math.Max(-math.MaxFloat64, math.Min(v, math.MaxFloat64))
}

// LinearScale is a [plot.Normalizer] like plot.LinearScale, also for ranges whose length is
// no float64.
type LinearScale struct{}

// Normalize implements plot.Normalizer.
func (LinearScale) Normalize(min, max, x float64) float64 {
	if span := max - min; !math.IsInf(span, 0) {
		return (x - min) / span
	}
	return (x/2 - min/2) / (max/2 - min/2)
}

// LogFraction returns where v is between low and high on a logarithmic scale, from 0 to 1.
func LogFraction(v, low, high float64) float64 {
	if ratio := high / low; !math.IsInf(ratio, 1) {
		return math.Log(v/low) / math.Log(ratio)
	}
	return (math.Log(v) - math.Log(low)) / (math.Log(high) - math.Log(low))
}
