package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// testNotebook returns a notebook with a code cell setup, a text cell, and a code cell for each of the
// sources: the last has the id last, one before it the id third.
func testNotebook(t *testing.T, kernel string, sources ...string) []byte {
	t.Helper()
	cell := func(kind, id, source string) any {
		c := map[string]any{"cell_type": kind, "id": id, "metadata": map[string]any{}, "source": source}
		if kind == "code" {
			c["outputs"], c["execution_count"] = []any{}, nil
		}
		return c
	}
	cells := []any{cell("code", "setup", "%noautoget\nimport \"rnn101/show\""), cell("markdown", "text", "One third is 0.3333.")}
	ids := []string{"third", "last"}[2-len(sources):]
	for i, source := range sources {
		cells = append(cells, cell("code", ids[i], source))
	}
	data, err := json.Marshal(map[string]any{
		"nbformat": 4, "nbformat_minor": 5,
		"metadata": map[string]any{"kernelspec": map[string]any{"name": kernel, "display_name": kernel, "language": "go"}},
		"cells":    cells,
	})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// writeNotebook writes a file to a folder with a space and Korean letters in its name.
func writeNotebook(t *testing.T, name string, data []byte) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "과제 1")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, name)
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// replaceInFile replaces a text that occurs once in a file.
func replaceInFile(t *testing.T, path, from, to string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(data), from) != 1 {
		t.Fatalf("%q occurs %d times in %s", from, strings.Count(string(data), from), data)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(data), from, to, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// reports returns what course run has printed about each of the notebooks, whose paths it gets. What
// a cell prints is indented.
func reports(output string, paths ...string) map[string]string {
	all := map[string]string{}
	for _, part := range regexp.MustCompile(`(?m)^(?:✗ |✓ |course: )`).Split(output, -1) {
		first, _, _ := strings.Cut(part, "\n")
		for _, path := range paths {
			if strings.Contains(first, path) {
				all[path] = part
			}
		}
	}
	return all
}

// That a notebook which has just run does not differ from itself is seen in
// TestSomebodysNotebookKeepsWhatIsTheirs, and here in the cells that are not named.
func TestCheckFindsTheSmallestChange(t *testing.T) {
	needsSetup(t)
	changed := writeNotebook(t, "작은.ipynb", testNotebook(t, "gonb", "%%\nshow.Text(\"%v\", 1.0/3)", "%%\nprintln := 0\n_ = println"))
	if status, output := run(t, course(t, root(t), "run", changed)); status != 0 {
		t.Fatalf("the notebook does not run:\n%s", output)
	}
	data, err := os.ReadFile(changed)
	if err != nil {
		t.Fatal(err)
	}
	unrecorded := writeNotebook(t, "기록 없음.ipynb", data)
	replaceInFile(t, unrecorded, `"executed"`, `"removed"`)
	replaceInFile(t, changed, `"0.3333"`, `"0.3334"`) // a digit of an output
	replaceInFile(t, changed, "0.3333.", "0.3343.")   // a decimal of the text
	replaceInFile(t, changed, "1.0/3", "2.0/6")       // a line of the code

	status, output := run(t, course(t, root(t), "run", "--check", changed, unrecorded))
	if status != 1 {
		t.Errorf("the check ends with status %d, want 1", status)
	}
	said := reports(output, changed, unrecorded)
	for path, want := range map[string][]string{
		changed:    {"differs from the committed notebook", "its code has changed since it was run", `cell third: .*0\.3334`, `cell text: .*0\.3343`},
		unrecorded: {"differs from the committed notebook", "does not record which code"},
	} {
		lines := strings.Split(strings.TrimSpace(said[path]), "\n")[1:]
		for _, line := range want {
			if !slices.ContainsFunc(lines, regexp.MustCompile(line).MatchString) {
				t.Errorf("of %s the check does not say %q", path, line)
			}
		}
		if len(lines) != len(want) {
			t.Errorf("of %s it says %d things, want %d", path, len(lines), len(want))
		}
	}
	if t.Failed() {
		t.Logf("the check says\n%s", output)
	}
}

func TestANotebookThatCannotRunIsNamedAndLeftAlone(t *testing.T) {
	needsSetup(t)
	cases := []struct {
		name    string
		content []byte
		words   []string
	}{
		{"fails amid twenty megabytes", testNotebook(t, "gonb", "%%\nx := strings.Repeat(\"x\", 10<<20)\nfmt.Print(x)\nfmt.Fprintln(os.Stderr, \"no bat\")\nfmt.Print(x)\nos.Exit(1)"), []string{"cell last", "no bat"}},
		{"fails a check", testNotebook(t, "gonb", "%%\nshow.Equal(\"two and three\", 2, 3, 0)"), []string{"cell last", "two and three", "got 2, expected 3"}},
		{"does not compile", testNotebook(t, "gonb", "%%\nvar x int = \"bat\""), []string{"cell last", `"bat"`, "as int value"}},
		{"asks for input", testNotebook(t, "gonb", "%with_inputs\n%%\nvar bat string\nfmt.Scanln(&bat)"), []string{"cell last", "asks for input (%with_inputs)", "write the value into the code"}},
		{"panics without ids", bytes.ReplaceAll(testNotebook(t, "gonb", "%%\npanic(\"no bat\")"), []byte(`"id":`), []byte(`"mine":`)), []string{"cell 3", "no bat"}},
		{"imports what is not there", testNotebook(t, "gonb", "import \"rnn101/nothing\"\n%%\nnothing.Do()"), []string{"cell last", "rnn101/nothing"}},
		{"asks for another kernel", testNotebook(t, "python3", "x"), []string{`kernel "python3"`, "gonb"}},
		{"is not JSON", []byte(`{"cells": [`), []string{"not JSON"}},
	}
	missing := filepath.Join(t.TempDir(), "no such.ipynb")
	paths := []string{missing}
	for _, c := range cases {
		paths = append(paths, writeNotebook(t, c.name+" 과제.ipynb", c.content))
	}
	status, output := run(t, course(t, root(t), append([]string{"run"}, paths...)...))
	if status != 1 {
		t.Errorf("the run ends with status %d, want 1", status)
	}
	said := reports(output, paths...)
	want := map[string][]string{missing: {"no such file"}}
	for i, c := range cases {
		path := paths[i+1]
		want[path] = c.words
		if after, err := os.ReadFile(path); err != nil || string(after) != string(c.content) {
			t.Errorf("the notebook that %s was changed (%v)", c.name, err)
		}
		if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
			t.Errorf("the folder of the notebook that %s holds %v, want the notebook alone", c.name, left)
		}
	}
	for path, words := range want {
		for _, word := range words {
			if !strings.Contains(said[path], word) {
				t.Errorf("of %s is said %q, without %q", path, said[path], word)
			}
		}
	}
	wantNoTrace(t, "run", output)
}

