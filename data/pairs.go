// Package data holds the sequences of the course, with their sources, and the example of
// the lecture. It knows nothing of nets and charts.
package data

// Pair is a sentence and its translation, word for word.
type Pair struct {
	Words       []string // English
	Translation []string // Korean, as long as Words
}

// InputWords returns the words that the lecture's net reads, in the order of their
// one-hot vectors.
func InputWords() []string { return []string{"baseball", "vampire", "bat"} }

// OutputWords returns the words that the lecture's net writes, in the order of its
// outputs.
func OutputWords() []string { return []string{"야구", "흡혈", "방망이", "박쥐"} }

// LectureWeights returns the matrices of the lecture's net before training, row by row:
// u from the input to the hidden state, w from one hidden state to the next and v from
// the hidden state to the output. The net has no biases, and its first state is zero.
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

// BaseballBat returns the lecture's first pair. Here bat is the club.
func BaseballBat() Pair {
	return Pair{[]string{"baseball", "bat"}, []string{"야구", "방망이"}}
}

// VampireBat returns the lecture's second pair. Here bat is the animal.
func VampireBat() Pair {
	return Pair{[]string{"vampire", "bat"}, []string{"흡혈", "박쥐"}}
}

// Then returns one pair that is this one and then the next.
func (p Pair) Then(next Pair) Pair {
	return Pair{
		append(append([]string{}, p.Words...), next.Words...),
		append(append([]string{}, p.Translation...), next.Translation...),
	}
}

var glosses = map[string]string{
	"야구":  "baseball",
	"흡혈":  "blood-sucking",
	"방망이": "bat, the club",
	"박쥐":  "bat, the animal",
}

// WithGloss returns each Korean word with its meaning in English in parentheses,
// for readers who know no Korean: "방망이 (bat, the club)". A word without a known
// meaning comes back as it is.
func WithGloss(words []string) []string {
	glossed := make([]string, len(words))
	for i, word := range words {
		glossed[i] = word
		if gloss, ok := glosses[word]; ok {
			glossed[i] += " (" + gloss + ")"
		}
	}
	return glossed
}
