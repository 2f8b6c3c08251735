package plots

import (
	"strings"

	"rnn101/plots/internal/cells"
	"rnn101/plots/internal/check"
	"rnn101/plots/internal/format"
)

// Tone is a note on a piano roll: its start and length in beats, and its pitch as a
// MIDI note number, 60 for middle C.
type Tone struct {
	Start, Length float64
	Pitch         int
}

// PianoRoll draws a melody as bars: time to the right, pitch up. The tones from index
// written on, which a net has added, have another colour and an outline.
//
// It panics if written is negative. It returns an error if there are no tones, and for
// one without a length, with a negative start, with an end after beat 1000 or with a pitch
// that no piano has.
func PianoRoll(title string, tones []Tone, written int) (*Figure, error) {
	if len(tones) == 0 {
		return nil, check.Errorf("PianoRoll", "there are no tones")
	}
	if written < 0 {
		check.Panicf("PianoRoll", "written is %d: it must not be negative", written)
	}
	notes := make([]cells.Note, len(tones))
	for i, n := range tones {
		if err := check.Tone("PianoRoll", i+1, n.Start, n.Length, n.Pitch); err != nil {
			return nil, err
		}
		notes[i] = cells.Note(n)
	}
	return newFigure(cells.PianoRoll(notes, written, title, texts.Text("roll.x")), rollAlt(title, tones, written))
}

// PitchName returns the name and octave of a MIDI note number: 60 is C4.
func PitchName(midi int) string { return cells.PitchName(midi) }

func rollAlt(title string, tones []Tone, written int) string {
	names := func(tones []Tone) string {
		return format.Join(tones, " ", func(t Tone) string { return PitchName(t.Pitch) })
	}
	written = min(written, len(tones))
	parts := []string{texts.Text("roll.alt", title, len(tones))}
	if written > 0 {
		parts = append(parts, texts.Text("roll.given", names(tones[:written])))
	}
	if written < len(tones) {
		parts = append(parts, texts.Text("roll.written", names(tones[written:])))
	}
	return strings.Join(parts, " ")
}
