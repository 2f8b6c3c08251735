package plots

import (
	"fmt"
	"image/color"
	"math"
	"strings"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg/draw"
)

// Tone is a note on a piano roll: when it begins and how long it sounds, in beats, and
// its MIDI number, 60 for middle C.
type Tone struct {
	Start, Length float64
	Pitch         int
}

// PianoRoll draws a melody as bars: time to the right, pitch upwards. The tones from
// number written on (counted from 0) have another colour and an edge, as those that a
// net has added; with written at or above the number of tones there are none.
//
// It returns an error if there are no tones, or for one that has no length or a pitch
// that no piano has.
func PianoRoll(title string, tones []Tone, written int) (*Figure, error) {
	if len(tones) == 0 {
		return nil, fmt.Errorf("plots: PianoRoll: there are no tones")
	}
	low, high, end := 127, 0, 0.0
	for i, n := range tones {
		if n.Pitch < 21 || n.Pitch > 108 || !(n.Length > 0) || !(n.Start >= 0) || math.IsInf(n.Start+n.Length, 0) {
			return nil, fmt.Errorf("plots: PianoRoll: tone %d is %+v: a pitch from 21 to 108, a start and a length are needed", i+1, n)
		}
		low, high, end = min(low, n.Pitch), max(high, n.Pitch), math.Max(end, n.Start+n.Length)
	}
	low, high = low-1, high+1
	const left, head, foot, row = 56.0, 46.0, 62.0, 15.0
	beat := math.Max(9, math.Min(30, 760/end))
	width, height := beat*end, row*float64(high-low+1)
	full := math.Max(left+width+24, 480)
	s := newDiagram(full, head+height+foot, title)
	x := func(t float64) float64 { return left + beat*t }
	y := func(pitch int) float64 { return head + row*(float64(high-pitch)+0.5) }
	for p := low; p <= high; p++ {
		fill := color.Color(White)
		if strings.Contains(PitchName(p), "#") {
			fill = color.RGBA{0xF3, 0xF3, 0xF3, 255}
		}
		s.Fill(left, y(p)-row/2, width, row, fill)
		if !strings.Contains(PitchName(p), "#") {
			s.Text(left-8, y(p), SmallText-1, Black, text.XRight, PitchName(p))
		}
	}
	for b := 0.0; b <= end; b++ {
		c := draw.LineStyle{Color: LightGrey, Width: Px(0.7)}
		s.Line(c, x(b), head, x(b), head+height)
	}
	for _, tick := range (Linear{}).Ticks(0, end) {
		s.Text(x(tick.Value), head+height+13, SmallText, Black, text.XCenter, tick.Label)
	}
	s.Text(left+width/2, head+height+36, NormalText, Black, text.XCenter, texts.Text("roll.x"))
	for i, n := range tones {
		fill, edge := Blue, Blue
		if i >= written {
			fill, edge = Orange, Black
		}
		s.Box(x(n.Start+n.Length/2), y(n.Pitch), beat*n.Length-2, row-4, fill, edge, 1)
	}
	return s.done(rollAlt(title, tones, written))
}

// PitchName writes a MIDI number as letter and octave: 60 is C4.
func PitchName(midi int) string {
	names := []string{"C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"}
	return fmt.Sprintf("%s%d", names[((midi%12)+12)%12], int(math.Floor(float64(midi)/12))-1)
}

func rollAlt(title string, tones []Tone, written int) string {
	names := func(tones []Tone) string {
		parts := make([]string, len(tones))
		for i, n := range tones {
			parts[i] = PitchName(n.Pitch)
		}
		return strings.Join(parts, " ")
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
