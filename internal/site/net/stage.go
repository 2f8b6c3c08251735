package net

import (
	"fmt"
	"html"
	"strconv"
	"strings"

	"rnn101/data"
	"rnn101/internal/lang"
	"rnn101/internal/site/net/engine"
)

// Stage returns the net as HTML for a front page, in the state in which the page opens: the lecture's
// second pair, with the state carried over from the first. Each number is a link to the page, where
// it is asked. page is the address of the page, and tag that of the language.
func Stage(page, tag string) (string, error) {
	n, err := engine.Compute(engine.Opening())
	if err != nil {
		return "", err
	}
	d := drawing{numbers: n, page: page, tag: tag}
	d.add(`<div class="unrolled">`)
	d.vector("h", 0)
	for t := 1; t <= n.T; t++ {
		d.step(n.State, t)
	}
	d.add(`</div><p class="sum">`)
	d.add(`<i>L</i> = <i>L</i><sub>1</sub> + <i>L</i><sub>2</sub> = `)
	d.number("L", 0)
	d.add(` <span class="gradient">∂<i>L</i>/∂<i>W</i><sub>12</sub> = `)
	d.link("dW.0.1", "∂L/∂W₁₂", "?", "hidden")
	d.add(`</span></p>`)
	return d.String(), nil
}

// drawing is the HTML of the net so far.
type drawing struct {
	strings.Builder
	numbers   *engine.Numbers
	page, tag string
}

func (d *drawing) add(format string, args ...any) { fmt.Fprintf(&d.Builder, format, args...) }

// link writes a number, or what stands for it, as a link to the state that asks it.
func (d *drawing) link(id, name, shown, class string) {
	d.add(`<a class="%s" href="%s#p2/q%s/a%s" aria-label="%s: %s">%s</a>`, class, d.page, id, d.tag, html.EscapeString(name), shown, shown)
}

// number writes a number with four decimals.
func (d *drawing) number(table string, at ...int) {
	id, name := table, table
	for i, index := range at {
		id += "." + strconv.Itoa(index)
		switch {
		case i == 0 && (table != "L" || index > 0):
			name += "_" + strconv.Itoa(index)
		case i > 0:
			name += fmt.Sprintf("[%d]", index+1)
		}
	}
	d.link(id, name, strings.Replace(strconv.FormatFloat(d.numbers.At(table, at...), 'f', 4, 64), "-", "−", 1), "number")
}

func (d *drawing) vector(table string, t int) {
	d.add(`<div class="vector"><span><i>%s</i><sub>%d</sub></span><span class="entries">`, table, t)
	for i := range engine.Hidden {
		d.number(table, t, i)
	}
	d.add(`</span></div>`)
}

// step writes what happens at a step: the word, W on the arrow from state to state, the new state,
// the probabilities and the loss.
func (d *drawing) step(s engine.State, t int) {
	words, outputs := data.InputWords(), data.OutputWords()
	d.add(`<div class="arrow" aria-hidden="true"><i>W</i></div><div class="step"><p class="word" lang="en">%s</p>`, html.EscapeString(words[s.Words[t-1]]))
	d.vector("h", t)
	d.add(`<table><thead><tr><td></td><th scope="col"><i>ŷ</i><sub>%d</sub></th></tr></thead><tbody>`, t)
	for q, word := range outputs {
		class, gloss := "", ""
		if q == s.Targets[t-1] {
			class = ` class="target"`
		}
		if d.tag != lang.Korean {
			gloss = "<small>" + html.EscapeString(data.Gloss(word)) + "</small>"
		}
		d.add(`<tr%s><th scope="row"><span lang="ko">%s</span>%s</th><td style="--p:%.3f">`, class, word, gloss, d.numbers.At("y", t, q))
		d.number("y", t, q)
		d.add(`</td></tr>`)
	}
	d.add(`</tbody></table><p class="loss"><i>L</i><sub>%d</sub> = `, t)
	d.number("L", t)
	d.add(`</p></div>`)
}
