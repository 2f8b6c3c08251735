// Package handout does the assignments on their pages, as students do who have nothing installed, and
// grades what they hand in.
package handout

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"rnn101/internal/checkout"
	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/release"
	"rnn101/internal/process"
	"rnn101/internal/progress"
	"rnn101/internal/selftest/browser"
	"rnn101/internal/site"
)

// Tester has what the tests need.
type Tester struct {
	Repo     *checkout.Checkout
	Report   *progress.Reporter
	Chromium string // its path
	Temp     string // a folder for the pages and what is handed in
	Pictures string // the folder for the screenshots; "" saves none
	Live     func(context.Context, *checkout.Checkout) (*site.Live, error)
}

// Test releases the assignments as pages in the languages of the tags, does them there as students do, and
// grades the notebooks that they download: what a page shows to be right earns its points.
func (t *Tester) Test(ctx context.Context, tags []string) error {
	folder := func(name string) string { return filepath.Join(t.Temp, name) }
	o := site.Options{Out: folder("handouts"), Jobs: 2, Live: t.Live}
	all, byFile := []*browser.Handout{}, map[string]*browser.Handout{}
	for i, tag := range tags {
		for _, a := range assignment.All {
			source, err := release.LoadIn(t.Repo, a.Name, tag)
			if err != nil {
				return err
			}
			file := filepath.Join(folder("released"), tag, a.Name+".ipynb")
			if err := source.WriteEdition(file); err != nil {
				return err
			}
			o.Notebooks = append(o.Notebooks, file)
			byFile[file] = handoutOf(source, i == 0)
			all = append(all, byFile[file])
		}
	}
	summary, err := site.Export(ctx, t.Repo, o, t.Report)
	if err != nil {
		return err
	}
	for _, page := range summary.Pages {
		byFile[page.Notebook].Page = page.Page
	}
	if err := noReferenceIn(o.Out); err != nil {
		return err
	}
	works, problems := browser.DoAssignments(ctx, t.Repo, t.Report, t.Chromium, o.Out, folder("downloads"), t.Pictures, all)
	var found browser.Problems
	if problems != nil && !errors.As(problems, &found) {
		return problems
	}
	for _, a := range assignment.All {
		problems = errors.Join(problems, t.grade(ctx, a, folder("downloads"), folder("graded"), works))
	}
	return problems
}

// noReferenceIn checks that the engine of a site does not hold the grader's right functions. A program has the
// names of its functions, each after the path of its package.
func noReferenceIn(folder string) error {
	engines, err := filepath.Glob(filepath.Join(folder, "assets", "engine-*.wasm"))
	if err != nil || len(engines) != 1 {
		return fmt.Errorf("the site has the engines %q (%v), want one", engines, err)
	}
	engine, err := os.ReadFile(engines[0])
	if err != nil {
		return err
	}
	grader := checkout.Module + "/internal/grading/assignment"
	switch {
	case !bytes.Contains(engine, []byte(grader)):
		return fmt.Errorf("the engine has no function of %s: has it moved?", grader)
	case bytes.Contains(engine, []byte(grader+"/internal/reference")):
		return errors.New("the engine has functions of the package reference, which are right answers")
	}
	return nil
}

// marks are the lines around a solution in words.
var marks = regexp.MustCompile(`(?m)^<!-- (BEGIN|END) SOLUTION -->\n?`)

// right is what the names of students begin with who give all answers.
const right = "right-"

// handoutOf has the answers of an assignment's solution. A student gives all of them. In the first language another
// one leaves out the first, on which others may depend, and the field for words is tested.
func handoutOf(source *release.Source, first bool) *browser.Handout {
	h := &browser.Handout{Assignment: source.Assignment.Name, Field: first, Answers: map[string]string{}, Words: map[string]string{}}
	h.Students = []browser.Student{{Name: right + source.Language}}
	for i, c := range source.Solved.Cells {
		meta := release.Meta(c)
		switch {
		case meta.Solution && c.Kind == "code":
			if first && len(h.Answers) == 0 {
				h.Students = append(h.Students, browser.Student{Name: "first-left-out", Without: c.ID})
			}
			h.Answers[c.ID] = c.Source
		case meta.Solution:
			h.Words[c.ID] = marks.ReplaceAllString(c.Source, "")
		case meta.Grade && strings.Contains(source.Edition.Cells[i].Source, "visible.Check("):
			h.Checks = append(h.Checks, c.ID)
		}
	}
	return h
}

// grade grades the notebooks that were downloaded, by the command that a teacher calls.
func (t *Tester) grade(ctx context.Context, a *assignment.Assignment, downloads, folder string, works []browser.Work) error {
	out, key := filepath.Join(folder, a.Name), filepath.Join(downloads, "key")
	if err := os.WriteFile(key, []byte(strings.Repeat("0123456789abcdef", 4)+"\n"), 0o600); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, t.Repo.GoTool(), "run", "./course", "grade", a.Name, filepath.Join(downloads, a.Name), "--out", out, "--key", key)
	var said process.Excerpt
	cmd.Dir, cmd.Stdout, cmd.Stderr = t.Repo.Root, &said, &said
	if err := process.Run(cmd); err != nil {
		return fmt.Errorf("%s: %w\n%s", cmd, err, &said)
	}
	data, err := os.ReadFile(filepath.Join(out, "grades.json"))
	if err != nil {
		return err
	}
	type graded struct {
		Student string
		Points  float64
		Checks  []assignment.CheckResult
	}
	var grades []graded
	if err := json.Unmarshal(data, &grades); err != nil {
		return err
	}
	byStudent := map[string]graded{}
	for _, g := range grades {
		byStudent[g.Student] = g
	}
	var problems []error
	shown := 0
	for _, w := range works {
		if w.Assignment != a.Name {
			continue
		}
		grade := byStudent[w.Student]
		points := map[string]assignment.CheckResult{}
		for _, check := range grade.Checks {
			points[check.Check] = check
		}
		for _, id := range w.Right {
			if check := points[id]; check.Of == 0 || check.Points != check.Of {
				problems = append(problems, fmt.Errorf("%s, %s: the page shows %s to be right, the grader gives %v of %v points", a.Name, w.Student, id, check.Points, check.Of))
			}
			shown++
		}
		if want := a.PointsOfChecks(); strings.HasPrefix(w.Student, right) && grade.Points != want {
			problems = append(problems, fmt.Errorf("%s, %s: the right answers have %v points, of %v without the words", a.Name, w.Student, grade.Points, want))
		}
	}
	if shown == 0 {
		problems = append(problems, fmt.Errorf("%s: the pages show no check to be right", a.Name))
	}
	if problems == nil {
		t.Report.Line("✓ %s: what the page shows to be right, %d checks, earns its points", a.Name, shown)
	}
	return errors.Join(problems...)
}
