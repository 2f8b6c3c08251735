package ticks_test

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot"

	"rnn101/plots/internal/ticks"
)

func labels(all []plot.Tick) string {
	var s []string
	for _, tick := range all {
		if tick.Label != "" {
			s = append(s, tick.Label)
		}
	}
	return strings.Join(s, " ")
}

func TestLabelsHaveTheDigitsThatTellThemApart(t *testing.T) {
	for _, c := range []struct {
		ticker   plot.Ticker
		min, max float64
		want     string
	}{
		{ticks.Linear{}, 0, 5, "0 1 2 3 4 5"},
		{ticks.Linear{}, -0.3, 0.3, "−0.3 −0.2 −0.1 0.0 0.1 0.2 0.3"},
		{ticks.Linear{}, 0, 4e7, "0 1·10⁷ 2·10⁷ 3·10⁷ 4·10⁷"},
		{ticks.Linear{}, 1e30, 1.0003e30, "1.00000·10³⁰ 1.00005·10³⁰ 1.00010·10³⁰ 1.00015·10³⁰ 1.00020·10³⁰ 1.00025·10³⁰ 1.00030·10³⁰"},
		{ticks.Linear{}, 0, 3e-300, "0 1·10⁻³⁰⁰ 2·10⁻³⁰⁰ 3·10⁻³⁰⁰"},
		{ticks.Linear{}, 0.77, 0.770000003, "0.770000000 0.770000001 0.770000002 0.770000003"},
		{ticks.Linear{}, -math.MaxFloat64, math.MaxFloat64, "−1·10³⁰⁸ 0 1·10³⁰⁸"},
		{ticks.Integer{}, 0, 2, "0 1 2"},
		{ticks.Integer{}, 1.7e12, 1.7e12 + 3, "1.700000000000·10¹² 1.700000000001·10¹² 1.700000000002·10¹² 1.700000000003·10¹²"},
		{ticks.Log{}, 1, 1000, "1 10 100 1000"},
		{ticks.Log{}, 1e-300, 1e300, "10⁻³⁰⁰ 10⁻²²⁵ 10⁻¹⁵⁰ 10⁻⁷⁵ 1 10⁷⁵ 10¹⁵⁰ 10²²⁵ 10³⁰⁰"},
		{ticks.Log{}, 3, 3.3, "3.00 3.05 3.10 3.15 3.20 3.25 3.30"},
		{ticks.Sparse{Ticker: ticks.Linear{}, Characters: 20}, 0.77, 0.770000003, "0.770000000 0.770000003"},
	} {
		if got := labels(c.ticker.Ticks(c.min, c.max)); got != c.want {
			t.Errorf("%T from %v to %v: %s, want %s", c.ticker, c.min, c.max, got, c.want)
		}
	}
}

// FuzzTicks places ticks on axes of any finite numbers, as ticks.Range makes them.
func FuzzTicks(f *testing.F) {
	for _, v := range []float64{0, 1, 1e-300, 1e300, math.MaxFloat64, math.SmallestNonzeroFloat64, 1e30, 0.77} {
		f.Add(v, math.Nextafter(v, math.Inf(1)))
		f.Add(-v, v)
		f.Add(v/2, v)
	}
	f.Fuzz(func(t *testing.T, low, high float64) {
		if !(low <= high) || math.IsInf(low, 0) || math.IsInf(high, 0) {
			return
		}
		from, to := ticks.Range(low, high)
		if !(from <= low && high <= to && from < to) || math.IsInf(from, 0) || math.IsInf(to, 0) {
			t.Fatalf("the range of %v and %v is from %v to %v", low, high, from, to)
		}
		check := func(kind string, all []plot.Tick, from, to float64, least int) {
			seen, n := map[string]bool{}, 0
			for i, tick := range all {
				if tick.Value < from-(to/1e6-from/1e6) || tick.Value > to/1e6-from/1e6+to || i > 0 && tick.Value <= all[i-1].Value {
					t.Errorf("%s from %v to %v: a tick at %v", kind, from, to, tick.Value)
				}
				if tick.Label == "" {
					continue
				}
				if n++; seen[tick.Label] || len([]rune(tick.Label)) > 23 {
					t.Errorf("%s from %v to %v: the label %q is twice there, or too long", kind, from, to, tick.Label)
				}
				seen[tick.Label] = true
			}
			if n < least || n > 20 || len(all) > 100 {
				t.Errorf("%s from %v to %v: %d ticks, %d with a label", kind, from, to, len(all), n)
			}
		}
		check("linear", ticks.Linear{}.Ticks(from, to), from, to, 2)
		check("integer", ticks.Integer{}.Ticks(from, to), from, to, 0)
		if low > 1e-300 { // below there are hardly any numbers
			from, to := ticks.LogRange(low, high, 0.04, 1.02)
			check("logarithmic", ticks.Log{}.Ticks(from, to), from, to, 2)
		}
	})
}
