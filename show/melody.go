package show

import (
	"fmt"
	"math"
)

// sampleRate is the number of samples per second of a melody: enough for the fourth harmonic of the
// highest note of a song, and low, to keep pages small.
const sampleRate = 8000

// note is a pitch as a MIDI number (60 is middle C, 69 is the A of 440 Hz) and a length in beats.
type note struct {
	Pitch  int
	Length float64
}

// Frequency returns the frequency of a MIDI number in Hz, in equal temperament:
// 440 · 2^((n−69)/12).
func Frequency(midi int) float64 { return 440 * math.Pow(2, float64(midi-69)/12) }

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
	plain := make([]note, len(notes))
	for i, n := range notes {
		plain[i] = note(n)
	}
	samples, err := melody(plain, beatsPerMinute)
	if err != nil {
		panic(mistake("Melody", "%v", err))
	}
	Sound(label, samples, sampleRate)
}

// melody returns the samples of the notes, between −1 and 1.
func melody(notes []note, beatsPerMinute float64) ([]float64, error) {
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
		samples = append(samples, pluck(Frequency(n.Pitch), int(math.Round(seconds*sampleRate)))...)
	}
	return samples, nil
}

// pluck returns n samples of a note.
func pluck(frequency float64, n int) []float64 {
	const attack, release = 0.008 * sampleRate, 0.03 * sampleRate // in samples, to avoid clicks
	harmonics := []float64{0.55, 0.25, 0.12, 0.08}                // the sum is 1
	samples := make([]float64, n)
	for i := range samples {
		t := float64(i) / sampleRate
		v := 0.0
		for k, amplitude := range harmonics {
			f := frequency * float64(k+1)
			if f < sampleRate/2 { // a higher one would alias to another tone
				v += amplitude * math.Exp(-t*(1.2+0.8*float64(k))) * math.Sin(2*math.Pi*f*t)
			}
		}
		v *= math.Min(1, float64(i)/attack) * math.Min(1, float64(n-1-i)/release)
		samples[i] = 0.9 * v
	}
	return samples
}
