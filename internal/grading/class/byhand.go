package class

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/sheet"
	"rnn101/internal/grading/submission"
)

// Written is a written answer, and the points that a human gave for it.
type Written struct {
	Question string   `json:"question"`
	Of       float64  `json:"of"`
	Answer   string   `json:"answer"`
	Points   *float64 `json:"points"` // null: nobody has read it yet
	Comment  string   `json:"comment,omitempty"`
}

// ByHand is the name of the table in which a human enters points: for written answers, and for any
// check of any student. A run adds rows to it and keeps what was entered, even while the run was
// grading.
const ByHand = "by-hand.csv"

// ByHandBefore is the name of the copy of ByHand from before a run last changed it.
const ByHandBefore = ByHand + ".bak"

// maxAnswer is the length of an answer in the table, in runes. Spreadsheets cut a cell that is
// longer than 32,767 characters.
const maxAnswer = 20000

// items returns each check and each question of the assignment, with its points.
func (c *Class) items() (all []sheet.Item) {
	for _, task := range c.Assignment.Tasks {
		for _, check := range task.Checks {
			all = append(all, sheet.Item{ID: check.ID, Of: check.Points})
		}
	}
	for _, q := range c.Assignment.Written {
		all = append(all, sheet.Item{ID: q.ID, Of: q.Points})
	}
	return all
}

// readByHand reads the table that an earlier run wrote and a human filled in.
func (c *Class) readByHand() (*sheet.HandTable, error) {
	return sheet.ReadHand(filepath.Join(c.Out, ByHand), c.items(), c.format())
}

// writeByHand writes the table. A copy of old, the table as it was read, is kept.
func (c *Class) writeByHand(rows []sheet.HandRow, old *sheet.HandTable) error {
	return old.Replace(rows, c.items(), filepath.Join(c.Out, ByHandBefore))
}

// A handRows has the rows of the table that no grade has taken yet.
type handRows struct {
	rows  []sheet.HandRow
	index []int // of each row's student among the grades, or −1
}

// take removes and returns the row about a check or a question of a student. ok is false if there is
// none.
func (t *handRows) take(student int, check string) (row sheet.HandRow, ok bool) {
	for i, r := range t.rows {
		if t.index[i] == student && r.Check == check {
			t.rows, t.index = slices.Delete(t.rows, i, i+1), slices.Delete(t.index, i, i+1)
			return r, true
		}
	}
	return sheet.HandRow{}, false
}

// merge adds the points in the table to the grades, and returns the new rows. It warns of points that
// count for nobody; their rows are kept.
func (c *Class) merge(all []Grade, rows []sheet.HandRow) []sheet.HandRow {
	students := make([]string, len(all))
	for i, g := range all {
		students[i] = g.Student
	}
	rest := &handRows{rows: slices.Clone(rows)}
	for _, r := range rows {
		i := sheet.Find(r.Student, students)
		rest.index = append(rest.index, i)
		if i < 0 && r.Entered() {
			c.warn("%s, line %d: no student of this class is called %q. The points there count for nobody, and are kept%s", ByHand, r.Line, r.Student, similar(r.Student, students))
		}
	}
	var table []sheet.HandRow
	for i := range all {
		table = append(table, c.mergeChecks(&all[i], i, rest)...)
		table = append(table, c.mergeWords(&all[i], i, rest)...)
		all[i].addUp()
	}
	for _, r := range rest.rows {
		if i := sheet.Find(r.Student, students); i >= 0 && r.Entered() {
			c.warn("%s, line %d: the points of %s for %s do not count: %s", ByHand, r.Line, r.Student, r.Check, all[i].Reason)
		}
	}
	return append(table, rest.rows...) // of students who have no submission this time
}

// similar names a student whose name differs from a text in case, space or punctuation alone.
func similar(text string, students []string) string {
	simple := func(s string) string {
		return strings.ToLower(regexp.MustCompile(`[^\p{L}\p{N}]+`).ReplaceAllString(s, ""))
	}
	for _, s := range students {
		if simple(s) == simple(text) {
			return fmt.Sprintf(". Is it %q?", s)
		}
	}
	return ""
}

// earlierFile ends the comment on a check whose points were for an earlier file. A human must enter
// points again, or remove the comment.
const earlierFile = "for an earlier file)"

