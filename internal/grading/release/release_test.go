package release

import (
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"rnn101/internal/checkout"
	"rnn101/internal/grading/answer/gonb"
	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/submission"
	"rnn101/internal/notebook"
)

var repo = &checkout.Checkout{Root: filepath.Join("..", "..", "..")}

func load(t *testing.T, name string) *Source {
	t.Helper()
	s, err := Load(repo, name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTheEditionHasNoSolutionAndNoOutput(t *testing.T) {
	s := load(t, "a1")
	data, err := s.Edition.Encode()
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"SOLUTION", "math.Exp", "x[i] = 1", "\"outputs\": [\n   {"} {
		if strings.Contains(string(data), secret) {
			t.Errorf("the edition has %q", secret)
		}
	}
	for _, kept := range []string{"func oneHot(n, i int) []float64 {", "not written yet", "visible.Check", `"grade_id": "forward"`, `"points": 5`} {
		if !strings.Contains(string(data), kept) {
			t.Errorf("the edition lacks %q", kept)
		}
	}
	for source, says := range map[string]string{
		"// BEGIN SOLUTION\n":                      "without END",
		"// END SOLUTION":                          "without BEGIN",
		"// BEGIN SOLUTION\n// BEGIN SOLUTION\n//": "two BEGIN SOLUTION",
	} {
		if _, err := replaceSolutions(source, stubComment); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", source, err)
		}
	}
}

func TestTheNotebookAndTheChecksAgreeOnThePoints(t *testing.T) {
	s := load(t, "a1")
	for _, c := range s.Solved.Cells {
		if c.ID == "step-hidden" {
			c.Metadata["nbgrader"].(map[string]any)["points"] = 40
		}
	}
	if err := s.checkTasks(); err == nil || !strings.Contains(err.Error(), "40 points for step-hidden, the checks give 4") {
		t.Errorf("%v", err)
	}
	s = load(t, "a1")
	s.Frame.AnswerCells = s.Frame.AnswerCells[1:]
	if err := s.checkTasks(); err == nil || !strings.Contains(err.Error(), "no answer cell one-hot") {
		t.Errorf("%v", err)
	}
}

func TestAFileTellsWhichAssignmentItIs(t *testing.T) {
	if s, err := Of(repo, submission.Read(repo.Assignment("a1"))); err != nil || s.Assignment.Name != "a1" {
		t.Errorf("%v, %v", s, err)
	}
	if _, err := Of(repo, submission.Parse([]byte(`{"nbformat": 4, "cells": []}`))); err == nil || !strings.Contains(err.Error(), "no answer cell") {
		t.Errorf("%v", err)
	}
	if _, err := Load(repo, "a9"); err == nil || !strings.Contains(err.Error(), "choose one of a1") {
		t.Errorf("%v", err)
	}
}

func TestAFrameIsChecked(t *testing.T) {
	cell := func(kind, source string, nbgrader map[string]any) *notebook.Cell {
		return &notebook.Cell{Kind: kind, Source: source, Metadata: map[string]any{"nbgrader": nbgrader}}
	}
	answer := func(kind, id, source string) *notebook.Cell {
		return cell(kind, source, map[string]any{"grade_id": id, "solution": true})
	}
	f, err := FrameOf(&notebook.Notebook{Cells: []*notebook.Cell{
		{Kind: "markdown", Source: "text"}, {Kind: "code", Source: "given"}, answer("code", "one", "stub"), answer("markdown", "words", ""),
		cell("code", "check", map[string]any{"grade_id": "one-example", "grade": true, "points": 2}),
	}})
	want := &submission.Frame{AnswerCells: []submission.AnswerCell{{ID: "one", Code: true, Released: "stub"}, {ID: "words"}}, Given: []string{"given", "check"}, Text: []string{"text"}}
	if err != nil || !reflect.DeepEqual(f, want) {
		t.Errorf("%+v, %v", f, err)
	}
	for says, cells := range map[string][]*notebook.Cell{
		"bad.ipynb, cell 2: another cell has the grade_id \"one\", too": {answer("code", "one", ""), answer("code", "one", "")},
		"bad.ipynb, cell 1: an answer cell without a grade_id":          {answer("code", "", "")},
		"bad.ipynb has no answer cell":                                  {},
	} {
		if _, err := FrameOf(&notebook.Notebook{Path: "bad.ipynb", Cells: cells}); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v, want %q", err, says)
		}
	}
}

// The list of packages is made by the package that keeps to it.
func TestAnAssignmentSaysWhatTheGraderDoes(t *testing.T) {
	for _, a := range assignment.All {
		cells := load(t, a.Name).Edition.Cells
		first, last := cells[0].Source, cells[len(cells)-1].Source
		if want := gonb.AllowedPackages() + "."; !strings.Contains(first, want) {
			t.Errorf("%s does not list the packages that may be imported. Write into its first cell:\n%s", a.Name, want)
		}
		for place, text := range map[string]string{"first": first, "last": last} {
			if !strings.Contains(text, "go run ./course check ") {
				t.Errorf("the %s cell of %s does not tell of course check", place, a.Name)
			}
		}
		for _, task := range a.Tasks {
			says := false
			for _, c := range cells {
				says = says || Meta(c).GradeID == task.ID && regexp.MustCompile(`stays as it is|stay as they are`).MatchString(strings.ReplaceAll(c.Source, "\n// ", " "))
			}
			if says != task.KeepsArguments {
				t.Errorf("%s, %s: that its arguments stay as they are is said: %v; is checked: %v", a.Name, task.ID, says, task.KeepsArguments)
			}
		}
	}
}