// Metadata of slides, of other programs and of authors, an old format without ids, line ends of
// Windows, the layout of the file: only the outputs are new, and a record of the code.
func TestSomebodysNotebookKeepsWhatIsTheirs(t *testing.T) {
	needsSetup(t)
	const before = `{
  "nbformat": 4,
  "nbformat_minor": 2,
  "metadata": {
    "title": "내 슬라이드",
    "authors": [{"name": "Ann"}],
    "kernelspec": {"name": "gonb", "display_name": "Go (gonb)"},
    "jupytext": {"formats": "ipynb,md"},
    "language_info": {"name": "go", "version": "go1.20"}
  },
  "cells": [
    {"cell_type": "raw", "metadata": {"raw_mimetype": "text/latex"}, "source": "\\LaTeX"},
    {"cell_type": "code", "metadata": {"slideshow": {"slide_type": "slide"}, "editable": false, "tags": ["b", "a"], "collapsed": true}, "execution_count": null, "outputs": [], "source": "%%\r\nfmt.Println(\"one\",\r\n\t2)"}
  ]
}`
	// The program that wrote this file puts each value on a line of its own.
	var value any
	if err := json.Unmarshal([]byte(before), &value); err != nil {
		t.Fatal(err)
	}
	indented, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	path := writeNotebook(t, "슬라이드.ipynb", indented)
	for _, args := range [][]string{{"run", path}, {"run", "--check", path}} {
		if status, output := run(t, course(t, root(t), args...)); status != 0 {
			t.Fatalf("%q ends with status %d:\n%s", args, status, output)
		}
	}
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(string(indented), `"execution_count": null`, `"execution_count": 1`, 1)
	want = strings.Replace(want, `"outputs": []`, `"outputs": [
        {
          "name": "stdout",
          "output_type": "stream",
          "text": [
            "one 2\n"
          ]
        }
      ]`, 1)
	record := regexp.MustCompile(`,\n    "rnn101": \{\n      "executed": "[0-9a-f]+"\n    \}`)
	if !record.Match(after) {
		t.Errorf("the file does not record which code its outputs are from:\n%s", after)
	}
	if got := record.ReplaceAllString(string(after), ""); got != want {
		t.Errorf("the file is now\n%s\nwant\n%s", got, want)
	}
}

func TestTheSetUpRepairsAMissingKernel(t *testing.T) {
	needsSetup(t)
	spec := filepath.Join(root(t), ".venv", "share", "jupyter", "kernels", "gonb", "kernel.json")
	before, err := os.ReadFile(spec)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(spec); err != nil {
		t.Fatal(err)
	}
	status, output := run(t, course(t, root(t), "setup"))
	if status != 0 || !strings.Contains(output, "[1/1] registering the Go kernel") {
		t.Errorf("without its kernel the set-up ends with status %d and prints:\n%s", status, output)
	}
	if after, err := os.ReadFile(spec); err != nil || string(after) != string(before) {
		t.Errorf("the registration is now\n%s\n(%v), it was\n%s", after, err, before)
	}
}

// The notebooks that people already have.
func TestANotebookOfAnEarlierVersionIsFixedThenRuns(t *testing.T) {
	needsSetup(t)
	path := writeNotebook(t, "옛 노트.ipynb", testNotebook(t, "gonb", "%%\nshow.Times(\"a\", []float64{2}, \"b\", []float64{3}, \"c\", []float64{6})"))
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"run", path}, {"run", "--check", path}} {
		wantFailure(t, course(t, root(t), args...), 1, "옛 노트.ipynb", "earlier version", "cell last", "show.Times", `go run ./course fix "`)
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Errorf("the notebook was changed (%v)", err)
	}
	if status, output := run(t, course(t, root(t), "fix", path)); status != 0 {
		t.Fatalf("fix ends with status %d:\n%s", status, output)
	}
	if status, output := run(t, course(t, root(t), "run", path)); status != 0 {
		t.Errorf("after fix the notebook does not run:\n%s", output)
	}
}
