// Package release knows the assignments' notebooks: their source with the solutions, the
// student's edition that is made of it, and the frame that the edition is for the grader.
// It knows nothing of grading.
package release

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"rnn101/internal/atomicfile"
	"rnn101/internal/checkout"
	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/submission"
	"rnn101/internal/notebook"
	"rnn101/internal/panics"
)

// Source is an assignment with its notebook.
type Source struct {
	Assignment *assignment.Assignment
	Solved     *notebook.Notebook // with the solutions
	Edition    *notebook.Notebook // for students
	Frame      *submission.Frame
}

// Load reads the assignment of a name from a checkout: assignments/a1/a1.ipynb.
func Load(repo *checkout.Checkout, name string) (*Source, error) {
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
	if s.Solved, err = notebook.Read(repo.Assignment(name)); err != nil {
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

// Of tells which assignment a file is of: the one whose answer cells it has most of.
func Of(repo *checkout.Checkout, file string) (*Source, error) {
	var best *Source
	most, trouble := 0, ""
	for _, a := range assignment.All {
		s, err := Load(repo, a.Name)
		if err != nil {
			return nil, err
		}
		var handed submission.Submission
		if p := panics.Catch(func() { handed = s.Frame.Read(file) }); p != nil {
			return nil, fmt.Errorf("%s: %s", file, p.Explain("", ""))
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

// WriteEdition writes the student's edition to a file, and makes its folder if there is none.
func (s *Source) WriteEdition(file string) error {
	data, err := s.Edition.Encode()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	return atomicfile.WriteFile(file, data, 0o666)
}
