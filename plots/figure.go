// Package plots draws the charts of the course: one function a chart, one file a
// function. Each takes plain numbers and returns a Figure, which knows its image and
// its alternative text, written from the same numbers.
//
// A chart says in its title what is to be seen. Colours are those of Okabe and Ito
// (2008), which colour-blind readers can tell apart, and never stand alone: dashes,
// markers or numbers say the same. All texts come from a catalogue per language
// (package lang); names that the caller gives are drawn as they are.
//
// Lists of different lengths are the programmer's mistake and panic with "plots:".
// What data can cause, a NaN or an empty series, is an error that says where.
package plots

import (
	"bytes"
	"fmt"

	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Figure is a chart that is ready to be drawn.
type Figure struct {
	width, height float64 // CSS pixels
	alt           string
	title         string
	texts         []string // all that is drawn, and alt
	paint         func(draw.Canvas)
}

// dpi is the density of the images: one and a half pixels for each CSS pixel.
const dpi = 144

// finish checks that the font can write all of the figure's texts.
func (f *Figure) finish() (*Figure, error) {
	for _, s := range f.texts {
		if r, missing := Missing(s); missing {
			return nil, &UnwritableError{r, s, f.texts}
		}
	}
	return f, nil
}

// Alt returns the alternative text: what the chart shows, in sentences.
func (f *Figure) Alt() string { return f.alt }

// Title returns the title drawn above the chart.
func (f *Figure) Title() string { return f.title }

// Size returns width and height in CSS pixels, 96 to the inch.
func (f *Figure) Size() (width, height float64) { return f.width, f.height }

// PNG returns the chart as an image of 144 dots per inch on white.
func (f *Figure) PNG() ([]byte, error) {
	c := vgimg.PngCanvas{Canvas: vgimg.NewWith(vgimg.UseWH(Px(f.width), Px(f.height)), vgimg.UseDPI(dpi))}
	f.paint(draw.New(c))
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("plots: writing the PNG: %w", err)
	}
	return b.Bytes(), nil
}

// SVG returns the chart as vectors. Text stays text and asks the viewer for the font
// Course Sans, or for another.
func (f *Figure) SVG() ([]byte, error) {
	c := vgsvg.New(Px(f.width), Px(f.height))
	f.paint(draw.New(c))
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("plots: writing the SVG: %w", err)
	}
	return b.Bytes(), nil
}

// UnwritableError says that the font lacks a character. Drawn all the same, it would
// vanish from the chart silently.
type UnwritableError struct {
	Character rune
	Text      string   // where it stands
	Texts     []string // all texts of the chart and its alternative text
}

func (e *UnwritableError) Error() string {
	return fmt.Sprintf("plots: the font has no character %q (U+%04X), in the text %q", e.Character, e.Character, e.Text)
}
