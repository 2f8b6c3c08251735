package show

import (
	"testing"

	"rnn101/data"
)

func TestNotesThatCannotBePlayedAreRejected(t *testing.T) {
	mustPanic(t, func() { Melody("a", []data.Note{{Pitch: 60}}, 90) }, "show: Melody", "note 1 is {Pitch:60 Length:0}")
	mustPanic(t, func() { Melody("a", []data.Note{{Pitch: 60, Length: 1}, {Pitch: 128, Length: 1}}, 90) }, "note 2", "0 to 127")
	mustPanic(t, func() { Melody("a", []data.Note{{Pitch: 60, Length: 1}}, 0) }, "0 beats per minute")
	mustPanic(t, func() { Melody("a", []data.Note{}, 90) }, "no notes")
}
