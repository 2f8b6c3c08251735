package show

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// roundOff is the relative distance from a number of few decimals within which a
// value counts as that number: 0.1+0.2 is shown as 0.3.
const roundOff = 1e-12

var decimals = 4

// Decimals sets the number of decimals, 0 to 15, of all numbers that the cell shows
// from now on. Each cell starts with four. It panics on any other number.
func Decimals(n int) {
	if n < 0 || n > 15 {
		panic(fmt.Sprintf("show: %d decimals: choose 0 to 15", n))
	}
	decimals = n
}

// Number formats a value for running text, rounded to the decimals set. A value that
// rounding changes keeps all decimals; one that it does not change has no trailing
// zeros. A value too small for these decimals is written with a power of ten, so that
// only zero reads as zero.
func Number(v float64) string {
	mantissa, exponent := digits(v)
	mantissa = strings.Replace(mantissa, "-", "−", 1)
	if exponent == 0 {
		return mantissa
	}
	return mantissa + "·10" + superscript.Replace(strconv.Itoa(exponent))
}

var superscript = strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³",
	"4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")

// latex writes a value for a formula, by the rule of Number.
func latex(v float64) string {
	mantissa, exponent := digits(v)
	switch {
	case math.IsNaN(v):
		return `\text{NaN}`
	case math.IsInf(v, 0):
		return strings.Replace(mantissa, "∞", `\infty`, 1)
	case exponent == 0:
		return mantissa
	}
	return fmt.Sprintf(`%s\cdot 10^{%d}`, mantissa, exponent)
}

// factor is latex, in parentheses where its sign would stand beside an operator.
func factor(v float64) string {
	s := latex(v)
	if strings.HasPrefix(s, "-") {
		return "(" + s + ")"
	}
	return s
}

// digits gives the decimal digits of a value with an ASCII minus, and the power of
// ten that they are to be multiplied by, 0 for almost all.
func digits(v float64) (mantissa string, exponent int) {
	switch {
	case math.IsNaN(v):
		return "NaN", 0
	case math.IsInf(v, 1):
		return "∞", 0
	case math.IsInf(v, -1):
		return "-∞", 0
	}
	rounded := rounded(v)
	fixed := strconv.FormatFloat(rounded, 'f', decimals, 64)
	switch {
	case v == 0:
		return "0", 0
	case math.Abs(v-rounded) <= roundOff*math.Abs(v):
		if strings.Contains(fixed, ".") {
			fixed = strings.TrimRight(strings.TrimRight(fixed, "0"), ".")
		}
	case rounded == 0:
		power := ""
		mantissa, power, _ = strings.Cut(strconv.FormatFloat(v, 'e', 1, 64), "e")
		exponent, _ = strconv.Atoi(power)
		return mantissa, exponent
	}
	return fixed, 0
}

// rounded is the value that a reader sees: to the nearest with the decimals set.
func rounded(v float64) float64 {
	r, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'f', decimals, 64), 64)
	return r
}

// printed lets a float64 among the arguments of Text print by the rule of Number,
// unless its verb asks for a precision of its own, as %.2f does.
type printed float64

func (p printed) Format(state fmt.State, verb rune) {
	places, own := state.Precision()
	if !own {
		fmt.Fprint(state, Number(float64(p)))
		return
	}
	if verb == 'v' || verb == 's' {
		verb = 'f'
	}
	s := strconv.FormatFloat(float64(p), byte(verb), places, 64)
	fmt.Fprint(state, strings.Replace(s, "-", "−", 1))
}
