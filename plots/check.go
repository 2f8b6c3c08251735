package plots

import (
	"fmt"
	"math"
)

// finite returns an error that names the first value that cannot be drawn.
func finite(chart, name string, values []float64) error {
	if len(values) == 0 {
		return fmt.Errorf("plots: %s: the series %q is empty", chart, name)
	}
	for i, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("plots: %s: value %d of %q is %v", chart, i, name, v)
		}
	}
	return nil
}
