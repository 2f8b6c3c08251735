// Package class grades a class: it reads the answers in each submission, has them called in
// the sandbox, and keeps the table of grades.
//
// A fault in one submission changes nobody else's grade, and everybody is in the table.
// Each grade is saved as soon as it is known: a run that was interrupted is continued by
// the next one, which grades only what is new.
package class

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"rnn101/internal/grading/answer"
	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/collect"
	"rnn101/internal/grading/sandbox"
	"rnn101/internal/grading/submission"
	"rnn101/internal/panics"
)

// Class is an assignment to be graded, and the settings for it.
type Class struct {
	Assignment *assignment.Assignment
	Frame      *submission.Frame
	Key        []byte // the teacher's, from which the hidden checks are drawn
	Builder    *sandbox.Builder
	Limits     sandbox.Limits
	Child      sandbox.ChildLimits // the budget of a student
	Out        string              // the folder for grades
	Jobs       int                 // how many students are graded at a time
	Semicolons bool                // in the tables for spreadsheets, and commas in numbers

	// Warn is called with what a human should know of the class, if it is not nil.
	Warn func(format string, args ...any)

	preparing sync.Mutex
	prepared  bool // what every program needs is compiled

	mu    sync.Mutex
	usage []time.Duration // processor time of students
}

func (c *Class) warn(format string, args ...any) {
	if c.Warn != nil {
		c.Warn(format, args...)
	}
}

// Grade is one student's grade.
type Grade struct {
	Student    string                   `json:"student"`
	Points     float64                  `json:"points"`
	Of         float64                  `json:"of"`
	NeedsHuman bool                     `json:"needs_human"`
	Reason     string                   `json:"reason,omitempty"` // why a human is needed
	Unread     []string                 `json:"unread,omitempty"` // the questions whose answers nobody has read yet
	Notes      []string                 `json:"notes,omitempty"`
	Checks     []assignment.CheckResult `json:"checks,omitempty"`
	Written    []Written                `json:"written,omitempty"`

	// File names the submitted file by its hash. Points by hand are for this file.
	File string `json:"file,omitempty"`
	// InputHash is a hash of all that the grade depends on: the submission, the key, the
	// checks. Input with the same hash is not graded again.
	InputHash string `json:"made"`
	Grader    string `json:"grader"` // the version of the grader

	failed bool // the grader or the machine failed: the next run grades again
}

// Work is what a student wrote, for a human to read.
type Work struct {
	Answers map[string][]string // by grade_id
	Own     []OwnCell
}

// OwnCell is a cell of the student's own.
type OwnCell = submission.OwnCell

// Grade reads the file of a submission, once, and grades it, in a child. It returns the student's work,
// too. If the grader panics, it returns what was read before.
func (c *Class) Grade(ctx context.Context, s collect.Submission) (g Grade, work Work) {
	if s.Panic != nil || s.Problem != "" {
		return c.grade(ctx, s, read(s))
	}
	r := c.gradeFile(ctx, s, true)
	return r.Grade, r.Work
}

// GradeFile grades a file that was read, in this process: one of the teacher's, or a student's own.
func (c *Class) GradeFile(ctx context.Context, student string, file *submission.File) Grade {
	g, _ := c.grade(ctx, collect.Submission{Student: student}, file)
	return g
}

// grade is Grade for a submission whose file was read, in this process.
func (c *Class) grade(ctx context.Context, s collect.Submission, file *submission.File) (g Grade, work Work) {
	if s.Panic != nil {
		return c.panicked(s.Student, s.Panic), work
	}
	if p := panics.Catch(func() { g = c.gradeAnswers(ctx, s, file, &work) }); p != nil {
		g = c.panicked(s.Student, p)
	}
	return g, work
}

// newGrade returns the grade of a student before anything is graded.
func (c *Class) newGrade(student string) Grade {
	return Grade{Student: student, Of: c.Assignment.Points(), Grader: graderVersion}
}

