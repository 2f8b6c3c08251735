package class

import (
	"encoding/json"
	"path/filepath"
	"strconv"
	"strings"

	"rnn101/internal/atomicfile"
)

// writeTable writes the grades for a spreadsheet, and for programs.
func (c *Class) writeTable(all []Grade) error {
	header := []string{"student", "points", "of", "needs a human", "reason"}
	for _, task := range c.Assignment.Tasks {
		header = append(header, task.ID)
	}
	for _, q := range c.Assignment.Written {
		header = append(header, q.ID)
	}
	rows := [][]string{header}
	for _, g := range all {
		row := []string{escapeFormula(g.Student), exactPoints(g.Points), exactPoints(g.Of), "", escapeFormula(g.Reason)}
		if g.NeedsHuman {
			row[3] = "yes"
		}
		for _, task := range c.Assignment.Tasks {
			row = append(row, exactPoints(g.PointsOf(task)))
		}
		for _, q := range c.Assignment.Written {
			row = append(row, "")
			for _, w := range g.Written {
				if w.Question == q.ID && w.Points != nil {
					row[len(row)-1] = exactPoints(*w.Points)
				}
			}
		}
		rows = append(rows, row)
	}
	data, err := encodeTable(rows)
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

// escapeFormula keeps a spreadsheet from taking a text for a formula.
func escapeFormula(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

// exactPoints formats points without rounding, for programs.
func exactPoints(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// FormatPoints formats points for people, with at most two decimals: 3, 2.5, 2.33.
func FormatPoints(x float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(x, 'f', 2, 64), "0"), ".")
}
