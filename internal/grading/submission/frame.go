// Package submission reads what students hand in.
//
// A submission is data. Only the sources of its answer cells are taken, by their
// grade_id; the rest of the assignment comes from the released notebook. Points, tests
// and checksums in a submission are ignored.
package submission

import (
	"fmt"
	"strings"
)

// Frame is what the grader knows of a released assignment: its answer cells, in their
// order, and the code that is given.
type Frame struct {
	AnswerCells []AnswerCell
	Given       []string // the sources of the other code cells
}

// AnswerCell is a cell that the student writes in.
type AnswerCell struct {
	ID       string // its grade_id
	Code     bool   // as opposed to text
	Released string // its source in the released notebook
}

// Answers are the answers in one student's file.
type Answers struct {
	// Sources are the sources of the answer cells by grade_id. A cell that was copied has
	// several, in the order of the notebook: the later one wins, as in the kernel.
	Sources map[string][]string
	// Problem says why there are no answers, or is "". Then a human has to look.
	Problem string
	// Notes are harmless oddities, a sentence each.
	Notes []string
}

// maxCopies is how often an answer cell may appear: some copy it to try something.
const maxCopies = 20

// Answers returns the answers in a file to the answer cells of the frame. It never fails:
// from a file without answers it returns a Problem.
func (f *Frame) Answers(file *File) Answers {
	a := Answers{Sources: map[string][]string{}, Problem: file.Problem}
	for _, note := range file.notes {
		a.note("%s", note)
	}
	if a.Problem != "" {
		return a
	}
	extra, copies := 0, map[string]int{}
	for _, c := range file.cells {
		id := c.gradeID()
		wanted, ok := f.answerCell(id)
		if !ok {
			if source, err := c.source(); err == nil && id == "" && c.Kind == "code" && strings.Contains(source, "func ") {
				extra++
			}
			continue
		}
		if copies[id]++; copies[id] > maxCopies {
			continue
		}
		source, err := c.source()
		switch {
		case err != nil:
			a.note("the cell %s cannot be read: %v", id, err)
		case wanted.Code && c.Kind != "code": // a human reads a written answer in a cell of any type
			a.note("the cell %s has changed its type to %q: it is not read", id, c.Kind)
		default:
			a.Sources[id] = append(a.Sources[id], source)
		}
	}
	for _, wanted := range f.AnswerCells {
		if n := copies[wanted.ID]; n > maxCopies {
			a.Problem = fmt.Sprintf("the answer cell %s appears %d times", wanted.ID, n)
			a.Sources = nil
			return a
		}
	}
	for _, wanted := range f.AnswerCells {
		switch n := len(a.Sources[wanted.ID]); {
		case n == 0:
			a.note("the answer cell %s is missing", wanted.ID)
		case n > 1:
			a.note("the answer cell %s appears %d times: the last declaration of each name counts", wanted.ID, n)
		}
	}
	if extra > 0 {
		a.note("%d other cells declare functions: only answer cells are read", extra)
	}
	if len(a.Sources) == 0 {
		a.Problem = "it has no answer cell of this assignment: is it another notebook?"
	}
	return a
}

func (a *Answers) note(format string, args ...any) {
	a.Notes = append(a.Notes, shorten(fmt.Sprintf(format, args...)))
}

func (f *Frame) answerCell(id string) (AnswerCell, bool) {
	for _, a := range f.AnswerCells {
		if a.ID == id && id != "" {
			return a, true
		}
	}
	return AnswerCell{}, false
}
