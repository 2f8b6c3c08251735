package cells

import (
	"fmt"
	"image/color"
	"math"
	"strings"

	"rnn101/plots/internal/diagram"
	"rnn101/plots/internal/render"
	"rnn101/plots/internal/style"
	"rnn101/plots/internal/ticks"
)

// Note is a bar on a piano roll.
type Note struct {
	Start, Length float64 // in beats
	Pitch         int     // MIDI note number
}

// PianoRoll draws a melody: time to the right, pitch up. The notes from index
// generated on have another colour and an outline.
func PianoRoll(notes []Note, generated int, title, xLabel string) *render.Drawing {
	low, high, end := notes[0].Pitch, notes[0].Pitch, 0.0
	for _, n := range notes {
		low, high, end = min(low, n.Pitch), max(high, n.Pitch), math.Max(end, n.Start+n.Length)
	}
	low, high = low-1, high+1
	const left, top, bottom, row = 56.0, 46.0, 62.0, 15.0
	beat := math.Max(9, math.Min(30, 760/end))
	width, height := beat*end, row*float64(high-low+1)
	d := diagram.New(math.Max(left+width+24, 480), top+height+bottom, title)
	x := func(t float64) float64 { return left + beat*t }
	y := func(pitch int) float64 { return top + row*(float64(high-pitch)+0.5) }
	for p := low; p <= high; p++ {
		name, fill := PitchName(p), style.White
		blackKey := strings.Contains(name, "#")
		if blackKey {
			fill = color.RGBA{0xF3, 0xF3, 0xF3, 255}
		}
		d.Fill(left, y(p)-row/2, width, row, fill)
		if !blackKey {
			d.Text(left-8, y(p), style.SmallText-1, style.Black, diagram.Right, name)
		}
	}
	for b := 0.0; b <= end; b++ {
		d.Line(style.Line(style.LightGrey, 0.7), x(b), top, x(b), top+height)
	}
	for _, tick := range (ticks.Linear{}).Ticks(0, end) {
		d.Text(x(tick.Value), top+height+13, style.SmallText, style.Black, diagram.Center, tick.Label)
	}
	d.Text(left+width/2, top+height+36, style.NormalText, style.Black, diagram.Center, xLabel)
	for i, n := range notes {
		fill, outline := style.Blue, style.Blue
		if i >= generated {
			fill, outline = style.Orange, style.Black
		}
		d.Box(x(n.Start+n.Length/2), y(n.Pitch), beat*n.Length-2, row-4, fill, outline, 1)
	}
	return d.Drawing()
}

// PitchName returns the name and octave of a MIDI note number: 60 is C4.
func PitchName(midi int) string {
	names := []string{"C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"}
	octave := int(math.Floor(float64(midi) / 12))
	return fmt.Sprintf("%s%d", names[midi-12*octave], octave-1)
}
