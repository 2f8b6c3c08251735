package kernel

import "math"

// Norm returns the Euclidean norm of the parts as one vector. It is right where squares of
// numbers over- or underflow, too.
func Norm(parts [][]float64) float64 {
	// Squares that underflow do not matter beside such a sum.
	if sum := squares(parts, 1); sum >= 0x1p-900 && sum <= math.MaxFloat64 {
		return math.Sqrt(sum)
	}
	s := scale(parts)
	return math.Sqrt(squares(parts, s)) / s
}

// Clip scales all parts down so that the norm of the counted ones, which are among them, is
// most, if it is larger. It returns the norm that they had: +Inf if that is no float64. Parts
// with a number that is NaN or infinite stay as they are.
func Clip(all, counted [][]float64, most float64) float64 {
	norm := Norm(counted)
	if !(norm > most) {
		return norm
	}
	factor, s := most/norm, 1.0
	if factor < 0x1p-1022 { // the factor has lost digits, or the norm is no float64
		s = scale(counted)
		factor = most / math.Sqrt(squares(counted, s))
	}
	if factor > 0 {
		for _, part := range all {
			for i := range part {
				part[i] = part[i] * s * factor
			}
		}
	}
	return norm
}

// squares returns the sum of the squares of all numbers times the scale.
func squares(parts [][]float64, scale float64) (sum float64) {
	for _, part := range parts {
		for _, v := range part {
			v *= scale
			sum += v * v
		}
	}
	return sum
}

// scale returns a power of two that takes the largest number to where its square neither
// over- nor underflows.
func scale(parts [][]float64) float64 {
	largest := 0.0
	for _, part := range parts {
		for _, v := range part {
			largest = max(largest, math.Abs(v))
		}
	}
	_, exponent := math.Frexp(largest)
	return math.Ldexp(1, -max(-1000, min(exponent, 1000)))
}
