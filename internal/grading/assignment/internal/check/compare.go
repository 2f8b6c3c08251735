package check

import (
	"fmt"
	"math"
	"reflect"
)

// tolerance is the largest difference that counts as equal, relative to the larger of the
// expected number and 1. Equivalent formulas and other orders of summation differ by far
// less.
const tolerance = 1e-6

// compare compares a result of a call with that expected.
func compare(want, got any) CaseResult {
	return compareOne(reflect.ValueOf(want), reflect.ValueOf(got), "")
}

// compareOne compares one value, entry by entry. index is its index in the result, such as
// "[1][0]".
func compareOne(want, got reflect.Value, index string) CaseResult {
	where := texts.Text("it")
	if index != "" {
		where = texts.Text("entry", index)
	}
	switch want.Kind() {
	case reflect.Slice:
		if got.Len() != want.Len() {
			if got.IsNil() {
				return CaseResult{Kind: WrongShape, Text: texts.Text("shape.nil", where, want.Len())}
			}
			return CaseResult{Kind: WrongShape, Text: texts.Text("shape", where, got.Len(), want.Len())}
		}
		for i := range want.Len() {
			if v := compareOne(want.Index(i), got.Index(i), fmt.Sprintf("%s[%d]", index, i)); v.Kind != Right {
				return v
			}
		}
	case reflect.Float64:
		w, g := want.Float(), got.Float()
		if math.IsNaN(g) || math.IsInf(g, 0) {
			return CaseResult{Kind: NonFinite, Text: texts.Text("value", where, fmt.Sprint(g), formatDistinct(w, g))}
		}
		if off := math.Abs(g - w); !(off <= tolerance*max(1, math.Abs(w))) {
			text := texts.Text("value", where, formatDistinct(g, w), formatDistinct(w, g))
			if math.Abs(w) > 1e-12 { // to zero nothing is relative
				text += " " + texts.Text("error", off/math.Abs(w))
			}
			return CaseResult{Kind: WrongValue, Text: text}
		}
	default:
		if w, g := want.Interface(), got.Interface(); w != g {
			return CaseResult{Kind: WrongValue, Text: texts.Text("value", where, fmt.Sprint(g), fmt.Sprint(w))}
		}
	}
	return CaseResult{Kind: Right}
}

// formatDistinct formats a number with four decimals, or more if other would look the same.
func formatDistinct(x, other float64) string {
	for digits := 4; ; digits += 4 {
		text := fmt.Sprintf("%.*f", digits, x)
		if digits > 12 || text != fmt.Sprintf("%.*f", digits, other) {
			return text
		}
	}
}