// mergeChecks adds the points for the checks of a student. If the grader could not judge the
// submission, or a human must look at it for another reason, there is a row for each check.
func (c *Class) mergeChecks(g *Grade, student int, rest *handRows) (table []sheet.HandRow) {
	if g.failed {
		return nil // the next run grades again
	}
	ungraded := g.Checks == nil
	results := slices.Clone(g.Checks)
	if ungraded {
		for _, task := range c.Assignment.Tasks {
			for _, check := range task.Checks {
				results = append(results, assignment.CheckResult{Task: task.ID, Check: check.ID, Of: check.Points, Hidden: check.Hidden})
			}
		}
	}
	given, looked, touched := 0, false, false
	for i := range results {
		o := &results[i]
		row, ok := rest.take(student, o.Check)
		if !ok && !g.NeedsHuman {
			continue
		}
		changed := row.Answer != "" && row.Answer != g.File
		if changed && row.Points != nil {
			row.Comment = strings.TrimSpace(fmt.Sprintf("%s (%s %s", row.Comment, sheet.Format{}.Number(*row.Points), earlierFile))
			row.Points = nil
		}
		if pending := row.Points == nil && strings.Contains(row.Comment, earlierFile); pending {
			g.NeedsHuman, changed = true, true
			g.Reason = strings.TrimPrefix(g.Reason+"; ", "; ") + submission.AnotherFile.Text(o.Check)
		}
		if row.Entered() && !changed {
			looked = true
		}
		if row.Points != nil {
			given++
			o.Graded, o.Points, o.ByHand = o.Points, *row.Points, row.Points
		}
		o.Comment = row.Comment
		touched = touched || row.Entered()
		if row.Entered() || g.NeedsHuman {
			row.Student, row.Check, row.Answer = sheet.Guard(g.Student), o.Check, g.File
			table = append(table, row)
		}
	}
	if touched {
		g.Checks = results
	}
	if g.NeedsHuman && (ungraded && given == len(results) || !ungraded && looked) {
		g.Notes = append(g.Notes, submission.WasSeen.Text(g.Reason))
		g.NeedsHuman, g.Reason = false, ""
	}
	return table
}

// mergeWords adds the points for the written answers of a student. If an answer has changed since,
// its points move to the comment.
func (c *Class) mergeWords(g *Grade, student int, rest *handRows) (table []sheet.HandRow) {
	if g.failed {
		return nil
	}
	if g.Written == nil {
		for _, q := range c.Assignment.Written {
			g.Written = append(g.Written, Written{Question: q.ID, Of: q.Points})
		}
	}
	g.Written = slices.Clone(g.Written)
	for j := range g.Written {
		w := &g.Written[j]
		row := sheet.HandRow{Student: sheet.Guard(g.Student), Check: w.Question, Answer: sheet.Guard(truncate(w.Answer))}
		if old, ok := rest.take(student, w.Question); ok {
			row.Points, row.Comment = old.Points, old.Comment
			// A row of the teacher's has no answer; 0 points for none are the grader's.
			ours := old.Answer == "" && old.Points != nil && *old.Points > 0
			if !sameWords(old.Answer, row.Answer) && !ours && old.Points != nil {
				row.Comment = strings.TrimSpace(fmt.Sprintf("%s (%s for an earlier answer)", old.Comment, sheet.Format{}.Number(*old.Points)))
				row.Points = nil
				g.Notes = append(g.Notes, submission.AnotherAnswer.Text(w.Question))
			}
		}
		if row.Points != nil {
			w.Points = row.Points
		} else {
			row.Points = w.Points
		}
		w.Comment = row.Comment
		table = append(table, row)
		if w.Points == nil {
			g.Unread = append(g.Unread, w.Question)
		}
	}
	return table
}

// addUp sets the points of a grade to the sum of all that have points.
func (g *Grade) addUp() {
	g.Points = 0
	for _, check := range g.Checks {
		g.Points += check.Points
	}
	for _, w := range g.Written {
		if w.Points != nil {
			g.Points += *w.Points
		}
	}
}

func truncate(text string) string {
	if runes := []rune(text); len(runes) > maxAnswer {
		return string(runes[:maxAnswer]) + " … (cut; grades.json has the whole)"
	}
	return text
}

// sameWords reports whether two texts differ only in white space, which spreadsheets change, and in
// the marks that keep these from taking them for formulas.
func sameWords(a, b string) bool {
	words := func(s string) []string { return strings.Fields(strings.ReplaceAll(s, "'", "")) }
	return slices.Equal(words(a), words(b))
}
