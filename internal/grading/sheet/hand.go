package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"rnn101/internal/atomicfile"
)

// Item is what a row of the table of points by hand can be about: a check or a question.
type Item struct {
	ID string
	Of float64 // its points
}

// HandRow is a row of the table of points by hand.
type HandRow struct {
	Line    int    // in the file, 0 for a row that is new
	Student string // as the field has it
	Check   string // the ID of a check or of a question
	Points  *float64
	Comment string
	Answer  string // the answer that the points are for: the words, or of a check the file
}

// Entered reports whether a human has entered something.
func (r HandRow) Entered() bool { return r.Points != nil || r.Comment != "" }

// HandTable is the table of points by hand as it was read.
type HandTable struct {
	Rows []HandRow

	file   string
	format Format
	data   []byte // of the file; nil if there is none
}

var handColumns = Columns{
	Names:    []string{"student", "check", "of", "points", "comment", "answer"},
	Required: []string{"student", "check", "points"},
	Aliases:  map[string]string{"question": "check"},
}

// ReadHand reads a table that an earlier run wrote and a human filled in. If there is none, the table
// is empty, and has the format. An error names the line and the column, and says what to do. ReadHand
// writes nothing.
func ReadHand(file string, items []Item, format Format) (*HandTable, error) {
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return &HandTable{file: file, format: format}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%w. If a spreadsheet has it open, save and close it there, and call grade again", err)
	}
	table, err := Read(data, handColumns)
	if err == nil {
		t := &HandTable{file: file, format: table.Format, data: data}
		if t.Rows, err = handRows(table, items); err == nil {
			return t, nil
		}
	}
	return nil, fmt.Errorf("%s, %w. Correct it, save the table as CSV UTF-8 and call grade again", file, err)
}

// handRows returns the rows of a table, or the first fault in it.
func handRows(table *Table, items []Item) (rows []HandRow, err error) {
	var ids []string
	for _, item := range items {
		ids = append(ids, item.ID)
	}
	lines := map[string]int{}
	for _, row := range table.Rows {
		r := HandRow{Line: row.Line, Student: row.Fields["student"], Check: strings.TrimSpace(row.Fields["check"]), Comment: row.Fields["comment"], Answer: row.Fields["answer"]}
		at := slices.Index(ids, r.Check)
		if at < 0 {
			return nil, &Error{r.Line, "check", fmt.Errorf("there is no check or question %q, only %s", r.Check, strings.Join(ids, ", "))}
		}
		if r.Points, err = parsePoints(row.Fields["points"], items[at].Of); err != nil {
			return nil, &Error{r.Line, "points", fmt.Errorf("%s, %s: %w", r.Student, r.Check, err)}
		}
		if strings.TrimSpace(r.Student) == "" {
			return nil, &Error{r.Line, "student", errors.New("the name is missing")}
		}
		key := strings.Join(strings.Fields(r.Student), " ") + "\n" + r.Check
		if first := lines[key]; first > 0 {
			return nil, &Error{r.Line, "", fmt.Errorf("%s, %s: line %d is about the same. Keep one of them", r.Student, r.Check, first)}
		}
		lines[key] = r.Line
		rows = append(rows, r)
	}
	return rows, nil
}

var decimal = regexp.MustCompile(`^(\d+([.,]\d*)?|[.,]\d+)$`)

// parsePoints parses points as people write them, 2.5 or 2,5. For no points yet it returns nil.
func parsePoints(text string, of float64) (*float64, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, nil
	}
	x, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	if !decimal.MatchString(text) || err != nil || x > of {
		return nil, fmt.Errorf("%q is not a number of points between 0 and %s", text, Format{}.Number(of))
	}
	return &x, nil
}

// Replace writes other rows in place of the table, in its format, and first a copy of what it was. If
// the file has changed since it was read, it is not overwritten.
func (t *HandTable) Replace(rows []HandRow, items []Item, backup string) error {
	fields := [][]string{handColumns.Names}
	for _, r := range rows {
		of, points := "", ""
		if i := slices.IndexFunc(items, func(item Item) bool { return item.ID == r.Check }); i >= 0 {
			of = t.format.Number(items[i].Of)
		}
		if r.Points != nil {
			points = t.format.Number(*r.Points)
		}
		fields = append(fields, []string{r.Student, r.Check, of, points, r.Comment, r.Answer})
	}
	data, err := t.format.Encode(fields)
	if err != nil || bytes.Equal(data, t.data) {
		return err
	}
	if t.data != nil {
		if err := atomicfile.WriteFile(backup, t.data, 0o600); err != nil {
			return err
		}
	}
	err = atomicfile.CompareAndSwap(t.file, t.data, data, 0o600)
	if errors.Is(err, atomicfile.ErrChanged) {
		return fmt.Errorf("%w. It was not overwritten: save and close it there, and call grade again", err)
	}
	return err
}
