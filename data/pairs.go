// Package data holds the sequences of the course, with their sources, and the example of the
// lecture. Of the course it knows nothing but which language is current.
package data

import (
	"slices"

	"rnn101/internal/lang/tag"
)

// Pair is a phrase and its translation, word for word.
type Pair struct {
	Words       []string // English
	Translation []string // Korean, of the same length
}

// InputWords returns the input vocabulary of the lecture's net, in the order of the one-hot
// vectors.
func InputWords() []string { return []string{"baseball", "vampire", "bat"} }

// OutputWords returns the output vocabulary of the lecture's net, in the order of its outputs.
func OutputWords() []string { return []string{"야구", "흡혈", "방망이", "박쥐"} }

// LectureWeights returns the weights of the lecture's net before training, by row: u from the input
// to the hidden state, w from one hidden state to the next, and v from the hidden state to the
// output. The net has no biases, and its initial state is zero.
func LectureWeights() (u, w, v [][]float64) {
	return [][]float64{
			{0.5, -0.4, 0.1},
			{-0.3, 0.6, 0.2},
		}, [][]float64{
			{0.4, -0.2},
			{0.3, 0.5},
		}, [][]float64{
			{0.6, -0.1},
			{-0.5, 0.4},
			{0.3, 0.2},
			{-0.2, 0.7},
		}
}

// BaseballBat returns the lecture's first pair, in which a bat is a club.
func BaseballBat() Pair {
	return Pair{[]string{"baseball", "bat"}, []string{"야구", "방망이"}}
}

// VampireBat returns the lecture's second pair, in which a bat is an animal.
func VampireBat() Pair {
	return Pair{[]string{"vampire", "bat"}, []string{"흡혈", "박쥐"}}
}

// Then returns the concatenation of two pairs.
func (p Pair) Then(next Pair) Pair {
	return Pair{
		append(append([]string{}, p.Words...), next.Words...),
		append(append([]string{}, p.Translation...), next.Translation...),
	}
}

// glosses are the meanings of the Korean words.
var glosses = map[string]string{
	"야구":  "baseball",
	"흡혈":  "blood-sucking",
	"방망이": "bat, the club",
	"박쥐":  "bat, the animal",
}

// Gloss returns the English meaning of a Korean word of the example, or "".
func Gloss(word string) string { return glosses[word] }

// WithGloss returns each Korean word with its English meaning in parentheses: "방망이 (bat, the
// club)". It returns other words unchanged; all of them if the language of show.Language is Korean,
// whose readers need no meaning.
func WithGloss(words []string) []string {
	glossed := slices.Clone(words)
	if tag.Current() == tag.Korean {
		return glossed
	}
	for i, word := range words {
		if gloss := Gloss(word); gloss != "" {
			glossed[i] += " (" + gloss + ")"
		}
	}
	return glossed
}
