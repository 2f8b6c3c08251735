// Package preview grades what is not handed in yet: for release the solution and the
// student's edition, for check the notebook of a student who is still at work.
package preview

import (
	"context"
	"crypto/rand"
	"fmt"
	"path/filepath"
	"slices"

	"rnn101/internal/atomicfile"
	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/class"
	"rnn101/internal/grading/collect"
	"rnn101/internal/grading/release"
	"rnn101/internal/grading/sandbox"
	"rnn101/internal/notebook"
)

// Prove grades the solution and the student's edition as it is handed out. The first
// must have all points of the checks, and the second none.
func Prove(ctx context.Context, s *release.Source, builder *sandbox.Builder, work string) error {
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
	c := &class.Class{Assignment: s.Assignment, Frame: &frame, Key: key, Builder: builder, Jobs: 1}
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
		if g, _ := c.Grade(ctx, collect.Handed{Student: edition.what, File: file}); g.NeedsHuman || g.Points != edition.want {
			return fmt.Errorf("%s of %s gets %v points, and must get %v: %s", edition.what, s.Assignment.Name, g.Points, edition.want, g.FirstLoss())
		}
	}
	return ctx.Err()
}

// Visible grades one file by the visible checks alone, as its student sees them.
func Visible(ctx context.Context, s *release.Source, builder *sandbox.Builder, file string) class.Grade {
	shown := *s.Assignment
	shown.Tasks, shown.Written = slices.Clone(shown.Tasks), nil
	for i, task := range shown.Tasks {
		shown.Tasks[i].Checks = slices.DeleteFunc(slices.Clone(task.Checks), func(c assignment.Check) bool { return c.Hidden })
	}
	c := &class.Class{Assignment: &shown, Frame: s.Frame, Builder: builder, Jobs: 1}
	g, _ := c.Grade(ctx, collect.Handed{Student: filepath.Base(file), File: file})
	return g
}
