// Package exercise checks the answers to the exercises of the notebooks. It computes what is
// right, so that no cell of a notebook shows it. Each notebook has a file: notebook03.go holds the
// exercises of notebook 03.
package exercise

import (
	"fmt"
	"math"
	"reflect"
	"strings"

	"rnn101/internal/lang"
	"rnn101/show"
)

var texts = lang.For("exercise")

// A task is what an answer is compared with: a value, or a property that it must have.
type task struct {
	right     func() any // a number, vector or matrix, as show.Answer takes it
	tolerance float64    // in each entry
	holds     func(answer any) error
}

// value is a task with one right answer, to within the tolerance. Answers that were computed from
// four displayed decimals need a tolerance of about a unit of the fourth.
func value(tolerance float64, right func() any) task {
	return task{right: right, tolerance: tolerance}
}

// property is a task with many right answers. The error of holds says, in the reader's language,
// what is missing. A panic in a reader's function is such an error too.
func property[T any](holds func(answer T) error) task {
	return task{holds: func(answer any) (err error) {
		typed, ok := answer.(T)
		if !ok {
			return fmt.Errorf("%s", texts.Text("type", answer, reflect.TypeFor[T]()))
		}
		defer func() {
			if r := recover(); r != nil {
				err = fmt.Errorf("%s", texts.Text("panic", r))
			}
		}()
		return holds(typed)
	}}
}

// tasks are the exercises of all notebooks, by their number: "03.2" is exercise 2 of notebook 03.
var tasks = map[string]task{}

// add registers the exercises of a notebook, in order. Its file calls it from its init function.
func add(notebook string, exercises ...task) {
	for i, t := range exercises {
		tasks[fmt.Sprintf("%s.%d", notebook, i+1)] = t
	}
}

// Check shows whether the answer to an exercise is right, not right, or not given yet: a NaN, an
// empty value or nil. The exercise is named by notebook and number: "03.2" is exercise 2 of
// notebook 03. Its text says which type the answer has. Check never ends the cell, so that a
// notebook with unanswered exercises runs to its end. It panics if there is no such exercise.
func Check(exercise string, answer any) {
	t, ok := tasks[exercise]
	if !ok {
		panic(fmt.Sprintf("exercise: Check: there is no exercise %q: the name is notebook and number, as in \"03.2\"", exercise))
	}
	_, number, _ := strings.Cut(exercise, ".")
	label := texts.Text("label", number)
	switch {
	case missing(reflect.ValueOf(answer)):
		show.Unanswered(label)
	case t.holds != nil:
		show.Verdict(label, t.holds(answer))
	default:
		show.Answer(label, answer, t.right(), t.tolerance)
	}
}

// missing reports whether a value is nil, empty, NaN, or has an entry that is missing.
func missing(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Invalid:
		return true
	case reflect.Func, reflect.Pointer, reflect.Map:
		return v.IsNil()
	case reflect.String:
		return v.Len() == 0
	case reflect.Float64:
		return math.IsNaN(v.Float())
	case reflect.Slice:
		for i := range v.Len() {
			if missing(v.Index(i)) {
				return true
			}
		}
		return v.Len() == 0
	}
	return false
}
