// Package synth computes the samples of plucked strings. It knows nothing of notebooks.
package synth

import (
	"fmt"
	"math"
)

// Rate is the number of samples per second of a melody: enough for the fourth harmonic of the highest
// note of a song, and low, to keep pages small.
const Rate = 8000

// Note is a pitch as a MIDI number (60 is middle C, 69 is the A of 440 Hz) and a length in beats.
type Note struct {
	Pitch  int
	Length float64
}

// Frequency returns the frequency of a MIDI number in Hz, in equal temperament:
// 440 · 2^((n−69)/12).
func Frequency(midi int) float64 { return 440 * math.Pow(2, float64(midi-69)/12) }

// Melody returns the samples of notes, between −1 and 1. Each is the sum of four harmonics that decay like
// those of a plucked string. The error says which note cannot be played.
func Melody(notes []Note, beatsPerMinute float64) ([]float64, error) {
	if len(notes) == 0 {
		return nil, fmt.Errorf("there are no notes")
	}
	if !(beatsPerMinute > 0) {
		return nil, fmt.Errorf("%v beats per minute: must be positive", beatsPerMinute)
	}
	var samples []float64
	for i, n := range notes {
		if n.Pitch < 0 || n.Pitch > 127 || !(n.Length > 0) {
			return nil, fmt.Errorf("note %d is %+v: the pitch must be from 0 to 127 and the length positive", i+1, n)
		}
		seconds := n.Length * 60 / beatsPerMinute
		samples = append(samples, pluck(Frequency(n.Pitch), int(math.Round(seconds*Rate)))...)
	}
	return samples, nil
}

// pluck returns n samples of a note.
func pluck(frequency float64, n int) []float64 {
	const attack, release = 0.008 * Rate, 0.03 * Rate // in samples, to avoid clicks
	harmonics := []float64{0.55, 0.25, 0.12, 0.08}    // the sum is 1
	samples := make([]float64, n)
	for i := range samples {
		t := float64(i) / Rate
		v := 0.0
		for k, amplitude := range harmonics {
			f := frequency * float64(k+1)
			if f < Rate/2 { // a higher one would alias to another tone
				v += amplitude * math.Exp(-t*(1.2+0.8*float64(k))) * math.Sin(2*math.Pi*f*t)
			}
		}
		v *= math.Min(1, float64(i)/attack) * math.Min(1, float64(n-1-i)/release)
		samples[i] = 0.9 * v
	}
	return samples
}
