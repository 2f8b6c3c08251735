package exercise

import (
	"errors"
	"math"
	"strings"
)

func init() {
	add("01",
		value(2e-4, func() any {
			const w = 0.9
			h := 0.0
			for _, x := range []float64{1, 1} {
				h = math.Tanh(w*h + x)
			}
			return h
		}),
		value(0, func() any {
			const words = 3
			return []float64{words, words * words, words * words * words}
		}),
		property(remembersTheVampire),
	)
}

// remembersTheVampire checks a translator: its answer to "bat" is "animal" if "vampire" came
// anywhere before, else "club", in all sentences of up to five words, and its memory takes at most
// two values.
func remembersTheVampire(translate func(memory, word string) (answer, newMemory string)) error {
	const longest = 5
	memories := map[string]bool{}
	var read func(memory string, before []string) error
	read = func(memory string, before []string) error {
		memories[memory] = true
		if len(memories) > 2 {
			return errors.New(texts.Text("01.memories", len(memories)))
		}
		if len(before) == longest {
			return nil
		}
		for _, word := range []string{"baseball", "vampire", "bat"} {
			words := append(append([]string{}, before...), word)
			want := "club"
			for _, earlier := range before {
				if earlier == "vampire" {
					want = "animal"
				}
			}
			answer, newMemory := translate(memory, word)
			if word == "bat" && answer != want {
				return errors.New(texts.Text("01.answer", strings.Join(words, " "), answer, want))
			}
			if err := read(newMemory, words); err != nil {
				return err
			}
		}
		return nil
	}
	return read("nothing", nil)
}
