// Package selfcheck implements the command check: what students see of their own points before they
// hand in. It grades with package preview, and speaks the language of the notebook.
package selfcheck

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"rnn101/internal/checkout"
	"rnn101/internal/grading/class"
	"rnn101/internal/grading/preview"
	"rnn101/internal/grading/sandbox"
	"rnn101/internal/lang"
	"rnn101/internal/plain"
)

var texts = lang.For("selfcheck")

// Check writes the results of the visible checks for a student's notebook to w, in the language of the
// edition that the notebook was made of. It sets that language.
func Check(ctx context.Context, w io.Writer, name string) error {
	path, err := filepath.Abs(name)
	if err != nil {
		return err
	}
	repo, err := checkout.Find()
	if err != nil {
		return err
	}
	source, file, err := preview.Open(repo, path)
	if err != nil {
		return err
	}
	if err := lang.Set(source.Language); err != nil {
		return err
	}
	builder, remove, err := sandbox.NewBuilder(repo.GoTool(), repo.Root, "")
	if err != nil {
		return err
	}
	defer remove()
	g := preview.Visible(ctx, source, builder, file)
	if err := ctx.Err(); err != nil {
		return errors.New("stopped")
	}
	if g.Checks == nil {
		return fmt.Errorf("%s: %s", name, g.Reason)
	}
	points := class.FormatPoints
	line := func(format string, args ...any) { fmt.Fprintln(w, plain.Text(fmt.Sprintf(format, args...))) }
	for _, note := range g.Notes {
		line("! %s", note)
	}
	for _, c := range g.Checks {
		line("%s", texts.Text("task", c.Task, points(c.Points), points(c.Of)))
		for _, v := range c.Cases {
			line("  %s", v.Line())
		}
	}
	all := source.Assignment.PointsOfChecks()
	line("%s", texts.Text("sum", points(g.Points), points(g.Of), source.Assignment.Name, points(all-g.Of)))
	if written := source.Assignment.Points() - all; written > 0 {
		line("%s", texts.Text("words", points(written)))
	}
	return nil
}
