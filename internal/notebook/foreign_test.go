package notebook

import (
	"strings"
	"testing"
)

// What other programs write, and people put into version control: an unchanged notebook is an
// unchanged file.
var foreign = map[string]string{
	"JupyterLab":                           "{\n \"cells\": [\n  {\n   \"cell_type\": \"code\",\n   \"execution_count\": 1,\n   \"id\": \"8f3a2b1c\",\n   \"metadata\": {},\n   \"outputs\": [],\n   \"source\": [\n    \"a\\n\",\n    \"b\"\n   ]\n  }\n ],\n \"metadata\": {\n  \"kernelspec\": {\n   \"name\": \"gonb\"\n  }\n },\n \"nbformat\": 4,\n \"nbformat_minor\": 5\n}\n",
	"other order, indent and kind of text": "{\n  \"nbformat\": 4,\n  \"nbformat_minor\": 2,\n  \"metadata\": {\n    \"z\": 1,\n    \"a\": {}\n  },\n  \"cells\": [\n    {\n      \"source\": \"one\\ntwo\",\n      \"cell_type\": \"markdown\",\n      \"metadata\": {}\n    }\n  ]\n}",
	"short lists on one line":              "{\n  \"nbformat\": 4,\n  \"nbformat_minor\": 2,\n  \"metadata\": {\"authors\": []},\n  \"cells\": [\n    {\n      \"cell_type\": \"raw\",\n      \"metadata\": {\"tags\": [\"b\", \"a\"]},\n      \"source\": [\"one\"]\n    }\n  ]\n}\n",
	"tabs":                                 "{\n\t\"cells\": [],\n\t\"metadata\": {},\n\t\"nbformat\": 4,\n\t\"nbformat_minor\": 4\n}\n",
	"one line":                             `{"cells": [{"cell_type": "raw", "metadata": {"raw_mimetype": "text/latex"}, "source": ["x"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 0}`,
	"no spaces":                            `{"cells":[{"cell_type":"raw","metadata":{},"source":["x"]}],"metadata":{},"nbformat":4,"nbformat_minor":0}`,
	"Windows":                              "{\r\n \"cells\": [],\r\n \"metadata\": {},\r\n \"nbformat\": 4,\r\n \"nbformat_minor\": 4\r\n}\r\n",
	"escaped letters":                      `{"cells": [], "metadata": {"title": "\uac00 \ud83d\ude00 <b>&"}, "nbformat": 4, "nbformat_minor": 4}`,
	"letters of HTML escaped":              `{"cells": [], "metadata": {"title": "\u003cb\u003e \u0026 c"}, "nbformat": 4, "nbformat_minor": 4}`,
	"letters":                              `{"cells": [], "metadata": {"title": "가 😀 <b>&"}, "nbformat": 4, "nbformat_minor": 4}`,
	"numbers":                              `{"cells": [], "metadata": {"big": 12345678901234567890, "one": 1.0, "small": 1e-7}, "nbformat": 4, "nbformat_minor": 4}`,
	"fields of others":                     `{"cells": [{"cell_type": "code", "metadata": {}, "source": "x", "execution_count": null, "outputs": [], "mine": 1}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4, "orig_nbformat": 2}`,
	"an output of JSON":                    `{"cells": [{"cell_type": "code", "metadata": {}, "source": "x", "execution_count": 2, "outputs": [{"output_type": "execute_result", "execution_count": 2, "data": {"application/json": {"b": [1, 2], "a": null}, "text/plain": ["x"]}, "metadata": {"image/png": {"width": 3}}}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}`,
	"a failed cell":                        `{"cells": [{"cell_type": "code", "metadata": {}, "source": "x", "execution_count": 2, "outputs": [{"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["t"]}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}`,
	"line ends in text":                    `{"cells": [{"cell_type": "code", "metadata": {}, "source": ["a\r\n", "b"], "execution_count": null, "outputs": []}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}`,
	"lines not split":                      `{"cells": [{"cell_type": "markdown", "metadata": {"tags": ["b", "a"]}, "source": ["a\nb", "c"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}`,
}

func TestAnUnchangedNotebookIsAnUnchangedFile(t *testing.T) {
	for name, content := range foreign {
		nb, err := Parse(name, []byte(content))
		if err != nil {
			t.Error(err)
			continue
		}
		if got, err := nb.Encode(); err != nil || string(got) != content {
			t.Errorf("%s: the file was\n%s\nand becomes (%v)\n%s", name, content, err, got)
		}
	}
}

