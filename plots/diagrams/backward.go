package diagrams

import (
	"strings"

	"rnn101/plots/internal/check"
	"rnn101/plots/internal/figure"
	"rnn101/plots/internal/format"
	"rnn101/plots/internal/unrolled"
)

// BackwardStep is what arrives at one step of the backward pass, and what becomes of it.
type BackwardStep struct {
	Word     string    // the word that is read
	Error    []float64 // ŷ_t − y_t
	FromLoss []float64 // Vᵀ(ŷ_t − y_t)
	FromNext []float64 // Wᵀδ_{t+1}; nil for the last step
	Delta    []float64 // δ_t
}

// Backward draws the backward pass through the net unrolled in time, with the numbers that its
// arrows carry: errors come down through Vᵀ, each δ goes back to the step before through Wᵀ, and
// into the column of its word in ∂L/∂U.
//
// It panics unless there are from 1 to 3 steps, the errors have the same length, from 1 to 6, the
// other vectors, too, from 1 to 3, and FromNext is nil in the last step alone. It returns an error
// for a number that is not finite, and for a word that is too long.
func Backward(steps ...BackwardStep) (*Figure, error) {
	const name = "Backward"
	T := len(steps)
	between(name, "the number of steps", T, 1, 3)
	K, H := len(steps[0].Error), len(steps[0].Delta)
	between(name, "the length of ŷ₁ − y₁", K, 1, 6)
	between(name, "the length of δ₁", H, 1, 3)
	drawn := make([]unrolled.BackStep, T)
	said := make([]string, T)
	for i, s := range steps {
		t, delta := i+1, format.Subscript("δ", i+1)
		next := format.Subscript("δ", i+2)
		later := H // numbers that come back from the next step
		if t == T {
			later = 0
		}
		difference := format.Subscript("ŷ", t) + " − " + format.Subscript("y", t)
		for _, v := range []struct {
			name    string
			numbers []float64
			length  int
		}{
			{difference, s.Error, K},
			{"V⊤(" + difference + ")", s.FromLoss, H},
			{"W⊤" + next, s.FromNext, later},
			{delta, s.Delta, H},
		} {
			if len(v.numbers) != v.length {
				check.Panicf(name, "%s has %d entries, it must have %d", v.name, len(v.numbers), v.length)
			}
			if v.length == 0 {
				continue
			}
			if err := check.Finite(name, v.name, v.numbers); err != nil {
				return nil, err
			}
		}
		column := texts.Text("backward.column", s.Word)
		if !unrolled.ColumnFits(column) {
			return nil, check.Errorf(name, "the word %q is too long", s.Word)
		}
		drawn[i] = unrolled.BackStep{Error: s.Error, FromLoss: s.FromLoss, FromNext: s.FromNext, Delta: s.Delta, Column: column}
		key, values := "backward.last", []any{t, difference, tuple(s.Error), tuple(s.FromLoss), delta, tuple(s.Delta), s.Word}
		if t < T {
			key, values = "backward.step", append(values, next, tuple(s.FromNext))
		}
		said[T-t] = texts.Text(key, values...) // the backward pass begins with the last step
	}
	alt := texts.Text("backward.alt", T) + " " + strings.Join(said, " ")
	return figure.New(unrolled.DrawBackward(drawn, texts.Text("backward.title")), alt)
}
