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

// frame is an assignment with two answers in code and a written one.
var frame = &Frame{AnswerCells: []AnswerCell{{"one", true}, {"two", true}, {"words", false}}, Editions: []Edition{{Released: map[string]string{"one": "released"}}}}

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

func TestTheAnswersAreRead(t *testing.T) {
	whole := []any{answer("one", "a"), answer("two", "b"), words("c")}
	want := map[string][]string{"one": {"a"}, "two": {"b"}, "words": {"c"}}
	text := string(file(t, whole...))
	for name, c := range map[string]struct {
		data string
		want map[string][]string
		note string // a part of the one note, "" for none
	}{
		"unchanged":           {text, want, ""},
		"a byte-order mark":   {"\ufeff" + text, want, ""},
		"as lines":            {strings.Replace(text, `"source":"a"`, `"source":["a\n","b"]`, 1), map[string][]string{"one": {"a\nb"}, "two": {"b"}, "words": {"c"}}, ""},
		"points that are NaN": {strings.Replace(text, `"points":2`, `"points":NaN`, 1), want, ""},
		"points as text":      {strings.Replace(text, `"points":2`, `"points":"all"`, 1), want, ""},
		"NaN in a text":       {strings.Replace(text, `"source":"a"`, `"source":"\"NaN"`, 1), map[string][]string{"one": {`"NaN`}, "two": {"b"}, "words": {"c"}}, ""},
		"reordered":           {string(file(t, whole[2], whole[1], whole[0])), want, ""},
		"other cells":         {string(file(t, append([]any{object{"cell_type": "markdown", "source": "x"}, object{"cell_type": "code", "source": "1"}, object{}}, whole...)...)), want, ""},
		"an unknown test":     {string(file(t, append(whole, answer("hidden-test", "x"))...)), want, ""},
		"a checksum":          {strings.Replace(text, `"points":2`, `"checksum":"forged"`, 1), want, ""},
		"not a solution":      {strings.Replace(text, `"solution":true`, `"solution":false`, 1), want, ""},
		"another kernel":      {strings.Replace(text, `"gonb"`, `"python3"`, 1), want, `kernel "python3"`},
		"invalid UTF-8":       {strings.Replace(text, `"source":"a"`, "\"source\":\"a\xff\"", 1), map[string][]string{"one": {"a\ufffd"}, "two": {"b"}, "words": {"c"}}, "not valid UTF-8"},
		"format 3":            {fmt.Sprintf(`{"nbformat":3,"worksheets":[{"cells":%s}]}`, strings.ReplaceAll(text[strings.Index(text, `"cells":`)+8:strings.Index(text, `,"metadata":{"kernelspec"`)], `"source":"a"`, `"input":"a"`)), want, "format 3"},
		"the format as text":  {strings.Replace(text, `"nbformat":4`, `"nbformat":"4"`, 1), want, ""},
		"another format":      {strings.Replace(text, `"nbformat":4`, `"nbformat":[5]`, 1), want, "format [5], not 4"},
		"a cell that is none": {strings.Replace(text, `"cells":[`, `"cells":[7,"x",null,[],{"cell_type":3},`, 1), want, ""},
		"a list as metadata":  {strings.Replace(text, `"metadata":{"kernelspec":{"name":"gonb"}}`, `"metadata":["x"]`, 1), want, ""},
		"a cell twice":        {string(file(t, answer("one", "a"), answer("two", "b"), words("c"), answer("one", "d"))), map[string][]string{"one": {"a", "d"}, "two": {"b"}, "words": {"c"}}, "one appears 2 times"},
		"a cell deleted":      {string(file(t, answer("one", "a"), words("c"))), map[string][]string{"one": {"a"}, "words": {"c"}}, "two is missing"},
	} {
		s := frame.Answers(Parse([]byte(c.data)))
		if s.Problem != "" || !reflect.DeepEqual(s.Sources, c.want) {
			t.Errorf("%s: %+v, want %v", name, s, c.want)
		}
		if c.note == "" && len(s.Notes) > 0 || c.note != "" && (len(s.Notes) != 1 || !strings.Contains(s.Notes[0], c.note)) {
			t.Errorf("%s: the notes are %q, want %q", name, s.Notes, c.note)
		}
	}
}

