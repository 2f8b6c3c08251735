// Package render encodes a drawing as PNG or SVG. It knows how large a drawing is and
// how it is drawn, and nothing of what it shows.
package render

import (
	"bytes"
	"fmt"
	"io"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"

	"rnn101/plots/internal/style"
	"rnn101/plots/internal/typeface"
)

// dpi is the resolution of PNG images: 1.5 pixels for each CSS pixel.
const dpi = 144

// Drawing is a chart that is ready to be encoded.
type Drawing struct {
	Width, Height float64 // in CSS pixels
	Title         string
	Texts         []string // all texts that are drawn
	Draw          func(draw.Canvas)
}

// PNG encodes the drawing as an image of 144 dots per inch.
func (d *Drawing) PNG() ([]byte, error) {
	c := vgimg.NewWith(vgimg.UseWH(style.Px(d.Width), style.Px(d.Height)), vgimg.UseDPI(dpi))
	return d.encode("PNG", vgimg.PngCanvas{Canvas: c})
}

// SVG encodes the drawing as vectors. Text remains text.
func (d *Drawing) SVG() ([]byte, error) {
	return d.encode("SVG", vgsvg.New(style.Px(d.Width), style.Px(d.Height)))
}

func (d *Drawing) encode(format string, canvas interface {
	vg.CanvasSizer
	io.WriterTo
}) ([]byte, error) {
	c := draw.New(canvas)
	c.SetColor(style.White) // so that the chart can be read on a dark page
	c.Fill(c.Rectangle.Path())
	d.Draw(c)
	var b bytes.Buffer
	if _, err := canvas.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("plots: encoding the %s: %w", format, err)
	}
	return b.Bytes(), nil
}

// Missing returns the first character of a text that the font of the charts lacks, if
// there is one. It would vanish from the chart without a trace.
func Missing(text string) (r rune, missing bool) { return typeface.Missing(text) }
