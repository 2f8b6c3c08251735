package release

import (
	"encoding/json"
	"fmt"
	"strings"

	"rnn101/internal/grading/submission"
	"rnn101/internal/lang"
	"rnn101/internal/notebook"
)

// The marks around a solution in an answer cell. In the student's edition a stub is in its place.
const (
	beginSolution = "BEGIN SOLUTION"
	endSolution   = "END SOLUTION"
)

var texts = lang.For("release")

// Edition returns the student's edition of an assignment's source, whose language has the given tag:
// without solutions and outputs. Its error names the cell.
func Edition(source *notebook.Notebook, tag string) (*notebook.Notebook, error) {
	if err := lang.Check(tag); err != nil {
		return nil, fmt.Errorf("%s: %w", source.Path, err)
	}
	texts := texts.In(tag)
	edition := source.Clone()
	for _, c := range edition.Cells {
		c.Outputs, c.Count = nil, 0
		stub := []string{"// " + texts.Text("stub.comment"), fmt.Sprintf("panic(%q)", texts.Text("stub.panic"))}
		if c.Kind != "code" {
			stub = []string{texts.Text("stub.words")}
		}
		var err error
		if c.Source, err = replaceSolutions(c.Source, stub...); err != nil {
			return nil, fmt.Errorf("%s, cell %s: %w", source.Path, c.ID, err)
		}
	}
	delete(edition.Metadata, "rnn101") // it was not run
	return edition, nil
}

// replaceSolutions replaces each marked solution by the lines of a stub.
func replaceSolutions(source string, stub ...string) (string, error) {
	var kept []string
	inside := false
	for _, line := range strings.Split(source, "\n") {
		indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
		switch {
		case strings.Contains(line, beginSolution):
			if inside {
				return "", fmt.Errorf("two %s without an %s between them", beginSolution, endSolution)
			}
			inside = true
			for _, line := range stub {
				kept = append(kept, indent+line)
			}
		case strings.Contains(line, endSolution):
			if !inside {
				return "", fmt.Errorf("%s without %s", endSolution, beginSolution)
			}
			inside = false
		case !inside:
			kept = append(kept, line)
		}
	}
	if inside {
		return "", fmt.Errorf("%s without %s", beginSolution, endSolution)
	}
	return strings.Join(kept, "\n"), nil
}

// FrameOf returns what the grader needs of a student's edition, whose language has the given tag.
// Its error names the file and the cell.
func FrameOf(edition *notebook.Notebook, tag string) (*submission.Frame, error) {
	f, e := &submission.Frame{}, submission.Edition{Language: tag, Released: map[string]string{}}
	seen := map[string]bool{}
	for i, c := range edition.Cells {
		meta := Meta(c)
		if !meta.Solution {
			if c.Kind == "code" {
				e.Given = append(e.Given, c.Source)
			} else {
				e.Text = append(e.Text, c.Source)
			}
			continue
		}
		switch {
		case meta.GradeID == "":
			return nil, fmt.Errorf("%s, cell %d: an answer cell without a grade_id", edition.Path, i+1)
		case seen[meta.GradeID]:
			return nil, fmt.Errorf("%s, cell %d: another cell has the grade_id %q, too", edition.Path, i+1, meta.GradeID)
		}
		seen[meta.GradeID] = true
		f.AnswerCells = append(f.AnswerCells, submission.AnswerCell{ID: meta.GradeID, Code: c.Kind == "code"})
		e.Released[meta.GradeID] = c.Source
	}
	f.Editions = []submission.Edition{e}
	if len(f.AnswerCells) == 0 {
		return nil, fmt.Errorf("%s has no answer cell: is it an assignment?", edition.Path)
	}
	return f, nil
}

// NBGrader is what nbgrader's schema (version 3) keeps in a cell's metadata, as far as
// it is needed here.
type NBGrader struct {
	GradeID  string  `json:"grade_id"`
	Solution bool    `json:"solution"` // a cell that the student writes in
	Grade    bool    `json:"grade"`    // a cell that has points
	Points   float64 `json:"points"`
}

// Meta returns what nbgrader keeps in a cell's metadata, or zero.
func Meta(c *notebook.Cell) (meta NBGrader) {
	if data, err := json.Marshal(c.Metadata["nbgrader"]); err == nil && json.Unmarshal(data, &meta) != nil {
		return NBGrader{}
	}
	return meta
}

// pointsOf returns the points that the notebook's own graded cells state, by grade_id.
func pointsOf(nb *notebook.Notebook) map[string]float64 {
	all := map[string]float64{}
	for _, c := range nb.Cells {
		if meta := Meta(c); meta.Grade {
			all[meta.GradeID] = meta.Points
		}
	}
	return all
}
