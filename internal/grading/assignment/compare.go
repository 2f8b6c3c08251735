package assignment

import (
	"fmt"
	"math"
	"reflect"
	"strings"
)

// tolerance is the largest difference that counts as equal, relative to the larger of the
// expected number and 1. Equivalent formulas and other orders of summation differ by far
// less.
const tolerance = 1e-6

// compare compares the results of a call with those expected.
func compare(want, got []any) CaseResult {
	for i := range want {
		result := ""
		if len(want) > 1 {
			result = fmt.Sprintf("result %d: ", i+1)
		}
		if v := compareOne(result, reflect.ValueOf(want[i]), reflect.ValueOf(got[i]), ""); v.Kind != Right {
			return v
		}
	}
	return CaseResult{Kind: Right}
}

// compareOne compares one value, entry by entry. index is its index in the result, such as
// "[1][0]"; result names the result, or is "".
func compareOne(result string, want, got reflect.Value, index string) CaseResult {
	switch want.Kind() {
	case reflect.Slice:
		if got.Len() != want.Len() {
			text := fmt.Sprintf("%s%s has %d entries, expected %d", result, entry(index), got.Len(), want.Len())
			if got.IsNil() {
				text = fmt.Sprintf("%s%s is nil, expected %d entries", result, entry(index), want.Len())
			}
			return CaseResult{Kind: WrongShape, Text: text}
		}
		for i := range want.Len() {
			if v := compareOne(result, want.Index(i), got.Index(i), fmt.Sprintf("%s[%d]", index, i)); v.Kind != Right {
				return v
			}
		}
	case reflect.Float64:
		w, g := want.Float(), got.Float()
		if math.IsNaN(g) || math.IsInf(g, 0) {
			return CaseResult{Kind: NonFinite, Text: fmt.Sprintf("%s%s is %v, expected %.4f", result, entry(index), g, w)}
		}
		if off := math.Abs(g - w); !(off <= tolerance*max(1, math.Abs(w))) {
			return CaseResult{Kind: WrongValue, Text: fmt.Sprintf("%s%s is %s, expected %s (relative error %.2g)", result, entry(index), formatDistinct(g, w), formatDistinct(w, g), off/max(math.Abs(w), 1e-12))}
		}
	default:
		if w, g := want.Interface(), got.Interface(); w != g {
			return CaseResult{Kind: WrongValue, Text: fmt.Sprintf("%s%s is %v, expected %v", result, entry(index), g, w)}
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

// compareSteps describes the first wrong result: which of its time steps are right, and the
// difference in the wrong one that is computed first. It returns "" for a result without
// steps.
func (c Case) compareSteps(got []any) string {
	for i, want := range c.Want {
		if i >= len(c.Steps) || compare([]any{want}, []any{got[i]}).Kind == Right {
			continue
		}
		if c.Steps[i] == "" {
			return ""
		}
		w, g := reflect.ValueOf(want), reflect.ValueOf(got[i])
		var right, wrong []string
		first := ""
		for t := range w.Len() {
			name := fmt.Sprintf("%s_%d", c.Steps[i], t+1)
			v := compareOne("", w.Index(t), g.Index(t), "")
			if v.Kind == Right {
				right = append(right, name)
				continue
			}
			if wrong = append(wrong, name); len(wrong) == 1 || c.Backward {
				first = fmt.Sprintf("%s: %s", name, v.Text)
			}
		}
		text := "no step is right. "
		if len(right) > 0 {
			text = fmt.Sprintf("%s right, %s not. ", withVerb(right), withVerb(wrong))
		}
		return text + first
	}
	return ""
}

// withVerb returns "h_1 is", "h_1 and h_2 are", or "h_1, h_2 and h_3 are".
func withVerb(names []string) string {
	last := len(names) - 1
	if last == 0 {
		return names[0] + " is"
	}
	return strings.Join(names[:last], ", ") + " and " + names[last] + " are"
}

func entry(index string) string {
	if index == "" {
		return "it"
	}
	return "entry " + index
}
