package unrolled

import (
	"math"

	"rnn101/plots/internal/diagram"
	"rnn101/plots/internal/format"
	"rnn101/plots/internal/render"
	"rnn101/plots/internal/style"
)

// AttentionNames are the words in the drawing of attention.
type AttentionNames struct{ State, Direct, One, Sum, Now string }

// WordFits reports whether the drawing of attention has room for a word.
func WordFits(word string) bool { return diagram.Width(word, style.NormalText) <= 112 }

// DrawAttention draws words that are read from top to bottom: at the left how a state
// carries them to the output of the last step, at the right direct lines to that
// output, as wide as their weights are large.
func DrawAttention(words []string, weights []float64, names AttentionNames, title string) *render.Drawing {
	const (
		full, margin, top = 690.0, 16.0, 92.0
		row, high, symbol = 46.0, 28.0, 46.0
		text              = style.NormalText
	)
	T := len(words)
	box := 44.0
	for _, word := range words {
		box = math.Max(box, diagram.Width(word, text)+16)
	}
	last := top + row*float64(T-1)
	d := diagram.New(full, last+58, title)
	y := func(i int) float64 { return top + row*float64(i) }
	node := func(x, y, width float64, s string, bold bool) {
		outline, lineWidth := style.Black, 1.8
		if bold {
			outline, lineWidth = style.Vermilion, 3
		}
		d.Box(x, y, width, high, style.White, outline, lineWidth)
		d.Text(x, y-1, text, style.Black, diagram.Center, s)
	}
	panel := func(left float64, name string) {
		d.Text(left, 56, text, style.Black, diagram.Left, diagram.Wrap(name, text, full/2-2*margin))
		for i, word := range words {
			node(left+box/2, y(i), box, word, false)
		}
		d.Text(left+box/2, last+high/2+15, text, style.Black, diagram.Center, names.Now)
	}
	output := format.Subscript("ŷ", T)

	panel(margin, names.State)
	state := margin + box + 40 + symbol/2
	out := full/2 - margin - symbol/2 - 6
	ls := style.Line(style.Black, 2)
	for i := range words {
		d.Arrow(ls, margin+box, y(i), state-symbol/2, y(i))
		if i+1 < T {
			d.Arrow(ls, state, y(i)+high/2, state, y(i+1)-high/2)
		}
		node(state, y(i), symbol, format.Subscript("h", i+1), i+1 == T)
	}
	d.Arrow(style.Line(style.Vermilion, 3), state+symbol/2, last, out-symbol/2, last)
	d.Text(state, last+high/2+15, text, style.Black, diagram.Center, names.One)
	node(out, last, symbol, output, false)

	left := full/2 + margin
	panel(left, names.Direct)
	out = full - margin - symbol/2
	const radius = 13.0
	sum, middle := out-symbol/2-28-radius, (top+last)/2
	from := left + box + 46
	for i, w := range weights {
		d.Text(left+box+8, y(i)-1, text, style.Black, diagram.Left, format.Fixed(w, 2))
		d.Line(style.Line(style.Blue, 0.8+13*w), from, y(i), sum, middle)
	}
	d.Circle(sum, middle, radius, style.White, style.Black, 1.8)
	d.Line(ls, sum-6, middle, sum+6, middle)
	d.Line(ls, sum, middle-6, sum, middle+6)
	d.Arrow(ls, sum+radius, middle, out-symbol/2, middle)
	node(out, middle, symbol, output, false)
	d.Text(out+symbol/2, middle+high/2+24, text, style.Black, diagram.Right, diagram.Wrap(names.Sum, text, 90))
	return d.Drawing()
}
