package class

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/collect"
	"rnn101/internal/panics"
)

// wrong is an answer of the right type with a wrong value.
const wrong = "func oneHot(n, i int) []float64 { return make([]float64, n) }"

// panicking returns an assignment with a fault: the hint for a wrong value has no text, which
// panics. fix removes the fault. Neither changes the hash of a grade.
func panicking(a *assignment.Assignment) (broken *assignment.Assignment, fix func()) {
	fixed := false
	copied := *a
	copied.Tasks = slices.Clone(a.Tasks)
	copied.Tasks[0].Checks = slices.Clone(a.Tasks[0].Checks)
	cases := copied.Tasks[0].Checks[0].Cases
	copied.Tasks[0].Checks[0].Cases = func(r *rand.Rand) []assignment.Case {
		all := slices.Clone(cases(r))
		if !fixed {
			all[0].KnownMistakes = []assignment.KnownMistake{{Function: func(n, i int) []float64 { return make([]float64, n) }, Hint: "no text has this key"}}
		}
		return all
	}
	return &copied, func() { fixed = true }
}

// A panic over one student does not affect the others. The reason says where the stack is, and
// the next run tries again.
func TestAPanicAffectsOneStudent(t *testing.T) {
	c, folder := class(t), t.TempDir()
	var fix func()
	c.Assignment, fix = panicking(c.Assignment)
	handed := []collect.Submission{
		handIn(t, folder, "kim", right), handIn(t, folder, "lee", wrong), handIn(t, folder, "park", begin),
		{Student: "choi", Problem: "it could not be read", Panic: &panics.Error{Value: "in the zip", Stack: []byte("the stack")}},
	}
	run := func(points map[string]float64, reasons map[string]string) map[string]Grade {
		t.Helper()
		all, err := c.Run(t.Context(), handed, func(int, int, string) {})
		if err != nil || len(all) != len(handed) {
			t.Fatal(all, err)
		}
		for _, g := range all {
			reason, human := reasons[g.Student]
			if g.Points != points[g.Student] || g.NeedsHuman != human || !strings.Contains(g.Reason, reason) {
				t.Errorf("%+v, want %v points, needs a human: %v, %q", g, points[g.Student], human, reason)
			}
		}
		return readGrades(t, c.Out)
	}
	broken := map[string]string{"lee": "the grader itself failed on this submission", "choi": "the grader itself failed on this submission"}
	grades := run(map[string]float64{"kim": 3}, broken)
	if n := len(times(t, c.Out)); n != 2 {
		t.Errorf("%d grades are saved, want those of kim and park", n)
	}
	for student, says := range map[string]string{"lee": "Case.Compare", "choi": "the stack"} {
		reason := grades[student].Reason
		_, rest, _ := strings.Cut(reason, "panics/")
		name, _, _ := strings.Cut(rest, " ")
		if data, err := os.ReadFile(filepath.Join(c.Out, "panics", name)); name == "" || err != nil || !strings.Contains(string(data), says) {
			t.Errorf("%s: the reason is %q, but there is %q, %v", student, reason, data, err)
		}
	}
	table, err := os.ReadFile(filepath.Join(c.Out, "grades.csv"))
	if err != nil || strings.Count(string(table), "the grader itself failed") != 2 {
		t.Errorf("the table is %s, %v", table, err)
	}
	fix()
	handed[3] = handIn(t, folder, "choi", right)
	run(map[string]float64{"kim": 3, "choi": 3}, nil)
	if n := len(times(t, c.Out)); n != 4 {
		t.Errorf("%d grades are saved, want all", n)
	}
	if left, err := os.ReadDir(filepath.Join(c.Out, "panics")); err != nil || len(left) > 0 {
		t.Errorf("the stacks of the first run are still there: %v, %v", left, err)
	}
}

// A grade that failed because of this machine is tried again, too.
func TestAFailedGradeIsTriedAgain(t *testing.T) {
	c, folder := class(t), t.TempDir()
	handed := []collect.Submission{handIn(t, folder, "kim", right)}
	tool := c.Builder.Folder
	c.Builder.Folder = filepath.Join(folder, "none")
	all, err := c.Run(t.Context(), handed, func(int, int, string) {})
	if err != nil || !all[0].NeedsHuman || !strings.Contains(all[0].Reason, "it could not be graded") {
		t.Fatalf("%+v, %v", all, err)
	}
	c.Builder.Folder = tool
	if all, err = c.Run(t.Context(), handed, func(int, int, string) {}); err != nil || all[0].NeedsHuman || all[0].Points != 3 {
		t.Errorf("%+v, %v", all, err)
	}
}
