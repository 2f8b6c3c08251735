package submission

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// maxMessage is the length of a message about a file, in runes. Some quote the file, and
// a name in it may have a megabyte.
const maxMessage = 300

// File is a submitted notebook. It is read once: its hash and the answers in it are those
// of the same bytes, though the student may hand in again meanwhile.
type File struct {
	Sum     [sha256.Size]byte // of the file's bytes; zero if they could not be read
	Problem string            // why it cannot be read, or ""

	cells []cell
	notes []string
}

// Read reads a submitted file. It never fails: a file that cannot be read has a Problem.
func Read(path string) *File {
	f, size, problem := open(path)
	if problem != "" {
		return &File{Problem: problem}
	}
	defer f.Close()
	return parse(io.LimitReader(f, Limit), size)
}

// Parse is Read for the content of a file.
func Parse(data []byte) *File { return parse(bytes.NewReader(data), int64(len(data))) }

func parse(r io.Reader, size int64) *File {
	f, hash := &File{}, sha256.New()
	data, err := reduce(io.TeeReader(r, hash), size)
	hash.Sum(f.Sum[:0])
	switch {
	case err != nil:
		f.Problem = texts.Text("unreadable", err)
	case len(bytes.TrimSpace(data)) == 0:
		f.Problem = texts.Text("empty")
	default:
		if f.cells, f.notes, err = parseCells(data); err != nil {
			f.Problem = shorten(err.Error())
		}
	}
	return f
}

// shorten cuts a message that is too long.
func shorten(text string) string {
	if runes := []rune(text); len(runes) > maxMessage {
		return string(runes[:maxMessage]) + " …"
	}
	return text
}

// maxCells is how many cells of a notebook are read: each takes some memory, also an empty one of
// three bytes.
const maxCells = 20_000

// A list is decoded entry by entry, so that one that is too long is refused before it takes
// memory.
type list[T any] []T

// UnmarshalJSON decodes the list, and returns an error if it has more than maxCells entries.
func (l *list[T]) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	*l = nil
	d := json.NewDecoder(bytes.NewReader(data))
	if start, err := d.Token(); err != nil || start != json.Delim('[') {
		return errors.New(texts.Text("cells.list"))
	}
	for d.More() {
		if len(*l) == maxCells {
			return errors.New(texts.Text("cells.many", maxCells))
		}
		var entry T
		if err := d.Decode(&entry); err != nil && !ofAnotherType(err) {
			return err
		}
		*l = append(*l, entry)
	}
	return nil
}

// ofAnotherType reports whether an error is about a field, or an entry, of another type. All others
// were decoded, and what is missing may not be needed: such a file is not lost for it.
func ofAnotherType(err error) bool { return errors.As(err, new(*json.UnmarshalTypeError)) }

// worksheet is a part of a notebook of format 3.
type worksheet struct {
	Cells list[cell] `json:"cells"`
}

// cell is a cell of a notebook file, of format 4 or 3. Its outputs are not decoded.
type cell struct {
	Kind     string          `json:"cell_type"`
	Source   json.RawMessage `json:"source"`
	Input    json.RawMessage `json:"input"` // the source of a code cell in format 3
	Metadata json.RawMessage `json:"metadata"`
}

// gradeID is the grade_id in the cell's metadata, or "".
func (c cell) gradeID() string {
	var metadata struct {
		NBGrader struct {
			GradeID string `json:"grade_id"`
		} `json:"nbgrader"`
	}
	if json.Unmarshal(c.Metadata, &metadata) != nil {
		return ""
	}
	return metadata.NBGrader.GradeID
}

// source is the text of a cell, which the file has as one string or as a list of lines.
func (c cell) source() (string, error) {
	raw := c.Source
	if raw == nil {
		raw = c.Input
	}
	if raw == nil {
		return "", nil
	}
	var whole string
	if json.Unmarshal(raw, &whole) == nil {
		return whole, nil
	}
	var lines []string
	if err := json.Unmarshal(raw, &lines); err != nil {
		return "", errors.New(texts.Text("source"))
	}
	return strings.Join(lines, ""), nil
}

// parseCells returns the cells of a notebook file, and notes on what is odd about it.
func parseCells(data []byte) (cells []cell, notes []string, err error) {
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		return nil, nil, errors.New(texts.Text("utf16"))
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		notes = append(notes, texts.Text("utf8"))
		data = bytes.ToValidUTF8(data, []byte("\ufffd"))
	}
	var file struct {
		Format     json.RawMessage `json:"nbformat"`
		Cells      list[cell]      `json:"cells"`
		Worksheets list[worksheet] `json:"worksheets"`
		Metadata   struct {
			Kernel struct {
				Name string `json:"name"`
			} `json:"kernelspec"`
		} `json:"metadata"`
	}
	err = json.Unmarshal(data, &file)
	if err != nil && !(ofAnotherType(err) && bytes.HasPrefix(bytes.TrimSpace(data), []byte("{"))) {
		return nil, notes, errors.New(texts.Text("notebook", err))
	}
	cells = file.Cells
	for _, sheet := range file.Worksheets {
		cells = append(cells, sheet.Cells...)
	}
	if format := strings.Trim(string(file.Format), `"`); format != "4" {
		notes = append(notes, texts.Text("format", cmp.Or(format, "null")))
	}
	if name := file.Metadata.Kernel.Name; name != "" && name != "gonb" {
		notes = append(notes, texts.Text("kernel", name))
	}
	return cells, notes, nil
}
