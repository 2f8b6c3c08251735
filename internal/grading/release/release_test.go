package release

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rnn101/internal/checkout"
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

func TestAFileTellsWhichAssignmentItIs(t *testing.T) {
	if s, err := Of(repo, repo.Assignment("a1")); err != nil || s.Assignment.Name != "a1" {
		t.Errorf("%v, %v", s, err)
	}
	other := filepath.Join(t.TempDir(), "other.ipynb")
	if err := os.WriteFile(other, []byte(`{"nbformat": 4, "cells": []}`), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Of(repo, other); err == nil || !strings.Contains(err.Error(), "no answer cell") {
		t.Errorf("%v", err)
	}
	if _, err := Load(repo, "a9"); err == nil || !strings.Contains(err.Error(), "there is a1") {
		t.Errorf("%v", err)
	}
}
