package selftest

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"rnn101/internal/checkout"
	"rnn101/internal/grading/release"
	"rnn101/internal/notebook"
	"rnn101/internal/process"
	"rnn101/internal/selftest/browser"
	"rnn101/internal/setup"
)

// handedIn is what a student of the round trip does with the released notebook, and what
// must come of it.
type handedIn struct {
	student string
	put     func(released *notebook.Notebook, answers map[string]string, folder string) error
	points  float64
	human   bool
}

// solved writes the released notebook with the solution, after a change.
func solved(name string, change func(nb *notebook.Notebook, answers map[string]string)) func(*notebook.Notebook, map[string]string, string) error {
	return func(nb *notebook.Notebook, answers map[string]string, folder string) error {
		change(nb, answers)
		for _, c := range nb.Cells {
			if source, ok := answers[c.ID]; ok {
				c.Source = source
			}
		}
		data, err := nb.Encode()
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(folder, name), data, 0o644)
	}
}

// text writes a file as it is.
func text(name, content string) func(*notebook.Notebook, map[string]string, string) error {
	return func(_ *notebook.Notebook, _ map[string]string, folder string) error {
		return os.WriteFile(filepath.Join(folder, name), []byte(content), 0o644)
	}
}

// The class: seven who have handed in, and three whose submission is broken.
var roundTripClass = []handedIn{
	{"lee", solved("a1.ipynb", func(*notebook.Notebook, map[string]string) {}), 20, false},
	{"김하늘", solved("a1.ipynb", func(*notebook.Notebook, map[string]string) {}), 20, false},
	{"renamed", solved("my answers.ipynb", func(*notebook.Notebook, map[string]string) {}), 20, false},
	{"handed-out", solved("a1.ipynb", func(_ *notebook.Notebook, answers map[string]string) { clear(answers) }), 0, false},
	{"half", solved("a1.ipynb", func(_ *notebook.Notebook, answers map[string]string) {
		answers["one-hot"] = "func oneHot(n, i int) []float64 { return []float64{0, 1, 0} }" // the example alone
		answers["forward"] = ""
	}), 11, false},
	{"exit", solved("a1.ipynb", func(_ *notebook.Notebook, answers map[string]string) {
		answers["forward"] = "import \"os\"\n\nfunc init() { os.Exit(0) }\n\nfunc forward(U, W, V [][]float64, h0 []float64, words []int) (states, outputs [][]float64) {\n\tos.Exit(0)\n\treturn\n}"
	}), 13, false},
	{"twice", solved("a1.ipynb", func(nb *notebook.Notebook, answers map[string]string) {
		for _, c := range nb.Cells {
			if c.ID == "one-hot" { // the same grade_id again, with a cell of another identity
				again := *c
				again.ID, again.Source = "again", answers["one-hot"]
				nb.Cells = append(nb.Cells, &again)
				return
			}
		}
	}), 20, false},
	{"truncated", text("a1.ipynb", `{"cells": [`), 0, true},
	{"empty", func(*notebook.Notebook, map[string]string, string) error { return nil }, 0, true},
	{"document", text("answers.txt", "see my mail"), 0, true},
}

