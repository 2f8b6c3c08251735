package show_test

import (
	"rnn101/data"
	"rnn101/show"
)

// The songs of package data need no conversion. Outside of a notebook only the name
// of the sound is printed.
func ExampleMelody() {
	show.Melody("Arirang, the first eight bars", data.Arirang().Notes[:33], 150)
	// Output: Arirang, the first eight bars
}
