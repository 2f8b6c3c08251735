package diagrams

import (
	"strings"

	"rnn101/plots/internal/check"
	"rnn101/plots/internal/figure"
	"rnn101/plots/internal/format"
	"rnn101/plots/internal/unrolled"
)

// Rolled draws the net as one column with a loop, and beside it the same net unrolled
// in time. It panics unless there are from 2 to 5 steps.
func Rolled(steps int) (*Figure, error) {
	between("Rolled", "the number of steps", steps, 2, 5)
	names := unrolled.RolledNames{
		Rolled:   texts.Text("rolled.left"),
		Unrolled: texts.Text("rolled.right", steps),
		Later:    texts.Text("rolled.later"),
	}
	return figure.New(unrolled.DrawRolled(steps, names, texts.Text("rolled.title")), texts.Text("rolled.alt", steps))
}

// RoutesToU draws, on the net unrolled in time, the paths on which the loss of one
// step reaches U: directly to its copy at that step, and back through earlier states
// to the copies before. Words are those that the steps read; they may be left out.
//
// It panics unless there are from 1 to 5 steps, the loss is that of one of them, and
// there is a word for each of them or none.
func RoutesToU(steps, loss int, words ...string) (*Figure, error) {
	const name = "RoutesToU"
	between(name, "the number of steps", steps, 1, 5)
	between(name, "the step of the loss", loss, 1, steps)
	if len(words) != 0 && len(words) != steps {
		check.Panicf(name, "there are %d words for %d steps", len(words), steps)
	}
	symbol := format.Subscript("L", loss)
	alt := []string{texts.Text("routes.alt", steps, symbol)}
	var paths []unrolled.Path
	nodes := []string{format.Subscript("ŷ", loss)}
	for k := loss; k >= 1; k-- {
		nodes = append(nodes, format.Subscript("h", k))
		name := texts.Text("routes.direct")
		if k < loss {
			name = texts.Text("routes.indirect", format.Subscript("h", k))
		}
		paths = append(paths, unrolled.Path{Copy: k, Name: name})
		by, end := strings.Join(nodes, ", "), format.Copy("U", k)
		if len(words) == 0 {
			alt = append(alt, texts.Text("routes.one", name, by, end))
		} else {
			alt = append(alt, texts.Text("routes.one.word", name, by, end, words[k-1]))
		}
	}
	alt = append(alt, texts.Text("routes.sum", symbol))
	return figure.New(unrolled.DrawPathsToU(loss, words, steps, paths, texts.Text("routes.title", symbol)), strings.Join(alt, " "))
}

// Attention draws how what was read reaches the output of the last step: at the left
// through one state, as in a recurrent net, at the right by attention, on a direct line
// from each word. Weights are the shares of the words in the output; the last word is
// the one that is read now, and has a share too. A line is as wide as its share is large.
//
// It panics unless there are from 2 to 8 words and a weight for each. It returns an
// error for a weight that is not between 0 and 1, if they do not add up to 1 within
// 0.005, and for a word that is too long.
func Attention(words []string, weights []float64) (*Figure, error) {
	const name = "Attention"
	between(name, "the number of words", len(words), 2, 8)
	if err := check.Probabilities(name, "weights", words, weights); err != nil {
		return nil, err
	}
	sum := 0.0
	var said []string
	for i, w := range weights {
		sum += w
		said = append(said, texts.Text("attention.weight", words[i], format.Fixed(w, 2)))
		if !unrolled.WordFits(words[i]) {
			return nil, check.Errorf(name, "the word %q is too long", words[i])
		}
	}
	if sum < 0.995 || sum > 1.005 {
		return nil, check.Errorf(name, "the weights add up to %v, not to 1", sum)
	}
	T := len(words)
	alt := texts.Text("attention.alt", strings.Join(words, ", "), format.Subscript("ŷ", T),
		format.Subscript("h", T), strings.Join(said, ", "))
	return figure.New(unrolled.DrawAttention(words, weights, unrolled.AttentionNames{
		State: texts.Text("attention.state"), Direct: texts.Text("attention.direct"), One: texts.Text("attention.one"),
		Sum: texts.Text("attention.sum"), Now: texts.Text("attention.now"),
	}, texts.Text("attention.title", T)), alt)
}
