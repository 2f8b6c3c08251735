package grade

import (
	"context"
	"strings"

	"rnn101/classroom/assignment"
	"rnn101/classroom/collect"
	"rnn101/course/notebook"
)

// Filled grades one submission and returns the released notebook with the student's
// answers in their cells and the outcome below each check: what it says, as text, and its
// points, as a result, which is where nbgrader looks for them. Nothing else of the
// submission is in it.
func (c *Class) Filled(ctx context.Context, released *notebook.Notebook, h collect.Handed) (*notebook.Notebook, Grade, error) {
	data, err := released.Encode()
	if err != nil {
		return nil, Grade{}, err
	}
	nb, err := notebook.Parse(released.Path, data)
	if err != nil {
		return nil, Grade{}, err
	}
	g, answers := c.grade(ctx, h)
	if ctx.Err() != nil {
		return nil, g, ctx.Err()
	}
	checks := map[string]assignment.Outcome{}
	for _, check := range g.Checks {
		checks[check.Check] = check
	}
	for _, cell := range nb.Cells {
		meta := metaOf(cell)
		if sources := answers[meta.GradeID]; len(sources) > 0 {
			cell.Source = strings.Join(sources, "\n\n")
		}
		if !meta.Grade || cell.Kind != "code" {
			continue
		}
		check, ok := checks[meta.GradeID]
		text := strings.Join(plainLines(check), "\n")
		if !ok { // no result at all would be full marks
			text = "It could not be graded, and a human has to look: " + g.Reason
		}
		cell.Outputs = []notebook.Output{
			{Kind: "stream", Name: "stdout", Text: text + "\n"},
			{Kind: "execute_result", Data: map[string]string{"text/plain": number(check.Points)}},
		}
	}
	// For the preprocessor that keeps the points: whom a human has to look at.
	nb.Metadata["rnn101_grade"] = map[string]any{"needs_human": g.Checks == nil, "reason": g.Reason, "notes": g.Notes}
	return nb, g, nil
}

// plainLines says of a check what a student may know.
func plainLines(check assignment.Outcome) []string {
	if check.Hidden {
		return []string{hiddenLine(check)}
	}
	var lines []string
	for _, v := range check.Cases {
		lines = append(lines, v.Line())
	}
	return lines
}
