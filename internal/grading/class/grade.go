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

// Grade reads the file of a submission, once, and grades it, in a child. It returns the answers, too, by
// grade_id. If the grader panics, it returns the answers that were read before.
func (c *Class) Grade(ctx context.Context, s collect.Submission) (g Grade, answers map[string][]string) {
	if s.Panic != nil || s.Problem != "" {
		return c.grade(ctx, s, read(s))
	}
	r := c.gradeFile(ctx, s, true)
	return r.Grade, r.Answers
}

// GradeFile grades a file that was read, in this process: one of the teacher's, or a student's own.
func (c *Class) GradeFile(ctx context.Context, student string, file *submission.File) Grade {
	g, _ := c.grade(ctx, collect.Submission{Student: student}, file)
	return g
}

// grade is Grade for a submission whose file was read, in this process.
func (c *Class) grade(ctx context.Context, s collect.Submission, file *submission.File) (g Grade, answers map[string][]string) {
	if s.Panic != nil {
		return c.panicked(s.Student, s.Panic), nil
	}
	if p := panics.Catch(func() { g = c.gradeAnswers(ctx, s, file, &answers) }); p != nil {
		g = c.panicked(s.Student, p)
	}
	return g, answers
}

// newGrade returns the grade of a student before anything is graded.
func (c *Class) newGrade(student string) Grade {
	return Grade{Student: student, Of: c.Assignment.Points(), Grader: graderVersion}
}

// gradeAnswers stores the answers in a file in *answers, and grades them. It may panic.
func (c *Class) gradeAnswers(ctx context.Context, s collect.Submission, file *submission.File, answers *map[string][]string) Grade {
	g := c.newGrade(s.Student)
	needsHuman := func(format string, args ...any) Grade {
		g.NeedsHuman, g.Reason, g.Points, g.Checks, g.Written = true, fmt.Sprintf(format, args...), 0, nil, nil
		return g
	}
	machineFailed := func(err error) Grade {
		g.failed = true
		return needsHuman("%s", machineFailure(err))
	}
	if file.Sum != [sha256.Size]byte{} {
		g.File = fmt.Sprintf("file %x", file.Sum[:6])
	}
	a := c.Frame.Answers(file)
	*answers = a.Sources
	g.Notes = a.Notes
	if a.Problem != "" {
		return needsHuman("%s", a.Problem)
	}
	cells := make([]answer.Cell, len(a.Code))
	for i, cell := range a.Code {
		cells[i] = answer.Cell(cell)
	}
	declared := answer.New(cells)
	unchanged := c.unchanged(declared)
	for _, wanted := range c.Frame.AnswerCells {
		if !wanted.Code {
			g.Written = append(g.Written, c.written(wanted, a))
		}
	}
	unclear := c.unclear(a, declared, g.Written)
	if s.Unclear != "" {
		unclear = slices.Insert(unclear, 0, s.Unclear)
	}
	if len(unclear) > 0 {
		g.NeedsHuman, g.Reason = true, strings.Join(unclear, "; ")
		for _, reason := range unclear {
			g.Notes = append(g.Notes, reason+". A human will look at it")
		}
	}
	program, err := declared.Compile(ctx, c.Builder, c.Limits, c.Assignment.Signatures()...)
	if err != nil {
		return machineFailed(err)
	}
	defer program.Close()
	if g.Checks, err = c.Assignment.RunChecks(ctx, program, unchanged, c.Key); err != nil {
		return machineFailed(err)
	}
	for _, check := range g.Checks {
		g.Points += check.Points
	}
	if c.Builder.Budget.Refused() {
		g.Notes = append(g.Notes, "the processor time for one student was used up: what was not called by then counts as without an answer in time")
	}
	return g
}

func machineFailure(err error) string {
	return fmt.Sprintf("it could not be graded, because this machine failed: %v. Call grade again", err)
}

// written returns a written answer for a human to read. One that is empty or unchanged
// has 0 points, unless there is a text elsewhere that may be the answer.
func (c *Class) written(wanted submission.AnswerCell, a submission.Answers) Written {
	w := Written{Question: wanted.ID, Answer: strings.TrimSpace(strings.Join(a.Sources[wanted.ID], "\n\n"))}
	for _, q := range c.Assignment.Written {
		if q.ID == wanted.ID {
			w.Of = q.Points
		}
	}
	if w.Answer == "" || w.Answer == strings.TrimSpace(wanted.Released) {
		if w.Answer = elsewhere(a); w.Answer == "" {
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
