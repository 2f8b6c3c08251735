package submission

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"unicode/utf8"
)

// Limit is the size of a file that is read. Printing without an end makes notebooks of
// 100 MB, with good answers in them.
const Limit = 256 << 20

// maxCopies is how often an answer cell may be there: some copy it to try something.
const maxCopies = 20

// maxSaid is how many letters a sentence about a file has at most. Some quote the file, and
// it may give a megabyte for a name.
const maxSaid = 300

// Submission is what one student has handed in.
type Submission struct {
	// Answers are the sources by grade_id. A cell that was copied stands there as often
	// as it was handed in, in the order of the notebook: the later one wins, as it does
	// when the notebook is run.
	Answers map[string][]string
	// Trouble is why nothing could be read, or "". Then a human has to look.
	Trouble string
	// Notes are what was odd and did no harm, a sentence each.
	Notes []string
}

// Read reads a submitted file. It never fails: a file that cannot be read is a
// submission with Trouble.
func (f *Frame) Read(path string) Submission {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Submission{Trouble: "there is no file"}
	case err != nil:
		return Submission{Trouble: "the file cannot be read: " + err.Error()}
	case info.Mode()&fs.ModeSymlink != 0:
		return Submission{Trouble: "it is a link to another file, and links are not followed"}
	case !info.Mode().IsRegular():
		return Submission{Trouble: "it is no file"}
	case info.Size() > Limit:
		return Submission{Trouble: fmt.Sprintf("the file has %d MB; at most %d are read", info.Size()>>20, Limit>>20)}
	}
	file, err := os.Open(path)
	if err != nil {
		return Submission{Trouble: "the file cannot be read: " + err.Error()}
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, Limit))
	if err != nil {
		return Submission{Trouble: "the file cannot be read: " + err.Error()}
	}
	return f.Parse(data)
}

// Parse is Read for the content of a file.
func (f *Frame) Parse(data []byte) Submission {
	s := Submission{Answers: map[string][]string{}}
	if len(bytes.TrimSpace(data)) == 0 {
		s.Trouble = "the file is empty"
		return s
	}
	cells, notes, err := cellsOf(data)
	for _, note := range notes {
		s.note("%s", note)
	}
	if err != nil {
		s.Trouble = shortened(err.Error())
		return s
	}
	own, copies := 0, map[string]int{}
	for _, c := range cells {
		id := c.nbgrader().GradeID
		answer, ok := f.answer(id)
		if !ok {
			if source, err := c.source(); err == nil && id == "" && c.Kind == "code" && strings.Contains(source, "func ") {
				own++
			}
			continue
		}
		if copies[id]++; copies[id] > maxCopies {
			continue
		}
		source, err := c.source()
		switch {
		case err != nil:
			s.note("the cell %s cannot be read: %v", id, err)
		case answer.Code && c.Kind != "code": // an answer in words is read by a human, whatever it is in
			s.note("the cell %s has become a cell of another type (%q): it is not read", id, c.Kind)
		default:
			s.Answers[id] = append(s.Answers[id], source)
		}
	}
	for _, answer := range f.Answers {
		if n := copies[answer.ID]; n > maxCopies {
			s.Trouble = fmt.Sprintf("the answer cell %s is there %d times", answer.ID, n)
			s.Answers = nil
			return s
		}
	}
	for _, answer := range f.Answers {
		switch n := len(s.Answers[answer.ID]); {
		case n == 0:
			s.note("the answer cell %s is not there", answer.ID)
		case n > 1:
			s.note("the answer cell %s is there %d times: of each name the last declaration counts", answer.ID, n)
		}
	}
	if own > 0 {
		s.note("%d cells of your own declare functions: only answer cells are read", own)
	}
	if len(s.Answers) == 0 {
		s.Trouble = "no answer cell of this assignment is in it: is it another notebook?"
	}
	return s
}

func (s *Submission) note(format string, args ...any) {
	s.Notes = append(s.Notes, shortened(fmt.Sprintf(format, args...)))
}

// shortened cuts a sentence that is too long.
func shortened(text string) string {
	if runes := []rune(text); len(runes) > maxSaid {
		return string(runes[:maxSaid]) + " …"
	}
	return text
}

func (f *Frame) answer(id string) (Answer, bool) {
	for _, a := range f.Answers {
		if a.ID == id && id != "" {
			return a, true
		}
	}
	return Answer{}, false
}

// cellsOf reads the cells of a notebook file, and says what was odd about it.
func cellsOf(data []byte) (cells []cell, notes []string, err error) {
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		return nil, nil, errors.New("the file is in UTF-16; a notebook is in UTF-8. Save it again from JupyterLab")
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		notes = append(notes, "the file has bytes that are no UTF-8; they were replaced")
		data = bytes.ToValidUTF8(data, []byte("\ufffd"))
	}
	var file struct {
		Format     float64 `json:"nbformat"`
		Cells      []cell  `json:"cells"`
		Worksheets []struct {
			Cells []cell `json:"cells"`
		} `json:"worksheets"`
		Metadata struct {
			Kernel struct {
				Name string `json:"name"`
			} `json:"kernelspec"`
		} `json:"metadata"`
	}
	if err := json.Unmarshal(finite(data), &file); err != nil {
		return nil, notes, fmt.Errorf("the file is no notebook: %w", err)
	}
	cells = file.Cells
	for _, sheet := range file.Worksheets {
		cells = append(cells, sheet.Cells...)
	}
	if file.Format != 4 {
		notes = append(notes, fmt.Sprintf("the file has notebook format %v, not 4", file.Format))
	}
	if name := file.Metadata.Kernel.Name; name != "" && name != "gonb" {
		notes = append(notes, fmt.Sprintf("the notebook was saved with the kernel %q", name))
	}
	return cells, notes, nil
}

// finite puts null in the place of NaN and Infinity, which Python writes and JSON does not
// have. Text stays as it is.
func finite(data []byte) []byte {
	if !bytes.Contains(data, []byte("NaN")) && !bytes.Contains(data, []byte("Infinity")) {
		return data
	}
	out := make([]byte, 0, len(data))
	inText := false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case inText && c == '\\' && i+1 < len(data):
			out = append(out, c, data[i+1])
			i++
			continue
		case c == '"':
			inText = !inText
		case !inText:
			skipped := 0
			for _, word := range []string{"NaN", "-Infinity", "Infinity"} {
				if bytes.HasPrefix(data[i:], []byte(word)) {
					skipped = len(word)
					break
				}
			}
			if skipped > 0 {
				out = append(out, "null"...)
				i += skipped - 1
				continue
			}
		}
		out = append(out, data[i])
	}
	return out
}
