package show

import (
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
)

// Equal checks that two values are equal, entry by entry, to within an absolute tolerance, and
// shows the result. If they are not, it shows the first entry that differs and ends the cell with
// an error. The values have the types that Matrix takes.
//
//	show.Equal("∂L/∂W by both ways", dW, grad.W, 1e-12)
func Equal(label string, got, want any, tolerance float64) {
	a, b := gridOf("Equal", label, got), gridOf("Equal", label, want)
	passed, message := equal(label, a, b, tolerance)
	finish(passed, message)
}

// equal returns the outcome of Equal and its message.
func equal(label string, got, want grid, tolerance float64) (bool, string) {
	ar, ac := got.dims()
	br, bc := want.dims()
	if ar != br || ac != bc {
		return false, texts.Text("equal.shapes", label, got.shape(), want.shape())
	}
	for i, row := range got.rows {
		for j, v := range row {
			w := want.rows[i][j]
			// NaN must not pass.
			if math.Abs(v-w) <= tolerance {
				continue
			}
			if got.kind == scalar {
				return false, texts.Text("equal.number", label, precise(v), precise(w))
			}
			return false, texts.Text("equal.entry", label, i+1, j+1, precise(v), precise(w))
		}
	}
	if tolerance == 0 {
		return true, texts.Text("equal.exactly", label)
	}
	return true, texts.Text("equal.within", label, power(tolerance))
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

// precise formats a number with enough digits to show a difference.
func precise(v float64) string { return fmt.Sprintf("%.12g", v) }

// True checks that a condition holds, and shows the result. If it does not hold, True ends the cell
// with an error.
func True(label string, holds bool) {
	message := texts.Text("true.holds", label)
	if !holds {
		message = texts.Text("true.fails", label)
	}
	finish(holds, message)
}

// finish shows the message of a check, and ends the cell if the check has failed.
func finish(passed bool, message string) {
	sendMarkdown(message)
	if !passed {
		exit(1)
	}
}

// exit ends the cell without a stack trace, which would hide the message.
var exit = os.Exit

// Answer shows whether the answer to an exercise is right. A NaN entry or an empty value means
// that it is not answered yet. Answer never ends the cell, so that a notebook with unanswered
// exercises runs to its end. Values and tolerance are those of Equal.
//
//	show.Answer("the first entry of h_2", answer, h2[0], 5e-5)
func Answer(label string, answer, right any, tolerance float64) {
	sendMarkdown(answerMessage(label, gridOf("Answer", label, answer), gridOf("Answer", label, right), tolerance))
}

func answerMessage(label string, answer, right grid, tolerance float64) string {
	if answer.incomplete() {
		return texts.Text("answer.missing", label)
	}
	if passed, _ := equal(label, answer, right, tolerance); passed {
		return texts.Text("answer.right", label)
	}
	return texts.Text("answer.wrong", label, answer.text())
}

// Verdict shows whether an answer to an exercise is right. If it is not, problem says what is
// missing. Like Answer, it never ends the cell.
func Verdict(label string, problem error) {
	if problem == nil {
		sendMarkdown(texts.Text("answer.right", label))
		return
	}
	sendMarkdown(texts.Text("answer.notYet", label, problem))
}

// Unanswered shows that an exercise has no answer yet.
func Unanswered(label string) { sendMarkdown(texts.Text("answer.missing", label)) }

// incomplete reports whether the grid is empty or has an entry that is NaN.
func (g grid) incomplete() bool {
	for _, row := range g.rows {
		for _, v := range row {
			if math.IsNaN(v) {
				return true
			}
		}
	}
	return len(g.rows) == 0
}

// text formats the grid for running text.
func (g grid) text() string {
	if g.kind == scalar {
		return Number(g.rows[0][0])
	}
	return "$" + g.latex(latex) + "$"
}
