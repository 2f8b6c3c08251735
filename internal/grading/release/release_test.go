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

// sources returns all assignments in all languages.
func sources(t *testing.T) []*Source {
	t.Helper()
	all, err := sourcesOf(repo)
	if err != nil {
		t.Fatal(err)
	}
	if want := 2 * len(assignment.All); len(all) != want {
		t.Fatalf("%d editions, want %d", len(all), want)
	}
	return all
}

func TestTheEditionHasNoSolutionAndNoOutput(t *testing.T) {
	for tag, stub := range map[string]string{"en": "not written yet", "ko": "아직 작성하지 않았습니다"} {
		s, err := LoadIn(repo, "a1", tag)
		if err != nil {
			t.Fatal(err)
		}
		data := encoded(t, s.Edition)
		for _, secret := range []string{"SOLUTION", "math.Exp", "x[i] = 1", "\"outputs\": [\n   {"} {
			if strings.Contains(data, secret) {
				t.Errorf("the edition %s has %q", tag, secret)
			}
		}
		for _, kept := range []string{"func oneHot(n, i int) []float64 {", stub, "visible.Check", `"grade_id": "forward"`, `"points": 5`} {
			if !strings.Contains(data, kept) {
				t.Errorf("the edition %s lacks %q", tag, kept)
			}
		}
	}
	for source, says := range map[string]string{
		"// BEGIN SOLUTION\n":                      "without END",
		"// END SOLUTION":                          "without BEGIN",
		"// BEGIN SOLUTION\n// BEGIN SOLUTION\n//": "two BEGIN SOLUTION",
	} {
		if _, err := replaceSolutions(source, "// your code"); err == nil || !strings.Contains(err.Error(), says) {
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
	for _, source := range sources(t) {
		if s, err := Of(repo, submission.Read(source.Solved.Path)); err != nil || s.Assignment != source.Assignment || s.Language != source.Language || s.Solved.Path != source.Solved.Path {
			t.Errorf("%s: %v, %v", source.Solved.Path, s, err)
		}
	}
	if _, err := Of(repo, submission.Parse([]byte(`{"nbformat": 4, "cells": []}`))); err == nil || !strings.Contains(err.Error(), "no answer cell") {
		t.Errorf("%v", err)
	}
	if _, err := LoadIn(repo, "a1", "xx"); err == nil || !strings.Contains(err.Error(), `no edition of a1 in the language "xx"`) {
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
	}}, "ko")
	want := &submission.Frame{AnswerCells: []submission.AnswerCell{{ID: "one", Code: true}, {ID: "words"}}, Editions: []submission.Edition{
		{Language: "ko", Released: map[string]string{"one": "stub", "words": ""}, Given: []string{"given", "check"}, Text: []string{"text"}}}}
	if err != nil || !reflect.DeepEqual(f, want) {
		t.Errorf("%+v, %v", f, err)
	}
	for says, cells := range map[string][]*notebook.Cell{
		"bad.ipynb, cell 2: another cell has the grade_id \"one\", too": {answer("code", "one", ""), answer("code", "one", "")},
		"bad.ipynb, cell 1: an answer cell without a grade_id":          {answer("code", "", "")},
		"bad.ipynb has no answer cell":                                  {},
	} {
		if _, err := FrameOf(&notebook.Notebook{Path: "bad.ipynb", Cells: cells}, "en"); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v, want %q", err, says)
		}
	}
}

// A notebook that was handed out with other words, by nbgrader perhaps, has the language of the edition that
// it was made of, and the others count, too.
func TestAnEditionThatWasHandedOutIsOneMore(t *testing.T) {
	korean, err := LoadIn(repo, "a4", "ko")
	if err != nil {
		t.Fatal(err)
	}
	released := korean.Edition.Clone()
	released.Cells[0].Source += "\n\n우리 반의 과제입니다."
	s := load(t, "a4")
	if err := s.UseEdition(released); err != nil {
		t.Fatal(err)
	}
	if s.Language != "ko" || s.Edition != released || len(s.Frame.Editions) != 3 || s.Frame.Editions[0].Text[0] != released.Cells[0].Source {
		t.Errorf("%s, %d editions", s.Language, len(s.Frame.Editions))
	}
	for _, words := range []string{"*Your answer.*", "여기에 답을 쓰세요."} {
		if !s.Frame.IsReleased("why", words+"\n") {
			t.Errorf("%q is not what was handed out", words)
		}
	}
	if s.Frame.IsReleased("why", "여기에 답을") {
		t.Error("an answer is what was handed out")
	}
}

// The list of packages is made by the package that keeps to it.
func TestAnAssignmentSaysWhatTheGraderDoes(t *testing.T) {
	for _, s := range sources(t) {
		a, cells := s.Assignment, s.Edition.Cells
		first, last := cells[0].Source, cells[len(cells)-1].Source
		want := gonb.AllowedPackages() + "."
		if s.Language == "ko" {
			want = strings.Replace(want, "; of gonum ", ". gonum에서는 ", 1)
		}
		if !strings.Contains(first, want) {
			t.Errorf("%s does not list the packages that may be imported. Write into its first cell:\n%s", s.Solved.Path, want)
		}
		for place, text := range map[string]string{"first": first, "last": last} {
			if !strings.Contains(text, "go run ./course check ") {
				t.Errorf("the %s cell of %s does not tell of course check", place, s.Solved.Path)
			}
		}
		for _, task := range a.Tasks {
			says := false
			for _, c := range cells {
				says = says || Meta(c).GradeID == task.ID && regexp.MustCompile(`stays as it is|stay as they are|그대로 둡니다`).MatchString(strings.ReplaceAll(c.Source, "\n// ", " "))
			}
			if says != task.KeepsArguments {
				t.Errorf("%s, %s: that its arguments stay as they are is said: %v; is checked: %v", s.Solved.Path, task.ID, says, task.KeepsArguments)
			}
		}
	}
}
