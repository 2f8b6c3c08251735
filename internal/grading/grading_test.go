package grading

import (
	"context"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rnn101/internal/grading/sandbox"
)

func TestMain(m *testing.M) {
	sandbox.RunIfWorker()
	os.Exit(m.Run())
}

// files returns what is below a folder: the content of files, and the mode of folders.
func files(t *testing.T, root string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		all[path] = info.Mode().String() + " " + info.ModTime().String()
		if !entry.IsDir() {
			data, err := os.ReadFile(path)
			all[path] += string(data)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func write(t *testing.T, content string, path ...string) {
	t.Helper()
	file := filepath.Join(path...)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// Grades of another version of the grader are kept until somebody asks for new ones.
func TestGradesOfAnotherVersionAreNotReplacedUnasked(t *testing.T) {
	for name, old := range map[string]struct{ grade, says string }{
		"another version": {`{"student": "kim", "points": 3, "made": "x", "grader": "1"}`, "grades of grader version 1, and this is grader version "},
		"no version":      {`{"student": "kim", "points": 3, "made": "x"}`, "grades of a grader without a version number"},
	} {
		t.Run(name, func(t *testing.T) {
			base := t.TempDir()
			out, submissions, key := filepath.Join(base, "grades"), filepath.Join(base, "class"), filepath.Join(base, "key")
			write(t, old.grade, out, "students", "0123.json")
			write(t, "student,points\n", out, "grades.csv")
			write(t, `{"nbformat": 4, "cells": []}`, submissions, "kim.ipynb")
			write(t, "the key of this test", key)
			before := files(t, base)
			o := Options{Assignment: "a1", Submissions: submissions, Out: out, KeyFile: key, NoFeedback: true, Jobs: 1}
			err := Grade(context.Background(), o)
			if err == nil {
				t.Fatal("it graded again without being asked")
			}
			for _, says := range []string{out, old.says, "--regrade", "--out"} {
				if !strings.Contains(err.Error(), says) {
					t.Errorf("the error is %q, want it to say %q", err, says)
				}
			}
			if after := files(t, base); !maps.Equal(before, after) {
				t.Errorf("the files were %q, and are now %q", before, after)
			}
			o.Regrade = true
			if err := Grade(context.Background(), o); err != nil {
				t.Fatal(err)
			}
			o.Regrade = false // the next call goes on, unasked
			if err := Grade(context.Background(), o); err != nil {
				t.Error(err)
			}
		})
	}
}
