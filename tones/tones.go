// Package tones makes sound of notes: plain additive synthesis, nothing to install.
package tones

import (
	"fmt"
	"math"
)

// Rate is the number of samples a second that Melody makes: enough for the fourth
// harmonic of the highest note of a song, and small in a page.
const Rate = 8000

// Note is a pitch by its MIDI number, 60 for middle C and 69 for the A of 440 Hz, and
// a length in beats.
type Note struct {
	Pitch  int
	Length float64
}

// Frequency returns the frequency of a MIDI number in Hz, in equal temperament:
// 440 · 2^((n−69)/12).
func Frequency(midi int) float64 { return 440 * math.Pow(2, float64(midi-69)/12) }

// Melody returns samples between −1 and 1, Rate of them a second: each note a sum of
// four harmonics that fades like a plucked string. It panics unless the beats a minute
// are positive, and for a note without a length or beyond the MIDI numbers 0 to 127.
func Melody(notes []Note, beatsPerMinute float64) []float64 {
	if !(beatsPerMinute > 0) {
		panic(fmt.Sprintf("tones: Melody: %v beats a minute", beatsPerMinute))
	}
	var samples []float64
	for i, note := range notes {
		if note.Pitch < 0 || note.Pitch > 127 || !(note.Length > 0) {
			panic(fmt.Sprintf("tones: Melody: note %d is %+v: a pitch from 0 to 127 and a length are needed", i+1, note))
		}
		seconds := note.Length * 60 / beatsPerMinute
		samples = append(samples, pluck(Frequency(note.Pitch), int(math.Round(seconds*Rate)))...)
	}
	return samples
}

// pluck is one note of n samples.
func pluck(frequency float64, n int) []float64 {
	const attack, release = 0.008 * Rate, 0.03 * Rate // samples, against clicks
	harmonics := []float64{0.55, 0.25, 0.12, 0.08}    // sum 1
	samples := make([]float64, n)
	for i := range samples {
		t := float64(i) / Rate
		v := 0.0
		for k, strength := range harmonics {
			f := frequency * float64(k+1)
			if f < Rate/2 { // what is above cannot be heard right
				v += strength * math.Exp(-t*(1.2+0.8*float64(k))) * math.Sin(2*math.Pi*f*t)
			}
		}
		v *= math.Min(1, float64(i)/attack) * math.Min(1, float64(n-1-i)/release)
		samples[i] = 0.9 * v
	}
	return samples
}
