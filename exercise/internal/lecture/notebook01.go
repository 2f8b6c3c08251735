// Package lecture has the exercises of notebooks 01 to 08.
package lecture

import (
	"errors"
	"math"
	"slices"
	"strings"

	"rnn101/data"
	"rnn101/exercise/internal/task"
)

func init() {
	task.Add("01",
		task.Value(2e-4, func() any {
			const w = 0.9
			h := 0.0
			for _, x := range []float64{1, 1} {
				h = math.Tanh(w*h + x)
			}
			return h
		}),
		task.Value(0, func() any {
			const words = 3
			return []float64{words, words * words, words * words * words}
		}),
		task.Property(remembersTheVampire),
	)
}

// remembersTheVampire checks a translator: its answer to "bat" is "animal" if "vampire" came
// anywhere before, else "club", in all sentences of up to five words, and its memory takes at most
// two values.
func remembersTheVampire(translate func(memory, word string) (answer, newMemory string)) error {
	const longest = 5
	type reading struct {
		memory  string
		words   []string
		vampire bool // came before
	}
	memories := map[string]bool{}
	readings := []reading{{memory: "nothing"}} // the shortest first
	for len(readings) > 0 {
		r := readings[0]
		readings = readings[1:]
		memories[r.memory] = true
		if len(memories) > 2 {
			return errors.New(task.Texts.Text("01.memories", len(memories)))
		}
		if len(r.words) == longest {
			continue
		}
		for _, word := range data.InputWords() {
			words := append(slices.Clone(r.words), word)
			want := "club"
			if r.vampire {
				want = "animal"
			}
			answer, newMemory := translate(r.memory, word)
			if word == "bat" && answer != want {
				return errors.New(task.Texts.Text("01.answer", strings.Join(words, " "), answer, want))
			}
			readings = append(readings, reading{newMemory, words, r.vampire || word == "vampire"})
		}
	}
	return nil
}
