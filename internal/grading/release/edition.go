package release

import (
	"encoding/json"
	"fmt"
	"strings"

	"rnn101/internal/grading/submission"
	"rnn101/internal/notebook"
)

// The marks around what is the solution in an answer cell, and what stands there in the
// student's edition.
const (
	beginSolution = "BEGIN SOLUTION"
	endSolution   = "END SOLUTION"
	stub          = "// your code"
	stubPanic     = `panic("not written yet")`
	stubText      = "*Your answer.*"
)

// Edition makes the student's edition of an assignment's source: without the solutions,
// and without outputs. Its error names the cell.
func Edition(source *notebook.Notebook) (*notebook.Notebook, error) {
	data, err := source.Encode()
	if err != nil {
		return nil, err
	}
	edition, err := notebook.Parse(source.Path, data)
	if err != nil {
		return nil, err
	}
	for _, c := range edition.Cells {
		c.Outputs, c.Count = nil, 0
		begin := []string{stub, stubPanic}
		if c.Kind != "code" {
			begin = []string{stubText}
		}
		if c.Source, err = withoutSolution(c.Source, begin...); err != nil {
			return nil, fmt.Errorf("%s, cell %s: %w", source.Path, c.ID, err)
		}
	}
	delete(edition.Metadata, "rnn101") // it was not run
	return edition, nil
}

// withoutSolution puts the lines of a stub in the place of each marked solution.
func withoutSolution(source string, stub ...string) (string, error) {
	var kept []string
	inside := false
	for _, line := range strings.Split(source, "\n") {
		indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
		switch {
		case strings.Contains(line, beginSolution):
			if inside {
				return "", fmt.Errorf("%s stands twice without %s", beginSolution, endSolution)
			}
			inside = true
			for _, line := range stub {
				kept = append(kept, indent+line)
			}
		case strings.Contains(line, endSolution):
			if !inside {
				return "", fmt.Errorf("%s stands without %s", endSolution, beginSolution)
			}
			inside = false
		case !inside:
			kept = append(kept, line)
		}
	}
	if inside {
		return "", fmt.Errorf("%s stands without %s", beginSolution, endSolution)
	}
	return strings.Join(kept, "\n"), nil
}

// FrameOf is the frame that the student's edition is for the grader.
func FrameOf(edition *notebook.Notebook) (*submission.Frame, error) {
	data, err := edition.Encode()
	if err != nil {
		return nil, err
	}
	return submission.ParseFrame(edition.Path, data)
}

// NBGrader is what nbgrader's schema (version 3) keeps in a cell's metadata, as far as
// it is needed here.
type NBGrader struct {
	GradeID string  `json:"grade_id"`
	Grade   bool    `json:"grade"`
	Points  float64 `json:"points"`
}

// Meta returns what nbgrader keeps in a cell, or zero.
func Meta(c *notebook.Cell) (meta NBGrader) {
	if data, err := json.Marshal(c.Metadata["nbgrader"]); err == nil && json.Unmarshal(data, &meta) != nil {
		return NBGrader{}
	}
	return meta
}

// pointsOf is the points that the notebook's own graded cells state, by grade_id.
func pointsOf(nb *notebook.Notebook) map[string]float64 {
	all := map[string]float64{}
	for _, c := range nb.Cells {
		if meta := Meta(c); meta.Grade {
			all[meta.GradeID] = meta.Points
		}
	}
	return all
}
