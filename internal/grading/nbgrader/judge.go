// Package nbgrader grades one submission for nbgrader, which calls "course judge" for it. The
// code that runs in nbgrader itself is Python, in tools/nbgrader.
package nbgrader

import (
	"context"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"rnn101/internal/checkout"
	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/class"
	"rnn101/internal/grading/collect"
	"rnn101/internal/grading/feedback"
	"rnn101/internal/grading/release"
	"rnn101/internal/grading/sandbox"
	"rnn101/internal/notebook"
)

// Fill grades one submission and returns the released notebook with the student's answers in
// their cells. Below each check is its result: the messages as text, and the points as the
// result of the cell, which is what nbgrader reads. The student's own cells are there as text, where
// the student put them. Nothing else comes from the submission.
func Fill(ctx context.Context, c *class.Class, released *notebook.Notebook, s collect.Submission) (*notebook.Notebook, class.Grade, error) {
	nb := released.Clone()
	g, work := c.Grade(ctx, s)
	if ctx.Err() != nil {
		return nil, g, ctx.Err()
	}
	checks := map[string]assignment.CheckResult{}
	for _, check := range g.Checks {
		checks[check.Check] = check
	}
	for _, cell := range nb.Cells {
		meta := release.Meta(cell)
		if sources := work.Answers[meta.GradeID]; len(sources) > 0 {
			cell.Source = strings.Join(sources, "\n\n")
		}
		if !meta.Grade || cell.Kind != "code" {
			continue
		}
		check, ok := checks[meta.GradeID]
		text := strings.Join(plainLines(check), "\n")
		switch {
		case !ok: // without a result nbgrader gives full points
			text = feedback.Ungraded(g.Reason)
		case g.NeedsHuman:
			text += "\n" + feedback.NeedsHuman(g.Reason)
		}
		cell.Outputs = []notebook.Output{
			{Kind: "stream", Name: "stdout", Text: text + "\n"},
			{Kind: "execute_result", Data: map[string]string{"text/plain": strconv.FormatFloat(check.Points, 'f', -1, 64)}},
		}
	}
	insertOwn(nb, work.Own)
	// For the preprocessor in tools/nbgrader.
	nb.Metadata["rnn101_grade"] = map[string]any{"needs_human": g.NeedsHuman, "reason": g.Reason, "notes": g.Notes}
	return nb, g, nil
}

// insertOwn inserts the cells of the student's own, each below the cell that it follows. Code is text,
// too: so nothing of it looks like a part of the assignment, and no Markdown of a student's is rendered.
func insertOwn(nb *notebook.Notebook, own []class.OwnCell) {
	after := map[string][]*notebook.Cell{}
	for i, cell := range own {
		after[cell.After] = append(after[cell.After], &notebook.Cell{ID: fmt.Sprintf("own-%d", i+1), Kind: "markdown", Source: feedback.OwnCell(cell.Source), Metadata: map[string]any{}})
	}
	all := after[""]
	delete(after, "")
	for _, cell := range nb.Cells {
		all = append(all, cell)
		if id := release.Meta(cell).GradeID; id != "" {
			all = append(all, after[id]...)
			delete(after, id)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(after)) { // of cells that the assignment does not have
		all = append(all, after[id]...)
	}
	nb.Cells = all
}

// plainLines returns what a student may know of the result of a check.
func plainLines(check assignment.CheckResult) []string {
	if check.Hidden {
		return []string{feedback.HiddenSummary(check)}
	}
	var lines []string
	for _, v := range check.Cases {
		lines = append(lines, v.Line())
	}
	return lines
}

// Judge grades the folder of one student and writes the notebook from Fill to w, in the language of the
// released notebook. released is the path of the released notebook; keyFile is that of grade.
func Judge(ctx context.Context, w io.Writer, name, folder, released, keyFile string) error {
	repo, err := checkout.Find()
	if err != nil {
		return err
	}
	source, err := release.Load(repo, name)
	if err != nil {
		return err
	}
	edition, err := notebook.Read(released)
	if err != nil {
		return err
	}
	if err := source.UseEdition(edition); err != nil {
		return err
	}
	if err := assignment.SetLanguage(source.Language); err != nil {
		return err
	}
	key, _, err := class.Key(checkout.Module, keyFile)
	if err != nil {
		return err
	}
	handed, err := collect.Student(folder, filepath.Base(folder), name+".ipynb")
	if err != nil {
		return err
	}
	builder, remove, err := sandbox.NewBuilder(repo.GoTool(), repo.Root, "")
	if err != nil {
		return err
	}
	defer remove()
	c := &class.Class{Assignment: source.Assignment, Frame: source.Frame, Key: key, Builder: builder}
	filled, _, err := Fill(ctx, c, source.Edition, handed)
	if err != nil {
		return err
	}
	data, err := filled.Encode()
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}
