// Package option checks numbers that a caller chooses. It knows the standard library
// alone.
package option

import (
	"fmt"
	"math"
)

// LearningRate returns the rate, or the default if the rate is 0. It panics in the name
// of the caller for a rate that is negative or not finite.
func LearningRate(caller string, rate, defaultRate float64) float64 {
	if !(rate >= 0 && rate <= math.MaxFloat64) { // false for NaN too
		panic(fmt.Sprintf("%s: learning rate %v: it must be finite and not negative", caller, rate))
	}
	if rate == 0 {
		return defaultRate
	}
	return rate
}
