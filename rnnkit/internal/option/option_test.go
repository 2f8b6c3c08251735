package option_test

import (
	"math"
	"strings"
	"testing"

	"rnn101/rnnkit/internal/option"
)

func TestLearningRate(t *testing.T) {
	for rate, want := range map[float64]float64{0: 0.1, 0.5: 0.5, math.MaxFloat64: math.MaxFloat64} {
		if got := option.LearningRate("test: Step", rate, 0.1); got != want {
			t.Errorf("for %v the learning rate is %v, want %v", rate, got, want)
		}
	}
	for _, rate := range []float64{-1, math.NaN(), math.Inf(1), math.Inf(-1)} {
		func() {
			defer func() {
				if said, _ := recover().(string); !strings.HasPrefix(said, "test: Step: learning rate ") {
					t.Errorf("for %v the panic is %q", rate, said)
				}
			}()
			option.LearningRate("test: Step", rate, 0.1)
		}()
	}
}
