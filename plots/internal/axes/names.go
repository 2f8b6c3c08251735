package axes

import (
	"image/color"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"rnn101/plots/internal/place"
	"rnn101/plots/internal/style"
)

// names writes names beside what they name, so that they cover neither the data nor
// each other: what ends at the right edge is named in a column to the right of it, what
// ends elsewhere beside its end, and ranges of x above the data.
type names struct {
	all    []name
	ranges []Range
	lines  []plotter.XYs // what no name may cover
	thin   []plotter.XYs // lines in the background
	marks  []mark
	keepIn bool // no column: all names stay within the axes
}

// name is a text for one of the anchors: the first is the best.
type name struct {
	text    string
	color   color.RGBA
	anchors plotter.XYs
	point   bool // of a point, to be placed before the names of lines
}

// mark is a marker of a radius in CSS pixels.
type mark struct {
	plotter.XY
	radius float64
}

const (
	axisLength = 500 // about that of an x axis
	columnGap  = 16  // between the right edge and the column of names
	columnMost = 170 // width of that column
	freeMost   = 210 // width of a name elsewhere
	lift       = 2   // from what gonum takes for the middle of text to that of small letters
	descent    = 5   // of letters such as p, which gonum does not count
	rangeRow   = 20  // height of a row of names of ranges

	// How many names, squared, may look at how many pieces of lines, and how many anchors all
	// names have. Up to eight names this leaves all of them in ordinary charts.
	mostLooks, mostAnchors = 500_000, 250
)

func nameStyle(c color.RGBA) text.Style {
	ts := style.Text(style.NameText, style.Ink(c))
	ts.XAlign, ts.YAlign = text.XLeft, text.YCenter
	return ts
}

// atEdge returns the anchor at the right edge of the chart, if there is one.
func (n name) atEdge(p *plot.Plot) (at plotter.XY, ok bool) {
	for _, a := range n.anchors {
		if !n.point && p.X.Norm(a.X) > 0.985 {
			return a, true
		}
	}
	return plotter.XY{}, false
}

// column returns the names in the column at the right edge, and its width.
func (n *names) column(p *plot.Plot) (column []name, width vg.Length) {
	for _, one := range n.all {
		if at, ok := one.atEdge(p); ok && !n.keepIn {
			one.anchors = plotter.XYs{at}
			one.text = wrap(nameStyle(one.color), one.text, style.Px(columnMost))
			width = max(width, nameStyle(one.color).Width(one.text))
			column = append(column, one)
		}
	}
	return column, width
}

// rangeRows returns in which row above the data the name of each range is written,
// counted from 0, and how many rows there are. Their widths are compared on an axis of
// about the length that it has.
func (n *names) rangeRows(p *plot.Plot, length vg.Length) (rows []int, count int) {
	var ends []vg.Length
	for _, r := range n.ranges {
		from, to := n.rangeName(p, r, length)
		row := 0
		for row < len(ends) && from < ends[row] {
			row++
		}
		if row == len(ends) {
			ends = append(ends, 0)
		}
		ends[row] = to + style.Px(10)
		rows = append(rows, row)
	}
	return rows, len(ends)
}

// rangeName returns where the name of a range begins and ends on an axis of a length.
func (n *names) rangeName(p *plot.Plot, r Range, length vg.Length) (from, to vg.Length) {
	width := nameStyle(style.Black).Width(r.Name)
	middle := length * vg.Length(p.X.Norm(r.From)+p.X.Norm(r.To)) / 2
	from = max(0, min(middle-width/2, length-width))
	return from, from + width
}

// GlyphBoxes implements plot.GlyphBoxer: it makes room for the column and for the
// names above.
func (n *names) GlyphBoxes(p *plot.Plot) []plot.GlyphBox {
	var boxes []plot.GlyphBox
	_, width := n.column(p)
	if width > 0 {
		boxes = append(boxes, plot.GlyphBox{X: 1, Rectangle: vg.Rectangle{Max: vg.Point{X: width + style.Px(columnGap)}}})
	}
	if _, rows := n.rangeRows(p, style.Px(axisLength)); rows > 0 {
		boxes = append(boxes, plot.GlyphBox{Y: 1, Rectangle: vg.Rectangle{Max: vg.Point{Y: style.Px(rangeRow * float64(rows))}}})
	}
	return boxes
}

