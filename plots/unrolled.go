package plots

import (
	"fmt"
	"image/color"
	"math"
	"strings"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg/draw"
)

// UnrolledStep is one column of the unrolled net. Where X, H, Y are nil, only their
// symbols are drawn; Target may be empty.
type UnrolledStep struct {
	Input   string    // the word that is read
	X, H, Y []float64 // x_t, h_t, ŷ_t
	Target  string    // the word that should come out
}

// Unrolled draws the net unrolled in time: a column for each step with x_t below,
// h_t in the middle and ŷ_t on top, joined by the matrices U, W and V, which have
// the same colour in each column because they are the same. h0 is drawn at the left,
// with its numbers unless it is nil. It returns an error without a step or for a
// number that is not finite.
func Unrolled(h0 []float64, steps []UnrolledStep) (*Figure, error) {
	if len(steps) == 0 {
		return nil, fmt.Errorf("plots: Unrolled: give at least one step")
	}
	net, err := layout(h0, steps)
	if err != nil {
		return nil, err
	}
	s := newDiagram(net.width, net.height, texts.Text("unrolled.title", len(steps)))
	net.arrows(s)
	net.nodes(s, h0, steps)
	return s.done(unrolledAlt(h0, steps))
}

// unrolled is where the parts of the unrolled net stand, in CSS pixels.
type unrolled struct {
	steps         int
	width, height float64
	box           float64 // width of a node
	left, pitch   float64 // centre of h_0, distance between columns
	y, h, x       float64 // centres of the rows of nodes
	yHalf, hHalf  float64 // half of their heights
	xHalf         float64
}

func layout(h0 []float64, steps []UnrolledStep) (*unrolled, error) {
	nx, nh, ny := 0, len(h0), 0
	if err := finiteOrNone("h_0", h0); err != nil {
		return nil, err
	}
	for i, step := range steps {
		for name, values := range map[string][]float64{"x": step.X, "h": step.H, "ŷ": step.Y} {
			if err := finiteOrNone(fmt.Sprintf("%s_%d", name, i+1), values); err != nil {
				return nil, err
			}
		}
		nx, nh, ny = max(nx, len(step.X)), max(nh, len(step.H)), max(ny, len(step.Y))
	}
	u := &unrolled{steps: len(steps), box: 62, left: 62, pitch: 190}
	if nx+nh+ny > 0 {
		u.box = 82
	}
	if len(steps) > 3 {
		u.pitch = 150
	}
	u.width = math.Max(420, u.left+u.pitch*float64(len(steps))+80)
	u.yHalf, u.hHalf, u.xHalf = columnHeight(ny)/2, columnHeight(nh)/2, columnHeight(nx)/2
	const gap = 52
	u.y = 66 + u.yHalf
	u.h = u.y + u.yHalf + gap + u.hHalf
	u.x = u.h + u.hHalf + gap + u.xHalf
	u.height = u.x + u.xHalf + 36
	return u, nil
}

func finiteOrNone(name string, values []float64) error {
	if len(values) == 0 {
		return nil
	}
	return finite("Unrolled", name, values)
}

// column is the x of step t; step 0 is h_0.
func (u *unrolled) column(t int) float64 { return u.left + u.pitch*float64(t) }

// arrows draws U, W and V at each step.
func (u *unrolled) arrows(s *Diagram) {
	up := draw.LineStyle{Width: Px(2)}
	for t := 1; t <= u.steps; t++ {
		x := u.column(t)
		up.Color, up.Dashes = Blue, dashes[1]
		s.Arrow(up, x, u.x-u.xHalf, x, u.h+u.hHalf)
		s.Text(x+14, (u.x-u.xHalf+u.h+u.hHalf)/2, TitleText, Blue, text.XCenter, "U")
		up.Color, up.Dashes = Vermilion, nil
		s.Arrow(up, u.column(t-1)+u.box/2, u.h, x-u.box/2, u.h)
		s.Text((u.column(t-1)+x)/2, u.h-13, TitleText, Vermilion, text.XCenter, "W")
		up.Color, up.Dashes = Green, dashes[2]
		s.Arrow(up, x, u.h-u.hHalf, x, u.y+u.yHalf)
		s.Text(x+14, (u.h-u.hHalf+u.y+u.yHalf)/2, TitleText, Green, text.XCenter, "V")
	}
}

// nodes draws the boxes, and the words below and above them.
func (u *unrolled) nodes(s *Diagram, h0 []float64, steps []UnrolledStep) {
	s.column(u.left, u.h, u.box, "h₀", h0, Grey)
	for i, step := range steps {
		t, x := i+1, u.column(i+1)
		s.column(x, u.x, u.box, "x"+subscript(t), step.X, Black)
		s.column(x, u.h, u.box, "h"+subscript(t), step.H, Black)
		s.column(x, u.y, u.box, "ŷ"+subscript(t), step.Y, Black)
		s.Text(x, u.x+u.xHalf+16, NormalText, Black, text.XCenter, step.Input)
		if step.Target != "" {
			s.Text(x, u.y-u.yHalf-13, NormalText, Black, text.XCenter, texts.Text("unrolled.target", step.Target))
		}
	}
}

func unrolledAlt(h0 []float64, steps []UnrolledStep) string {
	parts := []string{texts.Text("unrolled.alt", len(steps))}
	if h0 != nil {
		parts = append(parts, "h₀ = "+tuple(h0)+".")
	}
	for i, step := range steps {
		t := subscript(i + 1)
		words := texts.Text("unrolled.step", i+1, step.Input)
		if step.Target != "" {
			words = texts.Text("unrolled.step.target", i+1, step.Input, step.Target)
		}
		parts = append(parts, words)
		var values []string
		for _, v := range []struct {
			name    string
			numbers []float64
		}{{"x", step.X}, {"h", step.H}, {"ŷ", step.Y}} {
			if v.numbers != nil {
				values = append(values, v.name+t+" = "+tuple(v.numbers))
			}
		}
		if len(values) > 0 {
			parts = append(parts, strings.Join(values, "; ")+".")
		}
	}
	return strings.Join(parts, " ")
}

func tuple(v []float64) string {
	s := make([]string, len(v))
	for i := range v {
		s[i] = exactOrFour(v[i])
	}
	return "(" + strings.Join(s, ", ") + ")"
}

// column writes a symbol and under it numbers, one a line, in a box around a centre.
func (s *Diagram) column(x, y, width float64, symbol string, numbers []float64, edge color.Color) {
	height := columnHeight(len(numbers))
	s.Box(x, y, width, height, White, edge, 1.8)
	s.Text(x, y-height/2+13, NormalText+1, Black, text.XCenter, symbol)
	if len(numbers) > 0 {
		lines := make([]string, len(numbers))
		for i, v := range numbers {
			lines[i] = exactOrFour(v)
		}
		s.Text(x, y+11, SmallText, Black, text.XCenter, strings.Join(lines, "\n"))
	}
}

func columnHeight(numbers int) float64 { return 26 + 15.5*float64(numbers) }
