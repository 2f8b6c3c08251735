// Package format writes numbers as they are read in charts and their alternative
// texts: with a true minus sign, and with no more digits than matter. And it finds in the
// data what these texts say. It knows nothing of charts and writes no words.
package format

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// most is the size from which on a number is written as a power of ten, however many
// decimals it was to have.
const most = 1e12

// Fixed formats v with a fixed number of decimals; from 10¹² on as [Significant] does. Zero
// has no sign.
func Fixed(v float64, decimals int) string {
	if math.Abs(v) >= most {
		return Scientific(v, 1)
	}
	s := strconv.FormatFloat(v, 'f', decimals, 64)
	if strings.Trim(s, "-0.") == "" {
		s = strings.TrimPrefix(s, "-")
	}
	return minus(s)
}

// Significant formats v with its leading digits: 0.0038, 1.39, 12.9, 3·10⁻⁷.
func Significant(v float64) string {
	size := math.Abs(v)
	switch {
	case v == 0:
		return "0"
	case size < 1e-4 || size >= 1e6:
		return Scientific(v, 1)
	case size < 0.1:
		return Fixed(v, 4)
	case size < 10:
		return Fixed(v, 2)
	case size < 100:
		return Fixed(v, 1)
	}
	return Fixed(v, 0)
}

// Scientific formats v with a power of ten and a number of decimals before it, which are
// left out if there is one and it is 0: 3·10⁻⁷, 1.234·10³⁰. Zero is 0.
func Scientific(v float64, decimals int) string {
	if v == 0 {
		return "0"
	}
	mantissa, power, _ := strings.Cut(strconv.FormatFloat(v, 'e', decimals, 64), "e")
	if decimals == 1 {
		mantissa = strings.TrimSuffix(mantissa, ".0")
	}
	n, _ := strconv.Atoi(power)
	return minus(mantissa) + "·10" + Superscript(n)
}

// Coordinate formats a position on an axis: integers in full, other numbers as
// [Significant] does.
func Coordinate(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e6 {
		return Fixed(v, 0)
	}
	return Significant(v)
}

// Entry formats an entry of a vector or matrix: integers without decimals, other
// numbers with four, both with a power of ten from 10⁷ on.
func Entry(v float64) string {
	if math.Abs(v) >= 1e7 {
		return Significant(v)
	}
	if v == math.Trunc(v) {
		return Fixed(v, 0)
	}
	return Fixed(v, 4)
}

// Entries formats each number of v with [Entry].
func Entries(v []float64) []string {
	s := make([]string, len(v))
	for i := range v {
		s[i] = Entry(v[i])
	}
	return s
}

// minus replaces the hyphen of strconv by a minus sign.
func minus(s string) string { return strings.Replace(s, "-", "−", 1) }

var subscripts = strings.NewReplacer("0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄",
	"5", "₅", "6", "₆", "7", "₇", "8", "₈", "9", "₉")

// Subscript appends n to a symbol as a subscript: h₁, x₁₂.
func Subscript(symbol string, n int) string {
	return symbol + subscripts.Replace(fmt.Sprint(n))
}

var superscripts = strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³",
	"4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")

// Superscript formats n as a superscript.
func Superscript(n int) string { return superscripts.Replace(fmt.Sprint(n)) }

// CopyOfW names the copy of W that step k of an unrolled net uses: W⁽²⁾.
func CopyOfW(k int) string { return Copy("W", k) }

// Copy names the copy of a matrix that step k of an unrolled net uses.
func Copy(matrix string, k int) string { return matrix + "⁽" + Superscript(k) + "⁾" }

// Join concatenates what f returns for each item, with sep between them.
func Join[T any](items []T, sep string, f func(T) string) string {
	parts := make([]string, len(items))
	for i, item := range items {
		parts[i] = f(item)
	}
	return strings.Join(parts, sep)
}

// Width returns the number of characters in the longest line of s.
func Width(s string) int {
	longest := 0
	for line := range strings.SplitSeq(s, "\n") {
		longest = max(longest, len([]rune(line)))
	}
	return longest
}
