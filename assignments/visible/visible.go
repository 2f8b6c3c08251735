// Package visible runs the visible checks of an assignment in the notebook, and shows their
// results. Only assignments import it. It gives no points: the grader does not use it. But it
// compares and refuses with the grader's code, so that what it shows is what the grader finds.
package visible

import (
	"bytes"
	"fmt"
	"reflect"

	"rnn101/internal/grading/answer"
	"rnn101/internal/grading/assignment"
	"rnn101/internal/lang"
	"rnn101/show"
)

var texts = lang.For("visible")

// Check calls the student's function for a task with the arguments of its visible checks. For
// each call it shows whether the results are right, or what differs.
func Check(task string, function any) {
	for _, line := range lines(task, function, program()) {
		show.Text("%s", line)
	}
}

func lines(id string, function any, program string) []string {
	task, ok := find(id)
	if !ok {
		return []string{texts.Text("unknown", id)}
	}
	f := reflect.ValueOf(function)
	if got, want := fmt.Sprintf("%T", function), functionType(task); got != want {
		return []string{texts.Text("type", task.Signature.Name, got, want)}
	}
	var all []string
	name := task.Signature.Name
	for _, refused := range answer.New([]answer.Cell{{Source: program}}).Refused(name) {
		all = append(all, texts.Text("refused", name, refused.Text))
	}
	if all != nil {
		return all
	}
	for _, check := range task.Checks {
		if check.Hidden {
			continue
		}
		for _, c := range check.Cases(nil) {
			all = append(all, call(f, task, c))
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

// functionType returns the type of a task's function, as %T formats it.
func functionType(task assignment.Task) string {
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

// call calls the function for one case, with arguments of its own, and returns the line about it.
func call(f reflect.Value, task assignment.Task, c assignment.Case) (line string) {
	defer func() {
		if problem := recover(); problem != nil {
			line = texts.Text("panics", c.About, problem)
		}
	}()
	in, sent := make([]reflect.Value, len(c.In)), make([][]byte, len(c.In))
	for i, argument := range c.In {
		sent[i] = answer.Encode(argument)
		in[i] = reflect.ValueOf(answer.Decode(sent[i], task.Signature.In[i]))
	}
	var got []any
	for _, value := range f.Call(in) {
		got = append(got, value.Interface())
	}
	var changed []int
	for i := range in {
		if !bytes.Equal(answer.Encode(in[i].Interface()), sent[i]) {
			changed = append(changed, i)
		}
	}
	if v := task.Judge(c, got, changed); !v.IsRight() {
		return texts.Text("wrong", c.About, v.Text)
	}
	return texts.Text("right", c.About)
}
