package class

import (
	"rnn101/internal/grading/collect"
	"rnn101/internal/panics"
)

// failed is the grade of a student over whose submission the grader panicked.
func (c *Class) failed(h collect.Handed, p *panics.Error) Grade {
	return Grade{Student: h.Student, Of: c.Assignment.Points(), NeedsHuman: true, failed: true,
		Reason: p.Explain(c.Out, StackOf(h.Student)) + ". It is graded again by the next call"}
}

// StackOf is the file in that folder for a panic over a student's submission.
func StackOf(student string) string { return fileName(student) + ".txt" }
