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

// Written is a written answer, and the points that a human gave for it.
type Written struct {
	Question string   `json:"question"`
	Of       float64  `json:"of"`
	Answer   string   `json:"answer"`
	Points   *float64 `json:"points"` // null: nobody has read it yet
	Comment  string   `json:"comment,omitempty"`
}

// ByHand is the name of the table in which a human enters the points for written answers. A run
// adds answers to it and keeps what was entered, even while the run was grading.
const ByHand = "by-hand.csv"

// ByHandBefore is the name of the copy of ByHand from before a run last changed it.
const ByHandBefore = ByHand + ".bak"

var byHandHeader = []string{"student", "question", "of", "points", "comment", "answer"}

// The columns of the table.
const (
	studentColumn = iota
	questionColumn
	ofColumn
	pointsColumn
	commentColumn
	answerColumn
)

// maxAnswer is the length of an answer in the table, in runes. Spreadsheets cut a cell that is
// longer than 32,767 characters.
const maxAnswer = 20000

// readByHand reads the table that an earlier run wrote and a human filled in. It returns the
// rows and the bytes of the file, which are nil if there is no table yet. Its error names the
// line and says what to do. It writes nothing.
func readByHand(file string, a *assignment.Assignment) (rows [][]string, data []byte, err error) {
	data, err = os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("%w. If a spreadsheet has it open, save and close it there, and call grade again", err)
	}
	lineError := func(line int, problem error) ([][]string, []byte, error) {
		return nil, nil, fmt.Errorf("%s, line %d: %w. Correct it, save the table as CSV UTF-8 and call grade again", file, line, problem)
	}
	for i, line := range bytes.Split(data, []byte("\n")) {
		if !utf8.Valid(line) {
			return lineError(i+1, errors.New("this is not in UTF-8"))
		}
	}
	text := bytes.TrimPrefix(data, []byte("\ufeff"))
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord = -1
	first, _, _ := bytes.Cut(text, []byte("\n"))
	for _, sign := range ";\t" { // spreadsheets use these in some countries
		if !bytes.ContainsRune(first, ',') && bytes.ContainsRune(first, sign) {
			r.Comma = sign
		}
	}
	for header := true; ; header = false {
		row, err := r.Read()
		var parse *csv.ParseError
		switch {
		case errors.As(err, &parse):
			return lineError(parse.StartLine, parse.Err)
		case err != nil && err != io.EOF:
			return nil, nil, fmt.Errorf("%s: %w", file, err)
		case header && !slices.Equal(row, byHandHeader):
			return lineError(1, fmt.Errorf("it does not begin with the columns %s", strings.Join(byHandHeader, ", ")))
		case err == io.EOF:
			return rows, data, nil
		case header:
			continue
		}
		if err := checkRow(row, a); err != nil {
			line, _ := r.FieldPos(0)
			return lineError(line, err)
		}
		rows = append(rows, row)
	}
}

// checkRow returns an error if a row of the table is not valid.
func checkRow(row []string, a *assignment.Assignment) error {
	if len(row) != len(byHandHeader) {
		return fmt.Errorf("the row of %q has %d columns, not %d", row[0], len(row), len(byHandHeader))
	}
	i := slices.IndexFunc(a.Written, func(q assignment.Question) bool { return q.ID == row[questionColumn] })
	if i < 0 {
		return fmt.Errorf("there is no question %q in %s", row[questionColumn], a.Name)
	}
	if _, err := parsePoints(row[pointsColumn], a.Written[i].Points); err != nil {
		return fmt.Errorf("%s, question %s: %w", row[studentColumn], row[questionColumn], err)
	}
	return nil
}

// parsePoints parses points as people write them, 2.5 or 2,5. For no points yet it returns nil.
func parsePoints(text string, of float64) (*float64, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, nil
	}
	x, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	if err != nil || !(x >= 0 && x <= of) {
		return nil, fmt.Errorf("%q is not a number of points between 0 and %s", text, exactPoints(of))
	}
	return &x, nil
}

// merge adds the points in the table to the grades, and returns the new table. If an answer
// has changed since, its points move to the comment.
func merge(all []Grade, a *assignment.Assignment, rows [][]string) [][]string {
	rest := slices.Clone(rows)
	var table [][]string
	for i := range all {
		g := &all[i]
		var ungraded []string
		for j := range g.Written {
			w := &g.Written[j]
			row := []string{escapeFormula(g.Student), w.Question, exactPoints(w.Of), "", "", escapeFormula(truncate(w.Answer))}
			at := slices.IndexFunc(rest, func(r []string) bool {
				return r[studentColumn] == row[studentColumn] && r[questionColumn] == w.Question
			})
			if at >= 0 {
				old := rest[at]
				rest = slices.Delete(rest, at, at+1)
				row[commentColumn] = old[commentColumn]
				if sameWords(old[answerColumn], row[answerColumn]) {
					row[pointsColumn] = old[pointsColumn]
				} else if old[pointsColumn] != "" {
					row[commentColumn] = strings.TrimSpace(fmt.Sprintf("%s (%s for an earlier answer)", old[commentColumn], old[pointsColumn]))
					g.Notes = append(g.Notes, fmt.Sprintf("the answer %s has changed since it was given points", w.Question))
				}
			}
			if w.Points == nil {
				w.Points, _ = parsePoints(row[pointsColumn], w.Of)
			} else if row[pointsColumn] == "" {
				row[pointsColumn] = exactPoints(*w.Points)
			}
			w.Comment = row[commentColumn]
			table = append(table, row)
			if w.Points == nil {
				ungraded = append(ungraded, w.Question)
				continue
			}
			g.Points += *w.Points
		}
		if len(ungraded) > 0 {
			g.NeedsHuman = true
			unread := fmt.Sprintf("not read yet: %s. Write the points into %s and call grade again", strings.Join(ungraded, ", "), ByHand)
			g.Reason = strings.TrimPrefix(g.Reason+"; "+unread, "; ")
		}
	}
	return append(table, rest...) // of students who have no submission this time
}

func truncate(text string) string {
	if runes := []rune(text); len(runes) > maxAnswer {
		return string(runes[:maxAnswer]) + " … (cut; grades.json has the whole)"
	}
	return text
}

// sameWords reports whether two texts differ only in white space, which spreadsheets change.
func sameWords(a, b string) bool { return slices.Equal(strings.Fields(a), strings.Fields(b)) }

// writeByHand writes the table of an assignment with questions. old is what the file had when
// it was read; a copy of it is kept. If the file has changed since, it is not overwritten.
func (c *Class) writeByHand(table [][]string, old []byte) error {
	if len(c.Assignment.Written) == 0 {
		return nil
	}
	data, err := encodeTable(append([][]string{byHandHeader}, table...))
	if err != nil || bytes.Equal(data, old) {
		return err
	}
	if old != nil {
		if err := atomicfile.WriteFile(filepath.Join(c.Out, ByHandBefore), old, 0o600); err != nil {
			return err
		}
	}
	err = atomicfile.CompareAndSwap(filepath.Join(c.Out, ByHand), old, data, 0o600)
	if errors.Is(err, atomicfile.ErrChanged) {
		return fmt.Errorf("%w. It was not overwritten: save and close it there, and call grade again", err)
	}
	return err
}

// encodeTable encodes a table as CSV with a byte-order mark, by which spreadsheets recognize
// UTF-8.
func encodeTable(rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	err := w.WriteAll(rows)
	return b.Bytes(), err
}
