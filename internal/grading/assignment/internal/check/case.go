package check

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
)

// Case is one call: its arguments and the expected results.
type Case struct {
	About   Text // a description: "baseball, from the state zero"
	In      []any
	Want    []any
	Results []Part   // describes the results; nil is one result without a name
	Traits  []string // what is special about the arguments: keys of texts, "trait.…"

	KnownMistakes []KnownMistake
	// Blind are the hints of the known mistakes that give the right results here, whatever is drawn:
	// with one word the order does not matter. Every other mistake must give other results.
	Blind []string
}

// Text is a text of the catalogue with its arguments, some of which may be a Text, too. It is looked up
// when it is shown, in the language of that moment: most cases are made before a notebook sets its own.
// The zero value is no text.
type Text struct {
	Key  string
	Args []any
}

func (t Text) String() string {
	if t.Key == "" {
		return ""
	}
	return texts.Text(t.Key, t.Args...)
}

// Part describes one result of a task's function.
type Part struct {
	Name  string  // "∂L/∂W"
	Share float64 // of the points of a case; all shares are 1 together
	// Steps means that the result has an entry for each time step: h_1, h_2, … Backward means that
	// the last one is computed first.
	Steps, Backward bool
}

// KnownMistake is a common mistake: a function with it, of the task's type, and the key of a hint.
type KnownMistake struct {
	Function any
	Hint     string
}

// Call returns what a function with the mistake returns. ok is false if it panics.
func (m KnownMistake) Call(in []any) (results []any, ok bool) {
	defer func() {
		if recover() != nil {
			results, ok = nil, false
		}
	}()
	values := make([]reflect.Value, len(in))
	for i, argument := range in {
		values[i] = reflect.ValueOf(argument)
	}
	for _, value := range reflect.ValueOf(m.Function).Call(values) {
		results = append(results, value.Interface())
	}
	return results, true
}

// Missed returns the hints of the known mistakes that the case cannot tell from a right function,
// though it should.
func (c Case) Missed() (hints []string) {
	for _, m := range c.KnownMistakes {
		if slices.Contains(c.Blind, m.Hint) {
			continue
		}
		if results, ok := m.Call(c.In); ok && !slices.Contains(c.Right(results), false) {
			hints = append(hints, m.Hint)
		}
	}
	return hints
}

// maxDraws is far more than a case needs.
const maxDraws = 100_000

// Hidden returns a function that draws a case with each of the functions, again until it tells all
// known mistakes from a right function.
func Hidden(draws ...func(*rand.Rand) Case) func(*rand.Rand) []Case {
	return func(r *rand.Rand) []Case {
		all := make([]Case, len(draws))
		for i, draw := range draws {
			for n := 0; ; n++ {
				if all[i] = draw(r); len(all[i].Missed()) == 0 {
					break
				}
				if n == maxDraws {
					panic(fmt.Sprintf("check: no case like %q tells the mistakes %q", all[i].About.String(), all[i].Missed()))
				}
			}
		}
		return all
	}
}

// Times returns n times the same function.
func Times(n int, draw func(*rand.Rand) Case) []func(*rand.Rand) Case {
	return slices.Repeat([]func(*rand.Rand) Case{draw}, n)
}

// Examples returns a function that returns the cases.
func Examples(all ...Case) func(*rand.Rand) []Case {
	return func(*rand.Rand) []Case { return slices.Clone(all) }
}

// shares returns the description of each result.
func (c Case) shares() []Part {
	if c.Results == nil {
		return []Part{{Share: 1}}
	}
	return c.Results
}

// Right reports of each result whether it is as expected.
func (c Case) Right(got []any) []bool {
	all := make([]bool, len(c.Want))
	for i, want := range c.Want {
		all[i] = compare(want, got[i]).Kind == Right
	}
	return all
}

// easy reports of each result whether a function that does nothing gets it right: one that returns
// an argument, or zeros.
func (c Case) easy() []bool {
	all := make([]bool, len(c.Want))
	for i, want := range c.Want {
		all[i] = compare(want, zeros(reflect.ValueOf(want)).Interface()).Kind == Right
		for _, argument := range c.In {
			all[i] = all[i] || reflect.TypeOf(argument) == reflect.TypeOf(want) && compare(want, argument).Kind == Right
		}
	}
	return all
}

