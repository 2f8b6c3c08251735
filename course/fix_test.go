package main

import (
	"os"
	"strings"
	"testing"
)

func TestFixUpdatesANotebookAndSaysWhat(t *testing.T) {
	path := writeNotebook(t, "내 노트.ipynb", testNotebook(t, "gonb", "import \"rnn101/rnnkit\"\nvar o = rnnkit.Adam{}"))
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const change = "내 노트.ipynb, cell last: rnnkit.Adam is now train.Adam"
	for _, step := range []struct {
		args    []string
		want    string
		changes bool // the file, since the beginning
	}{
		{[]string{"fix", "-n", path}, change, false},
		{[]string{"fix", path}, change, true},
		{[]string{"fix", path}, "내 노트.ipynb: nothing to change", true},
		{[]string{"fix", "-n", path}, "내 노트.ipynb: nothing to change", true},
	} {
		status, output := run(t, course(t, root(t), step.args...))
		if status != 0 || !strings.Contains(output, step.want) {
			t.Errorf("%v ends with status %d and prints %q, want %q", step.args[:len(step.args)-1], status, output, step.want)
		}
		after, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if changed := string(after) != string(before); changed != step.changes {
			t.Errorf("after %v the file has changed: %v, want %v", step.args[:len(step.args)-1], changed, step.changes)
		}
		if fixed := strings.Contains(string(after), "rnn101/rnnkit/train") && strings.Contains(string(after), "train.Adam"); fixed != step.changes {
			t.Errorf("after %v the file is updated: %v, want %v", step.args[:len(step.args)-1], fixed, step.changes)
		}
	}
	wantFailure(t, course(t, root(t), "fix", path, "no such.ipynb"), 1, "no such.ipynb")
}
