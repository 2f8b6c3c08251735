package class

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/collect"
	"rnn101/internal/grading/sheet"
)

// graded returns the grades of a class in a4 after its checks, with written answers.
func graded(answers map[string]string) (all []Grade) {
	for _, student := range []string{"=lee", "김하늘", "none"} {
		w := Written{Question: "why", Of: 4, Answer: answers[student]}
		if w.Answer == "" {
			w.Points = new(float64)
		}
		all = append(all, Grade{Student: student, Of: 20, Checks: []assignment.CheckResult{{Points: 10}}, Written: []Written{w}})
	}
	return all
}

func TestPointsByHandAreKept(t *testing.T) {
	c := &Class{Assignment: assignment.A4, Out: t.TempDir()}
	file := filepath.Join(c.Out, ByHand)
	answers := map[string]string{"=lee": "=SUM(1)\n\nthe state", "김하늘": "상태가 이어진다, \"k\" = 1"}
	run := func() []Grade {
		t.Helper()
		all := graded(answers)
		mergeTable(t, c, all)
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
		said := FormatPoints(g.Points)
		if len(g.Unread) > 0 {
			said += " open"
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
	const open = "10 open"
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
	want("the answer has changed", all, "10", open+" 좋아요 (2.5 for an earlier answer)", "10")
	if len(all[1].Notes) != 1 || !strings.Contains(all[1].Notes[0], "has changed since it was given points") {
		t.Errorf("the notes are %q", all[1].Notes)
	}
}

// mergeTable reads the table, merges it with the grades and writes it.
func mergeTable(t *testing.T, c *Class, all []Grade) {
	t.Helper()
	table, err := c.readByHand()
	if err == nil {
		err = c.writeByHand(c.merge(all, table.Rows), table)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestPointsOfAnAbsentStudentAreKept(t *testing.T) {
	points := 3.0
	c := &Class{Assignment: assignment.A4}
	table := c.merge(graded(nil), []sheet.HandRow{{Student: "gone", Check: "why", Points: &points, Answer: "text"}})
	if last := table[len(table)-1]; last.Student != "gone" || *last.Points != 3 {
		t.Errorf("%+v", table)
	}
}

// ofA1 returns a grade in a1, of two checks with points of the grader.
func ofA1(student string) Grade {
	return Grade{Student: student, Of: 20, Points: 3, File: "file 01", Checks: []assignment.CheckResult{
		{Task: "one-hot", Check: "one-hot-example", Points: 1, Of: 1}, {Task: "one-hot", Check: "one-hot-hidden", Points: 2, Of: 2, Hidden: true}}}
}

// A human can give or take points for any check, with a comment, and they are kept until the student
// hands in another file.
func TestPointsForChecksByHand(t *testing.T) {
	var warnings []string
	c := &Class{Assignment: assignment.A1, Out: t.TempDir(), Warn: func(format string, args ...any) { warnings = append(warnings, fmt.Sprintf(format, args...)) }}
	save(t, filepath.Join(c.Out, ByHand), "student,check,points,comment\nlee,one-hot-hidden,\"0,5\",copied\nnobody,step-hidden,1,\n Kim,one-hot-example,,see me\nKim ,step-hidden,4,\n")
	for _, round := range []string{"the first run", "a run over its own table"} {
		all := []Grade{ofA1("Kim"), ofA1("lee")}
		all[0].Checks = append(all[0].Checks, assignment.CheckResult{Task: "step", Check: "step-hidden", Of: 4, Hidden: true})
		mergeTable(t, c, all)
		kim, lee := all[0], all[1]
		if kim.Points != 7 || lee.Points != 1.5 || kim.NeedsHuman || lee.NeedsHuman {
			t.Errorf("%s: %v and %v points, want 7 and 1.5: %+v", round, kim.Points, lee.Points, all)
		}
		if o := lee.Checks[1]; o.ByHand == nil || *o.ByHand != 0.5 || o.Graded != 2 || o.Comment != "copied" {
			t.Errorf("%s: lee's check is %+v", round, o)
		}
		if o := kim.Checks[0]; o.ByHand != nil || o.Points != 1 || o.Comment != "see me" {
			t.Errorf("%s: a comment alone gives %+v", round, o)
		}
	}
	if len(warnings) != 2 || !strings.Contains(warnings[0], `by-hand.csv, line 3: no student of this class is called "nobody"`) {
		t.Errorf("the warnings are %q", warnings)
	}
	for _, round := range []string{"another file", "once more"} {
		lee := []Grade{ofA1("lee")}
		lee[0].File = "file 02"
		mergeTable(t, c, lee)
		if g := lee[0]; !g.NeedsHuman || g.Points != 3 || g.Checks[1].Comment != "copied (0.5 for an earlier file)" || !strings.Contains(g.Reason, "another file was handed in since") {
			t.Errorf("%s: %+v", round, g)
		}
	}
	save(t, filepath.Join(c.Out, ByHand), strings.Replace(content(t, filepath.Join(c.Out, ByHand)), "lee,one-hot-hidden,2,,", "lee,one-hot-hidden,2,1,", 1))
	lee := []Grade{ofA1("lee")}
	lee[0].File = "file 02"
	if mergeTable(t, c, lee); lee[0].NeedsHuman || lee[0].Points != 2 {
		t.Errorf("points for the other file: %+v", lee[0])
	}
}

// A submission that could not be graded has a row for each check and question. When all have points,
// nobody needs to look at it any more.
func TestASubmissionThatCouldNotBeGradedIsGradedByHand(t *testing.T) {
	c := &Class{Assignment: assignment.A4, Out: t.TempDir()}
	file := filepath.Join(c.Out, ByHand)
	run := func() Grade {
		t.Helper()
		all := []Grade{{Student: "lee", Of: 20, NeedsHuman: true, Reason: "no notebook among its files", File: "file 01"}}
		mergeTable(t, c, all)
		return all[0]
	}
	if g := run(); !g.NeedsHuman || g.Checks != nil || strings.Count(content(t, file), "\nlee,") != 9 {
		t.Errorf("%+v: %s", g, content(t, file))
	}
	save(t, file, strings.Replace(content(t, file), "lee,clip-hidden,3,,", "lee,clip-hidden,3,2,", 1))
	if g := run(); !g.NeedsHuman || g.Points != 2 {
		t.Errorf("one check has points: %+v", g)
	}
	save(t, file, strings.ReplaceAll(content(t, file), ",,,", ",1,,"))
	if g := run(); g.NeedsHuman || g.Points != 7+2+1 || len(g.Unread) != 0 || !strings.Contains(g.Notes[0], "no notebook among its files") {
		t.Errorf("all checks have points: %+v", g)
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
	const broken = "student,check,of,points,comment,answer\nkim,why,4,five,,the state\n"
	_, err := c.Run(t.Context(), handed, func(int, int, string) { save(t, file, broken) })
	if err == nil || !strings.Contains(err.Error(), file+", line 2, column points: ") || !strings.Contains(err.Error(), "call grade again") {
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
	for _, before := range []string{"", "student,check,points\n"} {
		if before != "" {
			save(t, file, before)
		}
		old, err := c.readByHand()
		if err != nil {
			t.Fatal(err)
		}
		rows := c.merge(graded(map[string]string{"=lee": "x"}), old.Rows)
		save(t, file, saved)
		err = c.writeByHand(rows, old)
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
	run := func() { mergeTable(t, c, graded(answers)) }
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