// gradeAnswers stores what is in a file in *work, and grades the answers in it. It may panic.
func (c *Class) gradeAnswers(ctx context.Context, s collect.Submission, file *submission.File, work *Work) Grade {
	g := c.newGrade(s.Student)
	if file.Sum != [sha256.Size]byte{} {
		g.File = fmt.Sprintf("file %x", file.Sum[:6])
	}
	a := c.Frame.Answers(file)
	*work = Work{a.Sources, a.Own}
	g.Notes = a.Notes
	cells := make([]answer.Cell, len(a.Code))
	for i, cell := range a.Code {
		cells[i] = answer.Cell(cell)
	}
	declared := answer.New(cells)
	missing := c.missing(declared)
	unchanged := c.unchanged(declared, missing) // compiling will change what is declared
	switch {
	case a.Problem != "" && (!a.Unmarked || len(missing) == len(c.Assignment.Tasks)):
		g.NeedsHuman, g.Reason = true, a.Problem
		return g
	case a.Unmarked:
		g.Notes = append(g.Notes, submission.Unmarked.Text())
	}
	for _, wanted := range c.Frame.AnswerCells {
		if !wanted.Code {
			g.Written = append(g.Written, c.written(wanted, a))
		}
	}
	unclear := c.unclear(a, declared, missing, g.Written)
	if a.Unmarked && len(missing) > 0 {
		unclear = append(unclear, submission.Lacks.Text(strings.Join(missing, ", ")))
	}
	if s.Unclear != "" {
		unclear = slices.Insert(unclear, 0, s.Unclear)
	}
	if len(unclear) > 0 {
		g.NeedsHuman, g.Reason = true, strings.Join(unclear, "; ")
		for _, reason := range unclear {
			g.Notes = append(g.Notes, submission.WillBeSeen.Text(reason))
		}
	}
	program, err := declared.Compile(ctx, c.Builder, c.Limits, c.Assignment.Signatures()...)
	if err != nil {
		return c.machineFailed(s.Student, err)
	}
	defer program.Close()
	if g.Checks, err = c.Assignment.RunChecks(ctx, program, unchanged, c.Key); err != nil {
		return c.machineFailed(s.Student, err)
	}
	for _, check := range g.Checks {
		g.Points += check.Points
	}
	if c.Builder.Budget.Refused() {
		g.Notes = append(g.Notes, submission.UsedUp.Text())
	}
	return g
}

// machineFailed returns the grade of a student over whose submission this machine failed.
func (c *Class) machineFailed(student string, err error) Grade {
	g := c.newGrade(student)
	g.NeedsHuman, g.failed = true, true
	g.Reason = submission.MachineFailed.Text(err)
	return g
}

// maxWords is how much of a written answer is kept, in bytes. What a child returns is bounded.
const maxWords = 1 << 20

// written returns a written answer for a human to read. One that is empty or unchanged
// has 0 points, unless there is a text elsewhere that may be the answer.
func (c *Class) written(wanted submission.AnswerCell, a submission.Answers) Written {
	w := Written{Question: wanted.ID, Answer: strings.TrimSpace(strings.Join(a.Sources[wanted.ID], "\n\n"))}
	for _, q := range c.Assignment.Written {
		if q.ID == wanted.ID {
			w.Of = q.Points
		}
	}
	if len(w.Answer) > maxWords {
		w.Answer = strings.ToValidUTF8(w.Answer[:maxWords], "") + " …"
	}
	if w.Answer == "" || c.Frame.IsReleased(wanted.ID, w.Answer) {
		if w.Answer = a.TextElsewhere(); w.Answer == "" {
			w.Points = new(float64)
		}
	}
	return w
}

// PointsOf returns the sum of the points for a task.
func (g Grade) PointsOf(task assignment.Task) (sum float64) {
	for _, check := range g.Checks {
		if check.Task == task.ID {
			sum += check.Points
		}
	}
	return sum
}

// FirstFailure returns the first reason why points are missing.
func (g Grade) FirstFailure() string {
	if g.Reason != "" {
		return g.Reason
	}
	for _, check := range g.Checks {
		for _, v := range check.Cases {
			if v.Share < 1 {
				return fmt.Sprintf("%s, %s: %s %s", check.Check, v.About, v.Kind, v.Text)
			}
		}
	}
	return "no check failed"
}
