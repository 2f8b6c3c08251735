// Package submission reads what students hand in.
//
// A submission is data, and nothing in it is believed but the student's answers: the
// released notebook is the frame, and from the submitted file only the sources of the
// answer cells are taken, by their grade_id. What else it says, of points, tests or
// checksums, is not looked at.
package submission

import (
	"encoding/json"
	"fmt"
	"os"
)

// Frame is a released assignment: its answer cells, in their order, and the code that is
// given with it.
type Frame struct {
	Answers []Answer
	Given   []string // the sources of the other code cells
}

// Answer is a cell that the student writes in.
type Answer struct {
	ID     string // its grade_id
	Code   bool   // or text
	Handed string // what stands in it when it is handed out
}

// nbgrader is what its schema (version 3) keeps in a cell's metadata, as far as it is
// needed here.
type nbgrader struct {
	GradeID  string `json:"grade_id"`
	Solution bool   `json:"solution"`
}

// ReadFrame reads a released notebook. Its error names the file, and the cell.
func ReadFrame(path string) (*Frame, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return ParseFrame(path, data)
}

// ParseFrame is ReadFrame for the content of a file.
func ParseFrame(path string, data []byte) (*Frame, error) {
	cells, _, err := cellsOf(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	f := &Frame{}
	seen := map[string]bool{}
	for i, c := range cells {
		meta := c.nbgrader()
		if !meta.Solution {
			if source, err := c.source(); err == nil && c.Kind == "code" {
				f.Given = append(f.Given, source)
			}
			continue
		}
		switch {
		case meta.GradeID == "":
			return nil, fmt.Errorf("%s, cell %d: an answer cell without a grade_id", path, i+1)
		case seen[meta.GradeID]:
			return nil, fmt.Errorf("%s, cell %d: the grade_id %q stands there twice", path, i+1, meta.GradeID)
		}
		seen[meta.GradeID] = true
		source, err := c.source()
		if err != nil {
			return nil, fmt.Errorf("%s, cell %s: %w", path, meta.GradeID, err)
		}
		f.Answers = append(f.Answers, Answer{meta.GradeID, c.Kind == "code", source})
	}
	if len(f.Answers) == 0 {
		return nil, fmt.Errorf("%s has no answer cell: is it an assignment?", path)
	}
	return f, nil
}

// cell is a cell of a notebook file, of format 4 or 3. Outputs are not even read.
type cell struct {
	Kind     string          `json:"cell_type"`
	Source   json.RawMessage `json:"source"`
	Input    json.RawMessage `json:"input"` // the source of a code cell in format 3
	Metadata json.RawMessage `json:"metadata"`
}

// nbgrader reads the metadata that a cell should have. Anything else counts as none.
func (c cell) nbgrader() nbgrader {
	var outer struct {
		NBGrader json.RawMessage `json:"nbgrader"`
	}
	var meta nbgrader
	if json.Unmarshal(c.Metadata, &outer) == nil {
		if json.Unmarshal(outer.NBGrader, &meta) != nil { // a point more that is no number spoils all fields
			var id struct {
				GradeID string `json:"grade_id"`
			}
			if json.Unmarshal(outer.NBGrader, &id) == nil {
				meta.GradeID = id.GradeID
			}
		}
	}
	return meta
}

// source is the text of a cell, which may be kept in one piece or as lines.
func (c cell) source() (string, error) {
	raw := c.Source
	if raw == nil {
		raw = c.Input
	}
	if raw == nil {
		return "", nil
	}
	var whole string
	if json.Unmarshal(raw, &whole) == nil {
		return whole, nil
	}
	var lines []string
	if err := json.Unmarshal(raw, &lines); err != nil {
		return "", fmt.Errorf("its source is neither text nor a list of lines")
	}
	all := ""
	for _, line := range lines {
		all += line
	}
	return all, nil
}
