package show

import (
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
)

// Equal checks that two values agree, entry by entry, to within the tolerance, and
// shows that they do. If they do not, it shows the first entries that differ and
// stops the cell with an error. The values are of the kinds that Matrix takes; the
// tolerance is absolute.
//
//	show.Equal("∂L/∂W by both ways", dW, grad.W, 1e-12)
func Equal(what string, got, want any, tolerance float64) {
	a, b := gridOf("Equal", what, got), gridOf("Equal", what, want)
	passed, message := equal(what, a, b, tolerance)
	finish(passed, message)
}

func equal(what string, got, want grid, tolerance float64) (bool, string) {
	ar, ac := got.dims()
	br, bc := want.dims()
	if ar != br || ac != bc {
		return false, texts.Text("equal.shapes", what, got.shape(), want.shape())
	}
	for i, row := range got.rows {
		for j, v := range row {
			w := want.rows[i][j]
			// Written this way round so that NaN does not pass.
			if math.Abs(v-w) <= tolerance {
				continue
			}
			if got.kind == scalar {
				return false, texts.Text("equal.number", what, precise(v), precise(w))
			}
			return false, texts.Text("equal.entry", what, i+1, j+1, precise(v), precise(w))
		}
	}
	if tolerance == 0 {
		return true, texts.Text("equal.exactly", what)
	}
	return true, texts.Text("equal.within", what, power(tolerance))
}

// power writes 1e-12 as 10⁻¹² and 5e-05 as 5·10⁻⁵.
func power(tolerance float64) string {
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(tolerance, 'e', -1, 64), "e")
	n, _ := strconv.Atoi(exponent)
	ten := "10" + superscript.Replace(strconv.Itoa(n))
	if mantissa == "1" {
		return ten
	}
	return mantissa + "·" + ten
}

// precise shows enough digits for a difference to be seen.
func precise(v float64) string { return fmt.Sprintf("%.12g", v) }

// True checks that something holds and shows that it does. If it does not, it says
// so and stops the cell with an error.
func True(what string, holds bool) {
	message := texts.Text("true.holds", what)
	if !holds {
		message = texts.Text("true.fails", what)
	}
	finish(holds, message)
}

func finish(passed bool, message string) {
	sendMarkdown(message)
	if !passed {
		exit(1)
	}
}

// exit ends the cell without a stack trace: what is wrong has been said.
var exit = os.Exit

// Answer says whether the answer to an exercise is right. An entry that is NaN, or an
// empty value, means not answered yet. Answer never stops the cell, so that a notebook
// with open exercises still runs to its end. Values and tolerance are as for Equal.
//
//	show.Answer("the first entry of h_2", answer, h2[0], 5e-5)
func Answer(what string, answer, right any, tolerance float64) {
	sendMarkdown(judge(what, gridOf("Answer", what, answer), gridOf("Answer", what, right), tolerance))
}

func judge(what string, answer, right grid, tolerance float64) string {
	if answer.open() {
		return texts.Text("answer.missing", what)
	}
	if passed, _ := equal(what, answer, right, tolerance); passed {
		return texts.Text("answer.right", what)
	}
	return texts.Text("answer.wrong", what, answer.text())
}

// open tells whether anything is missing.
func (g grid) open() bool {
	for _, row := range g.rows {
		for _, v := range row {
			if math.IsNaN(v) {
				return true
			}
		}
	}
	return len(g.rows) == 0
}

// text writes the grid in a sentence.
func (g grid) text() string {
	if g.kind == scalar {
		return Number(g.rows[0][0])
	}
	return "$" + g.latex(latex) + "$"
}
