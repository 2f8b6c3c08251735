// Package visible shows a student, in the notebook, what the visible checks of an
// assignment say. Only assignments import it. What it says earns no points: those come
// from the grader, which does not ask this package.
package visible

import (
	"fmt"
	"reflect"

	"rnn101/internal/grading/assignment"
	"rnn101/internal/lang"
	"rnn101/show"
)

var texts = lang.For("visible")

// Check calls a function of a task with the inputs of its visible checks, and writes for
// each whether the answer is right, or what differs.
func Check(task string, function any) {
	for _, line := range lines(task, function) {
		show.Text("%s", line)
	}
}

func lines(id string, function any) []string {
	task, ok := find(id)
	if !ok {
		return []string{texts.Text("unknown", id)}
	}
	f := reflect.ValueOf(function)
	if got, want := fmt.Sprintf("%T", function), form(task); got != want {
		return []string{texts.Text("type", task.Signature.Name, got, want)}
	}
	var all []string
	for _, check := range task.Checks {
		if check.Hidden {
			continue
		}
		for _, c := range check.Cases(nil) {
			all = append(all, call(f, c))
		}
	}
	return all
}

func find(id string) (assignment.Task, bool) {
	for _, a := range assignment.All {
		for _, task := range a.Tasks {
			if task.ID == id {
				return task, true
			}
		}
	}
	return assignment.Task{}, false
}

// form is the type of a task's function, as %T writes it.
func form(task assignment.Task) string {
	text := "func("
	for i, kind := range task.Signature.In {
		if i > 0 {
			text += ", "
		}
		text += kind
	}
	text += ")"
	switch out := task.Signature.Out; len(out) {
	case 1:
		text += " " + out[0]
	default:
		text += " ("
		for i, kind := range out {
			if i > 0 {
				text += ", "
			}
			text += kind
		}
		text += ")"
	}
	return text
}

// call calls the function for one case. A panic is an answer, too.
func call(f reflect.Value, c assignment.Case) (line string) {
	defer func() {
		if problem := recover(); problem != nil {
			line = texts.Text("panics", c.About, problem)
		}
	}()
	in := make([]reflect.Value, len(c.In))
	for i, argument := range c.In {
		in[i] = reflect.ValueOf(argument)
	}
	var got []any
	for _, value := range f.Call(in) {
		got = append(got, value.Interface())
	}
	if v := c.Compare(got); v.Kind != assignment.Right {
		return texts.Text("wrong", c.About, v.Text)
	}
	return texts.Text("right", c.About)
}
