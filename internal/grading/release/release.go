// Package release reads the assignments' notebooks, and makes of each the student's
// edition and the frame that the grader works with. It does not grade.
package release

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"rnn101/internal/atomicfile"
	"rnn101/internal/checkout"
	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/submission"
	"rnn101/internal/lang"
	"rnn101/internal/notebook"
)

// Source is an assignment with its notebook, in one language.
type Source struct {
	Assignment *assignment.Assignment
	Language   string             // its tag
	Solved     *notebook.Notebook // with the solutions
	Edition    *notebook.Notebook // for students
	Frame      *submission.Frame  // of the editions in all languages
}

// Load reads the assignment with the given name from a checkout, in English: a1 is
// assignments/a1/a1.ipynb.
func Load(repo *checkout.Checkout, name string) (*Source, error) {
	return LoadIn(repo, name, lang.English)
}

// LoadIn is Load for any language. The Korean a1 is assignments/ko/a1/a1.ipynb.
func LoadIn(repo *checkout.Checkout, name, tag string) (*Source, error) {
	i := slices.IndexFunc(assignment.All, func(a *assignment.Assignment) bool { return a.Name == name })
	if i < 0 {
		var names []string
		for _, a := range assignment.All {
			names = append(names, a.Name)
		}
		return nil, fmt.Errorf("there is no assignment %q: choose one of %s", name, strings.Join(names, ", "))
	}
	tags, err := repo.AssignmentTags()
	if err != nil {
		return nil, err
	}
	var wanted *Source
	frame := &submission.Frame{}
	for _, t := range tags {
		s, err := read(repo, assignment.All[i], t)
		if errors.Is(err, fs.ErrNotExist) && t != lang.English && t != tag {
			continue // it is not translated
		}
		if err != nil {
			return nil, err
		}
		if frame.AnswerCells == nil {
			frame.AnswerCells = s.Frame.AnswerCells
		}
		if !slices.Equal(frame.AnswerCells, s.Frame.AnswerCells) {
			return nil, fmt.Errorf("%s has other answer cells than %s", s.Solved.Path, repo.Assignment(lang.English, name))
		}
		frame.Editions = append(frame.Editions, s.Frame.Editions...)
		if t == tag {
			wanted = s
		}
	}
	if wanted == nil {
		return nil, fmt.Errorf("there is no edition of %s in the language %q: it would be %s", name, tag, repo.Assignment(tag, name))
	}
	wanted.Frame = frame
	return wanted, nil
}

// read reads an assignment in one language. The frame is of that edition alone.
func read(repo *checkout.Checkout, a *assignment.Assignment, tag string) (s *Source, err error) {
	s = &Source{Assignment: a, Language: tag}
	if s.Solved, err = notebook.Read(repo.Assignment(tag, a.Name)); err != nil {
		return nil, err
	}
	if s.Edition, err = Edition(s.Solved, tag); err != nil {
		return nil, err
	}
	if s.Frame, err = FrameOf(s.Edition, tag); err != nil {
		return nil, err
	}
	return s, s.checkTasks()
}

// UseEdition replaces the student's edition by a notebook that was handed out, by nbgrader
// perhaps. The notebook must have the tasks and the points of the assignment. The frame knows it
// besides the other editions. Its language is that of the one that it has most cells of.
func (s *Source) UseEdition(edition *notebook.Notebook) error {
	data, err := edition.Encode()
	if err != nil {
		return err
	}
	tag := s.Frame.Answers(submission.Parse(data)).Language
	frame, err := FrameOf(edition, tag)
	if err != nil {
		return err
	}
	frame.Editions = append(frame.Editions, s.Frame.Editions...)
	other := Source{Assignment: s.Assignment, Language: tag, Solved: edition, Edition: edition, Frame: frame}
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

// Of returns the assignment that a submitted file belongs to, in the language of the file: the one that
// the file has most answer cells of, or most functions, if no cell is marked any more. Its error does not
// name the file.
func Of(repo *checkout.Checkout, file *submission.File) (*Source, error) {
	var best *Source
	most, problem, tag := 0, "", ""
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
			best, most, tag = s, n, answers.Language
		}
	}
	if best == nil {
		return nil, errors.New(problem)
	}
	return LoadIn(repo, best.Assignment.Name, tag)
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
