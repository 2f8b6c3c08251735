package notebook

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"rnn101/internal/atomicfile"
)

// testNotebook returns a notebook with the given cells, each in JSON.
func testNotebook(t *testing.T, cells ...string) *Notebook {
	t.Helper()
	nb, err := Parse("test.ipynb", []byte(`{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [`+strings.Join(cells, ",")+`]}`))
	if err != nil {
		t.Fatal(err)
	}
	return nb
}

func TestParseNamesWhatIsWrongWithAFile(t *testing.T) {
	for _, c := range []struct {
		name, content string
		want          []string
	}{
		{"not JSON", `{"cells": [`, []string{"a.ipynb", "not JSON", "Restore it from git"}},
		{"a Python file", `print("bat")`, []string{"a.ipynb", "not JSON", "line 1"}},
		{"an empty file", " \n", []string{"a.ipynb", "not JSON", "it is empty"}},
		{"a file that is cut off", "{\"nbformat\": 4,\n\"cells\": [{\"source\": \"x", []string{"a.ipynb", "not JSON", "line 2", "cut off"}},
		{"a page of GitHub", "\n<!DOCTYPE html>\n<html>", []string{"a.ipynb", "not JSON", "web page", "Raw"}},
		{"a conflict", "{\"nbformat\": 4,\n<<<<<<< HEAD\n\"cells\": []\n=======\n\"cells\": [1]\n>>>>>>> mine\n}", []string{"a.ipynb", "not JSON", "line 2", "git checkout --ours"}},
		{"NaN", "{\"nbformat\": 4, \"metadata\": {\"NaN\": \"NaN\",\n\"x\": NaN}}", []string{"a.ipynb", "not JSON", "line 2", "NaN or Infinity", "write null"}},
		{"minus infinity", "{\"nbformat\": 4,\n\n\"x\": [-Infinity]}", []string{"a.ipynb", "not JSON", "line 3", "NaN or Infinity"}},
		{"UTF-16", "\xff\xfe{\x00}\x00", []string{"a.ipynb", "not valid UTF-8", "UTF-16", "Save it as UTF-8"}},
		{"a format that is no number", `{"nbformat": [4]}`, []string{"a.ipynb", "its nbformat is [4]"}},
		{"format 3", `{"nbformat": 3, "worksheets": []}`, []string{"a.ipynb", "format 3", "format 4"}},
		{"some other JSON", `{"name": "course"}`, []string{"a.ipynb", "without the field nbformat"}},
		{"an unknown type of cell", `{"nbformat": 4, "cells": [{"cell_type": "video"}]}`, []string{"a.ipynb", "cell 1", `"video"`}},
		{"a source that is a number", `{"nbformat": 4, "cells": [{"cell_type": "code", "source": 5}]}`, []string{"a.ipynb", "cell 1", "source"}},
		{"an output that is text", `{"nbformat": 4, "cells": [{"cell_type": "raw"}, {"cell_type": "code", "outputs": ["x"]}]}`, []string{"a.ipynb", "cell 2", "output"}},
	} {
		_, err := Parse("a.ipynb", []byte(c.content))
		if err == nil {
			t.Errorf("%s: no error", c.name)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: the error is %q, want %q in it", c.name, err, want)
			}
		}
	}
}

func TestReadNamesAMissingFile(t *testing.T) {
	if _, err := Read("no such.ipynb"); err == nil || !strings.Contains(err.Error(), "no such.ipynb") {
		t.Errorf("the error is %v, want the file named", err)
	}
}

