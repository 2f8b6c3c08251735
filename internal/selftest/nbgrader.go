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
	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/release"
	"rnn101/internal/notebook"
	"rnn101/internal/process"
	"rnn101/internal/selftest/browser"
	"rnn101/internal/setup"
)

// submission is what a student of the test submits, and the expected grade.
type submission struct {
	student    string
	write      writeFunc
	points     float64
	needsHuman bool
}

// writeFunc writes the files of a submission into a folder. It gets the released notebook, and
// the sources of the solution by cell id.
type writeFunc func(released *notebook.Notebook, answers map[string]string, folder string) error

// solved writes the released notebook with the solution, after a change.
func solved(name string, change func(nb *notebook.Notebook, answers map[string]string)) writeFunc {
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

// file writes one file.
func file(name, content string) writeFunc {
	return func(_ *notebook.Notebook, _ map[string]string, folder string) error {
		return os.WriteFile(filepath.Join(folder, name), []byte(content), 0o644)
	}
}

// submissions are those of the class: seven that can be graded and three that cannot.
var submissions = []submission{
	{"lee", solved("a1.ipynb", func(*notebook.Notebook, map[string]string) {}), 20, false},
	{"김하늘", solved("a1.ipynb", func(*notebook.Notebook, map[string]string) {}), 20, false},
	{"renamed", solved("my answers.ipynb", func(*notebook.Notebook, map[string]string) {}), 20, false},
	{"unanswered", solved("a1.ipynb", func(_ *notebook.Notebook, answers map[string]string) { clear(answers) }), 0, false},
	{"half", solved("a1.ipynb", func(nb *notebook.Notebook, answers map[string]string) {
		answers["one-hot"] = "func oneHot(n, i int) []float64 { return []float64{0, 1, 0} }" // right for the visible example only
		answers["forward"] = ""
		nb.Cells = append(nb.Cells, &notebook.Cell{ID: "mine", Kind: "code", Source: "func helper() {}", Metadata: map[string]any{}})
	}), 11, false},
	{"exit", solved("a1.ipynb", func(_ *notebook.Notebook, answers map[string]string) {
		answers["forward"] = "import \"os\"\n\nfunc init() { os.Exit(0) }\n\nfunc forward(U, W, V [][]float64, h0 []float64, words []int) (states, outputs [][]float64) {\n\tos.Exit(0)\n\treturn\n}"
	}), 13, false},
	{"twice", solved("a1.ipynb", func(nb *notebook.Notebook, answers map[string]string) {
		for _, c := range nb.Cells {
			if c.ID == "one-hot" { // a second cell with the same grade_id and another id
				again := *c
				again.ID, again.Source = "again", answers["one-hot"]
				nb.Cells = append(nb.Cells, &again)
				return
			}
		}
	}), 20, false},
	{"truncated", file("a1.ipynb", `{"cells": [`), 0, true},
	{"empty", func(*notebook.Notebook, map[string]string, string) error { return nil }, 0, true},
	{"document", file("answers.txt", "see my mail"), 0, true},
}

// nbgraderTest takes a class through nbgrader: it generates the assignments, submits, grades,
// writes the feedback, exports the grades and tests the formgrader.
func nbgraderTest(ctx context.Context, s *suite) error {
	if solved, err := solvedAssignments(s.repo); err != nil {
		return err
	} else if len(solved) == 0 {
		return skipped("the assignments have no solutions here")
	}
	program, err := find(browser.Chromium)
	if err != nil {
		return err
	}
	_, err = setup.Run(ctx, s.repo, s.report.Step, setup.Nbgrader)
	switch {
	case errors.Is(err, setup.ErrOldPython):
		return skipped(err.Error())
	case err != nil:
		return err
	}
	s.report.Done()
	temp, err := os.MkdirTemp("", "rnn101-nbgrader-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	course := filepath.Join(temp, "the course, 우리 반")
	if err := release.MakeNbgraderCourse(s.repo, course); err != nil {
		return err
	}
	// The test does not use the teacher's own key.
	key := filepath.Join(course, "key")
	if err := os.WriteFile(key, []byte("the secret key of this class\n"), 0o600); err != nil {
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
	// A teacher's shell knows nothing of the environment, so nbgrader must not need it.
	nbgrader := func(args ...string) error {
		cmd := exec.CommandContext(ctx, s.repo.Program("nbgrader"), args...)
		cmd.Dir, cmd.Env = course, append(os.Environ(), "JUPYTER_DATA_DIR="+filepath.Join(temp, "data"), "JUPYTER_CONFIG_DIR="+filepath.Join(temp, "config"))
		var output process.Excerpt
		cmd.Stdout, cmd.Stderr = &output, &output
		if err := process.Run(cmd); err != nil {
			return fmt.Errorf("nbgrader %s: %w\n%s", strings.Join(args, " "), err, &output)
		}
		s.report.Line("✓ nbgrader %s", strings.Join(args, " "))
		return nil
	}
	for _, a := range assignment.All {
		if err := nbgrader("generate_assignment", a.Name); err != nil {
			return err
		}
	}
	if err := submit(s.repo, course); err != nil {
		return err
	}
	if err := errors.Join(nbgrader("autograde", "a1"), nbgrader("generate_feedback", "a1"), nbgrader("export")); err != nil {
		return err
	}
	if err := checkGrades(course); err != nil {
		return err
	}
	s.report.Line("✓ %d students have the right points in grades.csv, and feedback", len(submissions))
	students := map[string]browser.Expected{}
	for _, s := range submissions {
		students[s.student] = browser.Expected{Points: s.points, NeedsHuman: s.needsHuman}
	}
	return browser.TestFormgrader(ctx, s.repo, s.report, program, course, "a1", s.screenshots, students)
}

// submit writes the submissions into nbgrader's folder submitted.
func submit(repo *checkout.Checkout, course string) error {
	source, err := release.Load(repo, "a1")
	if err != nil {
		return err
	}
	for _, s := range submissions {
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
		folder := filepath.Join(course, "submitted", s.student, "a1")
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		if err := s.write(released, answers, folder); err != nil {
			return err
		}
	}
	// One submission also has a link to the teacher's key in place of its notebook.
	if runtime.GOOS == "windows" {
		return nil
	}
	return os.Symlink(filepath.Join("..", "..", "..", "key"), filepath.Join(course, "submitted", "document", "a1", "a1.ipynb"))
}

// checkGrades checks the exported table, and that each student has feedback that does not
// reveal the key.
func checkGrades(course string) error {
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
	for _, s := range submissions {
		points, ok := got[s.student]
		if !ok || points != s.points {
			problems = append(problems, fmt.Errorf("%s has %v points in the table (listed: %v), want %v", s.student, points, ok, s.points))
		}
		page, err := os.ReadFile(filepath.Join(course, "feedback", s.student, "a1", "a1.html"))
		switch {
		case err != nil:
			problems = append(problems, err)
		case strings.Contains(string(page), "secret key of this class"):
			problems = append(problems, fmt.Errorf("the feedback of %s contains the teacher's key", s.student))
		case s.student == "half" && !strings.Contains(string(page), "Of 4 calls with other nets: 4 wrong shape."):
			problems = append(problems, errors.New("the feedback of half does not say how the hidden check failed"))
		case s.student == "half" && !strings.Contains(string(page), "func helper() {}"):
			problems = append(problems, errors.New("the feedback of half lacks the student's own cell"))
		case s.needsHuman && !strings.Contains(string(page), "a human has to look"):
			problems = append(problems, fmt.Errorf("the feedback of %s does not say that a human has to look", s.student))
		}
	}
	if len(got) != len(submissions) {
		problems = append(problems, fmt.Errorf("the table has %d students, want %d", len(got), len(submissions)))
	}
	return errors.Join(problems...)
}
