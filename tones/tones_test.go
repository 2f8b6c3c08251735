package tones_test

import (
	"math"
	"testing"

	"rnn101/tones"
)

// The frequencies are those of the published table of equal temperament.
func TestFrequenciesAreThoseOfThePiano(t *testing.T) {
	for midi, want := range map[int]float64{69: 440, 60: 261.626, 21: 27.5, 108: 4186.01} {
		if got := tones.Frequency(midi); math.Abs(got-want) > 0.005 {
			t.Errorf("MIDI %d has %v Hz, want %v", midi, got, want)
		}
	}
}

func TestAMelodyLastsAsLongAsItsNotesAndStaysInBounds(t *testing.T) {
	s := tones.Melody([]tones.Note{{69, 1}, {60, 0.5}}, 90)
	if want := tones.Rate; len(s) != want { // 1.5 beats of 2/3 s
		t.Errorf("%d samples, want %d", len(s), want)
	}
	loudest := 0.0
	for _, v := range s {
		loudest = math.Max(loudest, math.Abs(v))
	}
	if loudest > 1 || loudest < 0.2 {
		t.Errorf("the loudest sample is %v", loudest)
	}
}

// The note of 440 Hz must have its strength at 440 Hz: a sum over the samples with a
// sine of that frequency, beside one a tone higher.
func TestTheAHas440Hertz(t *testing.T) {
	s := tones.Melody([]tones.Note{{69, 1}}, 60)
	strength := func(f float64) float64 {
		var re, im float64
		for i, v := range s {
			sin, cos := math.Sincos(2 * math.Pi * f * float64(i) / tones.Rate)
			re, im = re+v*cos, im+v*sin
		}
		return math.Hypot(re, im)
	}
	if a, b := strength(440), strength(493.883); a < 20*b {
		t.Errorf("strength %v at 440 Hz, %v at 494 Hz", a, b)
	}
}

func TestNotesThatCannotBePlayedPanic(t *testing.T) {
	for name, call := range map[string]func(){
		"no length": func() { tones.Melody([]tones.Note{{60, 0}}, 90) },
		"no pitch":  func() { tones.Melody([]tones.Note{{128, 1}}, 90) },
		"no tempo":  func() { tones.Melody([]tones.Note{{60, 1}}, 0) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			call()
		}()
	}
}
