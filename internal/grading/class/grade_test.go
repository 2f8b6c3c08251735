package class

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/collect"
	"rnn101/internal/grading/sandbox"
	"rnn101/internal/grading/sandbox/sandboxtest"
	"rnn101/internal/grading/submission"
)

func TestMain(m *testing.M) {
	sandboxtest.WorkerFault()
	sandbox.RunIfWorker()
	os.Exit(m.Run())
}

const begin = "func oneHot(n, i int) []float64 {\n\treturn nil\n}"

func class(t *testing.T) *Class {
	t.Helper()
	frame := &submission.Frame{}
	for _, task := range assignment.A1.Tasks {
		frame.AnswerCells = append(frame.AnswerCells, submission.AnswerCell{ID: task.ID, Code: true})
	}
	frame.Editions = []submission.Edition{{Language: "en", Released: map[string]string{assignment.A1.Tasks[0].ID: begin}}}
	return &Class{Assignment: assignment.A1, Frame: frame, Key: []byte("key"), Out: t.TempDir(), Jobs: 2, Limits: sandbox.Limits{Time: 2 * time.Second},
		Builder: sandboxtest.Builder(t)}
}

// classWithWords returns a class whose assignment has a question, "why", with 4 points, too.
func classWithWords(t *testing.T) *Class {
	t.Helper()
	c := class(t)
	words := *c.Assignment
	words.Written = []assignment.Question{{ID: "why", Points: 4}}
	c.Assignment = &words
	c.Frame.AnswerCells = append(c.Frame.AnswerCells, submission.AnswerCell{ID: "why"})
	return c
}

// handIn writes a notebook with an answer to the first task, and perhaps to the question.
func handIn(t *testing.T, folder, student, source string, words ...string) collect.Submission {
	t.Helper()
	answer := func(kind, id, source string) any {
		return map[string]any{"cell_type": kind, "source": source,
			"metadata": map[string]any{"nbgrader": map[string]any{"grade_id": id, "solution": true}}}
	}
	cells := []any{answer("code", "one-hot", source)}
	for _, text := range words {
		cells = append(cells, answer("markdown", "why", text))
	}
	data, err := json.Marshal(map[string]any{"nbformat": 4, "cells": cells})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, student+".ipynb")
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return collect.Submission{Student: student, File: file}
}

const right = "func oneHot(n, i int) []float64 {\n\tx := make([]float64, n)\n\tx[i] = 1\n\treturn x\n}"

