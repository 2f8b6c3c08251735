package class

import (
	"cmp"
	"encoding/json"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"rnn101/internal/atomicfile"
	"rnn101/internal/grading/sheet"
)

// How a grade stands in the table, in this order.
const (
	needsHuman = "yes"   // a human must look at the submission
	needsWords = "words" // only the written answers must be read
)

// needs says what a human has to do about a grade, or is "".
func (g Grade) needs() string {
	switch {
	case g.NeedsHuman:
		return needsHuman
	case len(g.Unread) > 0:
		return needsWords
	}
	return ""
}

// ByNeed returns the grades in the order of the table: first those that need a human, then those
// whose words must be read.
func ByNeed(all []Grade) []Grade {
	order := []string{needsHuman, needsWords, ""}
	return slices.SortedStableFunc(slices.Values(all), func(a, b Grade) int {
		return cmp.Compare(slices.Index(order, a.needs()), slices.Index(order, b.needs()))
	})
}

// format is the format of a new table.
func (c *Class) format() sheet.Format {
	if c.Semicolons {
		return sheet.Semicolons
	}
	return sheet.Format{}
}

// writeTable writes the grades for a spreadsheet, and for programs.
func (c *Class) writeTable(all []Grade) error {
	header := []string{"student", "points", "of", "needs a human", "reason"}
	for _, task := range c.Assignment.Tasks {
		header = append(header, task.ID)
	}
	for _, q := range c.Assignment.Written {
		header = append(header, q.ID)
	}
	number := c.format().Number
	rows := [][]string{header}
	for _, g := range ByNeed(all) {
		reason := g.Reason
		if reason == "" && len(g.Unread) > 0 {
			reason = "not read yet: " + strings.Join(g.Unread, ", ") + ". Write the points into " + ByHand + " and call grade again"
		}
		row := []string{sheet.Guard(g.Student), number(g.Points), number(g.Of), g.needs(), sheet.Guard(reason)}
		for _, task := range c.Assignment.Tasks {
			row = append(row, number(g.PointsOf(task)))
		}
		for _, q := range c.Assignment.Written {
			row = append(row, "")
			for _, w := range g.Written {
				if w.Question == q.ID && w.Points != nil {
					row[len(row)-1] = number(*w.Points)
				}
			}
		}
		rows = append(rows, row)
	}
	data, err := c.format().Encode(rows)
	if err != nil {
		return err
	}
	if err := atomicfile.WriteFile(filepath.Join(c.Out, GradesCSV), data, 0o600); err != nil {
		return err
	}
	data, err = json.MarshalIndent(all, "", " ")
	if err != nil {
		return err
	}
	return atomicfile.WriteFile(filepath.Join(c.Out, gradesJSON), append(data, '\n'), 0o600)
}

// FormatPoints formats points for people, with at most two decimals: 3, 2.5, 2.33.
func FormatPoints(x float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(x, 'f', 2, 64), "0"), ".")
}
