package text_test

import (
	"fmt"
	"math"
	"testing"

	"rnn101/rnnkit"
	"rnn101/rnnkit/internal/rnntest"
	"rnn101/rnnkit/text"
)

func TestSamplerDrawsFromTheProbabilities(t *testing.T) {
	// A net of zeros with a bias on the outputs: each token is drawn from softmax(c/τ).
	net := rnnkit.NewRNN(3, 2, 3).WithBiases()
	copy(net.C.RawVector().Data, []float64{math.Log(3), math.Log(6), math.Log(1)})
	for temperature, want := range map[float64][]float64{
		1:                           {0.3, 0.6, 0.1},
		0.5:                         {9.0 / 46, 36.0 / 46, 1.0 / 46},
		1e-10:                       {0, 1, 0},
		1e-308:                      {0, 1, 0},
		math.SmallestNonzeroFloat64: {0, 1, 0},
		math.MaxFloat64:             {1.0 / 3, 1.0 / 3, 1.0 / 3},
	} {
		const n = 20000
		tokens, err := text.Sampler{Temperature: temperature, Seed: 5}.Run(net, nil, []int{0}, n)
		if err != nil || len(tokens) != n {
			t.Fatalf("%d tokens, %v", len(tokens), err)
		}
		counts := make([]float64, 3)
		for _, token := range tokens {
			counts[token]++
		}
		for i := range want { // rnntest.Four standard deviations
			if got := counts[i] / n; math.Abs(got-want[i]) > 4*math.Sqrt(want[i]*(1-want[i])/n) {
				t.Errorf("at temperature %v token %d comes with frequency %v, want %v", temperature, i, got, want[i])
			}
		}
	}
}

func TestSamplerIsRepeatableAndReadsItsPrompt(t *testing.T) {
	net := rnnkit.New(rnnkit.LSTM{}, 5, 6, 5).WithBiases()
	net.Glorot(2)
	net.V.Scale(8, net.V)
	run := func(seed uint64, prompt ...int) string {
		tokens, err := text.Sampler{Temperature: 1, Seed: seed}.Run(net, nil, prompt, 30)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(tokens)
	}
	if first, again := run(1, 0, 1), run(1, 0, 1); first != again {
		t.Error("the same seed gives other tokens")
	}
	if run(1, 0, 1) == run(2, 0, 1) {
		t.Error("another seed gives the same tokens")
	}
	if run(1, 0, 1) == run(1, 4, 1) {
		t.Error("the first token of the prompt changes nothing")
	}
	for name, c := range map[string]struct {
		sampler text.Sampler
		prompt  []int
		says    []string
	}{
		"zero temperature":     {text.Sampler{}, []int{0}, []string{"temperature is 0", "positive"}},
		"negative temperature": {text.Sampler{Temperature: -1}, []int{0}, []string{"temperature is -1", "positive"}},
		"infinite temperature": {text.Sampler{Temperature: math.Inf(1)}, []int{0}, []string{"temperature is +Inf", "finite"}},
		"no number":            {text.Sampler{Temperature: math.NaN()}, []int{0}, []string{"temperature is NaN"}},
		"no prompt":            {text.Sampler{Temperature: 1}, nil, []string{"prompt is empty"}},
		"an unknown token":     {text.Sampler{Temperature: 1}, []int{0, 7}, []string{"token 2", "input 7"}},
	} {
		_, err := c.sampler.Run(net, nil, c.prompt, 3)
		rnntest.WantError(t, name, err, c.says...)
	}
	if tokens, err := (text.Sampler{Temperature: 1}).Run(net, nil, []int{0}, 0); err != nil || len(tokens) != 0 {
		t.Errorf("asked for no token it gives %v, %v", tokens, err)
	}
	rnntest.WantPanic(t, "other outputs", func() { _, _ = text.Sampler{}.Run(rnntest.Lecture(), nil, []int{0}, 1) }, "3 inputs and 4 outputs")
}
