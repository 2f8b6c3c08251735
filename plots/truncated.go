package plots

import (
	"fmt"
	"strings"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg/draw"
)

// Truncated draws on the unrolled net what it means to cut the gradient after every
// k steps, also called to detach the state: the values go forward over the cut, the
// gradient stops at it. It panics unless both numbers are at least 1.
func Truncated(steps, k int) (*Figure, error) {
	if steps < 1 || k < 1 {
		panic(fmt.Sprintf("plots: Truncated(%d, %d): both must be at least 1", steps, k))
	}
	net, _ := layout(nil, make([]UnrolledStep, steps))
	net.height += 34 // room for the legend
	s := newDiagram(net.width, net.height, texts.Text("truncated.title", k))
	forward := draw.LineStyle{Color: Grey, Width: Px(2)}
	backward := draw.LineStyle{Color: Vermilion, Width: Px(2.5), Dashes: dashes[1]}
	cut := draw.LineStyle{Color: Black, Width: Px(3)}
	const apart = 11 // between the two directions
	var cuts []string
	for t := 1; t <= steps; t++ {
		x, before := net.column(t), net.column(t-1)
		s.Arrow(forward, x, net.x-net.xHalf, x, net.h+net.hHalf)
		s.Arrow(forward, x-apart, net.h-net.hHalf, x-apart, net.y+net.yHalf)
		s.Arrow(backward, x+apart, net.y+net.yHalf, x+apart, net.h-net.hHalf)
		s.Arrow(forward, before+net.box/2, net.h-apart, x-net.box/2, net.h-apart)
		if t > 1 && (t-1)%k == 0 {
			middle := (before + x) / 2
			s.Arrow(backward, x-net.box/2, net.h+apart, middle+7, net.h+apart)
			s.Line(cut, middle, net.h+apart-13, middle, net.h+apart+13)
			s.Line(cut, middle-6, net.h+apart-13, middle-6, net.h+apart+13)
			cuts = append(cuts, texts.Text("truncated.cut", "h"+subscript(t-1), "h"+subscript(t)))
		} else if t > 1 {
			s.Arrow(backward, x-net.box/2, net.h+apart, before+net.box/2, net.h+apart)
		}
	}
	s.column(net.left, net.h, net.box, "h₀", nil, Grey)
	for t := 1; t <= steps; t++ {
		s.column(net.column(t), net.x, net.box, "x"+subscript(t), nil, Black)
		s.column(net.column(t), net.h, net.box, "h"+subscript(t), nil, Black)
		s.column(net.column(t), net.y, net.box, "L"+subscript(t), nil, Black)
	}
	y, third := net.height-18, (net.width-30)/3
	s.Line(forward, 20, y, 54, y)
	s.Text(60, y, SmallText, Black, text.XLeft, texts.Text("truncated.forward"))
	s.Line(backward, 20+third, y, 54+third, y)
	s.Text(60+third, y, SmallText, Black, text.XLeft, texts.Text("truncated.backward"))
	s.Line(cut, 38+2*third, y-9, 38+2*third, y+9)
	s.Line(cut, 44+2*third, y-9, 44+2*third, y+9)
	s.Text(56+2*third, y, SmallText, Black, text.XLeft, texts.Text("truncated.stops"))
	if len(cuts) == 0 {
		cuts = []string{texts.Text("truncated.none")}
	}
	return s.done(sentences(texts.Text("truncated.alt", steps), strings.Join(cuts, " ")))
}

// TruncationError draws how far a truncated gradient is from the whole one, against
// the number of steps that it goes back. It returns an error for a value that is not
// finite, and for fewer than two.
func TruncationError(series ...Line) (*Figure, error) {
	l := lines{chart: "TruncationError", series: series}
	if err := l.check(); err != nil {
		return nil, err
	}
	for _, s := range series {
		l.marked = l.marked || len(s.X) <= 30
	}
	a := newAxes(660, 380, truncationTitle(series), texts.Text("truncation.x"), texts.Text("truncation.y"))
	names := l.draw(a)
	return a.done(sentences(texts.Text("truncation.alt"), fromTo(series)), names...)
}

// truncationTitle says how many steps are needed for an error under a tenth.
func truncationTitle(series []Line) string {
	parts := make([]string, len(series))
	for i, s := range series {
		key, at := "truncation.never", 0.0
		for j := len(s.Y) - 1; j >= 0 && s.Y[j] < 0.1; j-- {
			key, at = "truncation.enough", s.X[j]
		}
		parts[i] = texts.Text(key, s.Name, plain(at))
	}
	return strings.Join(parts, "\n")
}
