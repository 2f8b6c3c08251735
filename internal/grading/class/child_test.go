package class

import (
	"encoding/json"
	"strings"
	"testing"

	"rnn101/internal/grading/assignment"
)

// What a child returns is read as if a student had written it.
func TestWhatIsNoGradeIsNotTaken(t *testing.T) {
	c := class(t)
	grade := func(change func(r *result)) []byte {
		r := result{Grade: c.newGrade("kim")}
		for _, task := range c.Assignment.Tasks {
			for _, check := range task.Checks {
				r.Grade.Checks = append(r.Grade.Checks, assignment.CheckResult{Task: task.ID, Check: check.ID, Of: check.Points, Hidden: check.Hidden})
			}
		}
		change(&r)
		data, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	for name, test := range map[string]struct {
		change func(r *result)
		ok     bool
	}{
		"a grade":           {func(*result) {}, true},
		"points":            {func(r *result) { r.Grade.Checks[0].Points, r.Grade.Points = 1, 1 }, true},
		"no checks":         {func(r *result) { r.Grade.Checks = nil }, true},
		"a wrong sum":       {func(r *result) { r.Grade.Points = 20 }, false},
		"no checks, points": {func(r *result) { r.Grade.Checks, r.Grade.Points = nil, 20 }, false},
		"too many points":   {func(r *result) { r.Grade.Checks[0].Points, r.Grade.Points = 2, 2 }, false},
		"negative points":   {func(r *result) { r.Grade.Checks[0].Points, r.Grade.Points = -1, -1 }, false},
		"a missing check":   {func(r *result) { r.Grade.Checks = r.Grade.Checks[1:] }, false},
		"a check twice":     {func(r *result) { r.Grade.Checks = append(r.Grade.Checks, r.Grade.Checks[0]) }, false},
		"a visible check":   {func(r *result) { r.Grade.Checks[1].Hidden = !r.Grade.Checks[1].Hidden }, false},
		"another student":   {func(r *result) { r.Grade.Student = "lee" }, false},
		"another version":   {func(r *result) { r.Grade.Grader = "" }, false},
		"a hash":            {func(r *result) { r.Grade.InputHash = strings.Repeat("0", 32) }, false},
	} {
		var r result
		if err := c.decodeResult(grade(test.change), "kim", &r); (err == nil) != test.ok || err != nil && r.Grade.Points != 0 {
			t.Errorf("%s: the error is %v, want one: %v; the grade is %+v", name, err, !test.ok, r.Grade)
		}
	}
	if err := c.decodeResult([]byte("{"), "kim", &result{}); err == nil {
		t.Error("what is no JSON is taken")
	}
}
