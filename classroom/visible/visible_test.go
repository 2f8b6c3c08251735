package visible

import (
	"math"
	"slices"
	"strings"
	"testing"
)

func TestAStudentSeesWhatDiffers(t *testing.T) {
	times := func(M [][]float64, x []float64) []float64 {
		y := make([]float64, len(M))
		for i := range M {
			for j := range x {
				y[i] += M[i][j] * x[j]
			}
		}
		return y
	}
	tanh := func(a []float64) []float64 {
		for i := range a {
			a[i] = math.Tanh(a[i])
		}
		return a
	}
	for name, c := range map[string]struct {
		task     string
		function any
		want     []string // the beginnings of the lines
	}{
		"right":     {"product", times, []string{"✓ Ux for the word bat"}},
		"forgotten": {"step", func(U, W [][]float64, x, h []float64) []float64 { return tanh(times(U, x)) }, []string{"✓ baseball, from the state zero", "✗ bat, after baseball: entry [0] is 0.0997, expected is 0.3303 (relative error 0.7). That is tanh(Ux): did you add Wh?"}},
		"panic":     {"product", func(M [][]float64, x []float64) []float64 { return x[5:] }, []string{"✗ Ux for the word bat: the function panics: runtime error: slice bounds"}},
		"form":      {"product", func(x float64) float64 { return x }, []string{"✗ `times` has the form `func(float64) float64`, asked for is `func([][]float64, []float64) []float64`"}},
		"two back":  {"forward", func(U, W, V [][]float64, h []float64, words []int) (a, b [][]float64) { return nil, nil }, []string{"✗ baseball bat: result 1: it is nil, expected are 2 entries"}},
		"no task":   {"nine", times, []string{"✗ there is no task \"nine\""}},
	} {
		got := lines(c.task, c.function)
		if !slices.EqualFunc(got, c.want, strings.HasPrefix) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
