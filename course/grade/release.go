package grade

import (
	"context"
	"crypto/rand"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"rnn101/classroom/assignment"
	"rnn101/classroom/collect"
	"rnn101/classroom/panics"
	"rnn101/classroom/sandbox"
	"rnn101/classroom/submission"
	"rnn101/course/notebook"
	"rnn101/internal/atomicfile"
)

// Source is an assignment with its notebook.
type Source struct {
	Assignment *assignment.Assignment
	Solved     *notebook.Notebook // with the solutions
	Edition    *notebook.Notebook // for students
	Frame      *submission.Frame
}

// Load reads the assignment of a name from a checkout: classroom/a1/a1.ipynb.
func Load(root, name string) (*Source, error) {
	i := slices.IndexFunc(assignment.All, func(a *assignment.Assignment) bool { return a.Name == name })
	if i < 0 {
		var names []string
		for _, a := range assignment.All {
			names = append(names, a.Name)
		}
		return nil, fmt.Errorf("there is no assignment %q: there is %s", name, strings.Join(names, ", "))
	}
	s := &Source{Assignment: assignment.All[i]}
	var err error
	if s.Solved, err = notebook.Read(filepath.Join(root, "classroom", name, name+".ipynb")); err != nil {
		return nil, err
	}
	if s.Edition, err = Edition(s.Solved); err != nil {
		return nil, err
	}
	if s.Frame, err = FrameOf(s.Edition); err != nil {
		return nil, err
	}
	return s, s.agrees()
}

// Release takes a notebook that was handed out, by nbgrader perhaps, as the student's
// edition, if it has the tasks and the points of the assignment.
func (s *Source) Release(edition *notebook.Notebook) error {
	frame, err := FrameOf(edition)
	if err != nil {
		return err
	}
	other := Source{Assignment: s.Assignment, Solved: edition, Edition: edition, Frame: frame}
	if err := other.agrees(); err != nil {
		return err
	}
	*s = other
	return nil
}

// agrees checks that the notebook and the checks speak of the same tasks and points.
func (s *Source) agrees() error {
	points := pointsOf(s.Solved)
	for _, task := range s.Assignment.Tasks {
		if !slices.ContainsFunc(s.Frame.Answers, func(a submission.Answer) bool { return a.ID == task.ID && a.Code }) {
			return fmt.Errorf("%s has no answer cell %s", s.Solved.Path, task.ID)
		}
		for _, check := range task.Checks {
			if points[check.ID] != check.Points {
				return fmt.Errorf("%s gives %v points for %s, the checks give %v", s.Solved.Path, points[check.ID], check.ID, check.Points)
			}
			delete(points, check.ID)
		}
	}
	for _, q := range s.Assignment.Written {
		if !slices.ContainsFunc(s.Frame.Answers, func(a submission.Answer) bool { return a.ID == q.ID && !a.Code }) {
			return fmt.Errorf("%s has no text cell %s for an answer in words", s.Solved.Path, q.ID)
		}
		if points[q.ID] != q.Points {
			return fmt.Errorf("%s gives %v points for %s, the assignment gives %v", s.Solved.Path, points[q.ID], q.ID, q.Points)
		}
		delete(points, q.ID)
	}
	for id := range points {
		return fmt.Errorf("%s has a check %s that nobody makes", s.Solved.Path, id)
	}
	return nil
}

// Proven grades the solution and the student's edition as it is handed out. The first
// must have all points of the checks, and the second none.
func (s *Source) Proven(ctx context.Context, builder *sandbox.Builder, work string) error {
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return err
	}
	// Whoever leaves a cell as it was handed out gets nothing for it anyway. Here the stubs
	// themselves must earn nothing: a blank more, and they are answers.
	frame := *s.Frame
	frame.Answers = slices.Clone(frame.Answers)
	for i := range frame.Answers {
		frame.Answers[i].Handed = ""
	}
	c := &Class{Assignment: s.Assignment, Frame: &frame, Key: key, Builder: builder, Jobs: 1}
	for _, edition := range []struct {
		what string
		nb   *notebook.Notebook
		want float64
	}{{"the solution", s.Solved, s.Assignment.PointsOfChecks()}, {"the edition as it is handed out", s.Edition, 0}} {
		data, err := edition.nb.Encode()
		if err != nil {
			return err
		}
		file := filepath.Join(work, "edition.ipynb")
		if err := atomicfile.WriteFile(file, data, 0o600); err != nil {
			return err
		}
		if g, _ := c.grade(ctx, collect.Handed{Student: edition.what, File: file}); g.NeedsHuman || g.Points != edition.want {
			return fmt.Errorf("%s of %s gets %v points, and must get %v: %s", edition.what, s.Assignment.Name, g.Points, edition.want, g.first())
		}
	}
	return ctx.Err()
}

// first is the first reason why points are missing.
func (g Grade) first() string {
	if g.Reason != "" {
		return g.Reason
	}
	for _, check := range g.Checks {
		for _, v := range check.Cases {
			if v.Kind != assignment.Right {
				return fmt.Sprintf("%s, %s: %s %s", check.Check, v.About, v.Kind, v.Text)
			}
		}
	}
	return "there is no reason"
}

// Visible grades one file by the visible checks alone, as its student sees them.
func (s *Source) Visible(ctx context.Context, builder *sandbox.Builder, file string) Grade {
	shown := *s.Assignment
	shown.Tasks, shown.Written = slices.Clone(shown.Tasks), nil
	for i, task := range shown.Tasks {
		shown.Tasks[i].Checks = slices.DeleteFunc(slices.Clone(task.Checks), func(c assignment.Check) bool { return c.Hidden })
	}
	c := &Class{Assignment: &shown, Frame: s.Frame, Builder: builder, Jobs: 1}
	g, _ := c.grade(ctx, collect.Handed{Student: filepath.Base(file), File: file})
	return g
}

// Of tells which assignment a file is of: the one whose answer cells it has most of.
func Of(root, file string) (*Source, error) {
	var best *Source
	most, trouble := 0, ""
	for _, a := range assignment.All {
		s, err := Load(root, a.Name)
		if err != nil {
			return nil, err
		}
		var handed submission.Submission
		if p := panics.Catch(func() { handed = s.Frame.Read(file) }); p != nil {
			return nil, fmt.Errorf("%s: %s", file, explain(p, "", ""))
		}
		trouble = handed.Trouble
		if n := len(handed.Answers); n > most {
			best, most = s, n
		}
	}
	if best == nil {
		return nil, fmt.Errorf("%s: %s", file, trouble)
	}
	return best, nil
}