func TestEncodePreservesUnknownFields(t *testing.T) {
	nb := testNotebook(t, `{"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["x\n", "<y>"], "attachments": {"p.png": {"image/png": "AA=="}}}`)
	data, err := nb.Encode()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"attachments"`, `"p.png"`, `"x\n"`, `"<y>"`} {
		if !strings.Contains(string(data), want) {
			t.Errorf("the file lacks %s:\n%s", want, data)
		}
	}
}

func TestNormaliseRemovesWhatHasNoMeaning(t *testing.T) {
	nb := testNotebook(t,
		`{"cell_type": "markdown", "id": "3f2a9c1d", "metadata": {"collapsed": true}, "source": "# The forward pass of “bat” in five steps"}`,
		`{"cell_type": "code", "id": "given", "execution_count": 41, "metadata": {"tags": ["b", "a"], "execution": {"iopub.busy": "2026-01-01"}}, "source": "x", "outputs": [
			{"output_type": "stream", "name": "stdout", "text": "on"},
			{"output_type": "stream", "name": "stdout", "text": "e\n"},
			{"output_type": "stream", "name": "stderr", "text": "two\n"},
			{"output_type": "display_data", "metadata": {"isolated": true}, "data": {"text/markdown": ["$1$"]}}]}`,
		`{"cell_type": "code", "id": "c0ffee00-0000-4000-8000-000000000000", "metadata": {"jupyter": {"source_hidden": false, "outputs_hidden": true}}, "source": "x", "outputs": []}`,
		`{"cell_type": "code", "id": "helpers", "metadata": {"collapsed": false, "jupyter": {"source_hidden": true, "outputs_hidden": true}}, "source": "y", "outputs": []}`,
		`{"cell_type": "markdown", "id": "text", "metadata": {"jupyter": {"source_hidden": true}}, "source": "y"}`,
	)
	nb.Metadata["widgets"] = "old"
	nb.setExecuted("abc")
	if err := nb.Normalise(); err != nil {
		t.Fatal(err)
	}
	got, err := nb.Encode()
	if err != nil {
		t.Fatal(err)
	}
	want := `{
 "cells": [
  {
   "cell_type": "markdown",
   "id": "the-forward-pass-of-bat",
   "metadata": {},
   "source": [
    "# The forward pass of “bat” in five steps"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": 1,
   "id": "given",
   "metadata": {
    "tags": [
     "a",
     "b"
    ]
   },
   "outputs": [
    {
     "name": "stdout",
     "output_type": "stream",
     "text": [
      "one\n"
     ]
    },
    {
     "name": "stderr",
     "output_type": "stream",
     "text": [
      "two\n"
     ]
    },
    {
     "data": {
      "text/markdown": [
       "$1$"
      ]
     },
     "metadata": {},
     "output_type": "display_data"
    }
   ],
   "source": [
    "x"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": 2,
   "id": "x",
   "metadata": {},
   "outputs": [],
   "source": [
    "x"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": 3,
   "id": "helpers",
   "metadata": {
    "jupyter": {
     "source_hidden": true
    }
   },
   "outputs": [],
   "source": [
    "y"
   ]
  },
  {
   "cell_type": "markdown",
   "id": "text",
   "metadata": {},
   "source": [
    "y"
   ]
  }
 ],
 "metadata": {
  "kernelspec": {
   "display_name": "Go (gonb)",
   "language": "go",
   "name": "gonb"
  },
  "language_info": {
   "file_extension": ".go",
   "mimetype": "text/x-go",
   "name": "go",
   "pygments_lexer": "go"
  },
  "rnn101": {
   "executed": "abc"
  }
 },
 "nbformat": 4,
 "nbformat_minor": 5
}
`
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	again, err := Parse("test.ipynb", got)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Normalise(); err != nil {
		t.Fatal(err)
	}
	if twice, _ := again.Encode(); string(twice) != want {
		t.Errorf("normalised twice it is\n%s", twice)
	}
}

func TestNewIdsDoNotCollide(t *testing.T) {
	cell := `{"cell_type": "markdown", "metadata": {}, "source": "Try it"}`
	nb := testNotebook(t, cell, cell, `{"cell_type": "markdown", "id": "try-it-2", "metadata": {}, "source": ""}`, `{"cell_type": "markdown", "metadata": {}, "source": "야구"}`)
	if err := nb.Normalise(); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, c := range nb.Cells {
		ids = append(ids, c.ID)
	}
	if got, want := strings.Join(ids, " "), "try-it try-it-3 try-it-2 cell"; got != want {
		t.Errorf("the ids are %q, want %q", got, want)
	}
}

func TestTwoCellsWithOneIdAreRefused(t *testing.T) {
	cell := `{"cell_type": "markdown", "id": "given", "metadata": {}, "source": ""}`
	err := testNotebook(t, cell, cell).Normalise()
	if err == nil || !strings.Contains(err.Error(), `"given"`) || !strings.Contains(err.Error(), "cell 2") {
		t.Errorf("the error is %v, want the id and the cell named", err)
	}
}

func TestCodeHashDependsOnTheCodeAlone(t *testing.T) {
	text := `{"cell_type": "markdown", "id": "t", "metadata": {}, "source": "text"}`
	a := `{"cell_type": "code", "id": "a", "metadata": {}, "source": "x := 1", "outputs": []}`
	b := `{"cell_type": "code", "id": "b", "metadata": {}, "source": "y := 2", "outputs": []}`
	base := testNotebook(t, text, a, b).CodeHash()
	if got := testNotebook(t, a, strings.Replace(text, `"text"`, `"other"`, 1), strings.Replace(b, `"outputs": []`, `"outputs": [{"output_type": "stream", "name": "stdout", "text": "2"}]`, 1)).CodeHash(); got != base {
		t.Error("text or outputs change the hash of the code")
	}
	for name, other := range map[string]*Notebook{
		"a changed digit": testNotebook(t, text, strings.Replace(a, "1", "2", 1), b),
		"another order":   testNotebook(t, text, b, a),
		"a missing cell":  testNotebook(t, text, a),
		"cells joined":    testNotebook(t, text, strings.Replace(a, "x := 1", `x := 1\ny := 2`, 1)),
	} {
		if other.CodeHash() == base {
			t.Errorf("%s does not change the hash", name)
		}
	}
}

// A run takes minutes, and the reader may save the notebook meanwhile.
func TestANotebookSavedMeanwhileIsNotOverwritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.ipynb")
	nb := testNotebook(t, `{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "one"}`)
	nb.Path = path
	if err := nb.Write(); err != nil {
		t.Fatal(err)
	}
	old, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	nb.Cells[0].Source = "of the reader"
	if err := nb.Write(); err != nil {
		t.Fatal(err)
	}
	nb.Cells[0].Source = "of the run"
	if err := nb.WriteIfUnchanged(old); !errors.Is(err, atomicfile.ErrChanged) || !strings.Contains(err.Error(), path) {
		t.Errorf("the error is %v, want that the file has changed, and which", err)
	}
	now, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := now.Cells[0].Source; got != "of the reader" {
		t.Errorf("the file has the cell %q, want that of the reader", got)
	}
	if err := nb.WriteIfUnchanged(now); err != nil {
		t.Fatal(err)
	}
	if now, err = Read(path); err != nil || now.Cells[0].Source != "of the run" {
		t.Errorf("the file has %v, %v; want what was written", now, err)
	}
}
