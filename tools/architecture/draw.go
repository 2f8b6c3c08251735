package main

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"slices"
	"strings"
)

// draw returns the layout as an SVG.
func draw(l *layout) []byte {
	width := 0.0
	for _, row := range l.rows {
		last := row[len(row)-1]
		width = max(width, last.x+last.width()/2+margin)
	}
	top := func(row int) float64 { return margin + float64(row*(boxHeight+gapY)) }
	height := top(len(l.rows)-1) + boxHeight + legendHeight + margin

	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" width="%.0f" height="%.0f" role="img" aria-label="The parts of the course, and which imports which" font-family="sans-serif" font-size="14">`+"\n", width, height, width, height)
	fmt.Fprintln(&b, `<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="#555"/></marker></defs>`)
	fmt.Fprintln(&b, `<rect width="100%" height="100%" fill="white"/>`)
	for r, row := range l.rows {
		for _, n := range row {
			if n.part == "" {
				fmt.Fprintf(&b, `<path d="M%.0f %.0fV%.0f" stroke="#555"/>`+"\n", n.x, top(r), top(r)+boxHeight)
			}
			for _, to := range n.below {
				from, into := port(n, n.below, to), port(to, to.above, n)
				y, end := top(r)+boxHeight, top(r+1)
				tip := ""
				if to.part != "" {
					tip = ` marker-end="url(#tip)"`
				}
				fmt.Fprintf(&b, `<path d="M%.0f %.0fC%.0f %.0f %.0f %.0f %.0f %.0f" fill="none" stroke="#555"%s/>`+"\n",
					from, y, from, y+gapY*0.6, into, end-gapY*0.6, into, end, tip)
			}
		}
	}
	for r, row := range l.rows {
		for _, n := range row {
			if n.part != "" {
				drawBox(&b, n.x-boxWidth/2, top(r), fill(n.part), n.part, descriptions[n.part])
			}
		}
	}
	drawLegend(&b, top(len(l.rows)-1)+boxHeight+margin)
	fmt.Fprintln(&b, "</svg>")
	return b.Bytes()
}

// port returns where an arrow to or from a neighbour touches a node: the arrows are
// spread over its width in the order of the neighbours.
func port(n *node, neighbours []*node, neighbour *node) float64 {
	if n.part == "" {
		return n.x
	}
	all := slices.SortedStableFunc(slices.Values(neighbours), func(a, b *node) int { return cmp.Compare(a.x, b.x) })
	step := min(24, 0.8*boxWidth/float64(len(all)))
	return n.x + step*(float64(slices.Index(all, neighbour))-float64(len(all)-1)/2)
}

const (
	public       = "#dcecf7"
	private      = "#f3ead6"
	legendHeight = 46
)

func fill(part string) string {
	if part == "course" || strings.HasPrefix(part, "internal/") {
		return private
	}
	return public
}

func drawBox(b *bytes.Buffer, x, y float64, fill, title, text string) {
	fmt.Fprintf(b, `<rect x="%.0f" y="%.0f" width="%d" height="%d" rx="6" fill="%s" stroke="#555"/>`+"\n", x, y, boxWidth, boxHeight, fill)
	fmt.Fprintf(b, `<text x="%.0f" y="%.0f" text-anchor="middle" font-weight="bold">%s</text>`+"\n", x+boxWidth/2, y+21, html.EscapeString(title))
	fmt.Fprintf(b, `<text x="%.0f" y="%.0f" text-anchor="middle" font-size="12.5">%s</text>`+"\n", x+boxWidth/2, y+39, html.EscapeString(text))
}

func drawLegend(b *bytes.Buffer, y float64) {
	x := float64(margin)
	for _, entry := range []struct{ fill, text string }{{public, "what readers use"}, {private, "what makes it work"}} {
		fmt.Fprintf(b, `<rect x="%.0f" y="%.0f" width="26" height="16" rx="4" fill="%s" stroke="#555"/>`+"\n", x, y+8, entry.fill)
		fmt.Fprintf(b, `<text x="%.0f" y="%.0f">%s</text>`+"\n", x+34, y+21, entry.text)
		x += 180
	}
	fmt.Fprintf(b, `<path d="M%.0f %.0fh40" stroke="#555" marker-end="url(#tip)"/>`+"\n", x, y+16)
	fmt.Fprintf(b, `<text x="%.0f" y="%.0f">imports (left out where a longer path of arrows leads there)</text>`+"\n", x+50, y+21)
}