// nbgraderTest takes a class through nbgrader: the assignment is generated, handed in,
// graded, given back and exported, and looked at in the formgrader.
func nbgraderTest(ctx context.Context, w *workshop) error {
	program, err := chromium()
	if err != nil {
		return err
	}
	_, err = setup.Run(ctx, w.repo, w.report.Step, setup.Nbgrader)
	switch {
	case errors.Is(err, setup.ErrOldPython):
		return skipped(err.Error())
	case err != nil:
		return err
	}
	w.report.Done()
	work, err := os.MkdirTemp("", "rnn101-nbgrader-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	course := filepath.Join(work, "the course, 우리 반")
	if err := release.MakeNbgraderCourse(w.repo, course); err != nil {
		return err
	}
	// The teacher's own key stays out of it.
	key := filepath.Join(course, "key")
	if err := os.WriteFile(key, []byte("the key of the round trip\n"), 0o600); err != nil {
		return err
	}
	config, err := os.OpenFile(filepath.Join(course, "nbgrader_config.py"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = config.WriteString("c.Submission.key = \"key\"\n")
	if err := errors.Join(err, config.Close()); err != nil {
		return err
	}
	// Called as a teacher does, from a shell that knows nothing of the environment.
	call := func(args ...string) error {
		cmd := exec.CommandContext(ctx, w.repo.Program("nbgrader"), args...)
		cmd.Dir, cmd.Env = course, append(os.Environ(), "JUPYTER_DATA_DIR="+filepath.Join(work, "data"), "JUPYTER_CONFIG_DIR="+filepath.Join(work, "config"))
		var said process.Excerpt
		cmd.Stdout, cmd.Stderr = &said, &said
		if err := process.Run(cmd); err != nil {
			return fmt.Errorf("nbgrader %s: %w\n%s", strings.Join(args, " "), err, &said)
		}
		w.report.Line("✓ nbgrader %s", strings.Join(args, " "))
		return nil
	}
	for _, name := range []string{"a1", "a2", "a3", "a4"} {
		if err := call("generate_assignment", name); err != nil {
			return err
		}
	}
	if err := handIn(w.repo, course); err != nil {
		return err
	}
	if err := errors.Join(call("autograde", "a1"), call("generate_feedback", "a1"), call("export")); err != nil {
		return err
	}
	if err := roundTripGrades(course); err != nil {
		return err
	}
	w.report.Line("✓ %d students have their points in grades.csv, and their feedback", len(roundTripClass))
	students := map[string]browser.Shown{}
	for _, h := range roundTripClass {
		students[h.student] = browser.Shown{Points: h.points, Human: h.human}
	}
	return browser.TestFormgrader(ctx, w.repo, w.report, program, course, "a1", w.screenshots, students)
}

// handIn puts the class's submissions where nbgrader looks for them.
func handIn(repo *checkout.Checkout, course string) error {
	source, err := release.Load(repo, "a1")
	if err != nil {
		return err
	}
	for _, h := range roundTripClass {
		released, err := notebook.Read(filepath.Join(course, "release", "a1", "a1.ipynb"))
		if err != nil {
			return err
		}
		answers := map[string]string{}
		for _, task := range source.Assignment.Tasks {
			for _, c := range source.Solved.Cells {
				if c.ID == task.ID {
					answers[c.ID] = c.Source
				}
			}
		}
		folder := filepath.Join(course, "submitted", h.student, "a1")
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		if err := h.put(released, answers, folder); err != nil {
			return err
		}
	}
	// And one who has nothing but a link to a file of the teacher's.
	if runtime.GOOS == "windows" {
		return nil
	}
	return os.Symlink(filepath.Join("..", "..", "..", "key"), filepath.Join(course, "submitted", "document", "a1", "a1.ipynb"))
}

// roundTripGrades checks the exported table, and that everybody has feedback which gives
// nothing away.
func roundTripGrades(course string) error {
	f, err := os.Open(filepath.Join(course, "grades.csv"))
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return err
	}
	got := map[string]float64{}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	for _, row := range rows[1:] {
		if row[column["assignment"]] != "a1" {
			continue
		}
		points, err := strconv.ParseFloat(row[column["score"]], 64)
		if err != nil {
			return err
		}
		got[row[column["student_id"]]] = points
	}
	var problems []error
	for _, h := range roundTripClass {
		points, ok := got[h.student]
		if !ok || points != h.points {
			problems = append(problems, fmt.Errorf("%s, in the table: %v, has %v points, and should have %v", h.student, ok, points, h.points))
		}
		page, err := os.ReadFile(filepath.Join(course, "feedback", h.student, "a1", "a1.html"))
		switch {
		case err != nil:
			problems = append(problems, err)
		case strings.Contains(string(page), "round trip"):
			problems = append(problems, fmt.Errorf("the feedback of %s holds the teacher's key", h.student))
		case h.student == "half" && !strings.Contains(string(page), "Of 4 calls with other nets: 4 wrong shape."):
			problems = append(problems, errors.New("the feedback of half does not say what kind of failure the hidden check was"))
		case h.human && !strings.Contains(string(page), "a human has to look"):
			problems = append(problems, fmt.Errorf("the feedback of %s does not say that a human has to look", h.student))
		}
	}
	if len(got) != len(roundTripClass) {
		problems = append(problems, fmt.Errorf("the table has %d students, not %d", len(got), len(roundTripClass)))
	}
	return errors.Join(problems...)
}
