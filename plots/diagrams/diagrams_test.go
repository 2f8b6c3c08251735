package diagrams_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"rnn101/plots/diagrams"
	"rnn101/plots/internal/figuretest"
)

// The lecture's numbers for “baseball bat”, as they are printed there.
var (
	delta     = [][][]float64{nil, {nil, {-0.361640, 0.283610}}, {nil, {-0.021190, 0.086522}, {-0.186918, 0.079938}}}
	columnOfW = []diagrams.ColumnStep{
		{Delta: []float64{-0.382830, 0.370132}, Factor: 0, Word: "baseball"},
		{Delta: []float64{-0.186918, 0.079938}, Factor: 0.462117, Word: "bat"},
	}
	columnOfU = []diagrams.ColumnStep{
		{Delta: []float64{-0.21, 0.3}, Factor: 0, Word: "baseball"},
		{Delta: []float64{-0.186918, 0.079938}, Factor: 1, Word: "bat"},
		{Delta: []float64{0.12, -0.4}, Factor: 0, Word: "vampire"},
		{Delta: []float64{0.2, -0.1}, Factor: 1, Word: "bat"},
	}
)

// The backward pass of “baseball bat”, with the numbers of the lecture.
var backward = []diagrams.BackwardStep{
	{Word: "baseball", Error: []float64{-0.650956, 0.181492, 0.278430, 0.191034}, FromLoss: []float64{-0.435997, 0.327102},
		FromNext: []float64{-0.050786, 0.077353}, Delta: []float64{-0.382830, 0.370132}},
	{Word: "bat", Error: []float64{0.276379, 0.211412, -0.734959, 0.247168}, FromLoss: []float64{-0.209800, 0.082952},
		Delta: []float64{-0.186918, 0.079938}},
}

// nodeTexts are the texts of a tree, the longer ones first.
func nodeTexts(n *diagrams.Node) []string {
	if n == nil {
		return nil
	}
	all := append(append(nodeTexts(n.Yes), nodeTexts(n.No)...), n.Text)
	slices.SortFunc(all, func(a, b string) int { return len(b) - len(a) })
	return all
}

func leaf(text string) *diagrams.Node { return &diagrams.Node{Text: text} }

// questions are a part of those of notebook 15.
var questions = diagrams.Node{
	Text: "In all rows, is only one matrix wrong?",
	Yes:  leaf("The mistake is where that gradient is added up."),
	No: &diagrams.Node{
		Text: "Is it right with one word, and wrong with two?",
		Yes: &diagrams.Node{
			Text: "Is V right?",
			Yes:  leaf("It is in what comes from the later step."),
			No:   leaf("It is in the sum over time."),
		},
		No: &diagrams.Node{
			Text: "Is it wrong everywhere, with the cosine 1?",
			Yes:  leaf("Only the length is wrong, by a factor."),
			No:   leaf("The gradient at this net is right. The mistake may still be in the update."),
		},
	},
}

var deep = diagrams.Node{
	Text: "Is the loss a number?",
	Yes: &diagrams.Node{
		Text: "Does it fall?",
		Yes: &diagrams.Node{
			Text: "Does it fall on other data too?",
			Yes:  leaf("Good."),
			No:   leaf("The net has learned its data by heart."),
		},
		No: leaf("The learning rate may be too large or too small."),
	},
	No: leaf("Look for the first step at which it is not."),
}

