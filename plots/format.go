package plots

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// number writes a value with so many decimals and a true minus.
func Fixed(v float64, places int) string {
	s := strconv.FormatFloat(v, 'f', places, 64)
	if strings.Trim(s, "-0.") == "" {
		s = strings.TrimPrefix(s, "-")
	}
	return strings.Replace(s, "-", "−", 1)
}

// short writes a value with the digits that matter: 0.0038, 1.39, 12.9, 3·10⁻⁷.
func Significant(v float64) string {
	size := math.Abs(v)
	switch {
	case v == 0:
		return "0"
	case size < 1e-4 || size >= 1e6:
		mantissa, power, _ := strings.Cut(strconv.FormatFloat(v, 'e', 1, 64), "e")
		n, _ := strconv.Atoi(power)
		return strings.Replace(strings.TrimSuffix(mantissa, ".0"), "-", "−", 1) + "·10" + superscript(n)
	case size < 0.1:
		return Fixed(v, 4)
	case size < 10:
		return Fixed(v, 2)
	case size < 100:
		return Fixed(v, 1)
	}
	return Fixed(v, 0)
}

// subscript writes a number below the line: h₁, x₁₂.
func subscript(n int) string {
	return strings.NewReplacer("0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄",
		"5", "₅", "6", "₆", "7", "₇", "8", "₈", "9", "₉").Replace(fmt.Sprint(n))
}

// superscript writes a number above the line.
func superscript(n int) string {
	return strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴",
		"5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹").Replace(fmt.Sprint(n))
}

// exactOrFour writes whole numbers as such, others with four decimals.
func exactOrFour(v float64) string {
	if v == math.Trunc(v) {
		return Fixed(v, 0)
	}
	return Fixed(v, 4)
}
