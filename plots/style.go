package plots

import (
	"fmt"
	"image/color"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// The colours of Okabe and Ito (2008), in the order in which series take them:
// neighbours differ in lightness too, for readers in grey.
var (
	blue       = color.RGBA{0x00, 0x72, 0xB2, 0xFF}
	orange     = color.RGBA{0xE6, 0x9F, 0x00, 0xFF}
	green      = color.RGBA{0x00, 0x9E, 0x73, 0xFF}
	vermilion  = color.RGBA{0xD5, 0x5E, 0x00, 0xFF}
	purple     = color.RGBA{0xCC, 0x79, 0xA7, 0xFF}
	sky        = color.RGBA{0x56, 0xB4, 0xE9, 0xFF}
	ink        = color.RGBA{0x22, 0x22, 0x22, 0xFF}
	grey       = color.RGBA{0x76, 0x76, 0x76, 0xFF}
	pale       = color.RGBA{0xE4, 0xE4, 0xE4, 0xFF}
	white      = color.RGBA{0xFF, 0xFF, 0xFF, 0xFF}
	palette    = []color.RGBA{blue, orange, green, purple, vermilion, sky}
	dashes     = [][]vg.Length{nil, {px(9), px(4)}, {px(2), px(3)}, {px(9), px(3), px(2), px(3)}, {px(5), px(2)}, {px(14), px(4)}}
	markers    = []draw.GlyphDrawer{draw.CircleGlyph{}, draw.BoxGlyph{}, draw.TriangleGlyph{}, draw.PyramidGlyph{}, draw.PlusGlyph{}, draw.CrossGlyph{}}
	smallText  = 11.5 // CSS pixels
	normalText = 13.0
	titleText  = 15.0
)

// style returns the style of a text of so many CSS pixels.
func style(size float64, c color.Color) text.Style {
	f := typeface
	f.Size = px(size)
	return text.Style{Color: c, Font: f, XAlign: text.XCenter, YAlign: text.YCenter, Handler: handler()}
}

// axes is a chart with an x and a y axis, in the manner of the course.
type axes struct {
	*plot.Plot
	figure *Figure
}

func newAxes(width, height float64, title, x, y string) *axes {
	p := plot.New()
	p.Title.Text, p.X.Label.Text, p.Y.Label.Text = title, x, y
	p.Title.TextStyle = style(titleText, ink)
	p.Title.TextStyle.YAlign = text.YTop
	p.Title.Padding = px(10)
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		rotation := axis.Label.TextStyle.Rotation
		axis.Label.TextStyle = style(normalText, ink)
		axis.Label.TextStyle.YAlign = text.YBottom
		axis.Label.TextStyle.Rotation = rotation
		axis.Label.Padding = px(4)
		x, y := axis.Tick.Label.XAlign, axis.Tick.Label.YAlign
		axis.Tick.Label = style(smallText, ink)
		axis.Tick.Label.XAlign, axis.Tick.Label.YAlign = x, y
		axis.Tick.Marker = linear{}
		axis.LineStyle.Color, axis.Tick.LineStyle.Color = grey, grey
	}
	p.Legend.TextStyle = style(smallText, ink)
	p.Legend.TextStyle.XAlign, p.Legend.TextStyle.YAlign = text.XLeft, text.YBottom
	p.Legend.Top, p.Legend.Left = true, false
	p.Legend.ThumbnailWidth = px(34)
	p.Legend.Padding = px(4)
	return &axes{p, &Figure{width: width, height: height, title: title, texts: []string{title, x, y}}}
}

// done makes the figure, with margins all around so that it stands on a dark page.
func (a *axes) done(alt string, names ...string) (*Figure, error) {
	f := a.figure
	f.alt = alt
	f.texts = append(append(f.texts, names...), alt)
	f.paint = func(c draw.Canvas) {
		c.SetColor(white)
		c.Fill(c.Rectangle.Path())
		a.Draw(draw.Crop(c, px(14), -px(18), px(12), -px(14)))
	}
	return f.finish()
}

// number writes a value with so many decimals and a true minus.
func number(v float64, places int) string {
	s := strconv.FormatFloat(v, 'f', places, 64)
	if strings.Trim(s, "-0.") == "" {
		s = strings.TrimPrefix(s, "-")
	}
	return strings.Replace(s, "-", "−", 1)
}

// short writes a value with the digits that matter: 0.0038, 1.39, 12.9, 3·10⁻⁷.
func short(v float64) string {
	size := math.Abs(v)
	switch {
	case v == 0:
		return "0"
	case size < 1e-4 || size >= 1e6:
		mantissa, power, _ := strings.Cut(strconv.FormatFloat(v, 'e', 1, 64), "e")
		n, _ := strconv.Atoi(power)
		return strings.Replace(strings.TrimSuffix(mantissa, ".0"), "-", "−", 1) + "·10" + superscript(n)
	case size < 0.1:
		return number(v, 4)
	case size < 10:
		return number(v, 2)
	case size < 100:
		return number(v, 1)
	}
	return number(v, 0)
}

// finite returns an error that names the first value that cannot be drawn.
func finite(chart, name string, values []float64) error {
	if len(values) == 0 {
		return fmt.Errorf("plots: %s: the series %q is empty", chart, name)
	}
	for i, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("plots: %s: value %d of %q is %v", chart, i, name, v)
		}
	}
	return nil
}
