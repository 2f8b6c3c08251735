package assignment

import (
	"fmt"
	"math"
	"reflect"
	"strings"
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
func compareOne(which string, want, got reflect.Value, repo string) Verdict {
	switch want.Kind() {
	case reflect.Slice:
		if got.Len() != want.Len() {
			kind := fmt.Sprintf("%s%s has %d entries, expected are %d", which, at(repo), got.Len(), want.Len())
			if got.IsNil() {
				kind = fmt.Sprintf("%s%s is nil, expected are %d entries", which, at(repo), want.Len())
			}
			return Verdict{Kind: WrongShape, Text: kind}
		}
		for i := range want.Len() {
			if v := compareOne(which, want.Index(i), got.Index(i), fmt.Sprintf("%s[%d]", repo, i)); v.Kind != Right {
				return v
			}
		}
	case reflect.Float64:
		w, g := want.Float(), got.Float()
		if math.IsNaN(g) || math.IsInf(g, 0) {
			return Verdict{Kind: NotANumber, Text: fmt.Sprintf("%s%s is %v, expected is %.4f", which, at(repo), g, w)}
		}
		if off := math.Abs(g - w); !(off <= tolerance*max(1, math.Abs(w))) {
			return Verdict{Kind: WrongValue, Text: fmt.Sprintf("%s%s is %s, expected is %s (relative error %.2g)", which, at(repo), shown(g, w), shown(w, g), off/max(math.Abs(w), 1e-12))}
		}
	default:
		if w, g := want.Interface(), got.Interface(); w != g {
			return Verdict{Kind: WrongValue, Text: fmt.Sprintf("%s%s is %v, expected is %v", which, at(repo), g, w)}
		}
	}
	return Verdict{Kind: Right}
}

// shown is a number with four decimals, or with more where the other would look the same.
func shown(x, other float64) string {
	for digits := 4; ; digits += 4 {
		text := fmt.Sprintf("%.*f", digits, x)
		if digits > 12 || text != fmt.Sprintf("%.*f", digits, other) {
			return text
		}
	}
}

// steps tells of the first result that is wrong which of its steps are right, and what
// differs in the one that was to be computed first. It is "" where results have no steps.
func (c Case) steps(got []any) string {
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
			text = fmt.Sprintf("%s right, %s not. ", are(right), are(wrong))
		}
		return text + first
	}
	return ""
}

// are is "h_1 is", "h_1 and h_2 are", "h_1, h_2 and h_3 are".
func are(names []string) string {
	last := len(names) - 1
	if last == 0 {
		return names[0] + " is"
	}
	return strings.Join(names[:last], ", ") + " and " + names[last] + " are"
}

func at(repo string) string {
	if repo == "" {
		return "it"
	}
	return "entry " + repo
}
