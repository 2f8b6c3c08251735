package grade

import (
	"fmt"
	"path"
	"path/filepath"

	"rnn101/classroom/assignment"
	"rnn101/classroom/collect"
	"rnn101/classroom/panics"
	"rnn101/course/notebook"
)

// panicsFolder is where, in the folder for grades, the stacks of panics lie.
const panicsFolder = "panics"

// failed is the grade of a student over whose submission the grader panicked.
func (c *Class) failed(h collect.Handed, p *panics.Error) Grade {
	return Grade{Student: h.Student, Of: c.Assignment.Points(), NeedsHuman: true, failed: true,
		Reason: explain(p, c.Out, stackOf(h.Student)) + ". It is graded again by the next call"}
}

// stackOf is the file in that folder for a panic over a student's submission.
func stackOf(student string) string { return fileName(student) + ".txt" }

// explain says to a teacher what a panic means, and where its stack was written: to the file
// name in the folder out for grades, or where temporary files are if out is "".
func explain(p *panics.Error, out, name string) string {
	folder := ""
	if out != "" {
		folder = filepath.Join(out, panicsFolder)
	}
	file, err := p.Save(folder, name)
	where := "Whoever maintains it finds the details in "
	switch {
	case err != nil:
		where = "Its details could not be written: " + err.Error()
	case out != "": // a page with this goes to the student: no folder of the teacher's is in it
		where += path.Join(panicsFolder, name) + " beside the table of grades"
	default:
		where += file
	}
	return fmt.Sprintf("the grader itself failed on this submission (%v). That is a fault of the grader, not of the student. %s", p, where)
}

// Page is Feedback, or NoPage if that panics, with an error for the teacher. out is the
// folder for grades.
func Page(g Grade, a *assignment.Assignment, out string) (nb *notebook.Notebook, err error) {
	if p := panics.Catch(func() { nb = Feedback(g, a) }); p != nil {
		return NoPage(g), NoPageError(g, p, out)
	}
	return nb, nil
}

// NoPage stands in the place of a page that cannot be made. It has nothing of the
// submission in it.
func NoPage(g Grade) *notebook.Notebook {
	nb, text := emptyPage()
	text("title", fmt.Sprintf("# %s of %s points", number(g.Points), number(g.Of)))
	text("student", plain(g.Student))
	text("human", "**This page could not be made.** The points are those of the table of grades. Ask your teacher what they are for.")
	nb.MarkExecuted()
	return nb
}

// NoPageError says to the teacher why a page could not be made.
func NoPageError(g Grade, p *panics.Error, out string) error {
	return fmt.Errorf("the page of %s says only that it could not be made: %s", g.Student, explain(p, out, "page-"+stackOf(g.Student)))
}
