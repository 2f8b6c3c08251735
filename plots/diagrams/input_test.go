package diagrams_test

import (
	"math"
	"strings"
	"testing"

	"rnn101/plots/diagrams"
	"rnn101/plots/internal/figuretest"
)

var nan, inf = math.NaN(), math.Inf(1)

// badData are calls that must return an error with these words.
var badData = map[string]struct {
	draw figuretest.Draw
	says []string
}{
	"a δ of NaN": {func() (*diagrams.Figure, error) {
		return diagrams.Column("W", 1, 2, diagrams.ColumnStep{Delta: []float64{1, nan}})
	}, []string{"Column", "δ₁", "NaN"}},
	"an infinite factor": {func() (*diagrams.Figure, error) {
		return diagrams.Column("W", 2, 2, diagrams.ColumnStep{Delta: []float64{1}}, diagrams.ColumnStep{Delta: []float64{1}, Factor: inf})
	}, []string{"Column", "h₁[2]", "+Inf"}},
	"an error of NaN": {func() (*diagrams.Figure, error) {
		return diagrams.Backward(diagrams.BackwardStep{Error: []float64{nan}, FromLoss: []float64{1}, Delta: []float64{1}})
	}, []string{"Backward", "ŷ₁ − y₁", "NaN"}},
	"a long column": {func() (*diagrams.Figure, error) {
		return diagrams.Backward(diagrams.BackwardStep{Word: strings.Repeat("bat", 9), Error: []float64{1}, FromLoss: []float64{1}, Delta: []float64{1}})
	}, []string{"Backward", "batbatbat", "too long"}},
	"an entry of NaN": {func() (*diagrams.Figure, error) {
		return diagrams.Folded(2, [][][]float64{nil, {nil, {1}}, {nil, {nan}, {2}}})
	}, []string{"Folded", "∂L₂/∂a₁", "NaN"}},
	"a product that overflows": {func() (*diagrams.Figure, error) {
		return diagrams.Column("W", 1, 2, diagrams.ColumnStep{Delta: []float64{1e300}, Factor: 1e300})
	}, []string{"Column", "δ₁ × h₀[1]", "+Inf"}},
	"a sum that overflows": {func() (*diagrams.Figure, error) {
		return diagrams.Folded(2, [][][]float64{nil, {nil, {1.7e308}}, {nil, {1.7e308}, {2}}})
	}, []string{"Folded", "the sum δ₁", "+Inf"}},
	"weights that are no shares": {func() (*diagrams.Figure, error) {
		return diagrams.Attention([]string{"a", "b"}, []float64{0.5, 0.6})
	}, []string{"Attention", "add up to 1.1"}},
	"a weight below zero": {func() (*diagrams.Figure, error) {
		return diagrams.Attention([]string{"a", "b"}, []float64{-0.1, 1})
	}, []string{"Attention", `"a"`, "-0.1", "between 0 and 1"}},
	"a word too long": {func() (*diagrams.Figure, error) {
		return diagrams.Attention([]string{"counterrevolutionaries", "b"}, []float64{0.5, 0.5})
	}, []string{"Attention", "counterrevolutionaries", "too long"}},
	"a word that the font lacks": {func() (*diagrams.Figure, error) { return diagrams.RoutesToU(1, 1, "नमस्ते") }, []string{"नमस्ते"}},
}

func TestBadDataIsAnErrorThatSaysWhere(t *testing.T) {
	for name, c := range badData {
		figure, err := c.draw()
		if err == nil || figure != nil {
			t.Errorf("%s: no error", name)
			continue
		}
		for _, word := range append(c.says, "plots: ") {
			if !strings.Contains(err.Error(), word) {
				t.Errorf("%s: the error is %q, it does not say %q", name, err, word)
			}
		}
	}
}

