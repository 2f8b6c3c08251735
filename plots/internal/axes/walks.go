package axes

import (
	"cmp"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"rnn101/plots/internal/style"
	"rnn101/plots/internal/ticks"
)

// Walk is a named way from point to point, with the names of the arrows between them, if
// they have names.
type Walk struct {
	Name   string
	Points []Point
	Arrows []string
}

// AddWalks adds walks, and sets the ranges of the axes, which have the same scale.
func (a *Axes) AddWalks(walks []Walk) {
	low, high := plotter.XY{}, plotter.XY{} // zero is always seen
	for _, w := range walks {
		for _, p := range w.Points {
			low.X, low.Y = math.Min(low.X, p.X), math.Min(low.Y, p.Y)
			high.X, high.Y = math.Max(high.X, p.X), math.Max(high.Y, p.Y)
		}
	}
	size := math.Max(ticks.Span(low.X, high.X), ticks.Span(low.Y, high.Y))
	if size == 0 {
		size = 1
	}
	size = math.Max(size, ticks.Smallest)
	margin := 0.12 * size // for names beside the outermost points
	a.X.Min, a.X.Max = ticks.Finite(low.X-margin), ticks.Finite(high.X+margin)
	a.Y.Min, a.Y.Max = ticks.Finite(low.Y-margin), ticks.Finite(high.Y+margin)
	a.equal, a.names.keepIn = true, true
	a.plot.Add(zeroLines{})
	far := ticks.Finite(10 * size)
	a.names.thin = append(a.names.thin, plotter.XYs{{X: -far}, {X: far}}, plotter.XYs{{Y: -far}, {Y: far}})
	seen := map[Point]bool{}
	for i, w := range walks {
		a.addWalk(i, w, len(walks) > 1, seen)
	}
}

// addWalk adds a walk, with its name if it is to be told from another. Its points that
// are seen already are not named again.
func (a *Axes) addWalk(i int, w Walk, several bool, seen map[Point]bool) {
	points, named := make(plotter.XYs, len(w.Points)), name{text: w.Name, color: style.Color(i)}
	for j, p := range w.Points {
		points[j] = plotter.XY{X: p.X, Y: p.Y}
	}
	for j := 1; j < len(points); j++ {
		p, q := points[j-1], points[j]
		a.plot.Add(&arrow{p, q, style.Line(style.Color(i), 2.2, style.Dashes(i)...)})
		a.names.lines = append(a.names.lines, plotter.XYs{p, q})
		var along plotter.XYs
		for _, part := range []float64{0.5, 0.4, 0.6, 0.3, 0.7} {
			along = append(along, between(p, q, part))
		}
		if w.Arrows != nil {
			a.name(name{text: w.Arrows[j-1], color: style.Color(i), anchors: along})
		}
	}
	// The walk is named beside its longest arrow if it can be.
	order := make([]int, len(points)-1)
	for j := range order {
		order[j] = j
	}
	length := func(j int) float64 { return math.Hypot(points[j+1].X-points[j].X, points[j+1].Y-points[j].Y) }
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(length(j), length(i)) })
	for _, j := range order {
		named.anchors = append(named.anchors, between(points[j], points[j+1], 0.5), between(points[j], points[j+1], 0.35))
	}
	marker := style.Marker(i)
	marker.Radius = style.Px(4.5)
	a.addPoints(points, marker)
	for j, p := range w.Points {
		a.names.marks = append(a.names.marks, mark{points[j], 5})
		if !seen[p] {
			seen[p] = true
			a.name(name{text: p.Name, color: style.Color(i), anchors: points[j : j+1], point: true})
		}
	}
	if several {
		a.name(named)
	} else {
		a.texts = append(a.texts, w.Name)
	}
}

// between returns the point at a part of the way from p to q.
func between(p, q plotter.XY, part float64) plotter.XY {
	along := func(p, q float64) float64 {
		if d := q - p; !math.IsInf(d, 0) {
			return p + part*d
		}
		return (1-part)*p + part*q
	}
	return plotter.XY{X: along(p.X, q.X), Y: along(p.Y, q.Y)}
}

// zeroLines are the thin lines where x and y are 0.
type zeroLines struct{}

// Plot implements plot.Plotter.
func (zeroLines) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	ls := style.Line(style.Zero, 1)
	c.StrokeLine2(ls, c.Min.X, y(0), c.Max.X, y(0))
	c.StrokeLine2(ls, x(0), c.Min.Y, x(0), c.Max.Y)
}

// arrow is a line with a head at its end, which stops short of the marker there.
type arrow struct {
	from, to plotter.XY
	style    draw.LineStyle
}

// Plot implements plot.Plotter.
func (a *arrow) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	from, to := vg.Point{X: x(a.from.X), Y: y(a.from.Y)}, vg.Point{X: x(a.to.X), Y: y(a.to.Y)}
	d := to.Sub(from)
	length := vg.Length(math.Hypot(float64(d.X), float64(d.Y)))
	if length < style.Px(14) {
		c.StrokeLine2(a.style, from.X, from.Y, to.X, to.Y)
		return // too short for a head
	}
	d = d.Scale(1 / length)
	tip := to.Sub(d.Scale(style.Px(6)))
	base := tip.Sub(d.Scale(style.Px(11)))
	side := vg.Point{X: -d.Y, Y: d.X}.Scale(style.Px(5))
	end := tip.Sub(d.Scale(style.Px(9)))
	c.StrokeLine2(a.style, from.X, from.Y, end.X, end.Y)
	c.FillPolygon(color.Color(a.style.Color), []vg.Point{tip, base.Add(side), base.Sub(side)})
}
