package grade

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rnn101/classroom/assignment"
)

// graded is a class of a4 as the checks leave it, with what each has written.
func graded(answers map[string]string) (all []Grade) {
	for _, student := range []string{"=lee", "김하늘", "none"} {
		w := Written{Question: "why", Of: 4, Answer: answers[student]}
		if w.Answer == "" {
			w.Points = new(float64)
		}
		all = append(all, Grade{Student: student, Points: 10, Of: 20, Written: []Written{w}})
	}
	return all
}

func TestPointsByHandCountAndStay(t *testing.T) {
	c := &Class{Assignment: assignment.A4, Out: t.TempDir()}
	file := filepath.Join(c.Out, ByHand)
	answers := map[string]string{"=lee": "=SUM(1)\n\nthe state", "김하늘": "상태가 이어진다, \"k\" = 1"}
	run := func() []Grade {
		t.Helper()
		rows, err := readByHand(file, c.Assignment)
		if err != nil {
			t.Fatal(err)
		}
		all := graded(answers)
		if err := c.writeByHand(merge(all, c.Assignment, rows)); err != nil {
			t.Fatal(err)
		}
		return all
	}
	edit := func(from, to string) {
		t.Helper()
		data, err := os.ReadFile(file)
		if err != nil || !strings.Contains(string(data), from) {
			t.Fatalf("%v: the table has no %q: %s", err, from, data)
		}
		if err := os.WriteFile(file, []byte(strings.Replace(string(data), from, to, 1)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	state := func(g Grade) string {
		said := number(g.Points)
		if g.NeedsHuman {
			said += " open: " + g.Reason
		}
		return strings.TrimSpace(said + " " + g.Written[0].Comment)
	}
	want := func(when string, all []Grade, states ...string) {
		t.Helper()
		for i, g := range all {
			if got := state(g); got != states[i] {
				t.Errorf("%s: %s has %q, want %q", when, g.Student, got, states[i])
			}
		}
	}
	open := "10 open: not read yet: why. Write the points into by-hand.csv and call again"
	want("at first", run(), open, open, "10")
	edit("김하늘,why,4,,,", "김하늘,why,4,\"2,5\",좋아요,")
	want("one is read", run(), open, "12.5 좋아요", "10")
	edit("'=lee,why,4,,", "'=lee,why,4,0,")
	want("both are read", run(), "10", "12.5 좋아요", "10")
	data, err := os.ReadFile(file) // what a spreadsheet may make of it
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(string(data), "\n", "\r\n")), 0o644); err != nil {
		t.Fatal(err)
	}
	want("with other line ends", run(), "10", "12.5 좋아요", "10")
	answers["김하늘"] += " 그래서"
	all := run()
	want("the answer has changed", all, "10", open+" 좋아요 (2,5 for an earlier answer)", "10")
	if len(all[1].Notes) != 1 || !strings.Contains(all[1].Notes[0], "has changed since it was given points") {
		t.Errorf("the notes are %q", all[1].Notes)
	}
}

func TestPointsOfSomebodyWhoIsNotHereStay(t *testing.T) {
	rows := [][]string{{"gone", "why", "4", "3", "", "text"}}
	table := merge(graded(nil), assignment.A4, rows)
	if last := table[len(table)-1]; last[0] != "gone" || last[3] != "3" {
		t.Errorf("%q", table)
	}
}

func TestATableThatCannotBeReadIsRefused(t *testing.T) {
	const header = "student,question,of,points,comment,answer\n"
	for content, says := range map[string]string{
		"name,points\nlee,3\n":              "does not begin with the columns",
		"":                                  "does not begin with the columns",
		header + "lee,why,4,5,,\n":          `lee, question why: "5" is no number of points between 0 and 4`,
		header + "lee,why,4,NaN,,\n":        "is no number of points",
		header + "lee,why,4,-1,,\n":         "is no number of points",
		header + "lee,why,4,good,,\n":       "is no number of points",
		header + "lee,what,4,1,,\n":         `there is no question "what" in a4`,
		header + "lee,why,4,1\n":            "has 4 columns",
		header + "lee,why,4,1,,\"open\n":    "parse error",
		header + "\xb1\xe8,why,4,1,,\n":     "save it from the spreadsheet as CSV UTF-8",
		"\ufeff" + header + "l,why,4,1,,\n": "",
		strings.ReplaceAll(header+"lee,why,4,2x,,\n", ",", ";"): `"2x" is no number`,
		strings.ReplaceAll(header+"lee,why,4,1,,\n", ",", "\t"): "",
	} {
		file := filepath.Join(t.TempDir(), ByHand)
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		rows, err := readByHand(file, assignment.A4)
		if says == "" && (err != nil || len(rows) != 1) || says != "" && (err == nil || !strings.Contains(err.Error(), says)) {
			t.Errorf("%q: %q, %v; want %q", content, rows, err, says)
		}
	}
}
