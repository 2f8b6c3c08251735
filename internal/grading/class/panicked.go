package class

import "rnn101/internal/panics"

// panicked returns the grade of a student over whose submission the grader panicked.
func (c *Class) panicked(student string, p *panics.Error) Grade {
	g := c.newGrade(student)
	g.NeedsHuman, g.failed = true, true
	g.Reason = p.Explain(c.Out, StackFile(student)) + ". The next call of grade tries again"
	return g
}

// StackFile is the name of the file, in the folder panics.Folder, for the stack of a panic
// over a student's submission.
func StackFile(student string) string { return hashedName(student) + ".txt" }
