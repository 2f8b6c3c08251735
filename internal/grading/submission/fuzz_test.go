package submission

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// possibleAnswers returns what may be an answer: each string of a JSON file, and each list of
// strings, joined. It reads tokens, to share no code with Parse.
func possibleAnswers(data []byte) (map[string]bool, error) {
	all := map[string]bool{"": true}
	d := json.NewDecoder(bytes.NewReader(data))
	type list struct {
		whole strings.Builder
		texts bool // it has only strings, or null, which counts as an empty one
	}
	var open []*list
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		var inner *list
		if len(open) > 0 {
			inner = open[len(open)-1]
		}
		switch token := token.(type) {
		case json.Delim:
			switch token {
			case '[', '{':
				if inner != nil {
					inner.texts = false
				}
				open = append(open, &list{texts: token == '['})
			default:
				if inner.texts {
					all[inner.whole.String()] = true
				}
				open = open[:len(open)-1]
			}
		case string:
			all[token] = true
			if inner != nil {
				inner.whole.WriteString(token)
			}
		case nil:
		default:
			if inner != nil {
				inner.texts = false
			}
		}
	}
}

// Whatever a file holds, Answers returns answers that are in the file, to answer cells of
// the frame, or a problem.
func FuzzSubmission(f *testing.F) {
	for _, seed := range []string{
		`{"cells":[{"cell_type":"markdown","id":"a","metadata":{},"source":["# One\n","text"]},
 {"cell_type":"code","execution_count":3,"id":"b","metadata":{"nbgrader":{"grade":false,"grade_id":"one","locked":false,"schema_version":3,"solution":true,"task":false}},
  "outputs":[{"name":"stdout","output_type":"stream","text":["1\n"]}],"source":["func one() int {\n","\treturn 1\n","}"]},
 {"cell_type":"code","execution_count":4,"id":"c","metadata":{"nbgrader":{"grade":true,"grade_id":"one-example","locked":true,"points":2,"schema_version":3,"solution":false}},"outputs":[],"source":["visible.Check(\"one\", one)"]},
 {"cell_type":"markdown","id":"d","metadata":{"nbgrader":{"grade":true,"grade_id":"words","points":4,"solution":true}},"source":"Because."}],
 "metadata":{"kernelspec":{"display_name":"Go (gonb)","language":"go","name":"gonb"},"language_info":{"name":"go","pygments_lexer":"go"}},"nbformat":4,"nbformat_minor":5}`,
		`{"nbformat":3,"worksheets":[{"cells":[{"cell_type":"code","input":"x","metadata":{"nbgrader":{"grade_id":"two"}}}]}],"metadata":{}}`,
		`{"nbformat":"4","cells":[{"cell_type":"code","source":["a","b",null],"metadata":{"nbgrader":{"grade_id":"two"}}}]}`,
		`{"nbformat":4,"cells":[` + strings.Repeat(`{},`, 50) + `null]}`,
		`{"nbformat":4,"cells":[` + strings.Repeat(`{"cell_type":"code","source":7,"metadata":{"nbgrader":{"grade_id":"one"}}},`, 30) + `{}]}`,
		`{"nbformat":4,"cells":[` + strings.Repeat(`{"cell_type":"code","source":"x","metadata":{"nbgrader":{"grade_id":"one","points":NaN}}},`, 30) + `{}]}`,
		`{"nbformat":4,"cells":[{"cell_type":"` + strings.Repeat("x", 5000) + `","source":"x","metadata":{"nbgrader":{"grade_id":"one"}}}],"metadata":{"kernelspec":{"name":"` + strings.Repeat("k", 5000) + `"}}}`,
		`{"nbformat":` + strings.Repeat("9", 5000) + `,"cells":[{"cell_type":` + strings.Repeat("9", 5000) + `}]}`,
		`{"nbformat":4,"cells":[{"source":"a","cell_type":"code","metadata":{"nbgrader":{"grade_id":"one"}}}],"cells":[{"cell_type":"code"},{"source":"b"}]}`,
		`{"nbformat":4,"cells":[{"cell_type":"code","source":["` + strings.Repeat(`x","`, 300) + `"],"metadata":{"nbgrader":{"grade_id":"one"}}}]}`,
		"\ufeff{\"cells\":[{\"source\":\"a\xff\\ud800 -Infinity\"}]}", "\xff\xfe{\x00", strings.Repeat("[", 1000), "null", "", "my answers: see my mail",
	} {
		f.Add([]byte(seed))
	}
	known := map[string]bool{}
	for _, a := range frame.AnswerCells {
		known[a.ID] = true
	}
	other := &Frame{AnswerCells: []AnswerCell{{"two", false}, {"three", true}}}
	// Messages are for people: they stay short, however large the file is.
	const maxBytes, maxNotes = 1000, 100
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return // for speed
		}
		given := bytes.Clone(data)
		file := Parse(data)
		s := frame.Answers(file)
		if !bytes.Equal(data, given) {
			t.Fatal("the data was changed")
		}
		if file.Sum != sha256.Sum256(given) {
			t.Error("the hash is not that of the data")
		}
		// One reading serves several frames, and reading again gives the same.
		other.Answers(file)
		if again := frame.Answers(file); !reflect.DeepEqual(s, again) {
			t.Errorf("the second call gives\n%+v\n%+v", s, again)
		}
		if again := frame.Answers(Parse(data)); !reflect.DeepEqual(s, again) {
			t.Errorf("the same file gives\n%+v\n%+v", s, again)
		}
		if (s.Problem == "") != (len(s.Sources) > 0) {
			t.Errorf("want either answers or a problem: %+v", s)
		}
		if len(s.Notes) > maxNotes {
			t.Errorf("%d notes", len(s.Notes))
		}
		for _, text := range append(s.Notes, s.Problem) {
			if len(text) > maxBytes || !utf8.ValidString(text) {
				t.Errorf("a message of %d bytes: %.200q", len(text), text)
			}
		}
		all, err := possibleAnswers(data)
		for id, sources := range s.Sources {
			if !known[id] || len(sources) == 0 || len(sources) > maxCopies {
				t.Errorf("%d answers to %q", len(sources), id)
			}
			for _, source := range sources {
				if !utf8.ValidString(source) || len(source) > len("\ufffd")*len(data) {
					t.Errorf("%s: %d bytes of %d: %.200q", id, len(source), len(data), source)
				}
				if err == nil && utf8.Valid(data) && !all[source] {
					t.Errorf("%s: %q is not in the file", id, source)
				}
			}
		}
	})
}