// The code cells make the program, in the order of the notebook, after what was handed out. Texts of
// the student's are kept, as far as they are not too long.
func TestOtherCellsAreRead(t *testing.T) {
	f := &Frame{frame.AnswerCells, []Edition{{Released: frame.Editions[0].Released, Given: []string{"given"}, Text: []string{"question\n"}}}}
	plain := func(kind, source string) object { return object{"cell_type": kind, "source": source} }
	s := f.Answers(Parse(file(t, plain("code", "import"), answer("two", "b"), plain("code", " given\n"), plain("markdown", "question"), plain("markdown", "question\n\nmy answer"),
		plain("raw", ""), answer("one", "a"), plain("code", "these are words and not code"), with(answer("one", "c"), "cell_type", "raw"), plain("markdown", strings.Repeat("한", maxElsewhere)), plain("markdown", "more"))))
	code := []Cell{{"given", "given", true, false}, {"one", "released", false, true}, {"no. 1", "import", false, false}, {"two", "b", false, false}, {"no. 3", " given\n", true, false},
		{"one", "a", false, false}, {"no. 8", "these are words and not code", false, false}}
	if s.Problem != "" || !reflect.DeepEqual(s.Code, code) {
		t.Errorf("the code is\n%+v, %s, want\n%+v", s.Code, s.Problem, code)
	}
	texts := []Text{{"no. 5", "my answer"}, {"no. 8", "these are words and not code"}, {"one", "c"}}
	if n := len(texts); len(s.Elsewhere) != n+1 || !reflect.DeepEqual(s.Elsewhere[:n], texts) || s.Elsewhere[n].Cell != "no. 10" || len(s.Elsewhere[n].Source) > maxElsewhere {
		t.Errorf("the texts are %.300v, want %v and a part of one more", s.Elsewhere, texts)
	}
	var long []any
	for range maxCode/maxCell + 1 {
		long = append(long, plain("code", strings.Repeat("x", maxCell)))
	}
	if s := f.Answers(Parse(file(t, append(long, answer("one", "a"))...))); !strings.Contains(s.Problem, "more than 2 MB of code") || s.Code != nil {
		t.Errorf("%.300v", s)
	}
	// One that is too long to be compiled costs nothing else.
	s = f.Answers(Parse(file(t, plain("code", strings.Repeat("x", 5<<20)), answer("one", "a"))))
	if last := s.Code[len(s.Code)-1]; s.Problem != "" || last.Source != "a" || len(s.Code[len(s.Code)-2].Source) != maxCell {
		t.Errorf("%.300v", s)
	}
}

// A file may be of any edition: what it left as it was handed out in that edition is unchanged.
func TestAnEditionInAnotherLanguageIsOneToo(t *testing.T) {
	f := &Frame{[]AnswerCell{{"one", true}, {"words", false}}, []Edition{
		{"en", map[string]string{"one": `panic("no")`, "words": "Your answer."}, []string{"given()", "same()"}, []string{"question"}},
		{"ko", map[string]string{"one": `panic("아직")`, "words": "답을 쓰세요."}, []string{"given() // 주어짐", "same()"}, []string{"질문"}}}}
	plain := func(kind, source string) object { return object{"cell_type": kind, "source": source} }
	for tag, cells := range map[string][]any{
		"en": {plain("markdown", "question"), plain("code", "given()"), plain("code", "same()"), answer("one", "a"), words("b")},
		"ko": {plain("markdown", "질문\n"), plain("code", "given() // 주어짐"), plain("code", "same()"), answer("one", "a"), words("b")},
	} {
		a := f.Answers(Parse(file(t, append(cells, plain("markdown", "질문\n\n나의 답"))...)))
		if a.Problem != "" || a.Language != tag || len(a.Own) != 1 || a.Own[0].Source != "나의 답" {
			t.Errorf("%s: it is %s, and of the student's own are %q", tag, a.Language, a.Own)
		}
		var given, stubs []string
		for _, c := range a.Code {
			if c.Given {
				given = append(given, c.Source)
			}
			if c.Stub {
				stubs = append(stubs, c.Source)
			}
		}
		if len(given) != 4 || given[0] != "given()" || len(stubs) != 2 {
			t.Errorf("%s: given are %q, the stubs are %q", tag, given, stubs)
		}
	}
	if a := f.Answers(Parse(file(t, answer("one", "a")))); a.Language != "en" {
		t.Errorf("a file that tells nothing is %s", a.Language)
	}
}

// A human sees the cells of the student's own where they stand, and none that was handed out.
func TestTheStudentsOwnCellsAreKept(t *testing.T) {
	f := &Frame{[]AnswerCell{{"one", true}, {"words", false}}, []Edition{{Released: map[string]string{"one": "released", "words": "*Your answer.*"}, Given: []string{"given"}, Text: []string{"question"}}}}
	plain := func(kind, source string) object { return object{"cell_type": kind, "source": source} }
	s := f.Answers(Parse(file(t, plain("code", "import"), plain("code", "given"), answer("setup", "changed"), plain("markdown", "question"), plain("markdown", "question\n\nmine"), answer("one", "a"),
		plain("raw", "notes"), plain("code", " "), plain("markdown", "*Your answer.*"), words("b"), plain("code", strings.Repeat("x", maxOwn+1)), plain("code", "last"))))
	want := []OwnCell{{"", "import"}, {"setup", "changed"}, {"setup", "mine"}, {"one", "notes"}, {"words", "last"}}
	if s.Problem != "" || !reflect.DeepEqual(s.Own, want) {
		t.Errorf("%.600v, %s, want %v", s.Own, s.Problem, want)
	}
}

