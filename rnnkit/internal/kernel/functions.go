package kernel

import "math"

type function int

const (
	tanh function = iota
	sigmoid
	exp
	numFunctions
)

// Tanh sets dst to tanh of src. dst may be src. At AVX2 and AVX512 an error is at most
// 1.3 units in the last place, 2 at Portable.
func Tanh(dst, src []float64) { each(tanh, math.Tanh, dst, src) }

// Sigmoid sets dst to 1/(1 + e⁻ˣ) of src. dst may be src. An error is at most 2 units in
// the last place.
func Sigmoid(dst, src []float64) { each(sigmoid, Logistic, dst, src) }

// Exp sets dst to eˣ of src. dst may be src. An error is at most 1 unit in the last place,
// 1.2 at Portable.
// At Portable, Go's math.Exp on amd64 is +Inf from 709.44 on, not from 709.79 on, and on
// arm64 it is 0 where the result is no normal number.
func Exp(dst, src []float64) { each(exp, math.Exp, dst, src) }

// Logistic returns 1/(1 + e⁻ˣ).
func Logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// each sets dst to f of src, portable being f in Go.
func each(f function, portable func(float64) float64, dst, src []float64) {
	mustEqual("lengths of dst and src", len(dst), len(src))
	if level > Portable && len(src) > 0 {
		apply(f, dst, src)
		return
	}
	for i, v := range src {
		dst[i] = portable(v)
	}
}
