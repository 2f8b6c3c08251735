package class

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/collect"
)

// graded returns the grades of a class in a4 after its checks, with written answers.
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

func TestPointsByHandAreKept(t *testing.T) {
	c := &Class{Assignment: assignment.A4, Out: t.TempDir()}
	file := filepath.Join(c.Out, ByHand)
	answers := map[string]string{"=lee": "=SUM(1)\n\nthe state", "김하늘": "상태가 이어진다, \"k\" = 1"}
	run := func() []Grade {
		t.Helper()
		rows, old, err := readByHand(file, c.Assignment)
		if err != nil {
			t.Fatal(err)
		}
		all := graded(answers)
		if err := c.writeByHand(merge(all, c.Assignment, rows), old); err != nil {
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
		said := exactPoints(g.Points)
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
	open := "10 open: not read yet: why. Write the points into by-hand.csv and call grade again"
	want("at first", run(), open, open, "10")
	edit("김하늘,why,4,,,", "김하늘,why,4,\"2,5\",좋아요,")
	want("one is read", run(), open, "12.5 좋아요", "10")
	edit("'=lee,why,4,,", "'=lee,why,4,0,")
	want("both are read", run(), "10", "12.5 좋아요", "10")
	data, err := os.ReadFile(file) // as a spreadsheet may save it
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(string(data), "\n", "\r\n")), 0o644); err != nil {
		t.Fatal(err)
	}
	want("with CRLF", run(), "10", "12.5 좋아요", "10")
	answers["김하늘"] += " 그래서"
	all := run()
	want("the answer has changed", all, "10", open+" 좋아요 (2,5 for an earlier answer)", "10")
	if len(all[1].Notes) != 1 || !strings.Contains(all[1].Notes[0], "has changed since it was given points") {
		t.Errorf("the notes are %q", all[1].Notes)
	}
}

func TestPointsOfAnAbsentStudentAreKept(t *testing.T) {
	rows := [][]string{{"gone", "why", "4", "3", "", "text"}}
	table := merge(graded(nil), assignment.A4, rows)
	if last := table[len(table)-1]; last[0] != "gone" || last[3] != "3" {
		t.Errorf("%q", table)
	}
}

func TestAnInvalidTableIsAnError(t *testing.T) {
	const header = "student,question,of,points,comment,answer\n"
	for content, says := range map[string]string{
		"name,points\nlee,3\n":        "does not begin with the columns",
		"":                            "does not begin with the columns",
		header + "lee,why,4,5,,\n":    `lee, question why: "5" is not a number of points between 0 and 4`,
		header + "lee,why,4,NaN,,\n":  "is not a number of points",
		header + "lee,why,4,-1,,\n":   "is not a number of points",
		header + "lee,why,4,good,,\n": "is not a number of points",
		header + "lee,what,4,1,,\n":   `there is no question "what" in a4`,
		header + "lee,why,4,1\n":      "has 4 columns",
		header + "lee,why,4,1,,\"two\nlines\"\nkim,why,4,9,,\n": "line 4: kim, question why: ",
		header + "lee,why,4,1,,\"open\n":                        "line 2: extraneous or missing",
		header + "\xb1\xe8,why,4,1,,\n":                         "line 2: this is not in UTF-8. Correct it, save the table as CSV UTF-8",
		"\ufeff" + header + "l,why,4,1,,\n":                     "",
		strings.ReplaceAll(header+"lee,why,4,2x,,\n", ",", ";"): `"2x" is not a number`,
		strings.ReplaceAll(header+"lee,why,4,1,,\n", ",", "\t"): "",
	} {
		file := filepath.Join(t.TempDir(), ByHand)
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		rows, _, err := readByHand(file, assignment.A4)
		if says == "" && (err != nil || len(rows) != 1) || says != "" && (err == nil || !strings.Contains(err.Error(), says)) {
			t.Errorf("%q: %q, %v; want %q", content, rows, err, says)
		}
	}
}

