package check

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"path/filepath"
	"testing"
)

func TestNumbersAreComparedWithATolerance(t *testing.T) {
	for _, c := range []struct {
		want, got any
		kind      Kind
	}{
		{1.0, 1 + 1e-9, Right}, {1.0, 1 + 1e-5, WrongValue}, {1e6, 1e6 + 0.5, Right}, {1e6, 1e6 + 2, WrongValue}, {0.0, 1e-7, Right},
		{1.0, math.Inf(1), NonFinite}, {[]float64{1, 2}, []float64{1}, WrongShape}, {[]float64{1}, []float64(nil), WrongShape},
		{[][]float64{{1}, {2}}, [][]float64{{1}, nil}, WrongShape}, {3, 4, WrongValue}, {"a", "a", Right},
	} {
		if v := compare(c.want, c.got); v.Kind != c.kind {
			t.Errorf("%v and %v: %v, want %s", c.want, c.got, v, c.kind)
		}
	}
}

// Each constant of the type Kind has a text, in the source of this package.
func TestEachKindHasAText(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if kind, ok := spec.Type.(*ast.Ident); ok && kind.Name == "Kind" {
				found += len(spec.Names)
			}
			return true
		})
	}
	if found < 2 || found != len(kindKeys) {
		t.Errorf("%d kinds, %d texts of kinds", found, len(kindKeys))
	}
}

// The texts of a result say which results are right, which steps, and which mistake it may be.
func TestResultsAreDescribed(t *testing.T) {
	type matrix = [][]float64
	c := Case{In: []any{1.0}, Want: []any{matrix{{1}, {2}}, matrix{{3}, {4}}}, Results: []Part{{Name: "h", Share: 0.5, Steps: true}, {Name: "ŷ", Share: 0.5, Steps: true}},
		KnownMistakes: []KnownMistake{{func(float64) (matrix, matrix) { return matrix{{1}, {2}}, matrix{{0}, {4}} }, "hint.sign"}}}
	plain := Case{Want: []any{[]float64{1}, []float64{2}}, Results: []Part{{Name: "∂L/∂W", Share: 0.5}, {Name: "∂L/∂U", Share: 0.5}}}
	for _, test := range []struct {
		c    Case
		got  []any
		want string
	}{
		{c, []any{matrix{{1}, {2}}, matrix{{5}, {5}}}, "all h are right, no ŷ is right. ŷ_1: entry [0] is 5.0000, expected 3.0000 (relative error 0.67)"},
		{c, []any{matrix{{1}, {2}}, matrix{{0}, {4}}}, "all h are right, ŷ_2 is right, ŷ_1 is not. ŷ_1: entry [0] is 0.0000, expected 3.0000 (relative error 1). The sign is wrong"},
		{c, []any{matrix{{0}, {2}}, matrix{{0}, {4}}}, "h_2 is right, h_1 is not. h_1: entry [0] is 0.0000, expected 1.0000 (relative error 1)"},
		{c, []any{matrix{{1}, {2}}, matrix(nil)}, "all h are right, ŷ is not. ŷ: it is nil, expected 2 entries"},
		{plain, []any{[]float64{0}, []float64{2}}, "∂L/∂U is right, ∂L/∂W is not. ∂L/∂W: entry [0] is 0.0000, expected 1.0000 (relative error 1)"},
		{Case{Want: []any{[]float64{0}}}, []any{[]float64{1}}, "entry [0] is 1.0000, expected 0.0000"},
		{plain, []any{[]float64{0}, []float64{math.NaN()}}, "∂L/∂W: entry [0] is 0.0000, expected 1.0000 (relative error 1)"},
	} {
		if v := test.c.Compare(test.got); v.Text != test.want {
			t.Errorf("%v: %q, want %q", test.got, v.Text, test.want)
		}
	}
}

// What a function that does nothing gets right counts only together with something else.
func TestEasyCasesCountOnlyWithOthers(t *testing.T) {
	same := Case{In: []any{[]float64{1}}, Want: []any{[]float64{1}}}
	other := Case{In: []any{[]float64{1}}, Want: []any{[]float64{2}}}
	for _, test := range []struct {
		got  float64
		want [2]float64
	}{{1, [2]float64{0, 0}}, {2, [2]float64{0, 1}}} {
		results := Score([]Case{same, other}, [][]any{{[]float64{1}}, {[]float64{test.got}}})
		if test.got == 2 {
			test.want[0] = 1
		}
		if got := [2]float64{results[0].Share, results[1].Share}; got != test.want {
			t.Errorf("%v: %v, want %v", test.got, got, test.want)
		}
	}
}

func TestWhatWrongCasesHaveInCommon(t *testing.T) {
	v := func(kind Kind, traits ...string) CaseResult { return CaseResult{Kind: kind, Traits: traits} }
	for name, test := range map[string]struct {
		ofCheck, others []CaseResult
		want            string
	}{
		"one trait":                  {[]CaseResult{v(Right, "state"), v(WrongValue, "state", "twice"), v(Panicked, "twice", "one")}, nil, "[twice]"},
		"a right one has it":         {[]CaseResult{v(Right, "twice"), v(WrongValue, "twice")}, nil, "[]"},
		"the right one is elsewhere": {[]CaseResult{v(WrongValue, "state"), v(WrongValue, "state")}, []CaseResult{v(Right)}, "[state]"},
		"nothing is right":           {[]CaseResult{v(WrongValue, "state"), v(WrongValue, "state")}, []CaseResult{v(WrongValue)}, "[]"},
		"all is right":               {[]CaseResult{v(Right, "state")}, nil, "[]"},
	} {
		if got := fmt.Sprint(common(test.ofCheck, append(test.others, test.ofCheck...))); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}
