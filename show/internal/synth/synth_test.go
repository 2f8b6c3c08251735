package synth

import (
	"math"
	"testing"
)

// The frequencies are from a published table of equal temperament.
func TestFrequency(t *testing.T) {
	for midi, want := range map[int]float64{69: 440, 60: 261.626, 21: 27.5, 108: 4186.01} {
		if got := Frequency(midi); math.Abs(got-want) > 0.005 {
			t.Errorf("MIDI %d has %v Hz, want %v", midi, got, want)
		}
	}
}

func TestAMelodyLastsAsLongAsItsNotesAndStaysInBounds(t *testing.T) {
	s, err := Melody([]Note{{69, 1}, {60, 0.5}}, 90)
	if err != nil {
		t.Fatal(err)
	}
	if want := Rate; len(s) != want { // 1.5 beats of 2/3 s
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

// The note of 440 Hz must have a far greater amplitude at 440 Hz than a tone higher, measured by
// the sum over the samples times a sine of the frequency.
func TestTheAHas440Hertz(t *testing.T) {
	s, err := Melody([]Note{{69, 1}}, 60)
	if err != nil {
		t.Fatal(err)
	}
	amplitude := func(f float64) float64 {
		var re, im float64
		for i, v := range s {
			sin, cos := math.Sincos(2 * math.Pi * f * float64(i) / Rate)
			re, im = re+v*cos, im+v*sin
		}
		return math.Hypot(re, im)
	}
	if a, b := amplitude(440), amplitude(493.883); a < 20*b {
		t.Errorf("amplitude %v at 440 Hz, %v at 494 Hz", a, b)
	}
}
