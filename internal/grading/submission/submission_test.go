package submission

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
)

type object = map[string]any

// frame is an assignment with two answers in code and one in words.
var frame = &Frame{Answers: []Answer{{"one", true, "handed"}, {"two", true, ""}, {"words", false, ""}}}

func answer(id, source string) object {
	return object{"cell_type": "code", "source": source, "outputs": []any{}, "metadata": object{"nbgrader": object{"grade_id": id, "solution": true, "points": 2}}}
}

func file(t *testing.T, cells ...any) []byte {
	t.Helper()
	data, err := json.Marshal(object{"nbformat": 4, "nbformat_minor": 5, "metadata": object{"kernelspec": object{"name": "gonb"}}, "cells": cells})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func with(cell object, key string, value any) object { cell[key] = value; return cell }

func words(source string) object { return with(answer("words", source), "cell_type", "markdown") }

func TestTheAnswersAreTaken(t *testing.T) {
	whole := []any{answer("one", "a"), answer("two", "b"), words("c")}
	want := map[string][]string{"one": {"a"}, "two": {"b"}, "words": {"c"}}
	text := string(file(t, whole...))
	for name, c := range map[string]struct {
		data string
		want map[string][]string
		note string // a part of the one note, "" for none
	}{
		"as it should be":       {text, want, ""},
		"a mark of its bytes":   {"\ufeff" + text, want, ""},
		"as lines":              {strings.Replace(text, `"source":"a"`, `"source":["a\n","b"]`, 1), map[string][]string{"one": {"a\nb"}, "two": {"b"}, "words": {"c"}}, ""},
		"points that are NaN":   {strings.Replace(text, `"points":2`, `"points":NaN`, 1), want, ""},
		"points as text":        {strings.Replace(text, `"points":2`, `"points":"all"`, 1), want, ""},
		"NaN in a text":         {strings.Replace(text, `"source":"a"`, `"source":"\"NaN"`, 1), map[string][]string{"one": {`"NaN`}, "two": {"b"}, "words": {"c"}}, ""},
		"another order":         {string(file(t, whole[2], whole[1], whole[0])), want, ""},
		"cells of others":       {string(file(t, append([]any{object{"cell_type": "markdown", "source": "x"}, object{"cell_type": "code", "source": "1"}, object{}}, whole...)...)), want, ""},
		"a test that is gone":   {string(file(t, append(whole, answer("hidden-test", "x"))...)), want, ""},
		"a checksum":            {strings.Replace(text, `"points":2`, `"checksum":"forged"`, 1), want, ""},
		"not a solution":        {strings.Replace(text, `"solution":true`, `"solution":false`, 1), want, ""},
		"another kernel":        {strings.Replace(text, `"gonb"`, `"python3"`, 1), want, `kernel "python3"`},
		"letters that are none": {strings.Replace(text, `"source":"a"`, "\"source\":\"a\xff\"", 1), map[string][]string{"one": {"a\ufffd"}, "two": {"b"}, "words": {"c"}}, "no UTF-8"},
		"format 3":              {fmt.Sprintf(`{"nbformat":3,"worksheets":[{"cells":%s}]}`, strings.ReplaceAll(text[strings.Index(text, `"cells":`)+8:strings.Index(text, `,"metadata":{"kernelspec"`)], `"source":"a"`, `"input":"a"`)), want, "format 3"},
		"a cell twice":          {string(file(t, answer("one", "a"), answer("two", "b"), words("c"), answer("one", "d"))), map[string][]string{"one": {"a", "d"}, "two": {"b"}, "words": {"c"}}, "one is there 2 times"},
		"a cell deleted":        {string(file(t, answer("one", "a"), words("c"))), map[string][]string{"one": {"a"}, "words": {"c"}}, "two is not there"},
		"a function of its own": {string(file(t, append(whole, object{"cell_type": "code", "source": "func help() {}"})...)), want, "1 cells of your own"},
	} {
		s := frame.Parse([]byte(c.data))
		if s.Trouble != "" || !reflect.DeepEqual(s.Answers, c.want) {
			t.Errorf("%s: %+v, want %v", name, s, c.want)
		}
		if c.note == "" && len(s.Notes) > 0 || c.note != "" && (len(s.Notes) != 1 || !strings.Contains(s.Notes[0], c.note)) {
			t.Errorf("%s: the notes are %q, want %q", name, s.Notes, c.note)
		}
	}
}

// What costs an answer is noted, and costs no other.
func TestAnAnswerThatCannotBeReadIsNoted(t *testing.T) {
	for name, c := range map[string]struct {
		one  object
		note string
	}{
		"retyped":          {with(answer("one", "a"), "cell_type", "markdown"), "has become a cell of another type"},
		"source as number": {with(answer("one", ""), "source", 7), "neither text nor a list"},
		"source as lists":  {with(answer("one", ""), "source", []any{[]any{"a"}}), "neither text nor a list"},
	} {
		s := frame.Parse(file(t, c.one, answer("two", "b"), words("c")))
		if s.Trouble != "" || s.Answers["one"] != nil || s.Answers["two"] == nil {
			t.Errorf("%s: %+v", name, s)
		}
		if said := strings.Join(s.Notes, "\n"); !strings.Contains(said, c.note) || !strings.Contains(said, "one is not there") {
			t.Errorf("%s: the notes are %q", name, s.Notes)
		}
	}
}

func TestWhatIsNoNotebookNeedsAHuman(t *testing.T) {
	whole := string(file(t, answer("one", "a")))
	var copies []any
	for range maxCopies + 1 {
		copies = append(copies, answer("one", "a"))
	}
	for name, c := range map[string]struct{ data, trouble string }{
		"empty":            {"", "empty"},
		"blanks":           {" \n", "empty"},
		"not JSON":         {"hello", "no notebook"},
		"truncated":        {whole[:len(whole)/2], "no notebook"},
		"a list":           {"[1]", "no notebook"},
		"null":             {"null", "no answer cell"},
		"UTF-16":           {"\xff\xfe{\x00}\x00", "UTF-16"},
		"too deep":         {strings.Repeat("[", 20_000), "no notebook"},
		"another notebook": {string(file(t, answer("three", "a"))), "another notebook"},
		"a cell in masses": {string(file(t, copies...)), "one is there 21 times"},
		"cells are a text": {`{"nbformat":4,"cells":"x"}`, "no notebook"},
	} {
		if s := frame.Parse([]byte(c.data)); !strings.Contains(s.Trouble, c.trouble) || len(s.Answers) > 0 {
			t.Errorf("%s: %+v, want trouble with %q", name, s, c.trouble)
		}
	}
}

func TestOnlyAFileIsRead(t *testing.T) {
	folder := t.TempDir()
	good := filepath.Join(folder, "good.ipynb")
	if err := os.WriteFile(good, file(t, answer("one", "a")), 0o644); err != nil {
		t.Fatal(err)
	}
	large := filepath.Join(folder, "large.ipynb")
	f, err := os.Create(large)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(Limit + 1); err != nil { // a file with a hole takes no room
		t.Fatal(err)
	}
	f.Close()
	cases := map[string]string{good: "", folder: "no file", filepath.Join(folder, "none.ipynb"): "there is no file", large: "at most 256"}
	if runtime.GOOS != "windows" {
		link := filepath.Join(folder, "link.ipynb")
		if err := os.Symlink(good, link); err != nil {
			t.Fatal(err)
		}
		cases[link] = "links are not followed"
	}
	for path, trouble := range cases {
		if s := frame.Read(path); (s.Trouble == "") != (trouble == "") || !strings.Contains(s.Trouble, trouble) {
			t.Errorf("%s: %+v, want %q", filepath.Base(path), s, trouble)
		}
	}
}

// 100 MB of printed lines hide no answer.
func TestALargeOutputIsPassedOver(t *testing.T) {
	cell := answer("one", "a")
	cell["outputs"] = []any{object{"output_type": "stream", "text": strings.Repeat("x\n", 50_000_000)}}
	if s := frame.Parse(file(t, cell)); s.Trouble != "" || s.Answers["one"] == nil {
		t.Errorf("%.300v", s)
	}
}

func TestAFrameIsChecked(t *testing.T) {
	folder := t.TempDir()
	write := func(name string, cells ...any) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, file(t, cells...), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	f, err := ReadFrame(write("good.ipynb", object{"cell_type": "markdown", "source": "text"}, object{"cell_type": "code", "source": "given"}, answer("one", "handed"), words("")))
	if want := (&Frame{[]Answer{{"one", true, "handed"}, {"words", false, ""}}, []string{"given"}}); err != nil || !reflect.DeepEqual(f, want) {
		t.Errorf("%+v, %v", f, err)
	}
	for path, word := range map[string]string{
		write("twice.ipynb", answer("one", ""), answer("one", "")): "cell 2: the grade_id \"one\" stands there twice",
		write("nameless.ipynb", answer("", "")):                    "cell 1: an answer cell without a grade_id",
		write("none.ipynb"):                                        "no answer cell",
		filepath.Join(folder, "missing.ipynb"):                     "no such file",
	} {
		if _, err := ReadFrame(path); err == nil || !strings.Contains(err.Error(), word) || !strings.Contains(err.Error(), filepath.Base(path)) {
			t.Errorf("%s: %v, want %q", filepath.Base(path), err, word)
		}
	}
}
