package grade

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rnn101/classroom/assignment"
	"rnn101/course/notebook"
)

const root = "../.."

func load(t *testing.T, name string) *Source {
	t.Helper()
	s, err := Load(root, name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTheSolutionHasAllPointsAndWhatIsHandedOutNone(t *testing.T) {
	for _, a := range assignment.All {
		s := load(t, a.Name)
		if a.Points() != 20 {
			t.Errorf("%s has %v points", a.Name, a.Points())
		}
		if err := s.Proven(t.Context(), class(t).Builder, t.TempDir()); err != nil {
			t.Error(err)
		}
	}
}

// A release that gives points away, or asks for what its own solution cannot do, is
// stopped.
func TestAReleaseThatIsUnfairIsRefused(t *testing.T) {
	s := load(t, "a1")
	change := func(nb *notebook.Notebook, from, to string) {
		t.Helper()
		n := 0
		for _, c := range nb.Cells {
			n += strings.Count(c.Source, from)
			c.Source = strings.ReplaceAll(c.Source, from, to)
		}
		if n == 0 {
			t.Fatalf("no cell has %q", from)
		}
	}
	change(s.Solved, "x[i] = 1", "x[i] = 2")
	if err := s.Proven(t.Context(), class(t).Builder, t.TempDir()); err == nil || !strings.Contains(err.Error(), "the solution of a1 gets 10 points, and must get 20: one-hot-example, three words, the second of them: wrong value") {
		t.Errorf("a wrong solution: %v", err)
	}
	s = load(t, "a1")
	change(s.Edition, "panic(\"not written yet\")", "x := make([]float64, n); x[i] = 1; return x")
	if err := s.Proven(t.Context(), class(t).Builder, t.TempDir()); err == nil || !strings.Contains(err.Error(), "handed out of a1 gets") {
		t.Errorf("an answer in the edition: %v", err)
	}
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
		"// BEGIN SOLUTION\n// BEGIN SOLUTION\n//": "twice",
	} {
		if _, err := withoutSolution(source, stub); err == nil || !strings.Contains(err.Error(), says) {
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
	if err := s.agrees(); err == nil || !strings.Contains(err.Error(), "40 points for step-hidden, the checks give 4") {
		t.Errorf("%v", err)
	}
	s = load(t, "a1")
	s.Frame.Answers = s.Frame.Answers[1:]
	if err := s.agrees(); err == nil || !strings.Contains(err.Error(), "no answer cell one-hot") {
		t.Errorf("%v", err)
	}
}

func TestAStudentSeesTheVisiblePoints(t *testing.T) {
	s := load(t, "a1")
	b := class(t).Builder
	g := s.Visible(t.Context(), b, filepath.Join(root, "classroom", "a1", "a1.ipynb"))
	if g.NeedsHuman || g.Points != 6 || g.Of != 6 {
		t.Errorf("%+v", g)
	}
	for _, check := range g.Checks {
		if check.Hidden {
			t.Errorf("%s is hidden", check.Check)
		}
	}
	if len(s.Assignment.Tasks[0].Checks) != 2 {
		t.Error("the assignment itself has lost its hidden checks")
	}
}

func TestAFileTellsWhichAssignmentItIs(t *testing.T) {
	if s, err := Of(root, filepath.Join(root, "classroom", "a1", "a1.ipynb")); err != nil || s.Assignment.Name != "a1" {
		t.Errorf("%v, %v", s, err)
	}
	other := filepath.Join(t.TempDir(), "other.ipynb")
	if err := os.WriteFile(other, []byte(`{"nbformat": 4, "cells": []}`), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Of(root, other); err == nil || !strings.Contains(err.Error(), "no answer cell") {
		t.Errorf("%v", err)
	}
	if _, err := Load(root, "a9"); err == nil || !strings.Contains(err.Error(), "there is a1") {
		t.Errorf("%v", err)
	}
}