// drawings are what the golden images show: one or more for each function.
var drawings = []struct {
	name string
	draw figuretest.Draw
}{
	{"rolled-3", func() (*diagrams.Figure, error) { return diagrams.Rolled(3) }},
	{"rolled-5", func() (*diagrams.Figure, error) { return diagrams.Rolled(5) }},
	{"routes-2", func() (*diagrams.Figure, error) { return diagrams.RoutesToU(2, 2, "baseball", "bat") }},
	{"routes-4", func() (*diagrams.Figure, error) {
		return diagrams.RoutesToU(4, 4, "baseball", "bat", "vampire", "bat")
	}},
	{"routes-5-3", func() (*diagrams.Figure, error) { return diagrams.RoutesToU(5, 3) }},
	{"backward-2", func() (*diagrams.Figure, error) { return diagrams.Backward(backward...) }},
	{"column-w", func() (*diagrams.Figure, error) { return diagrams.Column("W", 1, 2, columnOfW...) }},
	{"column-u", func() (*diagrams.Figure, error) { return diagrams.Column("U", 3, 3, columnOfU...) }},
	{"folded-2", func() (*diagrams.Figure, error) { return diagrams.Folded(2, delta) }},
	{"folded-4", func() (*diagrams.Figure, error) { return diagrams.Folded(4, nil) }},
	{"folded-7", func() (*diagrams.Figure, error) { return diagrams.Folded(7, nil) }},
	{"truncations-4-2", func() (*diagrams.Figure, error) { return diagrams.Truncations(4, 2) }},
	{"truncations-8-3", func() (*diagrams.Figure, error) { return diagrams.Truncations(8, 3) }},
	{"lstm", diagrams.LSTM},
	{"gru", diagrams.GRU},
	{"tree", func() (*diagrams.Figure, error) { return diagrams.Tree("How to read the report", questions) }},
	{"tree-4", func() (*diagrams.Figure, error) { return diagrams.Tree("Three yeses in a row", deep) }},
	{"attention-4", func() (*diagrams.Figure, error) {
		return diagrams.Attention([]string{"vampire", "bat", "baseball", "bat"}, []float64{0.05, 0.1, 0.65, 0.2})
	}},
	{"attention-8", func() (*diagrams.Figure, error) {
		return diagrams.Attention([]string{"the", "light", "that", "falls", "on", "the", "glass", "is"}, []float64{0.02, 0.44, 0.06, 0.2, 0.03, 0.02, 0.15, 0.08})
	}},
}

func TestDrawingsMatchTheirGoldenImages(t *testing.T) {
	for _, d := range drawings {
		t.Run(d.name, func(t *testing.T) { figuretest.Golden(t, d.name, d.draw) })
	}
}

// The largest drawings fit beside the text of a page.
func TestNoDrawingIsTooWide(t *testing.T) {
	step := diagrams.ColumnStep{Delta: []float64{-0.1234, -0.5678, -0.1234, -0.5678}, Factor: -0.1234, Word: "blood-sucking"}
	var steps []diagrams.ColumnStep
	full := [][][]float64{nil}
	for k := range 8 {
		steps = append(steps, step)
		if k < 7 {
			full = append(full, slices.Repeat([][]float64{{-0.1234, -0.5678, -0.1234}}, k+2))
		}
	}
	word := "blood-sucking"
	all := drawings
	for _, draw := range []figuretest.Draw{
		func() (*diagrams.Figure, error) { return diagrams.RoutesToU(5, 5, word, word, word, word, word) },
		func() (*diagrams.Figure, error) {
			v := []float64{-0.1234, -0.5678, -0.1234}
			s := diagrams.BackwardStep{Word: word, Error: append(v, v...), FromLoss: v, FromNext: v, Delta: v}
			last := s
			last.FromNext = nil
			return diagrams.Backward(s, s, last)
		},
		func() (*diagrams.Figure, error) { return diagrams.Column("U", 1, 6, steps...) },
		func() (*diagrams.Figure, error) { return diagrams.Column("W", 6, 6, steps...) },
		func() (*diagrams.Figure, error) { return diagrams.Folded(7, full) },
		func() (*diagrams.Figure, error) { return diagrams.Truncations(2, 1) },
		func() (*diagrams.Figure, error) {
			return diagrams.Attention(slices.Repeat([]string{word}, 8), slices.Repeat([]float64{0.125}, 8))
		},
	} {
		all = append(all, struct {
			name string
			draw figuretest.Draw
		}{"a large one", draw})
	}
	for _, d := range all {
		figure, err := d.draw()
		if err != nil {
			t.Fatal(err)
		}
		if width, _ := figure.Size(); width > 700 {
			t.Errorf("%s, “%s”, is %v CSS pixels wide", d.name, figure.Title(), width)
		}
	}
}

func TestImagesHaveTheDensityAndSizeThatFiguresSay(t *testing.T) {
	for _, d := range drawings {
		figuretest.Size(t, d.name, d.draw)
	}
}

func TestTheFontHasEveryCharacterOfTheTexts(t *testing.T) { figuretest.Writable(t, "diagrams") }

func TestNoTextEscapesTheCatalogue(t *testing.T) {
	names := `y[₁₂]|baseball|vampire|bat|How to read the report|Three yeses in a row`
	for _, root := range []*diagrams.Node{&questions, &deep} {
		for _, text := range nodeTexts(root) { // which are drawn in several lines
			names += "|" + strings.ReplaceAll(regexp.QuoteMeta(strings.TrimSuffix(text, ".")), " ", `\s+`)
		}
	}
	given := regexp.MustCompile(names + `|the|light|that|falls|on|glass|is`)
	for _, d := range drawings {
		figuretest.Catalogue(t, d.name, d.draw, given)
	}
}
