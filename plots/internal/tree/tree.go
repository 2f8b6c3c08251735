// Package tree draws a decision tree. It gets finished texts, and a tree that has been
// checked.
package tree

import (
	"math"
	"strings"

	"rnn101/plots/internal/diagram"
	"rnn101/plots/internal/render"
	"rnn101/plots/internal/style"
)

// Node is a question with two answers, or a diagnosis without.
type Node struct {
	Text    string
	Yes, No *Node
}

// Columns returns how many columns the drawing of a tree needs: what follows a yes is
// drawn to the right of its question, what follows a no below it.
func Columns(n *Node) int {
	if n == nil {
		return 0
	}
	return max(1+Columns(n.Yes), Columns(n.No))
}

const (
	width, margin, top = 690.0, 16.0, 44.0
	text               = style.NormalText
	lineHeight         = 17.0
	right, down        = 54.0, 38.0 // the lengths of the arrows
)

type tree struct {
	*diagram.Diagram
	yes, no string
	box     float64 // the width of a box
}

// Draw draws a tree whose root is a question.
func Draw(root *Node, yes, no, title string) *render.Drawing {
	columns := float64(Columns(root))
	t := tree{yes: yes, no: no, box: math.Min(310, (width-2*margin-right*(columns-1))/columns)}
	full := 2*margin + t.box*columns + right*(columns-1)
	full = math.Max(full, diagram.Width(title, style.TitleText)+30)
	// The first pass measures how high the tree is.
	t.Diagram = diagram.New(0, 0, title)
	bottom := t.draw(root, 0, top, t.row(root))
	t.Diagram = diagram.New(full, bottom+margin, title)
	t.draw(root, 0, top, t.row(root))
	return t.Drawing()
}

func (t tree) wrap(n *Node) string { return diagram.Wrap(n.Text, text, t.box-20) }

func (t tree) height(n *Node) float64 {
	return 18 + lineHeight*float64(1+strings.Count(t.wrap(n), "\n"))
}

// row returns the height of a row that begins with a node: that of its highest box.
func (t tree) row(n *Node) float64 {
	h := 0.0
	for ; n != nil; n = n.Yes {
		h = math.Max(h, t.height(n))
	}
	return h
}

// draw draws a node, in the middle of a row at height y, and what follows it. It
// returns where that ends.
func (t tree) draw(n *Node, column int, y, row float64) (bottom float64) {
	left := margin + (t.box+right)*float64(column)
	x, middle, half := left+t.box/2, y+row/2, t.height(n)/2
	fill, lineWidth := style.LightGrey, 1.0
	if n.Yes != nil {
		fill, lineWidth = style.White, 1.8
	}
	t.Box(x, middle, t.box, 2*half, fill, style.Black, lineWidth)
	t.Text(x, middle, text, style.Black, diagram.Center, t.wrap(n))
	bottom = y + row
	if n.Yes == nil {
		return bottom
	}
	ls := style.Line(style.Black, 2)
	t.Arrow(ls, left+t.box, middle, left+t.box+right, middle)
	t.Text(left+t.box+right/2-4, middle-13, text, style.Black, diagram.Center, t.yes)
	bottom = t.draw(n.Yes, column+1, y, row)
	next := t.row(n.No)
	below := bottom + down
	t.Arrow(ls, x, middle+half, x, below+next/2-t.height(n.No)/2)
	t.Text(x+10, middle+half+14, text, style.Black, diagram.Left, t.no)
	return t.draw(n.No, column, below, next)
}
