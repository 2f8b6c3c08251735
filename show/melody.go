package show

import "rnn101/show/internal/synth"

// Frequency returns the frequency of a MIDI number in Hz, in equal temperament:
// 440 · 2^((n−69)/12).
func Frequency(midi int) float64 { return synth.Frequency(midi) }

// Melody shows a player for a sequence of notes. A note is any struct of a pitch, a MIDI number
// (60 is middle C), and a length in beats. It is played as the sum of four harmonics that decay
// like those of a plucked string.
//
//	show.Melody("Arirang", data.Arirang().Notes, 90)
//
// It panics if there are no notes, if beatsPerMinute is not positive, or if a note's length is not
// positive or its pitch is not between 0 and 127.
func Melody[Note ~struct {
	Pitch  int
	Length float64
}](label string, notes []Note, beatsPerMinute float64) {
	plain := make([]synth.Note, len(notes))
	for i, n := range notes {
		plain[i] = synth.Note(n)
	}
	samples, err := synth.Melody(plain, beatsPerMinute)
	if err != nil {
		panic(mistake("Melody", "%v", err))
	}
	Sound(label, samples, synth.Rate)
}
