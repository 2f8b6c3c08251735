// Package release reads the assignments' notebooks, and makes of each the student's
// edition and the frame that the grader works with. It does not grade.
package release

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"rnn101/internal/atomicfile"
	"rnn101/internal/checkout"
	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/submission"
	"rnn101/internal/notebook"
)

// Source is an assignment with its notebook.
type Source struct {
	Assignment *assignment.Assignment
	Solved     *notebook.Notebook // with the solutions
	Edition    *notebook.Notebook // for students
	Frame      *submission.Frame
}

// Load reads the assignment with the given name from a checkout: a1 is
// assignments/a1/a1.ipynb.
func Load(repo *checkout.Checkout, name string) (*Source, error) {
	i := slices.IndexFunc(assignment.All, func(a *assignment.Assignment) bool { return a.Name == name })
	if i < 0 {
		var names []string
		for _, a := range assignment.All {
			names = append(names, a.Name)
		}
		return nil, fmt.Errorf("there is no assignment %q: choose one of %s", name, strings.Join(names, ", "))
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
	return s, s.checkTasks()
}

// UseEdition replaces the student's edition by a notebook that was handed out, by nbgrader
// perhaps. The notebook must have the tasks and the points of the assignment.
func (s *Source) UseEdition(edition *notebook.Notebook) error {
	frame, err := FrameOf(edition)
	if err != nil {
		return err
	}
	other := Source{Assignment: s.Assignment, Solved: edition, Edition: edition, Frame: frame}
	if err := other.checkTasks(); err != nil {
		return err
	}
	*s = other
	return nil
}

// checkTasks returns an error unless the notebook and the checks have the same tasks and
// points.
func (s *Source) checkTasks() error {
	points := pointsOf(s.Solved)
	for _, task := range s.Assignment.Tasks {
		if !slices.ContainsFunc(s.Frame.AnswerCells, func(a submission.AnswerCell) bool { return a.ID == task.ID && a.Code }) {
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
		if !slices.ContainsFunc(s.Frame.AnswerCells, func(a submission.AnswerCell) bool { return a.ID == q.ID && !a.Code }) {
			return fmt.Errorf("%s has no text cell %s for a written answer", s.Solved.Path, q.ID)
		}
		if points[q.ID] != q.Points {
			return fmt.Errorf("%s gives %v points for %s, the assignment gives %v", s.Solved.Path, points[q.ID], q.ID, q.Points)
		}
		delete(points, q.ID)
	}
	for id := range points {
		return fmt.Errorf("%s has a check cell %s, and the assignment has no such check", s.Solved.Path, id)
	}
	return nil
}

// Of returns the assignment that a submitted file belongs to: the one that the file has
// most answer cells of, or most functions, if no cell is marked any more. Its error does not name the
// file.
func Of(repo *checkout.Checkout, file *submission.File) (*Source, error) {
	var best *Source
	most, problem := 0, ""
	for _, a := range assignment.All {
		s, err := Load(repo, a.Name)
		if err != nil {
			return nil, err
		}
		answers := s.Frame.Answers(file)
		problem = answers.Problem
		n := len(answers.Sources)
		if answers.Unmarked {
			n = s.functionsIn(answers.Code)
		}
		if n > most {
			best, most = s, n
		}
	}
	if best == nil {
		return nil, errors.New(problem)
	}
	return best, nil
}

// functionsIn returns how many of the assignment's functions begin in cells of a student.
func (s *Source) functionsIn(cells []submission.Cell) (n int) {
	for _, task := range s.Assignment.Tasks {
		begin := regexp.MustCompile(`(?m)^\s*(func|var)\s+` + task.Signature.Name + `\b`)
		if slices.ContainsFunc(cells, func(c submission.Cell) bool { return !c.Given && !c.Stub && begin.MatchString(c.Source) }) {
			n++
		}
	}
	return n
}

// WriteEdition writes the student's edition to a file, whose folder is created if needed.
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
