package axes

import (
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"rnn101/plots/internal/style"
)

// header is what stands above the axes: the title, the rows of keys, and the name of the y
// axis.
type header struct {
	title  string // in lines
	rows   [][]key
	beside bool      // the name of the y axis stands left of the last row of keys
	height vg.Length // of all
}

const keyRow = 20 // height of a row of keys, in CSS pixels

func titleStyle() text.Style {
	ts := style.Text(style.HeadText, style.Black)
	ts.YAlign = text.YTop
	return ts
}

func keyStyle() text.Style {
	ts := style.Text(style.AxisText, style.Black)
	ts.XAlign, ts.YAlign = text.XLeft, text.YCenter
	return ts
}

// header lays out the header in a width.
func (a *Axes) header(width vg.Length) header {
	h := header{title: wrap(titleStyle(), a.title, width), rows: a.keyRows(keyStyle(), width)}
	h.height = titleStyle().Height(h.title) + style.Px(12) + style.Px(keyRow)*vg.Length(len(h.rows)) + style.Px(4)
	if a.y != "" {
		last := len(h.rows) - 1
		h.beside = last >= 0 && keyStyle().Width(a.y)+keysWidth(keyStyle(), h.rows[last]) < width
		if !h.beside {
			h.height += style.Px(keyRow)
		}
	}
	return h
}

// draw draws the header at the top of a canvas, with the name of the y axis.
func (h header) draw(c draw.Canvas, yName string) {
	y := c.Max.Y
	c.FillText(titleStyle(), vg.Point{X: c.Center().X, Y: y}, h.title)
	y -= titleStyle().Height(h.title) + style.Px(12)

	row, name := style.Px(keyRow), keyStyle()
	for _, keys := range h.rows {
		x := c.Max.X
		for i := len(keys) - 1; i >= 0; i-- { // from the right, where the eye ends
			x -= name.Width(keys[i].name)
			c.FillText(name, vg.Point{X: x, Y: y - row/2}, keys[i].name)
			x -= style.Px(36)
			box := vg.Rectangle{Min: vg.Point{X: x, Y: y - row + style.Px(4)}, Max: vg.Point{X: x + style.Px(30), Y: y - style.Px(4)}}
			for _, thumb := range keys[i].thumbs {
				thumb.Thumbnail(&draw.Canvas{Canvas: c.Canvas, Rectangle: box})
			}
			x -= style.Px(22)
		}
		y -= row
	}
	if h.beside {
		y += row
	}
	c.FillText(name, vg.Point{X: c.Min.X, Y: y - row/2}, yName)
}

func keysWidth(ts text.Style, keys []key) vg.Length {
	width := vg.Length(0)
	for _, k := range keys {
		width += ts.Width(k.name) + style.Px(58)
	}
	return width
}

// keyRows breaks the keys into rows of at most a width.
func (a *Axes) keyRows(ts text.Style, width vg.Length) [][]key {
	var rows [][]key
	for _, k := range a.keys {
		last := len(rows) - 1
		if last < 0 || keysWidth(ts, append(rows[last : last+1 : last+1][0], k)) > width {
			rows = append(rows, []key{k})
			continue
		}
		rows[last] = append(rows[last], k)
	}
	return rows
}
