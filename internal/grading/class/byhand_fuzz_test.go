package class

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"rnn101/internal/grading/assignment"
)

// Whatever is in by-hand.csv, readByHand returns valid rows, or an error that names the file.
func FuzzByHand(f *testing.F) {
	const head = "student,question,of,points,comment,answer\n"
	question := assignment.A4.Written[0]
	row := "lee," + question.ID + ",4,"
	for _, seed := range []string{
		"\ufeff" + head + row + "2.5,good,Because.\n김하늘," + question.ID + ",4,,,\"two\nlines, one comma\"\n",
		strings.ReplaceAll(head+row+"\"2,5\",,x\n", "\n", "\r\n"), strings.ReplaceAll(head+row+"2.5,,x\n", ",", ";"), strings.ReplaceAll(head+row+"4,,x\n", ",", "\t"),
		head, head + row + "5,,x\n", head + row + "-1,,x\n", head + row + "NaN,,x\n", head + row + "1e-400,,x\n", head + row + "0x1p-2,,x\n", head + row + "1_0,,x\n", head + row + "Inf,,\n",
		head + row + "1\n", head + "lee,other,4,1,,\n", head + "\"lee\n", "", "\n", "\xb1\xe8", head + "'=1+1," + question.ID + ",4,1,,'=1+1\n", head + row + "1,,x\n" + row + "2,,x\n",
	} {
		f.Add([]byte(seed))
	}
	file := filepath.Join(f.TempDir(), ByHand)
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<14 {
			return // for speed
		}
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		rows, read, err := readByHand(file, assignment.A4)
		if err != nil {
			if rows != nil || !strings.Contains(err.Error(), ByHand) {
				t.Errorf("%q, %v", rows, err)
			}
			return
		}
		for _, row := range rows {
			if len(row) != len(byHandHeader) || row[questionColumn] != question.ID || slices.ContainsFunc(row, func(s string) bool { return !utf8.ValidString(s) }) {
				t.Errorf("the row %q", row)
			}
			points, err := parsePoints(row[pointsColumn], question.Points)
			if err != nil || points != nil && !(*points >= 0 && *points <= question.Points) || points == nil && strings.TrimSpace(row[pointsColumn]) != "" {
				t.Errorf("%q is parsed as %v, %v", row[pointsColumn], points, err)
			}
		}
		// The rows that are written are those that are read again, but for carriage returns:
		// encoding/csv drops them before a newline even in a quoted field.
		c := &Class{Assignment: assignment.A4, Out: filepath.Dir(file)}
		if err := c.writeByHand(rows, read); err != nil {
			t.Fatal(err)
		}
		again, _, err := readByHand(file, assignment.A4)
		if err != nil || !slices.EqualFunc(rows, again, func(a, b []string) bool {
			return slices.EqualFunc(a, b, func(a, b string) bool { return strings.ReplaceAll(a, "\r", "") == strings.ReplaceAll(b, "\r", "") })
		}) {
			t.Errorf("the rows %q are read again as %q, %v", rows, again, err)
		}
	})
}
