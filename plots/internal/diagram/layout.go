package diagram

import (
	"math"
	"strings"

	"rnn101/plots/internal/style"
)

// Width returns the width of a text of a size.
func Width(s string, size float64) float64 {
	return float64(style.Text(size, style.Black).Width(s) / style.Px(1))
}

// Wrap breaks a text at its spaces into lines that are no wider than a width, unless a
// single word is.
func Wrap(s string, size, width float64) string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		switch {
		case line == "":
			line = word
		case Width(line+" "+word, size) <= width:
			line += " " + word
		default:
			lines, line = append(lines, line), word
		}
	}
	return strings.Join(append(lines, line), "\n")
}

// Rounded returns the points of a line whose corners are rounded. The line must be
// made of horizontal and vertical pieces that are longer than twice the radius.
func Rounded(radius float64, xy ...float64) []float64 {
	points := xy[:2:2]
	for i := 2; i+3 < len(xy); i += 2 {
		x, y := xy[i], xy[i+1]
		inX, inY := unit(x-xy[i-2], y-xy[i-1])
		outX, outY := unit(xy[i+2]-x, xy[i+3]-y)
		for step := range 7 {
			sin, cos := math.Sincos(math.Pi / 2 * float64(step) / 6)
			back, on := radius*(1-sin), radius*(1-cos)
			points = append(points, x-inX*back+outX*on, y-inY*back+outY*on)
		}
	}
	return append(points, xy[len(xy)-2:]...)
}

func unit(dx, dy float64) (x, y float64) {
	length := math.Hypot(dx, dy)
	return dx / length, dy / length
}

// HalfCircle returns the points of a half circle above a point, from left to right.
func HalfCircle(x, y, radius float64) []float64 {
	var points []float64
	for step := range 13 {
		sin, cos := math.Sincos(math.Pi * float64(step) / 12)
		points = append(points, x-radius*cos, y-radius*sin)
	}
	return points
}
