package feedback

import (
	"fmt"

	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/class"
	"rnn101/internal/notebook"
	"rnn101/internal/panics"
)

// Page is Notebook, or NoPage if that panics, with an error for the teacher. out is the
// folder for grades.
func Page(g class.Grade, a *assignment.Assignment, out string) (nb *notebook.Notebook, err error) {
	if p := panics.Catch(func() { nb = Notebook(g, a) }); p != nil {
		return NoPage(g), NoPageError(g, p, out)
	}
	return nb, nil
}

// NoPage stands in the place of a page that cannot be made. It has nothing of the
// submission in it.
func NoPage(g class.Grade) *notebook.Notebook {
	nb, text := emptyPage()
	text("title", fmt.Sprintf("# %s of %s points", class.FormatPoints(g.Points), class.FormatPoints(g.Of)))
	text("student", plain(g.Student))
	text("human", "**This page could not be made.** The points are those of the table of grades. Ask your teacher what they are for.")
	nb.MarkExecuted()
	return nb
}

// NoPageError says to the teacher why a page could not be made.
func NoPageError(g class.Grade, p *panics.Error, out string) error {
	return fmt.Errorf("the page of %s says only that it could not be made: %s", g.Student, p.Explain(out, "page-"+class.StackFile(g.Student)))
}
