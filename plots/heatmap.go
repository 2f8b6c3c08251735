package plots

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg/draw"
)

// HeatOptions says how a heat map is drawn.
type HeatOptions struct {
	Title string
	X, Y  string  // what columns and rows are
	Floor float64 // what is smaller is drawn as white; it is the lower end of the scale
}

// HeatMap draws positive numbers on a logarithmic scale of colour, from white at the
// floor or under it to dark blue at the largest. Rows go up, as on an axis: values[r][c]
// stands in row r, column c, both counted from 0. A row may be shorter than others;
// where there is no value nothing is drawn.
//
// It returns an error if there are no values, for one that is negative or not finite,
// and if none is above the floor, which must be positive.
func HeatMap(values [][]float64, o HeatOptions) (*Figure, error) {
	rows, columns, top := len(values), 0, 0.0
	for r, row := range values {
		columns = max(columns, len(row))
		for c, v := range row {
			if math.IsNaN(v) || math.IsInf(v, 0) || v < 0 {
				return nil, fmt.Errorf("plots: HeatMap: the value in row %d, column %d is %v: it must be finite and not negative", r, c, v)
			}
			top = math.Max(top, v)
		}
	}
	if columns == 0 {
		return nil, fmt.Errorf("plots: HeatMap: there are no values")
	}
	if !(o.Floor > 0) || top <= o.Floor {
		return nil, fmt.Errorf("plots: HeatMap: the floor is %v: it must be positive and under the largest value, %v", o.Floor, top)
	}
	const left, head, right, foot = 74.0, 50.0, 108.0, 58.0
	pitch := math.Max(4, math.Floor(480/float64(max(rows, columns))))
	width, height := pitch*float64(columns), pitch*float64(rows)
	s := newDiagram(left+width+right, head+height+foot, o.Title)
	scale := func(v float64) color.RGBA {
		if v <= o.Floor {
			return White
		}
		return Sequential(math.Log(v/o.Floor) / math.Log(top/o.Floor))
	}
	s.Box(left+width/2, head+height/2, width+1, height+1, LightGrey, Grey, 1)
	for r, row := range values {
		for c, v := range row {
			s.Fill(left+pitch*float64(c), head+height-pitch*float64(r+1), pitch, pitch, scale(v))
		}
	}
	for _, tick := range (Linear{}).Ticks(0, float64(columns-1)) {
		s.Text(left+pitch*(tick.Value+0.5), head+height+14, SmallText, Black, text.XCenter, tick.Label)
	}
	for _, tick := range (Linear{}).Ticks(0, float64(rows-1)) {
		s.Text(left-8, head+height-pitch*(tick.Value+0.5), SmallText, Black, text.XRight, tick.Label)
	}
	s.Text(left+width/2, head+height+38, NormalText, Black, text.XCenter, o.X)
	s.VerticalText(left-50, head+height/2, NormalText, Black, o.Y)
	s.scaleBar(left+width+24, head, height, o.Floor, top, scale)
	return s.done(heatAlt(values, o, top))
}

// dusk goes from white over sky and blue to nearly black; its lightness falls evenly,
// so that it is read in grey too.
func Sequential(share float64) color.RGBA {
	stops := []color.RGBA{White, {0xA6, 0xD6, 0xF2, 255}, {0x3B, 0x8F, 0xC9, 255}, {0x0B, 0x3C, 0x6B, 255}, {0x06, 0x12, 0x2B, 255}}
	at := math.Max(0, math.Min(1, share)) * float64(len(stops)-1)
	i := min(int(at), len(stops)-2)
	mix := func(a, b uint8) uint8 {
		return uint8(math.Round(float64(a) + (at-float64(i))*(float64(b)-float64(a))))
	}
	p, q := stops[i], stops[i+1]
	return color.RGBA{mix(p.R, q.R), mix(p.G, q.G), mix(p.B, q.B), 255}
}

// scaleBar draws the scale of colours, with its powers of ten.
func (s *Diagram) scaleBar(x, y, height, low, high float64, scale func(float64) color.RGBA) {
	const slices, width = 120, 18.0
	for i := range slices {
		v := low * math.Pow(high/low, (float64(i)+0.5)/slices)
		h := height / slices
		s.Fill(x, y+height-h*float64(i+1), width, h, scale(v))
	}
	s.Line(draw.LineStyle{Color: Grey, Width: Px(1)}, x, y, x+width, y, x+width, y+height, x, y+height, x, y)
	for _, tick := range (Log{}).Ticks(low, high) {
		if tick.Label != "" {
			at := y + height*(1-math.Log(tick.Value/low)/math.Log(high/low))
			s.Text(x+width+6, at, SmallText, Black, text.XLeft, tick.Label)
		}
	}
}

func heatAlt(values [][]float64, o HeatOptions, top float64) string {
	last := values[len(values)-1]
	var shown []string
	for _, c := range []int{0, (len(last) - 1) / 2, len(last) - 1} {
		shown = append(shown, texts.Text("lines.at", Significant(last[c]), fmt.Sprint(c)))
	}
	return texts.Text("heat.alt", o.Title, o.Y, o.X, Significant(o.Floor), Significant(top), shown[0], shown[1], shown[2])
}
