// Package exercise checks the answers to the exercises of the notebooks. It computes what is
// right, so that no cell of a notebook shows it. Each notebook has a file in
// internal/lecture or internal/beyond: notebook03.go holds the exercises of notebook 03.
package exercise

import (
	"fmt"
	"math"
	"reflect"
	"strings"

	"rnn101/exercise/internal/lecture"
	"rnn101/exercise/internal/task"
	"rnn101/show"

	_ "rnn101/exercise/internal/beyond" // the exercises of notebooks 09 to 15
)

// Check shows whether the answer to an exercise is right, not right, or not given yet: a NaN, an
// empty value or nil. The exercise is named by notebook and number: "03.2" is exercise 2 of
// notebook 03. Its text says which type the answer has; if it has another type or size, Check
// says so. No answer ends the cell, so that a notebook with unanswered exercises runs to
// its end. Check panics if there is no such exercise.
func Check(exercise string, answer any) {
	t, ok := task.All[exercise]
	if !ok {
		panic(fmt.Sprintf("exercise: Check: there is no exercise %q: the name is notebook and number, as in \"03.2\"", exercise))
	}
	_, number, _ := strings.Cut(exercise, ".")
	label := task.Texts.Text("label", number)
	if missing(reflect.ValueOf(answer)) {
		show.Unanswered(label)
		return
	}
	answer = task.Numbers(answer)
	if t.Holds != nil {
		show.Verdict(label, t.Holds(answer))
	} else if problem := t.Fits(answer); problem != nil {
		show.Verdict(label, problem)
	} else {
		show.Answer(label, answer, t.Right(), t.Tolerance)
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

// SuspectGradient returns the wrong table of exercise 2 of notebook 05.
func SuspectGradient() [][]float64 { return lecture.SuspectGradient() }

// SuspectPaths returns the wrong table of exercise 3 of notebook 06.
func SuspectPaths() [][][][]float64 { return lecture.SuspectPaths() }
