package nbgrader

import (
	"math/rand/v2"
	"slices"

	"os"
	"path/filepath"
	"strings"
	"testing"

	"rnn101/internal/checkout"
	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/class"
	"rnn101/internal/grading/collect"
	"rnn101/internal/grading/release"
	"rnn101/internal/grading/sandbox"
	"rnn101/internal/grading/sandbox/sandboxtest"
	"rnn101/internal/notebook"
)

func TestMain(m *testing.M) {
	sandbox.RunIfWorker()
	os.Exit(m.Run())
}

// The notebook for nbgrader has the answers, the cells of the student's own, and below each check its
// points, even if a human has to look at the submission.
func TestTheNotebookHasThePointsOfEveryCheck(t *testing.T) {
	repo := &checkout.Checkout{Root: sandboxtest.Root(t)}
	s, err := release.Load(repo, "a1")
	if err != nil {
		t.Fatal(err)
	}
	c := &class.Class{Assignment: s.Assignment, Frame: s.Frame, Key: []byte("key"), Builder: sandboxtest.Builder(t)}
	student, err := release.Load(repo, "a1")
	if err != nil {
		t.Fatal(err)
	}
	const own = "func mine() {} // <b> ```"
	var cells []*notebook.Cell
	for _, cell := range student.Solved.Cells {
		cell.Source = strings.Replace(cell.Source, "h := h0", "h := 1", 1) // does not compile
		if cells = append(cells, cell); cell.ID == "one-hot" {
			cells = append(cells, &notebook.Cell{ID: "a", Kind: "code", Source: own, Metadata: map[string]any{}}, &notebook.Cell{ID: "b", Kind: "markdown", Source: "<script>", Metadata: map[string]any{}})
		}
	}
	student.Solved.Cells = cells
	folder := t.TempDir()
	student.Solved.Path = filepath.Join(folder, "a1.ipynb")
	if err := student.Solved.Write(); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		submission collect.Submission
		points     map[string]string
		answer     string // a part of the cell one-hot
		human      string // why one must look, or ""
		own        int    // cells
	}{
		{collect.Submission{Student: "lee", File: filepath.Join(folder, "a1.ipynb")}, map[string]string{"one-hot-example": "1", "one-hot-hidden": "2", "forward-example": "0", "forward-hidden": "0"}, "x[i] = 1", "", 2},
		{collect.Submission{Student: "kim", File: filepath.Join(folder, "a1.ipynb"), Unclear: "there are 2 notebooks"}, map[string]string{"one-hot-example": "1"}, "x[i] = 1", "look at this submission, too: there are 2 notebooks", 2},
		{collect.Submission{Student: "none", Problem: "nothing was handed in"}, map[string]string{"one-hot-example": "0", "forward-hidden": "0"}, "not written yet", "a human has to look: nothing was handed in", 0},
	} {
		nb, _, err := Fill(t.Context(), c, s.Edition, test.submission)
		if err != nil {
			t.Fatal(err)
		}
		if human := nb.Metadata["rnn101_grade"].(map[string]any)["needs_human"]; human != (test.human != "") {
			t.Errorf("%s needs a human: %v", test.submission.Student, human)
		}
		results := 0
		at := slices.IndexFunc(nb.Cells, func(c *notebook.Cell) bool { return c.ID == "one-hot" })
		for i, want := range []string{"````\n" + own + "\n````", "```\n<script>\n```"}[:test.own] {
			if cell := nb.Cells[at+1+i]; cell.Kind != "markdown" || !strings.HasSuffix(cell.Source, want) || len(cell.Metadata) > 0 {
				t.Errorf("%s: a cell of the student's own is %+v, want the text %q", test.submission.Student, cell, want)
			}
		}
		if extra := len(nb.Cells) - len(s.Edition.Cells); extra != test.own {
			t.Errorf("%s: %d cells more than were handed out, want %d", test.submission.Student, extra, test.own)
		}
		for _, cell := range nb.Cells {
			if cell.ID == "one-hot" && !strings.Contains(cell.Source, test.answer) {
				t.Errorf("%s: one-hot is %s", test.submission.Student, cell.Source)
			}
			if release.Meta(cell).Grade {
				results++
				if n := len(cell.Outputs); n != 2 {
					t.Fatalf("%s: %s has %d outputs: nbgrader would give all points", test.submission.Student, cell.ID, n)
				}
				if want, ok := test.points[cell.ID]; ok && cell.Outputs[1].Data["text/plain"] != want {
					t.Errorf("%s: %s has %v points, want %s", test.submission.Student, cell.ID, cell.Outputs[1].Data, want)
				}
				if text := cell.Outputs[0].Text; !strings.Contains(text, test.human) || cell.ID == "forward-hidden" && strings.Contains(text, "cannot use") {
					t.Errorf("%s: %s says %q", test.submission.Student, cell.ID, text)
				}
			}
		}
		if results != 8 {
			t.Errorf("%s: %d checks", test.submission.Student, results)
		}
	}
}

// panicking returns an assignment with a fault: the hint for a wrong value has no text, which panics.
func panicking(a *assignment.Assignment) *assignment.Assignment {
	copied := *a
	copied.Tasks = slices.Clone(a.Tasks)
	copied.Tasks[0].Checks = slices.Clone(a.Tasks[0].Checks)
	cases := copied.Tasks[0].Checks[0].Cases
	copied.Tasks[0].Checks[0].Cases = func(r *rand.Rand) []assignment.Case {
		all := slices.Clone(cases(r))
		all[0].KnownMistakes = []assignment.KnownMistake{{Function: func(n, i int) []float64 { return make([]float64, n) }, Hint: "no text has this key"}}
		return all
	}
	return &copied
}

// After a panic the notebook has the answers, no points, and the text that a human has to look.
func TestAPanicGivesNoPoints(t *testing.T) {
	s, err := release.Load(&checkout.Checkout{Root: sandboxtest.Root(t)}, "a1")
	if err != nil {
		t.Fatal(err)
	}
	c := &class.Class{Assignment: panicking(s.Assignment), Frame: s.Frame, Key: []byte("key"), Builder: sandboxtest.Builder(t)}
	const wrong = "func oneHot(n, i int) []float64 { return make([]float64, n) }"
	for _, cell := range s.Solved.Cells {
		if cell.ID == "one-hot" {
			cell.Source = wrong
		}
	}
	s.Solved.Path = filepath.Join(t.TempDir(), "a1.ipynb")
	if err := s.Solved.Write(); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", t.TempDir()) // for the stack
	nb, g, err := Fill(t.Context(), c, s.Edition, collect.Submission{Student: "lee", File: s.Solved.Path})
	if err != nil || !g.NeedsHuman || !strings.Contains(g.Reason, "the grader itself failed on this submission") {
		t.Fatalf("%+v, %v", g, err)
	}
	if nb.Metadata["rnn101_grade"].(map[string]any)["needs_human"] != true {
		t.Errorf("needs_human is not set: %v", nb.Metadata)
	}
	checks := 0
	for _, cell := range nb.Cells {
		if cell.ID == "one-hot" && cell.Source != wrong {
			t.Errorf("the answer is %q", cell.Source)
		}
		if release.Meta(cell).Grade {
			if checks++; len(cell.Outputs) != 2 || cell.Outputs[1].Data["text/plain"] != "0" || !strings.Contains(cell.Outputs[0].Text, "a human has to look") {
				t.Errorf("%s: %+v", cell.ID, cell.Outputs)
			}
		}
	}
	if checks != 8 {
		t.Errorf("%d checks", checks)
	}
}