// mistakes are calls that must panic with these words.
var mistakes = map[string]struct {
	draw figuretest.Draw
	says []string
}{
	"one step":         {func() (*diagrams.Figure, error) { return diagrams.Rolled(1) }, []string{"Rolled", "is 1", "from 2 to 5"}},
	"a loss too late":  {func() (*diagrams.Figure, error) { return diagrams.RoutesToU(2, 3) }, []string{"RoutesToU", "loss is 3", "from 1 to 2"}},
	"a word too few":   {func() (*diagrams.Figure, error) { return diagrams.RoutesToU(2, 2, "bat") }, []string{"RoutesToU", "1 words", "2 steps"}},
	"a matrix V":       {func() (*diagrams.Figure, error) { return diagrams.Column("V", 1, 2) }, []string{"Column", `"V"`}},
	"a column too far": {func() (*diagrams.Figure, error) { return diagrams.Column("U", 4, 3) }, []string{"Column", "column is 4", "from 1 to 3"}},
	"a δ too long": {func() (*diagrams.Figure, error) {
		return diagrams.Column("W", 1, 2, diagrams.ColumnStep{Delta: []float64{1}}, diagrams.ColumnStep{Delta: []float64{1, 2}})
	}, []string{"Column", "δ₂ has 2", "δ₁ has 1"}},
	"a δ from after the end": {func() (*diagrams.Figure, error) {
		v := []float64{1}
		return diagrams.Backward(diagrams.BackwardStep{Error: v, FromLoss: v, FromNext: v, Delta: v})
	}, []string{"Backward", "W⊤δ₂ has 1", "must have 0"}},
	"a row too few": {func() (*diagrams.Figure, error) { return diagrams.Folded(2, [][][]float64{nil, {nil, {1}}}) }, []string{"Folded", "2 rows for 2 steps"}},
	"a row too short": {func() (*diagrams.Figure, error) {
		return diagrams.Folded(2, [][][]float64{nil, {nil, {1}}, {nil, {1}}})
	}, []string{"Folded", "row 2 has 2", "must have 3"}},
	"a vector too long": {func() (*diagrams.Figure, error) {
		return diagrams.Folded(2, [][][]float64{nil, {nil, {1}}, {nil, {1}, {2, 3}}})
	}, []string{"Folded", "∂L₂/∂a₂ has 2", "has 1"}},
	"a weight too few": {func() (*diagrams.Figure, error) {
		return diagrams.Attention([]string{"a", "b"}, []float64{1})
	}, []string{"Attention", "1 values", "2 labels"}},
	"a tree without a question": {func() (*diagrams.Figure, error) { return diagrams.Tree("", *leaf("good")) }, []string{"Tree", `"good"`, "not a question"}},
	"a question without a no": {func() (*diagrams.Figure, error) {
		return diagrams.Tree("", diagrams.Node{Text: "well?", Yes: leaf("good")})
	}, []string{"Tree", `"well?"`, "only one of Yes and No"}},
	"a node without text": {func() (*diagrams.Figure, error) {
		return diagrams.Tree("", diagrams.Node{Text: "well?", Yes: leaf(""), No: leaf("bad")})
	}, []string{"Tree", "no text"}},
	"four yeses in a row": {func() (*diagrams.Figure, error) {
		return diagrams.Tree("", diagrams.Node{Text: "well?", Yes: &deep, No: leaf("bad")})
	}, []string{"Tree", "4 yeses"}},
	"a tree in a circle": {func() (*diagrams.Figure, error) { return diagrams.Tree("", *circle()) }, []string{"Tree", "more than 20 questions"}},
	"a window of 0":      {func() (*diagrams.Figure, error) { return diagrams.Truncations(4, 0) }, []string{"Truncations", "k is 0", "from 1 to 4"}},
}

// circle is a tree that leads back to its root.
func circle() *diagrams.Node {
	n := &diagrams.Node{Text: "again?", No: leaf("good")}
	n.Yes = n
	return n
}

func TestMistakesPanic(t *testing.T) {
	for name, c := range mistakes {
		t.Run(name, func(t *testing.T) {
			defer func() {
				said, _ := recover().(string)
				for _, word := range append(c.says, "plots: ") {
					if !strings.Contains(said, word) {
						t.Errorf("the panic is %q, it does not say %q", said, word)
					}
				}
			}()
			_, _ = c.draw()
		})
	}
}
