package show

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// roundOff is the relative error within which a value counts as equal to its rounded value:
// 0.1+0.2 is shown as 0.3.
const roundOff = 1e-12

var decimals = 4

// Decimals sets the number of decimals of the numbers that the cell shows after the call. Each cell
// starts with four. Decimals panics unless n is between 0 and 15.
func Decimals(n int) {
	if n < 0 || n > 15 {
		panic(mistake("Decimals", "%d decimals: must be from 0 to 15", n))
	}
	decimals = n
}

// Number formats a value for running text, rounded to the number of decimals set with Decimals. A
// value that rounding changes keeps trailing zeros; an exact one has none. A value that would be
// rounded to zero has a power of ten, so that only zero is shown as zero.
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

// latex formats a value for a formula, as Number does for text.
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

// factor is latex, with parentheses around a negative number.
func factor(v float64) string {
	s := latex(v)
	if strings.HasPrefix(s, "-") {
		return "(" + s + ")"
	}
	return s
}

// digits returns a value as decimal digits, with an ASCII minus, and a power of ten. The exponent
// is 0 unless the value would be rounded to zero.
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

// rounded returns the value as a reader sees it, rounded to the number of decimals.
func rounded(v float64) float64 {
	r, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'f', decimals, 64), 64)
	return r
}

// formatted is a float64 that formats itself as Number does, unless the verb has a precision, as in
// %.2f.
type formatted float64

func (f formatted) Format(state fmt.State, verb rune) {
	places, ok := state.Precision()
	if !ok {
		fmt.Fprint(state, Number(float64(f)))
		return
	}
	if verb == 'v' || verb == 's' {
		verb = 'f'
	}
	s := strconv.FormatFloat(float64(f), byte(verb), places, 64)
	fmt.Fprint(state, strings.Replace(s, "-", "−", 1))
}
