// Package task is what the exercises have in common: how an answer is compared with what is right,
// and the lecture's net to compute it with.
package task

import (
	"fmt"
	"reflect"

	"rnn101/internal/lang"
)

// Texts are the texts of all exercises.
var Texts = lang.For("exercise")

// A Task is what an answer is compared with: a value, or a property that it must have.
type Task struct {
	Right     func() any             // a number, list or matrix, as show.Answer takes it
	Tolerance float64                // in each entry
	Holds     func(answer any) error // an answer with a property
}

// Value is a task with one right answer, to within the tolerance. Answers that were computed from
// four displayed decimals need a tolerance of about a unit of the fourth.
func Value(tolerance float64, right func() any) Task {
	return Task{Right: right, Tolerance: tolerance}
}

// Property is a task with many right answers. The error of holds says, in the reader's language,
// what is missing. A panic in a reader's function is such an error too.
func Property[T any](holds func(answer T) error) Task {
	return Task{Holds: func(answer any) (err error) {
		typed, ok := answer.(T)
		if !ok {
			return Problem("type", reflect.TypeOf(answer), reflect.TypeFor[T]())
		}
		defer func() {
			if r := recover(); r != nil {
				err = Problem("panic", r)
			}
		}()
		return holds(typed)
	}}
}

// All are the exercises of all notebooks, by their number: "03.2" is exercise 2 of notebook 03.
var All = map[string]Task{}

// Add registers the exercises of a notebook, in order. Its file calls it from its init function.
func Add(notebook string, exercises ...Task) {
	for i, t := range exercises {
		All[fmt.Sprintf("%s.%d", notebook, i+1)] = t
	}
}