// Plot implements plot.Plotter.
func (n *names) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	at := func(a plotter.XY) vg.Point { return vg.Point{X: x(a.X), Y: y(a.Y)} }
	rows, _ := n.rangeRows(p, style.Px(axisLength))
	for i, r := range n.ranges {
		from, _ := n.rangeName(p, r, c.Size().X)
		c.FillText(nameStyle(style.Black), vg.Point{X: c.Min.X + from, Y: c.Max.Y + style.Px(rangeRow*(float64(rows[i])+0.5))}, r.Name)
	}

	var taken []vg.Rectangle
	column, width := n.column(p)
	wanted, heights := make([]float64, len(column)), make([]float64, len(column))
	for i, one := range column {
		wanted[i], heights[i] = float64(at(one.anchors[0]).Y), float64(nameStyle(one.color).Height(one.text)+style.Px(1))
	}
	for i, centre := range place.Spread(wanted, heights, float64(c.Min.Y-style.Px(8)), float64(c.Max.Y+style.Px(8))) {
		ts, end := nameStyle(column[i].color), vg.Point{X: c.Max.X + style.Px(columnGap), Y: vg.Length(centre)}
		c.FillText(ts, end.Add(vg.Point{Y: style.Px(lift)}), column[i].text)
		if begin := at(column[i].anchors[0]); math.Abs(float64(begin.Y-end.Y)) > float64(style.Px(3)) {
			c.StrokeLines(style.Line(column[i].color, 1), []vg.Point{{X: c.Max.X + style.Px(2), Y: begin.Y}, {X: end.X - style.Px(2), Y: end.Y}})
		}
		taken = append(taken, vg.Rectangle{Min: vg.Point{X: end.X, Y: end.Y - vg.Length(heights[i])/2}, Max: vg.Point{X: end.X + width, Y: end.Y + vg.Length(heights[i])/2}})
	}

	// Each name looks at every piece of every line, and at every mark, for each place where it
	// could be.
	pieces := len(n.marks)
	for _, line := range n.lines {
		pieces += len(line)
	}
	others := max(1, len(n.all)-len(column))
	every, anchors := 1+pieces*others*others/mostLooks, max(2, mostAnchors/others)
	path := func(line plotter.XYs) []vg.Point {
		points := make([]vg.Point, 0, len(line))
		for i := range line {
			if i%every == 0 || i == len(line)-1 {
				points = append(points, at(line[i]))
			}
		}
		return points
	}
	o := place.Obstacles{Bounds: c.Rectangle, Boxes: taken}
	for _, line := range n.lines {
		o.Lines = append(o.Lines, path(line))
	}
	for _, line := range n.thin {
		o.Thin = append(o.Thin, path(line))
	}
	for i, m := range n.marks {
		if i%every != 0 {
			continue
		}
		r, middle := vg.Point{X: style.Px(m.radius), Y: style.Px(m.radius)}, at(m.XY)
		o.Marks = append(o.Marks, vg.Rectangle{Min: middle.Sub(r), Max: middle.Add(r)})
	}
	var free []place.Name
	var drawn []name
	for _, points := range []bool{true, false} {
		for _, one := range n.all {
			if _, edge := one.atEdge(p); one.point != points || edge && !n.keepIn {
				continue
			}
			one.text = wrap(nameStyle(one.color), one.text, style.Px(freeMost))
			ts, f := nameStyle(one.color), place.Name{}
			f.Size = vg.Point{X: ts.Width(one.text), Y: ts.Height(one.text) + style.Px(descent)}
			for _, a := range one.anchors[:min(anchors, len(one.anchors))] {
				f.Anchors = append(f.Anchors, at(a))
			}
			free, drawn = append(free, f), append(drawn, one)
		}
	}
	for i, spot := range place.Beside(free, o) {
		ts := nameStyle(drawn[i].color)
		c.FillText(ts, vg.Point{X: spot.Box.Min.X, Y: (spot.Box.Min.Y+spot.Box.Max.Y)/2 + style.Px(lift)}, drawn[i].text)
		if spot.Far {
			c.StrokeLines(style.Line(drawn[i].color, 1), []vg.Point{spot.Anchor, spot.Nearest()})
		}
	}
}

// wrap breaks text at spaces into lines of at most a width.
func wrap(ts text.Style, s string, width vg.Length) string {
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		begun := ""
		for word := range strings.SplitSeq(line, " ") {
			switch {
			case begun == "":
				begun = word
			case ts.Width(begun+" "+word) > width:
				lines = append(lines, begun)
				begun = word
			default:
				begun += " " + word
			}
		}
		lines = append(lines, begun)
	}
	return strings.Join(lines, "\n")
}
