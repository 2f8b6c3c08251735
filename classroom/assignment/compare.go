package assignment

import (
	"fmt"
	"math"
	"reflect"
)

// Numbers may differ by this, as a share of the larger of the expected number and 1. An
// equivalent formula or another order of summation differs by less than a millionth of
// it, a wrong one by more.
const tolerance = 1e-6

// compare judges the values that a call gave back.
func compare(want, got []any) Verdict {
	for i := range want {
		which := ""
		if len(want) > 1 {
			which = fmt.Sprintf("result %d: ", i+1)
		}
		if v := compareOne(which, reflect.ValueOf(want[i]), reflect.ValueOf(got[i]), ""); v.Kind != Right {
			return v
		}
	}
	return Verdict{Kind: Right}
}

// compareOne goes down into slices. place is where it is: "[1][0]".
func compareOne(which string, want, got reflect.Value, place string) Verdict {
	switch want.Kind() {
	case reflect.Slice:
		if got.Len() != want.Len() {
			kind := fmt.Sprintf("%s%s has %d entries, expected are %d", which, at(place), got.Len(), want.Len())
			if got.IsNil() {
				kind = fmt.Sprintf("%s%s is nil, expected are %d entries", which, at(place), want.Len())
			}
			return Verdict{Kind: WrongShape, Text: kind}
		}
		for i := range want.Len() {
			if v := compareOne(which, want.Index(i), got.Index(i), fmt.Sprintf("%s[%d]", place, i)); v.Kind != Right {
				return v
			}
		}
	case reflect.Float64:
		w, g := want.Float(), got.Float()
		if math.IsNaN(g) || math.IsInf(g, 0) {
			return Verdict{Kind: NotANumber, Text: fmt.Sprintf("%s%s is %v, expected is %.4f", which, at(place), g, w)}
		}
		if off := math.Abs(g - w); off > tolerance*max(1, math.Abs(w)) {
			return Verdict{Kind: WrongValue, Text: fmt.Sprintf("%s%s is %.4f, expected is %.4f (relative error %.2g)", which, at(place), g, w, off/max(math.Abs(w), 1e-12))}
		}
	default:
		if w, g := want.Interface(), got.Interface(); w != g {
			return Verdict{Kind: WrongValue, Text: fmt.Sprintf("%s%s is %v, expected is %v", which, at(place), g, w)}
		}
	}
	return Verdict{Kind: Right}
}

func at(place string) string {
	if place == "" {
		return "it"
	}
	return "entry " + place
}
