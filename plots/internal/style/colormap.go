package style

import (
	"image/color"
	"math"
)

// Diverging maps a value to a colour from blue (−scale) over white (zero) to orange
// (scale). Values beyond the scale have the colour of its end.
func Diverging(v, scale float64) color.RGBA {
	if scale == 0 {
		return White
	}
	end := Orange
	if v < 0 {
		end = Blue
	}
	return mix(White, end, math.Min(1, math.Abs(v)/scale))
}

var sequential = []color.RGBA{White, {0xA6, 0xD6, 0xF2, 255}, {0x3B, 0x8F, 0xC9, 255}, {0x0B, 0x3C, 0x6B, 255}, {0x06, 0x12, 0x2B, 255}}

// Sequential maps a fraction between 0 and 1 to a colour from white over blue to
// nearly black. The lightness falls evenly, for a print in grey.
func Sequential(fraction float64) color.RGBA {
	at := math.Max(0, math.Min(1, fraction)) * float64(len(sequential)-1)
	i := min(int(at), len(sequential)-2)
	return mix(sequential[i], sequential[i+1], at-float64(i))
}

// mix returns the colour that lies the given fraction of the way from a to b.
func mix(a, b color.RGBA, fraction float64) color.RGBA {
	channel := func(a, b uint8) uint8 {
		return uint8(math.Round(float64(a) + fraction*(float64(b)-float64(a))))
	}
	return color.RGBA{channel(a.R, b.R), channel(a.G, b.G), channel(a.B, b.B), 255}
}

// Contrasting returns the colour of text that is readable on a background.
func Contrasting(background color.RGBA) color.RGBA {
	luma := 0.299*float64(background.R) + 0.587*float64(background.G) + 0.114*float64(background.B)
	if luma < 140 {
		return White
	}
	return Black
}
