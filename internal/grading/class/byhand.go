package class

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"rnn101/internal/atomicfile"
	"rnn101/internal/grading/assignment"
)

// Written is an answer in words, and what a human gave for it.
type Written struct {
	Question string   `json:"question"`
	Of       float64  `json:"of"`
	Answer   string   `json:"answer"`
	Points   *float64 `json:"points"` // null: nobody has read it yet
	Comment  string   `json:"comment,omitempty"`
}

// ByHand is the table in which a human writes the points for answers in words. A run
// adds answers to it, and what was filled in stays, also what is saved while the run is
// grading.
const ByHand = "by-hand.csv"

// ByHandBefore is ByHand as it was before a run last changed it.
const ByHandBefore = ByHand + ".bak"

var byHandHeader = []string{"student", "question", "of", "points", "comment", "answer"}

// The columns of the table.
const (
	handStudent = iota
	handQuestion
	handOf
	handPoints
	handComment
	handAnswer
)

// Spreadsheets cut a cell that is longer than 32,767 letters.
const longestAnswer = 20000

// readByHand reads the table that an earlier run wrote and a human filled in: its rows,
// and the bytes of the file, nil before the first run. Its error names the line and says
// what to do; nothing is lost by it.
func readByHand(file string, a *assignment.Assignment) (rows [][]string, data []byte, err error) {
	data, err = os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("%w. If a spreadsheet has it open, save and close it there, and call again", err)
	}
	wrong := func(line int, problem error) ([][]string, []byte, error) {
		return nil, nil, fmt.Errorf("%s, line %d: %w. Correct it, save the table as CSV UTF-8 and call again", file, line, problem)
	}
	for i, line := range bytes.Split(data, []byte("\n")) {
		if !utf8.Valid(line) {
			return wrong(i+1, errors.New("this is not in UTF-8"))
		}
	}
	text := bytes.TrimPrefix(data, []byte("\ufeff"))
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord = -1
	first, _, _ := bytes.Cut(text, []byte("\n"))
	for _, sign := range ";\t" { // spreadsheets write these in some countries
		if !bytes.ContainsRune(first, ',') && bytes.ContainsRune(first, sign) {
			r.Comma = sign
		}
	}
	for header := true; ; header = false {
		row, err := r.Read()
		var parse *csv.ParseError
		switch {
		case errors.As(err, &parse):
			return wrong(parse.StartLine, parse.Err)
		case err != nil && err != io.EOF:
			return nil, nil, fmt.Errorf("%s: %w", file, err)
		case header && !slices.Equal(row, byHandHeader):
			return wrong(1, fmt.Errorf("it does not begin with the columns %s", strings.Join(byHandHeader, ", ")))
		case err == io.EOF:
			return rows, data, nil
		case header:
			continue
		}
		if err := checkByHand(row, a); err != nil {
			line, _ := r.FieldPos(0)
			return wrong(line, err)
		}
		rows = append(rows, row)
	}
}

// checkByHand says what is wrong with a row of the table.
func checkByHand(row []string, a *assignment.Assignment) error {
	if len(row) != len(byHandHeader) {
		return fmt.Errorf("the row of %q has %d columns, not %d", row[0], len(row), len(byHandHeader))
	}
	i := slices.IndexFunc(a.Written, func(q assignment.Question) bool { return q.ID == row[handQuestion] })
	if i < 0 {
		return fmt.Errorf("there is no question %q in %s", row[handQuestion], a.Name)
	}
	if _, err := pointsByHand(row[handPoints], a.Written[i].Points); err != nil {
		return fmt.Errorf("%s, question %s: %w", row[handStudent], row[handQuestion], err)
	}
	return nil
}

// pointsByHand reads what a human wrote: 2.5, or 2,5, or nothing yet.
func pointsByHand(text string, of float64) (*float64, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, nil
	}
	x, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	if err != nil || !(x >= 0 && x <= of) {
		return nil, fmt.Errorf("%q is no number of points between 0 and %s", text, exactPoints(of))
	}
	return &x, nil
}

// merge gives each answer in words the points that stand in the table, and returns the
// table as it should be. Points for an answer that was since changed are not taken over;
// the comment keeps them.
func merge(all []Grade, a *assignment.Assignment, rows [][]string) [][]string {
	left := slices.Clone(rows)
	var table [][]string
	for i := range all {
		g := &all[i]
		var open []string
		for j := range g.Written {
			w := &g.Written[j]
			row := []string{escapeFormula(g.Student), w.Question, exactPoints(w.Of), "", "", escapeFormula(shortened(w.Answer))}
			old := slices.IndexFunc(left, func(r []string) bool { return r[handStudent] == row[handStudent] && r[handQuestion] == w.Question })
			if old >= 0 {
				was := left[old]
				left = slices.Delete(left, old, old+1)
				row[handComment] = was[handComment]
				if same(was[handAnswer], row[handAnswer]) {
					row[handPoints] = was[handPoints]
				} else if was[handPoints] != "" {
					row[handComment] = strings.TrimSpace(fmt.Sprintf("%s (%s for an earlier answer)", was[handComment], was[handPoints]))
					g.Notes = append(g.Notes, fmt.Sprintf("the answer %s has changed since it was given points", w.Question))
				}
			}
			if w.Points == nil {
				w.Points, _ = pointsByHand(row[handPoints], w.Of)
			} else if row[handPoints] == "" {
				row[handPoints] = exactPoints(*w.Points)
			}
			w.Comment = row[handComment]
			table = append(table, row)
			if w.Points == nil {
				open = append(open, w.Question)
				continue
			}
			g.Points += *w.Points
		}
		if len(open) > 0 {
			g.NeedsHuman = true
			g.Reason = fmt.Sprintf("not read yet: %s. Write the points into %s and call again", strings.Join(open, ", "), ByHand)
		}
	}
	return append(table, left...) // somebody's who is not here this time
}

func shortened(text string) string {
	if runes := []rune(text); len(runes) > longestAnswer {
		return string(runes[:longestAnswer]) + " … (cut; grades.json has the whole)"
	}
	return text
}

// same tells whether two texts differ in blanks at most, which spreadsheets change.
func same(a, b string) bool { return slices.Equal(strings.Fields(a), strings.Fields(b)) }

// writeByHand writes the table where the assignment has a question, and keeps what the
// file held before, was, beside it. A file that has changed since it was read is left as
// it is.
func (c *Class) writeByHand(table [][]string, was []byte) error {
	if len(c.Assignment.Written) == 0 {
		return nil
	}
	data, err := encodeTable(append([][]string{byHandHeader}, table...))
	if err != nil || bytes.Equal(data, was) {
		return err
	}
	if was != nil {
		if err := atomicfile.WriteFile(filepath.Join(c.Out, ByHandBefore), was, 0o600); err != nil {
			return err
		}
	}
	err = atomicfile.CompareAndSwap(filepath.Join(c.Out, ByHand), was, data, 0o600)
	if errors.Is(err, atomicfile.ErrChanged) {
		return fmt.Errorf("%w. It was left as it is: save and close it there, and call again", err)
	}
	return err
}

// encodeTable makes a table for a spreadsheet, which knows UTF-8 by its mark.
func encodeTable(rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	err := w.WriteAll(rows)
	return b.Bytes(), err
}
