package format

import (
	"math"
	"math/cmplx"
	"slices"
)

// Largest returns the largest value with a number of decimals, and the indices of all
// values that are equal to it with these decimals.
func Largest(values []float64, decimals int) (largest string, at []int) {
	largest = Fixed(slices.Max(values), decimals)
	for i, v := range values {
		if Fixed(v, decimals) == largest {
			at = append(at, i)
		}
	}
	return largest, at
}

// Mean returns the mean of the values.
func Mean(values []float64) float64 {
	sum, parts, n := 0.0, 0.0, float64(len(values))
	for _, v := range values {
		sum, parts = sum+v, parts+v/n
	}
	if math.IsInf(sum, 0) || math.IsNaN(sum) {
		return parts
	}
	return sum / n
}

// Between returns the indices of at most three points spread evenly between the first
// and the last of n.
func Between(n int) []int {
	var at []int
	last := n - 1
	for _, i := range []int{last / 4, last / 2, 3 * last / 4} {
		if i > 0 && i < last && !slices.Contains(at, i) {
			at = append(at, i)
		}
	}
	return at
}

// Milestones returns the round numbers of steps below the last step.
func Milestones(last int) []int {
	all := []int{1, 10, 50, 100, 200, 500, 1000, 2000, 5000, 10000}
	end, _ := slices.BinarySearch(all, last)
	return all[:end]
}

// MostSentences is for how many series a title has a sentence each. More would bury the
// chart.
const MostSentences = 6

// Title returns a title that has a sentence for each series, or for many series what many
// says: how many there are, and from where to where their values go.
func Title[T any](series []T, separator string, many func(n int, low, high string) string, value func(T) float64, sentence func(T) string) string {
	if len(series) <= MostSentences {
		return Join(series, separator, sentence)
	}
	low, high := value(series[0]), value(series[0])
	for _, s := range series {
		low, high = min(low, value(s)), max(high, value(s))
	}
	return many(len(series), Significant(low), Significant(high))
}

// Course says in a word how values go, as far as their leading digits tell: "falls" or
// "rises" from the first to the last, "stays" where all are read as one number, "returns"
// where only these two are.
func Course(values []float64) string {
	first, last := values[0], values[len(values)-1]
	switch same := func(v float64) bool { return Significant(v) == Significant(first) }; {
	case !same(last) && last > first:
		return "rises"
	case !same(last):
		return "falls"
	case slices.ContainsFunc(values, func(v float64) bool { return !same(v) }):
		return "returns"
	}
	return "stays"
}

// Leading returns how many of the first values are at least limit.
func Leading(values []float64, limit float64) int {
	n := slices.IndexFunc(values, func(v float64) bool { return v < limit })
	if n < 0 {
		return len(values)
	}
	return n
}

// Settled returns the index from which on all values are below limit: len(values) if
// the last one is not.
func Settled(values []float64, limit float64) int {
	i := len(values)
	for i > 0 && values[i-1] < limit {
		i--
	}
	return i
}

// Spectrum returns the spectral radius, and how many eigenvalues are outside the unit
// circle.
func Spectrum(eigenvalues []complex128) (radius float64, outside int) {
	for _, v := range eigenvalues {
		radius = math.Max(radius, cmplx.Abs(v))
		if cmplx.Abs(v) > 1 {
			outside++
		}
	}
	return radius, outside
}