// zeros returns a value of the same shape, with zeros.
func zeros(v reflect.Value) reflect.Value {
	if v.Kind() != reflect.Slice {
		return reflect.Zero(v.Type())
	}
	all := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
	for i := range v.Len() {
		all.Index(i).Set(zeros(v.Index(i)))
	}
	return all
}

// Compare compares the results of a call with those expected. If a known mistake has the same
// results, it adds the hint.
func (c Case) Compare(got []any) CaseResult {
	right := c.Right(got)
	at := slices.Index(right, false)
	if at < 0 {
		return CaseResult{Kind: Right, right: right}
	}
	r := c.shares()[at]
	v := compare(c.Want[at], got[at])
	v.right = right
	switch {
	case v.Kind == WrongValue && r.Steps:
		v.Text = c.describeSteps(at, got)
	case len(right) > 1:
		v.Text = c.describeWrong(right) + r.Name + ": " + v.Text
	}
	v.Text = c.describeRight(right) + v.Text
	for _, m := range c.KnownMistakes {
		results, ok := m.Call(c.In)
		if ok && slices.Equal(right, c.Right(results)) && sameWhere(right, results, got) {
			v.Hint = texts.Text(m.Hint)
			v.Text += ". " + v.Hint
			break
		}
	}
	return v
}

// sameWhere reports whether all results that are not right are the same.
func sameWhere(right []bool, a, b []any) bool {
	for i := range right {
		if !right[i] && !same(reflect.ValueOf(a[i]), reflect.ValueOf(b[i])) {
			return false
		}
	}
	return true
}

// same reports whether two results are equal, with the tolerance of compare. NaN is equal to NaN, and
// an infinity to itself.
func same(a, b reflect.Value) bool {
	switch a.Kind() {
	case reflect.Slice:
		for i := range a.Len() {
			if a.Len() != b.Len() || !same(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return a.Len() == b.Len()
	case reflect.Float64:
		x, y := a.Float(), b.Float()
		return x == y || math.IsNaN(x) && math.IsNaN(y) || compareOne(a, b, "").Kind == Right
	}
	return compareOne(a, b, "").Kind == Right
}

// describeRight begins a sentence with those of several results that are right, if any are.
func (c Case) describeRight(right []bool) string {
	var names []string
	for i, r := range c.shares() {
		switch {
		case right[i] && r.Steps:
			names = append(names, texts.Text("all", r.Name))
		case right[i]:
			names = append(names, texts.Text("one", r.Name))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return texts.Text("right", strings.Join(names, ", ")) + " "
}

// describeWrong ends the sentence of describeRight, if it has begun one.
func (c Case) describeWrong(right []bool) string {
	var names []string
	for i, r := range c.shares() {
		if !right[i] {
			names = append(names, r.Name)
		}
	}
	if len(names) == len(right) {
		return ""
	}
	return texts.Text("wrong", withVerb(names)) + " "
}

// describeSteps says which time steps of a wrong result are right, and what differs in the wrong
// one that is computed first.
func (c Case) describeSteps(at int, got []any) string {
	r := c.shares()[at]
	w, g := reflect.ValueOf(c.Want[at]), reflect.ValueOf(got[at])
	var right, wrong []string
	first := ""
	for t := range w.Len() {
		name := fmt.Sprintf("%s_%d", r.Name, t+1)
		v := compareOne(w.Index(t), g.Index(t), "")
		if v.Kind == Right {
			right = append(right, name)
			continue
		}
		if wrong = append(wrong, name); len(wrong) == 1 || r.Backward {
			first = fmt.Sprintf("%s: %s", name, v.Text)
		}
	}
	if len(right) == 0 {
		return texts.Text("steps.none", r.Name) + " " + first
	}
	return texts.Text("steps.some", withVerb(right), withVerb(wrong)) + " " + first
}

// withVerb returns "h_1 is", "h_1 and h_2 are", or "h_1, h_2 and h_3 are".
func withVerb(names []string) string {
	last := len(names) - 1
	if last == 0 {
		return texts.Text("one", names[0])
	}
	return texts.Text("many", strings.Join(names[:last], ", "), names[last])
}