// Some programs remove all metadata, and with it the marks of the answer cells. The code is read all the
// same; whose functions they are is not this package's task.
func TestAFileWithoutMarksKeepsItsCode(t *testing.T) {
	plain := func(source string) object { return object{"cell_type": "code", "source": source} }
	for name, c := range map[string]struct {
		cells    []any
		unmarked bool
	}{"no marks": {[]any{plain("func one() {}")}, true}, "those of another": {[]any{plain("func one() {}"), answer("three", "x")}, false}} {
		s := frame.Answers(Parse(file(t, c.cells...)))
		if kept := len(s.Code) > 0 && s.Code[len(s.Code)-1].Source == "func one() {}"; !strings.Contains(s.Problem, "no answer cell") || s.Unmarked != c.unmarked || kept != c.unmarked || len(s.Notes) > 0 {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

// An answer that cannot be read is noted; the others are read.
func TestAnAnswerThatCannotBeReadIsNoted(t *testing.T) {
	for name, c := range map[string]struct {
		one  object
		note string
	}{
		"retyped":          {with(answer("one", "a"), "cell_type", "markdown"), "has changed its type to"},
		"source as number": {with(answer("one", ""), "source", 7), "neither text nor a list"},
		"source as lists":  {with(answer("one", ""), "source", []any{[]any{"a"}}), "neither text nor a list"},
	} {
		s := frame.Answers(Parse(file(t, c.one, answer("two", "b"), words("c"))))
		if s.Problem != "" || s.Sources["one"] != nil || s.Sources["two"] == nil {
			t.Errorf("%s: %+v", name, s)
		}
		if notes := strings.Join(s.Notes, "\n"); !strings.Contains(notes, c.note) || !strings.Contains(notes, "one is missing") {
			t.Errorf("%s: the notes are %q", name, s.Notes)
		}
	}
}

func TestAFileThatIsNotANotebookNeedsAHuman(t *testing.T) {
	whole := string(file(t, answer("one", "a")))
	var copies []any
	for range maxCopies + 1 {
		copies = append(copies, answer("one", "a"))
	}
	for name, c := range map[string]struct{ data, problem string }{
		"empty":             {"", "empty"},
		"blanks":            {" \n", "empty"},
		"not JSON":          {"hello", "not a notebook"},
		"truncated":         {whole[:len(whole)/2], "not a notebook"},
		"a list":            {"[1]", "not a notebook"},
		"null":              {"null", "no answer cell"},
		"UTF-16":            {"\xff\xfe{\x00}\x00", "UTF-16"},
		"too deep":          {strings.Repeat("[", 20_000), "not a notebook"},
		"another notebook":  {string(file(t, answer("three", "a"))), "another notebook"},
		"too many copies":   {string(file(t, copies...)), "one appears more than 20 times"},
		"cells as a string": {`{"nbformat":4,"cells":"x"}`, "not a notebook"},
	} {
		if s := frame.Answers(Parse([]byte(c.data))); !strings.Contains(s.Problem, c.problem) || len(s.Sources) > 0 {
			t.Errorf("%s: %+v, want a problem with %q", name, s, c.problem)
		}
	}
}

func TestOnlyARegularFileIsRead(t *testing.T) {
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
	if err := f.Truncate(Limit + 1); err != nil { // a sparse file takes no space
		t.Fatal(err)
	}
	f.Close()
	cases := map[string]string{good: "", folder: "not a regular file", filepath.Join(folder, "none.ipynb"): "does not exist", large: "at most 256"}
	if runtime.GOOS != "windows" {
		link := filepath.Join(folder, "link.ipynb")
		if err := os.Symlink(good, link); err != nil {
			t.Fatal(err)
		}
		cases[link] = "links are not followed"
	}
	for path, problem := range cases {
		if s := frame.Answers(Read(path)); (s.Problem == "") != (problem == "") || !strings.Contains(s.Problem, problem) {
			t.Errorf("%s: %+v, want %q", filepath.Base(path), s, problem)
		}
	}
}

// A cell with 100 MB of output still has its answer.
func TestALargeOutputIsSkipped(t *testing.T) {
	cell := answer("one", "a")
	cell["outputs"] = []any{object{"output_type": "stream", "text": strings.Repeat("x\n", 50_000_000)}}
	if s := frame.Answers(Parse(file(t, cell))); s.Problem != "" || s.Sources["one"] == nil {
		t.Errorf("%.300v", s)
	}
}

// Each entry takes memory, also one of three bytes: 64 MB of empty cells took 7.9 GB.
func TestTooManyCellsAreRefusedBeforeTheyTakeMemory(t *testing.T) {
	for _, format := range []string{`{"nbformat":4,"cells":[%s{}]}`, `{"nbformat":3,"worksheets":[%s{}]}`, `{"nbformat":3,"worksheets":[{"cells":[%s{}]}]}`} {
		data := fmt.Appendf(nil, format, strings.Repeat("{},", 4<<20))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		s := frame.Answers(Parse(data))
		runtime.ReadMemStats(&after)
		if !strings.Contains(s.Problem, "more than 20000 cells") {
			t.Errorf("%s: %+v", format, s)
		}
		if taken := after.TotalAlloc - before.TotalAlloc; taken > 5*uint64(len(data)) {
			t.Errorf("%s: %d MB were allocated for a file of %d MB", format, taken>>20, len(data)>>20)
		}
	}
}