func TestOnlyWhatHasChangedIsWritten(t *testing.T) {
	content := foreign["other order, indent and kind of text"]
	nb, err := Parse("a", []byte(content))
	if err != nil {
		t.Fatal(err)
	}
	nb.Cells[0].Source = "one\nthree"
	nb.Metadata["m"] = true
	want := strings.Replace(strings.Replace(content, "two", "three", 1), "\"a\": {}", "\"a\": {},\n    \"m\": true", 1)
	if got, err := nb.Encode(); err != nil || string(got) != want {
		t.Errorf("the file becomes (%v)\n%s\nwant\n%s", err, got, want)
	}
}

func TestACellIsNamedByAnIDThatReadersKnow(t *testing.T) {
	nb := &Notebook{}
	for _, id := range []string{"sum", "", "8f3a2b1c", "twice", "twice", "1e8d3f6a-0f6b-4a57-9f5e-2f1f0f0e7a3c", "한글"} {
		nb.Cells = append(nb.Cells, &Cell{ID: id})
	}
	for i, want := range []string{"sum", "2", "3", "4", "5", "6", "7"} {
		if got := nb.CellName(i); got != want {
			t.Errorf("cell %d, with the id %q, is named %q, want %q", i+1, nb.Cells[i].ID, got, want)
		}
	}
}

// Two runs of the same cells: ids need not exist, differ, or be the same in both.
func TestCompareGoesByThePlacesOfTheCells(t *testing.T) {
	run := func(ids []string, outputs ...string) *Notebook {
		nb := &Notebook{Path: "a.ipynb"}
		for i, text := range outputs {
			nb.Cells = append(nb.Cells, &Cell{ID: ids[i], Kind: "code", Outputs: []Output{{Kind: "stream", Name: "stdout", Text: text}}})
		}
		return nb
	}
	for _, ids := range [][]string{{"", ""}, {"x", "x"}, {"8f3a2b1c", "9f3a2b1c"}} {
		want := run(ids, "1", "2")
		if got := Compare(want, run([]string{"a", "b"}, "1", "2")); len(got) > 0 {
			t.Errorf("ids %q: the same outputs differ: %v", ids, got)
		}
		if got := Compare(want, run([]string{"a", "b"}, "1", "3")); len(got) != 1 || got[0].Cell != "2" {
			t.Errorf("ids %q: one other output is reported as %v", ids, got)
		}
	}
	if got := Compare(run([]string{"a"}, "1"), run([]string{"a", "b"}, "1", "2")); len(got) != 1 || !strings.Contains(got[0].What, "1 cells, the other run has 2") {
		t.Errorf("a cell more is reported as %v", got)
	}
}

// Whatever a file holds: an error that names it, or a notebook that can be written and read again.
func FuzzParse(f *testing.F) {
	for _, content := range foreign {
		f.Add([]byte(content))
	}
	f.Add([]byte(`{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
		{"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["x\n"]},
		{"cell_type": "code", "id": "b", "metadata": {"tags": ["t"]}, "source": "y", "execution_count": 1, "outputs": [
			{"output_type": "stream", "name": "stdout", "text": ["1\n"]},
			{"output_type": "error", "ename": "E", "evalue": "v", "traceback": []},
			{"output_type": "display_data", "metadata": {}, "data": {"text/html": "<img src=\"data:image/png;base64,AAAA\">", "application/json": {"a": 1}}}]}]}`))
	f.Add([]byte(`{"nbformat": 4, "cells": [{"cell_type": "raw"}]}`))
	f.Add([]byte(`[]`))
	f.Add([]byte("\ufeff{\"nbformat\": 3, \"worksheets\": []}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		nb, err := Parse("fuzzed.ipynb", data)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "fuzzed.ipynb") {
				t.Errorf("the error does not name the file: %v", err)
			}
			return
		}
		for i, c := range nb.Cells {
			_, _, _, _ = nb.CellName(i), c.Tags(), c.SourceFolded(), c.Imports()
			for _, o := range MergeStreams(c.Outputs) {
				_ = o.Traceback()
			}
		}
		_, _, _ = nb.KernelName(), nb.Executed(), nb.UncomputedDecimals()
		for _, form := range []string{"as it was", "normalised"} {
			if form == "normalised" && nb.Normalise() != nil {
				return // two cells with one id
			}
			once, err := nb.Encode()
			if err != nil {
				t.Fatal(err)
			}
			again, err := Parse("fuzzed.ipynb", once)
			if err != nil {
				t.Fatalf("%s: what was written cannot be read: %v\n%s", form, err, once)
			}
			if twice, err := again.Encode(); err != nil || string(twice) != string(once) {
				t.Errorf("%s: written twice it differs (%v):\n%s\n%s", form, err, once, twice)
			}
			if found := Compare(nb, again); len(found) > 0 {
				t.Errorf("%s: what was written differs: %v", form, found)
			}
		}
	})
}
