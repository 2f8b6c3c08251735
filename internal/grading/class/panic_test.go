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

// wrong is an answer of the right form with another value.
const wrong = "func oneHot(n, i int) []float64 { return make([]float64, n) }"

// panicking is an assignment with a fault of its own: the comparison with a known mistake
// panics over whoever gives a wrong value. Everybody else never comes there. mend mends it;
// neither is in what a grade is made of.
func panicking(a *assignment.Assignment) (broken *assignment.Assignment, mend func()) {
	mended := false
	copied := *a
	copied.Tasks = slices.Clone(a.Tasks)
	copied.Tasks[0].Checks = slices.Clone(a.Tasks[0].Checks)
	cases := copied.Tasks[0].Checks[0].Cases
	copied.Tasks[0].Checks[0].Cases = func(r *rand.Rand) []assignment.Case {
		all := slices.Clone(cases(r))
		if !mended {
			all[0].KnownMistakes = []assignment.KnownMistake{{Result: []any{nil}}}
		}
		return all
	}
	return &copied, func() { mended = true }
}

// A panic over one student costs that student alone: the others have the grades that they
// have without it, the reason says where its stack is, and it is tried again.
func TestAPanicCostsOneStudentAlone(t *testing.T) {
	c, folder := class(t), t.TempDir()
	var mend func()
	c.Assignment, mend = panicking(c.Assignment)
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
		return told(t, c.Out)
	}
	broken := map[string]string{"lee": "the grader itself failed on this submission", "choi": "the grader itself failed on this submission"}
	grades := run(map[string]float64{"kim": 3}, broken)
	if n := len(times(t, c.Out)); n != 2 {
		t.Errorf("%d grades are kept, want those of kim and park", n)
	}
	for student, says := range map[string]string{"lee": "compareOne", "choi": "the stack"} {
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
	mend()
	handed[3] = handIn(t, folder, "choi", right)
	run(map[string]float64{"kim": 3, "choi": 3}, nil)
	if n := len(times(t, c.Out)); n != 4 {
		t.Errorf("%d grades are kept, want all", n)
	}
	if left, err := os.ReadDir(filepath.Join(c.Out, "panics")); err != nil || len(left) > 0 {
		t.Errorf("what was mended is still told of: %v, %v", left, err)
	}
}

// What could not be graded for a fault of this machine is no final grade either.
func TestWhatCouldNotBeGradedIsTriedAgain(t *testing.T) {
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
