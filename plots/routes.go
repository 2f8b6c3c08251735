package plots

import (
	"fmt"
	"image/color"
	"strings"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg/draw"
)

// Routes draws on the unrolled net how the loss of one step reaches the matrix W.
// The direct route ends at the copy of W that made the state of that step; each
// indirect route goes back through older states to an older copy. With through = k
// only the route that ends at the copy of step k is drawn in colour; 0 draws all.
//
// It panics unless 1 ≤ loss ≤ steps and 0 ≤ through ≤ loss.
func Routes(steps, loss, through int) (*Figure, error) {
	if loss < 1 || loss > steps || through < 0 || through > loss {
		panic(fmt.Sprintf("plots: Routes(%d, %d, %d): the loss must be a step from 1 to %d, the copy one up to it", steps, loss, through, steps))
	}
	net, _ := layout(nil, make([]UnrolledStep, steps))
	net.height += 34 * float64(1) // room for the legend
	s := newDiagram(net.width, net.height, texts.Text("routes.title", "L"+subscript(loss)))
	thin := draw.LineStyle{Color: LightGrey, Width: Px(2)}
	for t := 1; t <= steps; t++ {
		x := net.column(t)
		s.Arrow(thin, x, net.x-net.xHalf, x, net.h+net.hHalf)
		s.Arrow(thin, x, net.h-net.hHalf, x, net.y+net.yHalf)
		s.Arrow(thin, net.column(t-1)+net.box/2, net.h, x-net.box/2, net.h)
	}
	for k := 1; k <= loss; k++ {
		if through == 0 || through == k {
			net.route(s, loss, k)
		}
	}
	net.symbols(s, loss)
	net.legend(s, loss, through)
	return s.done(routesAlt(steps, loss, through))
}

// routeColour keeps the direct route apart from the others.
func routeColour(loss, k int) (color.Color, draw.LineStyle) {
	if k == loss {
		return Vermilion, draw.LineStyle{Color: Vermilion, Width: Px(3)}
	}
	c := []color.RGBA{Blue, Purple, Green, Orange}[(loss-1-k)%4]
	return c, draw.LineStyle{Color: c, Width: Px(2.5), Dashes: dashes[1+(loss-1-k)%4]}
}

// route draws from the loss down to h_loss, back along the states, and ends at the
// copy of W at step k.
func (u *unrolled) route(s *Diagram, loss, k int) {
	_, ls := routeColour(loss, k)
	shift := 8 * (float64(loss-k) - float64(loss-1)/2) // side by side
	x, y := u.column(loss)+shift, u.h+shift
	end := u.column(k) - u.pitch/2
	s.Arrow(ls, x, u.y+u.yHalf, x, y, end+3, y)
}

// symbols draws the nodes over the routes, so that these pass behind them, and the
// copies of W.
func (u *unrolled) symbols(s *Diagram, loss int) {
	s.column(u.left, u.h, u.box, "h₀", nil, Grey)
	for t := 1; t <= u.steps; t++ {
		edge := color.Color(Black)
		if t > loss {
			edge = LightGrey
		}
		s.column(u.column(t), u.x, u.box, "x"+subscript(t), nil, edge)
		s.column(u.column(t), u.h, u.box, "h"+subscript(t), nil, edge)
		s.column(u.column(t), u.y, u.box, "ŷ"+subscript(t), nil, edge)
		s.Text(u.column(t)-u.pitch/2, u.h-28-4*float64(loss-1), TitleText, Black, text.XCenter, "W⁽"+superscript(t)+"⁾")
	}
	s.Text(u.column(loss), u.y-u.yHalf-13, TitleText, Black, text.XCenter, "L"+subscript(loss))
}

// legend names the routes below the net.
func (u *unrolled) legend(s *Diagram, loss, through int) {
	var keys []int
	for k := loss; k >= 1; k-- {
		if through == 0 || through == k {
			keys = append(keys, k)
		}
	}
	step := (u.width - 30) / float64(len(keys))
	for i, k := range keys {
		c, ls := routeColour(loss, k)
		x, y := 20+step*float64(i), u.height-18
		s.Line(ls, x, y, x+34, y)
		s.Text(x+40, y, SmallText, c, text.XLeft, routeName(loss, k))
	}
}

func routeName(loss, k int) string {
	if k == loss {
		return texts.Text("routes.direct")
	}
	return texts.Text("routes.through", "h"+subscript(k))
}

func routesAlt(steps, loss, through int) string {
	parts := []string{texts.Text("routes.alt", steps, "L"+subscript(loss))}
	for k := loss; k >= 1; k-- {
		if through != 0 && through != k {
			continue
		}
		via := []string{"ŷ" + subscript(loss)}
		for t := loss; t >= k; t-- {
			via = append(via, "h"+subscript(t))
		}
		parts = append(parts, texts.Text("routes.one", routeName(loss, k), strings.Join(via, ", "), "W⁽"+superscript(k)+"⁾"))
	}
	return strings.Join(parts, " ")
}