// Points that a teacher saves while a run is grading count.
func TestPointsSavedDuringARunCount(t *testing.T) {
	c, folder := classWithWords(t), t.TempDir()
	file := filepath.Join(c.Out, ByHand)
	handed := []collect.Submission{handIn(t, folder, "kim", right, "the state"), handIn(t, folder, "lee", right, "the past")}
	if _, err := c.Run(t.Context(), handed, func(int, int, string) {}); err != nil {
		t.Fatal(err)
	}
	first := content(t, file)
	handed = append(handed, handIn(t, folder, "new", right, "memory"))
	all, err := c.Run(t.Context(), handed, func(done, of int, student string) {
		if student == "new" {
			save(t, file, strings.Replace(first, "lee,why,4,,,", "lee,why,4,3,good,", 1))
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if table := content(t, file); !strings.Contains(table, "lee,why,4,3,good,the past") || !strings.Contains(table, "new,why,4,,,memory") {
		t.Errorf("the points or the new student are missing: %s", table)
	}
	if all[1].Points != 6 || all[1].Written[0].Comment != "good" {
		t.Errorf("lee has %v points, want 3 and 3: %+v", all[1].Points, all[1].Written)
	}
	if before := content(t, filepath.Join(c.Out, ByHandBefore)); !strings.Contains(before, "lee,why,4,3,good,") || strings.Contains(before, "memory") {
		t.Errorf("the copy of the table before the merge is %s", before)
	}
}

// An invalid table that is saved during a run ends the run, and is not overwritten.
func TestAnInvalidTableSavedDuringARunIsNotOverwritten(t *testing.T) {
	c, folder := classWithWords(t), t.TempDir()
	file := filepath.Join(c.Out, ByHand)
	handed := []collect.Submission{handIn(t, folder, "kim", right, "the state")}
	broken := strings.Join(byHandHeader, ",") + "\nkim,why,4,five,,the state\n"
	_, err := c.Run(t.Context(), handed, func(int, int, string) { save(t, file, broken) })
	if err == nil || !strings.Contains(err.Error(), file+", line 2: ") || !strings.Contains(err.Error(), "call grade again") {
		t.Errorf("the error is %v, want the file, the line and the remedy", err)
	}
	if now := content(t, file); now != broken {
		t.Errorf("the table is now %q", now)
	}
}

// A table that is saved between the reading and the writing of a merge is not overwritten.
func TestATableSavedDuringTheMergeIsNotOverwritten(t *testing.T) {
	c := &Class{Assignment: assignment.A4, Out: t.TempDir()}
	file := filepath.Join(c.Out, ByHand)
	const saved = "what the teacher has saved"
	for _, before := range []string{"", strings.Join(byHandHeader, ",") + "\n"} {
		if before != "" {
			save(t, file, before)
		}
		rows, old, err := readByHand(file, c.Assignment)
		if err != nil {
			t.Fatal(err)
		}
		table := merge(graded(map[string]string{"=lee": "x"}), c.Assignment, rows)
		save(t, file, saved)
		err = c.writeByHand(table, old)
		if err == nil || !strings.Contains(err.Error(), file) || !strings.Contains(err.Error(), "call grade again") {
			t.Errorf("the error is %v, want the file and the remedy", err)
		}
		if now := content(t, file); now != saved {
			t.Errorf("the table is now %q", now)
		}
	}
}

// A run that changes nothing keeps the copy from before the last change.
func TestTheCopyIsFromBeforeTheLastChange(t *testing.T) {
	c := &Class{Assignment: assignment.A4, Out: t.TempDir()}
	file := filepath.Join(c.Out, ByHand)
	answers := map[string]string{"=lee": "one"}
	run := func() {
		t.Helper()
		rows, old, err := readByHand(file, c.Assignment)
		if err == nil {
			err = c.writeByHand(merge(graded(answers), c.Assignment, rows), old)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	run()
	first := content(t, file)
	answers["=lee"] = "another"
	run()
	run()
	if before := content(t, filepath.Join(c.Out, ByHandBefore)); before != first {
		t.Errorf("the copy is %q, want %q", before, first)
	}
}

func content(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func save(t *testing.T, file, content string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
