// Package preview grades what is not handed in: for release the solution and the student's
// edition, for check the notebook of a student who is still working on it.
package preview

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"

	"rnn101/internal/checkout"
	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/class"
	"rnn101/internal/grading/release"
	"rnn101/internal/grading/sandbox"
	"rnn101/internal/grading/submission"
	"rnn101/internal/notebook"
	"rnn101/internal/panics"
)

// VerifyRelease returns an error unless the solution gets all points of the checks, and the
// student's edition none.
func VerifyRelease(ctx context.Context, s *release.Source, builder *sandbox.Builder) error {
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return err
	}
	// A cell that is left unchanged earns nothing, whatever its stub does. But one blank
	// makes it an answer, so the stubs themselves must earn nothing, too.
	frame := *s.Frame
	frame.Editions = slices.Clone(frame.Editions)
	for i := range frame.Editions {
		frame.Editions[i].Released = nil
	}
	c := &class.Class{Assignment: s.Assignment, Frame: &frame, Key: key, Builder: builder, Jobs: 1}
	for _, edition := range []struct {
		name string
		nb   *notebook.Notebook
		want float64
	}{{"the solution", s.Solved, s.Assignment.PointsOfChecks()}, {"the student's edition", s.Edition, 0}} {
		data, err := edition.nb.Encode()
		if err != nil {
			return err
		}
		if g := c.GradeFile(ctx, edition.name, submission.Parse(data)); g.NeedsHuman || g.Points != edition.want {
			return fmt.Errorf("%s of %s gets %v points, and must get %v: %s", edition.name, s.Assignment.Name, g.Points, edition.want, g.FirstFailure())
		}
	}
	return ctx.Err()
}

// Open reads a student's notebook, once, and returns it with the assignment that it belongs
// to.
func Open(repo *checkout.Checkout, path string) (s *release.Source, file *submission.File, err error) {
	p := panics.Catch(func() {
		file = submission.Read(path)
		s, err = release.Of(repo, file)
	})
	if p != nil {
		err = errors.New(p.Explain("", ""))
	}
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	return s, file, nil
}

// Visible grades a student's notebook by the visible checks alone.
func Visible(ctx context.Context, s *release.Source, builder *sandbox.Builder, file *submission.File) class.Grade {
	visible := *s.Assignment
	visible.Tasks, visible.Written = slices.Clone(visible.Tasks), nil
	for i, task := range visible.Tasks {
		visible.Tasks[i].Checks = slices.DeleteFunc(slices.Clone(task.Checks), func(c assignment.Check) bool { return c.Hidden })
	}
	c := &class.Class{Assignment: &visible, Frame: s.Frame, Builder: builder, Jobs: 1}
	return c.GradeFile(ctx, "the student", file)
}
