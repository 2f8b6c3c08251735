package beyond

import (
	"errors"
	"math"
	"slices"

	"rnn101/data"
	"rnn101/exercise/internal/task"
)

func init() {
	task.Add("14",
		// The perplexity of a bigram on the melody C4 G4 C4 G4 E4 that it was counted on.
		task.Value(1e-4, func() any {
			tokens := []int{0, 60, 67, 60, 67, 64, 0} // 0: the end
			pairs, first := map[[2]int]float64{}, map[int]float64{}
			for i := 1; i < len(tokens); i++ {
				pairs[[2]int{tokens[i-1], tokens[i]}]++
				first[tokens[i-1]]++
			}
			loss := 0.0
			for pair, n := range pairs {
				loss -= n * math.Log(n/first[pair[0]])
			}
			return math.Exp(loss / float64(len(tokens)-1))
		}),
		// The perplexities of a net that is sure and once very wrong, and of one that never is.
		task.Value(1e-4, func() any {
			sure := math.Exp(-(9*math.Log(0.9) + math.Log(0.0001)) / 10)
			unsure := math.Exp(-math.Log(0.4))
			return []float64{sure, unsure}
		}),
		// A way of writing melodies that neither key nor tempo changes.
		task.Property(func(written func([]data.Note) []data.Note) error {
			for _, song := range data.Melodies() {
				notes := song.Notes
				own := written(slices.Clone(notes))
				if len(own) == 0 {
					return errors.New(task.Texts.Text("14.3.empty", song.Name))
				}
				same := func(changed []data.Note) bool {
					return slices.EqualFunc(written(changed), own, sameToken)
				}
				if !same(varied(notes, func(n data.Note) data.Note { n.Pitch += 5; return n })) {
					return errors.New(task.Texts.Text("14.3.higher", song.Name))
				}
				if !same(varied(notes, func(n data.Note) data.Note { n.Length *= 2; return n })) {
					return errors.New(task.Texts.Text("14.3.slower", song.Name))
				}
				for i, n := range notes {
					changed := slices.Clone(notes)
					changed[i].Pitch++
					if same(changed) {
						return errors.New(task.Texts.Text("14.3.pitch", song.Name, i+1))
					}
					changed[i] = data.Note{Pitch: n.Pitch, Length: n.Length + 0.25}
					if same(changed) {
						return errors.New(task.Texts.Text("14.3.length", song.Name, i+1))
					}
				}
			}
			return nil
		}),
		// How many of twelve notes have a wrong pitch if the fifth is drawn one semitone too high:
		// written as pitches, and as steps.
		task.Value(0, func() any {
			steps := []int{0, 2, 2, 1, 2, 2, 2, 1, -1, -2, -2, -2}
			wrong := slices.Clone(steps)
			wrong[4]++
			pitch, changed, count := 60, 60, 0.0
			for i := range steps {
				pitch += steps[i]
				changed += wrong[i]
				if pitch != changed {
					count++
				}
			}
			return []float64{1, count}
		}),
	)
}

// varied returns a melody with each note changed.
func varied(notes []data.Note, change func(data.Note) data.Note) []data.Note {
	all := make([]data.Note, len(notes))
	for i, n := range notes {
		all[i] = change(n)
	}
	return all
}

// sameToken reports whether two tokens are equal, apart from rounding in the lengths.
func sameToken(a, b data.Note) bool {
	return a.Pitch == b.Pitch && math.Abs(a.Length-b.Length) < 1e-9
}
