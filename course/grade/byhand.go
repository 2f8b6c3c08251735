package grade

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"rnn101/classroom/assignment"
	"rnn101/internal/atomicfile"
)

// Written is an answer in words, and what a human gave for it.
type Written struct {
	Question string   `json:"question"`
	Of       float64  `json:"of"`
	Answer   string   `json:"answer"`
	Points   *float64 `json:"points"` // null: nobody has read it yet
	Comment  string   `json:"comment,omitempty"`
}

// ByHand is the table in which a human writes the points for answers in words. It is
// written by every run, and what was filled in stays.
const ByHand = "by-hand.csv"

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

// readByHand reads the table that an earlier run wrote, row by row. None is there before
// the first run.
func readByHand(file string, a *assignment.Assignment) ([][]string, error) {
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if !utf8.Valid(data) {
		return nil, fmt.Errorf("%s is not in UTF-8: save it from the spreadsheet as CSV UTF-8", file)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1
	first, _, _ := bytes.Cut(data, []byte("\n"))
	for _, sign := range ";\t" { // spreadsheets write these in some countries
		if !bytes.ContainsRune(first, ',') && bytes.ContainsRune(first, sign) {
			r.Comma = sign
		}
	}
	all, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if len(all) == 0 || !slices.Equal(all[0], byHandHeader) {
		return nil, fmt.Errorf("%s does not begin with the columns %s: put them back, or move the file away", file, strings.Join(byHandHeader, ", "))
	}
	for _, row := range all[1:] {
		if len(row) != len(byHandHeader) {
			return nil, fmt.Errorf("%s: the row of %q has %d columns, not %d", file, row[0], len(row), len(byHandHeader))
		}
		i := slices.IndexFunc(a.Written, func(q assignment.Question) bool { return q.ID == row[handQuestion] })
		if i < 0 {
			return nil, fmt.Errorf("%s: there is no question %q in %s", file, row[handQuestion], a.Name)
		}
		if _, err := pointsByHand(row[handPoints], a.Written[i].Points); err != nil {
			return nil, fmt.Errorf("%s: %s, question %s: %w", file, row[handStudent], row[handQuestion], err)
		}
	}
	return all[1:], nil
}

// pointsByHand reads what a human wrote: 2.5, or 2,5, or nothing yet.
func pointsByHand(text string, of float64) (*float64, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, nil
	}
	x, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	if err != nil || !(x >= 0 && x <= of) {
		return nil, fmt.Errorf("%q is no number of points between 0 and %s", text, number(of))
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
			row := []string{cell(g.Student), w.Question, number(w.Of), "", "", cell(shortened(w.Answer))}
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
				row[handPoints] = number(*w.Points)
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

// writeByHand writes the table where the assignment has a question.
func (c *Class) writeByHand(table [][]string) error {
	if len(c.Assignment.Written) == 0 {
		return nil
	}
	return writeTable(filepath.Join(c.Out, ByHand), append([][]string{byHandHeader}, table...))
}

// writeTable writes a table for a spreadsheet, which knows UTF-8 by its mark.
func writeTable(file string, rows [][]string) error {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	if err := w.WriteAll(rows); err != nil {
		return err
	}
	return atomicfile.WriteFile(file, b.Bytes(), 0o600)
}
