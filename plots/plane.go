package plots

import (
	"fmt"
	"image/color"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// StatePath is a hidden state of two entries while a net learns, from the first
// point to the last.
type StatePath struct {
	Name   string
	Points [][2]float64
}

// HiddenPlane draws hidden states on the square from −1 to 1: where each begins (a
// hollow marker), its path, and where it ends (a filled one, with its name). It
// returns an error for an empty path or a point outside of the square.
func HiddenPlane(paths ...StatePath) (*Figure, error) {
	if len(paths) == 0 {
		return nil, fmt.Errorf("plots: HiddenPlane: give at least one path")
	}
	a := newAxes(520, 520, texts.Text("plane.title"), texts.Text("plane.axis", 1), texts.Text("plane.axis", 2))
	a.X.Min, a.X.Max, a.Y.Min, a.Y.Max = -1.15, 1.15, -1.15, 1.15
	a.X.Tick.Marker, a.Y.Tick.Marker = quarters{}, quarters{}
	frame, _ := plotter.NewPolygon(plotter.XYs{{X: -1, Y: -1}, {X: 1, Y: -1}, {X: 1, Y: 1}, {X: -1, Y: 1}})
	frame.LineStyle = draw.LineStyle{Color: LightGrey, Width: Px(1.5)}
	a.Add(frame)

	alt := []string{texts.Text("plane.alt")}
	var names []string
	for i, path := range paths {
		line, err := path.points()
		if err != nil {
			return nil, err
		}
		first, last := line[0], line[len(line)-1]
		colour := palette[i%len(palette)]
		curve, _ := plotter.NewLine(line)
		curve.LineStyle = draw.LineStyle{Color: colour, Width: Px(1.5), Dashes: dashes[i%len(dashes)]}
		a.Add(curve, &dot{first, colour, false}, &dot{last, colour, true})

		label := Text(SmallText, Black)
		dx, dy := -10.0, 16.0
		label.XAlign = text.XRight
		if last.X < 0 {
			dx, label.XAlign = 10, text.XLeft
		}
		if last.Y > 0 {
			dy = -16
		}
		a.Add(&annotation{x: last.X, y: last.Y, text: path.Name, dx: dx, dy: dy, style: label, background: true})
		names = append(names, path.Name)
		alt = append(alt, texts.Text("plane.path", path.Name,
			Fixed(first.X, 2), Fixed(first.Y, 2), Fixed(last.X, 2), Fixed(last.Y, 2)))
	}
	return a.done(strings.Join(alt, " "), names...)
}

func (s StatePath) points() (plotter.XYs, error) {
	if len(s.Points) == 0 {
		return nil, fmt.Errorf("plots: HiddenPlane: the path %q is empty", s.Name)
	}
	line := make(plotter.XYs, len(s.Points))
	for i, p := range s.Points {
		if !(math.Abs(p[0]) <= 1 && math.Abs(p[1]) <= 1) {
			return nil, fmt.Errorf("plots: HiddenPlane: point %d of %q is (%v, %v): hidden states lie between −1 and 1", i, s.Name, p[0], p[1])
		}
		line[i] = plotter.XY{X: p[0], Y: p[1]}
	}
	return line, nil
}

// dot is a round marker, filled or hollow.
type dot struct {
	at     plotter.XY
	colour color.RGBA
	filled bool
}

// Plot implements plot.Plotter.
func (d *dot) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	center := vg.Point{X: x(d.at.X), Y: y(d.at.Y)}
	fill := White
	if d.filled {
		fill = d.colour
	}
	c.DrawGlyph(draw.GlyphStyle{Color: d.colour, Radius: Px(6), Shape: draw.CircleGlyph{}}, center)
	c.DrawGlyph(draw.GlyphStyle{Color: fill, Radius: Px(4), Shape: draw.CircleGlyph{}}, center)
}

// quarters labels −1, −0.5, 0, 0.5, 1.
type quarters struct{}

// Ticks implements plot.Ticker.
func (quarters) Ticks(_, _ float64) []plot.Tick {
	var ticks []plot.Tick
	for v := -1.0; v <= 1; v += 0.5 {
		ticks = append(ticks, plot.Tick{Value: v, Label: Fixed(v, 1)})
	}
	return ticks
}
