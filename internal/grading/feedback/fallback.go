package feedback

import (
	"fmt"

	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/class"
	"rnn101/internal/notebook"
	"rnn101/internal/panics"
)

// NotebookOrFallback returns Notebook(g, a). If that panics, it returns Fallback(g) and an
// error for the teacher. out is the folder for grades.
func NotebookOrFallback(g class.Grade, a *assignment.Assignment, out string) (nb *notebook.Notebook, err error) {
	if p := panics.Catch(func() { nb = Notebook(g, a) }); p != nil {
		return Fallback(g), fallbackError(g, p, out)
	}
	return nb, nil
}

// Fallback returns the page for a grade whose own page could not be made. It contains
// nothing of the submission.
func Fallback(g class.Grade) *notebook.Notebook {
	nb, addText := newPage()
	addText("title", "# "+texts.Text("fallback.points", class.FormatPoints(g.Points), class.FormatPoints(g.Of)))
	addText("student", escape(g.Student))
	addText("human", "**"+texts.Text("fallback.failed")+"** "+texts.Text("fallback.ask"))
	nb.MarkExecuted()
	return nb
}

// fallbackError tells the teacher why a student gets the fallback.
func fallbackError(g class.Grade, p *panics.Error, out string) error {
	return fmt.Errorf("the page of %s says only that it could not be made: %s", g.Student, p.Explain(out, "page-"+class.StackFile(g.Student)))
}
