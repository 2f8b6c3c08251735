// Package style holds what all charts share in look: colours, dashes, markers, sizes
// of text, and the CSS pixel as the unit of length. It knows nothing of any chart.
package style

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"rnn101/plots/internal/typeface"
)

// The colours of Okabe and Ito (2008), and greys.
var (
	Blue      = color.RGBA{0x00, 0x72, 0xB2, 0xFF}
	Orange    = color.RGBA{0xE6, 0x9F, 0x00, 0xFF}
	Green     = color.RGBA{0x00, 0x9E, 0x73, 0xFF}
	Vermilion = color.RGBA{0xD5, 0x5E, 0x00, 0xFF}
	Purple    = color.RGBA{0xCC, 0x79, 0xA7, 0xFF}
	SkyBlue   = color.RGBA{0x56, 0xB4, 0xE9, 0xFF}

	Black     = color.RGBA{0x22, 0x22, 0x22, 0xFF} // of text; softer than full black
	Grey      = color.RGBA{0x76, 0x76, 0x76, 0xFF}
	LightGrey = color.RGBA{0xE4, 0xE4, 0xE4, 0xFF}
	White     = color.RGBA{0xFF, 0xFF, 0xFF, 0xFF}
	Zero      = color.RGBA{0xC4, 0xC4, 0xC4, 0xFF} // of the lines through 0
)

// The sizes of text, in CSS pixels.
const (
	SmallText  = 11.5
	NormalText = 13.0
	TitleText  = 15.0
)

// The sizes of text of charts with axes, in CSS pixels: about those of the page's text.
const (
	TickText = 14.0
	AxisText = 15.0
	NameText = 15.0
	HeadText = 17.0
)

// What tells series apart. The order of the colours is ours: neighbours differ in
// lightness too, for a print in grey.
var (
	palette = []color.RGBA{Blue, Orange, Green, Purple, Vermilion, SkyBlue}
	dashes  = [][]vg.Length{nil, Dashed, Dotted, {Px(9), Px(3), Px(2), Px(3)}, {Px(5), Px(2)}, {Px(14), Px(4)}}
	markers = []draw.GlyphDrawer{draw.CircleGlyph{}, draw.BoxGlyph{}, draw.PyramidGlyph{}, draw.TriangleGlyph{}, draw.PlusGlyph{}, draw.CrossGlyph{}}
)

// Patterns of dashes that have a meaning of their own.
var (
	Dashed = []vg.Length{Px(9), Px(4)}
	Dotted = []vg.Length{Px(2), Px(3)}
)

// Color returns the colour of series i, counted from 0. Colours repeat after six
// series, as dashes and markers do.
func Color(i int) color.RGBA { return palette[i%len(palette)] }

// Shade returns the colour of shaded area i: neighbours differ.
func Shade(i int) color.RGBA {
	return []color.RGBA{{0xE9, 0xF1, 0xF7, 0xFF}, {0xF3, 0xF0, 0xE6, 0xFF}}[i%2]
}

// Ink returns a colour for text: the given one, darkened until its contrast with white is
// at least 4.5 to 1.
func Ink(c color.RGBA) color.RGBA {
	linear := func(v uint8) float64 { return math.Pow((float64(v)/255+0.055)/1.055, 2.4) }
	for 0.2126*linear(c.R)+0.7152*linear(c.G)+0.0722*linear(c.B)+0.05 > 1.05/4.5 {
		c.R, c.G, c.B = uint8(float64(c.R)*0.98), uint8(float64(c.G)*0.98), uint8(float64(c.B)*0.98)
	}
	return c
}

// Dashes returns the dashes of series i.
func Dashes(i int) []vg.Length { return dashes[i%len(dashes)] }

// Marker returns the style of the markers of series i.
func Marker(i int) draw.GlyphStyle {
	return draw.GlyphStyle{Color: Color(i), Radius: Px(3.5), Shape: markers[i%len(markers)]}
}

// Px returns the length of n CSS pixels, 96 to the inch.
func Px(n float64) vg.Length { return vg.Length(n) * vg.Inch / 96 }

// Text returns the style of centred text of a size in CSS pixels.
func Text(size float64, c color.Color) text.Style {
	f := typeface.Font
	f.Size = Px(size)
	return text.Style{Color: c, Font: f, XAlign: text.XCenter, YAlign: text.YCenter, Handler: typeface.Handler()}
}

// Line returns the style of a line of a width in CSS pixels. Without dashes it is
// solid.
func Line(c color.Color, width float64, dashes ...vg.Length) draw.LineStyle {
	return draw.LineStyle{Color: c, Width: Px(width), Dashes: dashes}
}
