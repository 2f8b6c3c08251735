package sheet

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// Whatever is in by-hand.csv, ReadHand returns valid rows, or an error that names the file and the
// line.
func FuzzHand(f *testing.F) {
	const head = "student,question,of,points,comment,answer\n"
	row := "lee,why,4,"
	for _, seed := range []string{
		"\ufeff" + head + row + "2.5,good,Because.\n김하늘,why,4,,,\"two\nlines, one comma\"\n",
		strings.ReplaceAll(head+row+"\"2,5\",,x\n", "\n", "\r\n"), strings.ReplaceAll(head+row+"2.5,,x\n", ",", ";"), strings.ReplaceAll(head+row+"4,,x\n", ",", "\t"),
		head, head + row + "5,,x\n", head + row + "-1,,x\n", head + row + "NaN,,x\n", head + row + "1e-400,,x\n", head + row + "0x1p-2,,x\n", head + row + "1_0,,x\n", head + row + "Inf,,\n",
		head + row + "1\n", head + "lee,other,4,1,,\n", head + "\"lee\n", "", "\n", "\xb1\xe8", head + "'=1+1,why,4,1,,'=1+1\n", head + row + "1,,x\n" + row + "2,,x\n",
	} {
		f.Add([]byte(seed))
	}
	file := filepath.Join(f.TempDir(), "by-hand.csv")
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<14 {
			return // for speed
		}
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		table, err := ReadHand(file, handItems, Format{})
		if err != nil {
			if table != nil || !strings.Contains(err.Error(), "by-hand.csv, line ") {
				t.Errorf("%+v, %v", table, err)
			}
			return
		}
		for _, r := range table.Rows {
			i := slices.IndexFunc(handItems, func(item Item) bool { return item.ID == r.Check })
			if i < 0 || r.Line < 2 || strings.TrimSpace(r.Student) == "" || !utf8.ValidString(r.Student+r.Comment+r.Answer) {
				t.Errorf("the row %+v", r)
			}
			if r.Points != nil && !(*r.Points >= 0 && *r.Points <= handItems[i].Of) {
				t.Errorf("%v points for %s", *r.Points, r.Check)
			}
		}
		// The rows that are written are those that are read again, but for carriage returns:
		// encoding/csv drops them before a newline even in a quoted field.
		if err := table.Replace(table.Rows, handItems, file+".bak"); err != nil {
			t.Fatal(err)
		}
		again, err := ReadHand(file, handItems, Format{})
		text := func(r HandRow) string {
			points := ""
			if r.Points != nil {
				points = fmt.Sprint(*r.Points)
			}
			return strings.ReplaceAll(strings.Join([]string{r.Student, r.Check, points, r.Comment, r.Answer}, "\x00"), "\r", "")
		}
		if err != nil || !slices.EqualFunc(table.Rows, again.Rows, func(a, b HandRow) bool { return text(a) == text(b) }) {
			t.Errorf("the rows %+v are read again as %+v, %v", table.Rows, again, err)
		}
	})
}

// handItems are what the rows of these tests can be about.
var handItems = []Item{{"clip-hidden", 3}, {"why", 4}}

// What a human writes in any form is read, or the error names the line and the column.
func TestAnInvalidTableOfPointsIsAnError(t *testing.T) {
	const header = "student,question,of,points,comment,answer\n"
	for content, says := range map[string]string{
		"name,points\nlee,3\n":           `by-hand.csv, line 1: the table does not have a column "name"`,
		"":                               "line 1: there are no columns student, check",
		header + "lee,why,4,5,,\n":       `line 2, column points: lee, why: "5" is not a number of points between 0 and 4`,
		header + "lee,why,4,NaN,,\n":     "is not a number of points",
		header + "lee,why,4,-1,,\n":      "is not a number of points",
		header + "lee,why,4,0x1,,\n":     "is not a number of points",
		header + "lee,why,4,02. Jan,,\n": "is not a number of points",
		header + "lee,why,4,good,,\n":    "is not a number of points",
		header + "lee,what,4,1,,\n":      `line 2, column check: there is no check or question "what", only clip-hidden, why`,
		header + "lee,why,4,1\n":         "has 4 columns, not 6",
		header + "lee,why,4,1,5,,\n":     `has 7 columns, not 6. If a field has a comma, write it in quotes, as in "2,5"`,
		header + " ,why,4,1,,\n":         "line 2, column student: the name is missing",
		header + "lee,why,4,1,,\nlee,clip-hidden,,1,,\n lee ,why,4,2,,\n": "line 4:  lee , why: line 2 is about the same",
		header + "lee,why,4,1,,\"two\nlines\"\nkim,why,4,9,,\n":           "line 4, column points: kim, why: ",
		header + "lee,why,4,1,,\"open\n":                                  "line 2: extraneous or missing",
		header + "\xb1\xe8,why,4,1,,\n":                                   "line 2: this is not in UTF-8. Correct it, save the table as CSV UTF-8",
		"\ufeff" + header + "l,why,4,1,,\n":                               "",
		"POINTS,Check,student\r\n\"1,5\",why,lee\r\n":                     "",
		strings.ReplaceAll(header+"lee,why,4,2x,,\n", ",", ";"):           `"2x" is not a number`,
		strings.ReplaceAll(header+"lee,why,4,1,,\n", ",", "\t"):           "",
	} {
		file := filepath.Join(t.TempDir(), "by-hand.csv")
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		table, err := ReadHand(file, handItems, Format{})
		if says == "" && (err != nil || len(table.Rows) != 1) || says != "" && (err == nil || !strings.Contains(err.Error(), says)) {
			t.Errorf("%q: %+v, %v; want %q", content, table, err, says)
		}
	}
}
