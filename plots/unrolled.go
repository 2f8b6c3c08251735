package plots

import (
	"strings"

	"rnn101/plots/internal/check"
	"rnn101/plots/internal/format"
	"rnn101/plots/internal/unrolled"
)

// UnrolledStep is one column of the unrolled net. Where X, H or Y is empty, only its
// symbol is drawn; Target may be empty.
type UnrolledStep struct {
	Input   string    // the word that is read
	X, H, Y []float64 // x_t, h_t, ŷ_t
	Target  string    // the right answer
}

// Unrolled draws the net unrolled in time: a column for each step with x_t at the
// bottom, h_t in the middle and ŷ_t at the top, joined by the matrices U, W and V,
// which have the same colours in each column because they are the same. h_0 is drawn
// at the left, with its numbers unless it is empty. It returns an error without a step
// or for a number that is not finite.
func Unrolled(h0 []float64, steps []UnrolledStep) (*Figure, error) {
	if err := check.Some("Unrolled", "step", len(steps)); err != nil {
		return nil, err
	}
	alt := []string{texts.Text("unrolled.alt", len(steps))}
	if len(h0) > 0 {
		s, err := vector("h₀", h0)
		if err != nil {
			return nil, err
		}
		alt = append(alt, s+".")
	}
	columns := make([]unrolled.Step, len(steps))
	for i, step := range steps {
		columns[i] = unrolled.Step(step)
		if step.Target == "" {
			alt = append(alt, texts.Text("unrolled.step", i+1, step.Input))
		} else {
			columns[i].Target = texts.Text("unrolled.target", step.Target)
			alt = append(alt, texts.Text("unrolled.step.target", i+1, step.Input, step.Target))
		}
		var vectors []string
		for _, v := range []struct {
			symbol string
			values []float64
		}{{"x", step.X}, {"h", step.H}, {"ŷ", step.Y}} {
			if len(v.values) == 0 {
				continue
			}
			s, err := vector(format.Subscript(v.symbol, i+1), v.values)
			if err != nil {
				return nil, err
			}
			vectors = append(vectors, s)
		}
		if len(vectors) > 0 {
			alt = append(alt, strings.Join(vectors, "; ")+".")
		}
	}
	return newFigure(unrolled.Draw(h0, columns, texts.Text("unrolled.title", len(steps))), strings.Join(alt, " "))
}

// vector writes a vector as h₁ = (0.5, 1), or returns an error for a number that is
// not finite.
func vector(symbol string, values []float64) (string, error) {
	if err := check.Finite("Unrolled", symbol, values); err != nil {
		return "", err
	}
	return symbol + " = (" + strings.Join(format.Entries(values), ", ") + ")", nil
}