func TestEverybodyIsInTheTable(t *testing.T) {
	c, folder := class(t), t.TempDir()
	handed := []collect.Submission{
		handIn(t, folder, "lee", right),
		handIn(t, folder, "김하늘", right),
		handIn(t, folder, "as-handed-out", begin),
		handIn(t, folder, "loop", "func oneHot(n, i int) []float64 { for { } }"),
		handIn(t, folder, "exit", "import \"os\"\nfunc init() { os.Exit(0) }\nfunc oneHot(n, i int) []float64 { os.Exit(0); return nil }"),
		handIn(t, folder, "half", "func oneHot(n, i int) []float64 { return []float64{0, 1, 0} }"),
		{Student: "=HYPERLINK(1)", Problem: "nothing was handed in"},
		{Student: "gone", File: filepath.Join(folder, "gone.ipynb")},
	}
	var reported []string
	all, err := c.Run(t.Context(), handed, func(done, of int, student string) { reported = append(reported, student) })
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != len(handed) || len(reported) != len(handed) {
		t.Fatalf("%d grades, %d reported, %d handed in", len(all), len(reported), len(handed))
	}
	for _, g := range all {
		want, human := map[string]float64{"lee": 3, "김하늘": 3, "half": 1}[g.Student], g.Student == "gone" || g.Student == "=HYPERLINK(1)"
		if g.Points != want || g.NeedsHuman != human || g.Of != 20 || human && g.Reason == "" {
			t.Errorf("%+v", g)
		}
	}
	data, err := os.ReadFile(filepath.Join(c.Out, "grades.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != len(handed)+1 {
		t.Fatalf("%v, %v", rows, err)
	}
	if !slices.Equal(rows[0], []string{"student", "points", "of", "needs a human", "reason", "one-hot", "product", "step", "forward"}) {
		t.Errorf("the header is %q", rows[0])
	}
	if !slices.Equal(rows[1][:5], []string{"'=HYPERLINK(1)", "0", "20", "yes", "nothing was handed in"}) {
		t.Errorf("the first row is %q", rows[1])
	}
}

func TestOnlyWhatHasChangedIsGradedAgain(t *testing.T) {
	c, folder := class(t), t.TempDir()
	handed := []collect.Submission{handIn(t, folder, "kim", right), handIn(t, folder, "lee", right)}
	run := func(c *Class) (renewed []string) {
		t.Helper()
		before := times(t, c.Out)
		all, err := c.Run(t.Context(), handed, func(int, int, string) {})
		if err != nil || len(all) != 2 {
			t.Fatal(all, err)
		}
		for name, at := range times(t, c.Out) {
			if !before[name].Equal(at) {
				renewed = append(renewed, name)
			}
		}
		return renewed
	}
	if n := len(run(c)); n != 2 {
		t.Errorf("the first run grades %d", n)
	}
	if n := len(run(c)); n != 0 {
		t.Errorf("with nothing new it grades %d", n)
	}
	handIn(t, folder, "lee", begin)
	if n := len(run(c)); n != 1 {
		t.Errorf("after a new submission it grades %d", n)
	}
	c.Key = []byte("another")
	if n := len(run(c)); n != 2 {
		t.Errorf("with another key it grades %d", n)
	}
	if err := assignment.SetLanguage("ko"); err != nil {
		t.Fatal(err)
	}
	defer assignment.SetLanguage("en")
	if n := len(run(c)); n != 2 {
		t.Errorf("in another language it grades %d", n)
	}
	if g, err := readGrade(filepath.Join(c.Out, students, hashedName("lee")+".json")); err != nil || !strings.Contains(g.Checks[0].Cases[0].Text, "고친 것이 없습니다") {
		t.Errorf("the grade is not in Korean: %+v (%v)", g.Checks, err)
	}
	harder := *c.Assignment
	harder.Tasks = slices.Clone(harder.Tasks)
	harder.Tasks[0].Checks = slices.Clone(harder.Tasks[0].Checks)
	harder.Tasks[0].Checks[0].Points = 5
	c.Assignment = &harder
	if n := len(run(c)); n != 2 {
		t.Errorf("with other points it grades %d", n)
	}
}

func times(t *testing.T, out string) map[string]time.Time {
	t.Helper()
	all := map[string]time.Time{}
	files, err := filepath.Glob(filepath.Join(out, "students", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		all[file] = info.ModTime()
	}
	return all
}

// An interrupted run has saved the finished grades and no others; the next run goes on.
func TestAnInterruptedRunIsContinued(t *testing.T) {
	c, folder := class(t), t.TempDir()
	c.Jobs = 1
	handed := []collect.Submission{handIn(t, folder, "first", right), handIn(t, folder, "second", "func oneHot(n, i int) []float64 { for { } }")}
	ctx, cancel := context.WithCancel(t.Context())
	_, err := c.Run(ctx, handed, func(done, of int, student string) {
		time.AfterFunc(2500*time.Millisecond, cancel) // in the loop of the second
	})
	if err == nil || !strings.Contains(err.Error(), "goes on from here") {
		t.Fatalf("the error is %v", err)
	}
	if n := len(times(t, c.Out)); n != 1 {
		t.Errorf("%d grades are saved, want that of the first", n)
	}
	all, err := c.Run(t.Context(), handed, func(int, int, string) {})
	if err != nil || all[0].Points != 3 || all[1].Points != 0 || all[1].NeedsHuman {
		t.Errorf("%+v, %v", all, err)
	}
}

// A failure of the machine is not a grade: the student needs a human, and the next run grades
// again.
func TestAFailureOfTheMachineIsNotAGrade(t *testing.T) {
	c := class(t)
	handed := []collect.Submission{handIn(t, t.TempDir(), "lee", right)}
	sandboxtest.BreakWorkers(t, 4, sandboxtest.Killed) // the interpreter and the program, and both in the second try
	all, err := c.Run(t.Context(), handed, func(int, int, string) {})
	if err != nil {
		t.Fatal(err)
	}
	if g := all[0]; !g.NeedsHuman || !strings.Contains(g.Reason, "Call grade again") || !strings.Contains(g.Reason, "signal: killed") {
		t.Errorf("needs a human: %v, with the reason %q; want one with %q and %q", g.NeedsHuman, g.Reason, "Call grade again", "signal: killed")
	}
	if all, err = c.Run(t.Context(), handed, func(int, int, string) {}); err != nil {
		t.Fatal(err)
	}
	if g := all[0]; g.Points != 3 || g.NeedsHuman {
		t.Errorf("the next call gives %v points, needs a human: %v %q; want 3 and no human", g.Points, g.NeedsHuman, g.Reason)
	}
}

func TestTwoRunsCannotShareAFolder(t *testing.T) {
	out := filepath.Join(t.TempDir(), "grades")
	unlock, err := Lock(out)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Lock(out); err == nil || !strings.Contains(err.Error(), "another grading is running in") || !strings.Contains(err.Error(), fmt.Sprint("process ", os.Getpid())) {
		t.Errorf("the second lock: %v", err)
	}
	unlock()
	if unlock, err = Lock(out); err != nil {
		t.Errorf("after unlock: %v", err)
	} else {
		unlock()
	}
}
