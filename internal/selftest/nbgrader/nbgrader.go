// Package nbgrader tests the grading with nbgrader: a class that hands in the assignment a1, in a
// teacher's course as setup makes it, and a small one whose course is in Korean.
package nbgrader

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
	"rnn101/internal/lang"
	"rnn101/internal/notebook"
	"rnn101/internal/process"
	"rnn101/internal/progress"
	"rnn101/internal/selftest/browser"
)

// submission is what a student of the test submits, and the expected grade.
type submission struct {
	student    string
	write      writeFunc
	points     float64
	needsHuman bool
	says       []string // what the feedback must say
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

// rightForTheExample writes answers of which one is right for the visible example only and one is missing,
// and a cell of the student's own.
func rightForTheExample(nb *notebook.Notebook, answers map[string]string) {
	answers["one-hot"] = "func oneHot(n, i int) []float64 { return []float64{0, 1, 0} }"
	answers["forward"] = ""
	nb.Cells = append(nb.Cells, &notebook.Cell{ID: "mine", Kind: "code", Source: "func helper() {}", Metadata: map[string]any{}})
}

func unchanged(*notebook.Notebook, map[string]string) {}

const broken = `{"cells": [`

// englishClass has seven submissions that can be graded and three that cannot.
var englishClass = []submission{
	{"lee", solved("a1.ipynb", unchanged), 20, false, nil},
	{"김하늘", solved("a1.ipynb", unchanged), 20, false, nil},
	{"renamed", solved("my answers.ipynb", unchanged), 20, false, nil},
	{"unanswered", solved("a1.ipynb", func(_ *notebook.Notebook, answers map[string]string) { clear(answers) }), 0, false, nil},
	{"half", solved("a1.ipynb", rightForTheExample), 11, false, []string{"Of 4 calls with other nets: 4 wrong shape.", "func helper() {}"}},
	{"exit", solved("a1.ipynb", func(_ *notebook.Notebook, answers map[string]string) {
		answers["forward"] = "import \"os\"\n\nfunc init() { os.Exit(0) }\n\nfunc forward(U, W, V [][]float64, h0 []float64, words []int) (states, outputs [][]float64) {\n\tos.Exit(0)\n\treturn\n}"
	}), 13, false, nil},
	{"twice", solved("a1.ipynb", func(nb *notebook.Notebook, answers map[string]string) {
		for _, c := range nb.Cells {
			if c.ID == "one-hot" { // a second cell with the same grade_id and another id
				again := *c
				again.ID, again.Source = "again", answers["one-hot"]
				nb.Cells = append(nb.Cells, &again)
				return
			}
		}
	}), 20, false, nil},
	{"truncated", file("a1.ipynb", broken), 0, true, []string{"a human has to look"}},
	{"empty", func(*notebook.Notebook, map[string]string, string) error { return nil }, 0, true, []string{"a human has to look"}},
	{"document", withKey(file("answers.txt", "see my mail")), 0, true, []string{"a human has to look"}},
}

// koreanClass has what a teacher reads in Korean; more students would take time and show nothing new.
var koreanClass = []submission{
	{"이바다", solved("a1.ipynb", rightForTheExample), 11, false, []string{"다른 신경망으로 4번 호출해 본 결과: 모양이 틀림 4번.", "func helper() {}"}},
	{"정다은", file("a1.ipynb", broken), 0, true, []string{"사람이 보아야 합니다"}},
}

// withKey also puts a link to the teacher's key in the place of the notebook.
func withKey(write writeFunc) writeFunc {
	return func(nb *notebook.Notebook, answers map[string]string, folder string) error {
		if err := write(nb, answers, folder); err != nil || runtime.GOOS == "windows" {
			return err
		}
		return os.Symlink(filepath.Join("..", "..", "..", "key"), filepath.Join(folder, "a1.ipynb"))
	}
}

// course is an nbgrader course in one language.
type course struct {
	repo     *checkout.Checkout
	report   *progress.Reporter
	folder   string
	temp     string // for nbgrader's own files
	language string
	class    []submission
}

// Test takes the classes through nbgrader: it generates the assignments, submits, grades, writes the
// feedback and exports the grades. It tests the formgrader of the English course in the browser program.
func Test(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, program, screenshots string) error {
	temp, err := os.MkdirTemp("", "rnn101-nbgrader-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	var all []string
	for _, a := range assignment.All {
		all = append(all, a.Name)
	}
	english := &course{repo, report, filepath.Join(temp, "the course, 우리 반"), temp, lang.English, englishClass}
	korean := &course{repo, report, filepath.Join(temp, "한국어 강좌"), temp, lang.Korean, koreanClass}
	if err := errors.Join(english.grade(ctx, all...), korean.grade(ctx, "a1")); err != nil {
		return err
	}
	students := map[string]browser.Expected{}
	for _, s := range english.class {
		students[s.student] = browser.Expected{Points: s.points, NeedsHuman: s.needsHuman}
	}
	return browser.TestFormgrader(ctx, repo, report, program, english.folder, "a1", screenshots, students)
}

// grade makes the course, generates the assignments, and takes the class through a1.
func (c *course) grade(ctx context.Context, assignments ...string) error {
	if err := c.make(); err != nil {
		return err
	}
	for _, name := range assignments {
		if err := c.nbgrader(ctx, "generate_assignment", name); err != nil {
			return err
		}
	}
	if err := c.submit(); err != nil {
		return err
	}
	if err := errors.Join(c.nbgrader(ctx, "autograde", "a1"), c.nbgrader(ctx, "generate_feedback", "a1"), c.nbgrader(ctx, "export")); err != nil {
		return err
	}
	if err := c.check(); err != nil {
		return fmt.Errorf("the course in %s: %w", lang.Name(c.language), err)
	}
	c.report.Line("✓ %d students have the right points in grades.csv, and feedback", len(c.class))
	return nil
}

// make makes the course as a teacher does.
func (c *course) make() error {
	if err := release.MakeNbgraderCourse(c.repo, c.folder); err != nil {
		return err
	}
	if c.language != lang.English { // the README tells teachers to copy the translation over the source
		data, err := os.ReadFile(c.repo.Assignment(c.language, "a1"))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(c.folder, "source", "a1", "a1.ipynb"), data, 0o644); err != nil {
			return err
		}
	}
	// The test does not use the teacher's own key.
	if err := os.WriteFile(filepath.Join(c.folder, "key"), []byte("the secret key of this class\n"), 0o600); err != nil {
		return err
	}
	config, err := os.OpenFile(filepath.Join(c.folder, "nbgrader_config.py"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = config.WriteString("c.Submission.key = \"key\"\n")
	return errors.Join(err, config.Close())
}

// nbgrader runs nbgrader in the course. A teacher's shell knows nothing of the environment, so nbgrader
// must not need it.
func (c *course) nbgrader(ctx context.Context, args ...string) error {
	cmd := exec.CommandContext(ctx, c.repo.Program("nbgrader"), args...)
	cmd.Dir, cmd.Env = c.folder, append(os.Environ(), "JUPYTER_DATA_DIR="+filepath.Join(c.temp, "data"), "JUPYTER_CONFIG_DIR="+filepath.Join(c.temp, "config"))
	var output process.Excerpt
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := process.Run(cmd); err != nil {
		return fmt.Errorf("nbgrader %s: %w\n%s", strings.Join(args, " "), err, &output)
	}
	c.report.Line("✓ nbgrader %s", strings.Join(args, " "))
	return nil
}

// submit writes the submissions into nbgrader's folder submitted.
func (c *course) submit() error {
	source, err := release.LoadIn(c.repo, "a1", c.language)
	if err != nil {
		return err
	}
	for _, s := range c.class {
		released, err := notebook.Read(filepath.Join(c.folder, "release", "a1", "a1.ipynb"))
		if err != nil {
			return err
		}
		answers := map[string]string{}
		for _, task := range source.Assignment.Tasks {
			for _, cell := range source.Solved.Cells {
				if cell.ID == task.ID {
					answers[cell.ID] = cell.Source
				}
			}
		}
		folder := filepath.Join(c.folder, "submitted", s.student, "a1")
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		if err := s.write(released, answers, folder); err != nil {
			return err
		}
	}
	return nil
}

// check checks the exported table, and that each student has feedback that says what it must and does
// not reveal the key.
func (c *course) check() error {
	f, err := os.Open(filepath.Join(c.folder, "grades.csv"))
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
	for _, s := range c.class {
		points, ok := got[s.student]
		if !ok || points != s.points {
			problems = append(problems, fmt.Errorf("%s has %v points in the table (listed: %v), want %v", s.student, points, ok, s.points))
		}
		page, err := os.ReadFile(filepath.Join(c.folder, "feedback", s.student, "a1", "a1.html"))
		if err != nil {
			problems = append(problems, err)
			continue
		}
		if strings.Contains(string(page), "secret key of this class") {
			problems = append(problems, fmt.Errorf("the feedback of %s contains the teacher's key", s.student))
		}
		for _, words := range s.says {
			if !strings.Contains(string(page), words) {
				problems = append(problems, fmt.Errorf("the feedback of %s does not say %q", s.student, words))
			}
		}
	}
	if len(got) != len(c.class) {
		problems = append(problems, fmt.Errorf("the table has %d students, want %d", len(got), len(c.class)))
	}
	return errors.Join(problems...)
}
