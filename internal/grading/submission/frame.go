// Package submission reads what students hand in.
//
// A submission is data. Its answers are the sources of its answer cells, by their grade_id, and
// what its other code cells declare. Points, tests and checksums in a submission are ignored.
package submission

import (
	"iter"
	"maps"
	"slices"
	"strings"
)

// Frame is what the grader knows of a released assignment: its answer cells, in their
// order, and what stands in the notebooks that were handed out. A class may have several, one in each
// language: what a student has left as it is in any of them is unchanged.
type Frame struct {
	AnswerCells []AnswerCell
	Editions    []Edition // of the same code; the first is the one that counts where one is needed
}

// AnswerCell is a cell that the student writes in.
type AnswerCell struct {
	ID   string // its grade_id
	Code bool   // as opposed to text
}

// Edition is a released notebook.
type Edition struct {
	Language string            // its tag
	Released map[string]string // the sources of the answer cells, by grade_id
	Given    []string          // the sources of the other code cells
	Text     []string          // the sources of the other text cells
}

// cells returns the sources of all cells, without the space around them.
func (e *Edition) cells() map[string]bool {
	all := map[string]bool{}
	for _, sources := range []iter.Seq[string]{slices.Values(e.Given), slices.Values(e.Text), maps.Values(e.Released)} {
		for source := range sources {
			all[strings.TrimSpace(source)] = true
		}
	}
	return all
}

// IsReleased reports whether the source of an answer cell is what was handed out, in any edition.
func (f *Frame) IsReleased(id, source string) bool {
	return slices.ContainsFunc(f.Editions, func(e Edition) bool {
		return strings.TrimSpace(e.Released[id]) == strings.TrimSpace(source)
	})
}

// language returns the language of the edition that a file has most cells of, unchanged.
func (f *Frame) language(file *File) (tag string) {
	most := -1
	for _, e := range f.Editions {
		n, handedOut := 0, e.cells()
		for _, c := range file.cells {
			if source, err := c.source(); err == nil && handedOut[strings.TrimSpace(source)] {
				n++
			}
		}
		if n > most {
			tag, most = e.Language, n
		}
	}
	return tag
}

// Answers are the answers in one student's file.
type Answers struct {
	// Sources are the sources of the answer cells by grade_id. A cell that was copied has
	// several, in the order of the notebook: the later one wins, as in the kernel.
	Sources map[string][]string
	// Code are the code cells that make the student's program: those that were handed out, and
	// then those of the file, in its order.
	Code []Cell
	// Elsewhere are texts that the student wrote outside of the answer cells: there may be an
	// answer in them.
	Elsewhere []Text
	// Own are the cells of the student's own, for a human to read: those that are neither answer cells
	// nor as they were handed out.
	Own []OwnCell
	// Problem says why there are no answers, or is "". Then a human has to look.
	Problem string
	// Language is the tag of the edition that the file was made of.
	Language string
	// Unmarked means that no cell of the file has a grade_id: a program has removed all metadata, which
	// is the Problem. Code may have the answers all the same.
	Unmarked bool
	// Notes are harmless oddities, a sentence each.
	Notes []string

	taken, ownTaken int // bytes of Elsewhere and of Own
}

// OwnCell is a cell of the student's own.
type OwnCell struct {
	After  string // the grade_id of the cell that it follows, or "" if none before it has one
	Source string
}

// Cell is a code cell, as package answer takes it.
type Cell struct {
	Name   string // the grade_id of an answer cell, or which cell of the file it is
	Source string
	Given  bool // it came with the assignment
	Stub   bool // it is what an answer cell held when it was handed out
}

// Text is a text that is no code of the notebook.
type Text struct {
	Cell   string // as in Cell
	Source string
}

// maxCopies is how often an answer cell may appear: some copy it to try something.
const maxCopies = 20

// maxCode is how much code of a file is read, in bytes. A cell that is longer than maxCell is not
// compiled, so it does not count: the other cells are read. Of each cell no more than that is kept.
const (
	maxCode = 2 << 20
	maxCell = 512 << 10
)

// maxElsewhere is how much text outside of the answer cells is kept, in bytes, and maxOwn how much of the
// student's own cells.
const (
	maxElsewhere = 64 << 10
	maxOwn       = 256 << 10
)

// Answers returns the answers in a file to the answer cells of the frame. It never fails:
// from a file without answers it returns a Problem.
func (f *Frame) Answers(file *File) Answers {
	a := Answers{Sources: map[string][]string{}, Problem: file.Problem, Language: f.language(file)}
	for _, note := range file.notes {
		a.note(note)
	}
	if a.Problem != "" {
		return a
	}
	refuse := func(problem string) Answers {
		a.Problem = problem
		a.Sources, a.Code, a.Elsewhere, a.Own = nil, nil, nil, nil
		return a
	}
	wanted, given, text := map[string]AnswerCell{}, map[string]bool{}, map[string]bool{}
	for i, e := range f.Editions {
		for _, source := range e.Given {
			if i == 0 {
				a.Code = append(a.Code, Cell{Name: "given", Source: source, Given: true})
			}
			given[strings.TrimSpace(source)] = true
		}
		for _, source := range e.Text {
			text[strings.TrimSpace(source)] = true
		}
	}
	for _, cell := range f.AnswerCells {
		wanted[cell.ID] = cell
		for _, e := range f.Editions {
			switch released := e.Released[cell.ID]; {
			case !cell.Code:
				text[strings.TrimSpace(released)] = true // as handed out, perhaps without its mark
			case released != "":
				a.Code = append(a.Code, Cell{Name: cell.ID, Source: released, Stub: true})
			}
		}
	}
	copies, code := map[string]int{}, 0
	latest := "" // the grade_id of the latest cell that has one
	for i, c := range file.cells {
		id := c.gradeID()
		if id != "" {
			latest = id
		}
		cell, ok := wanted[id]
		ok = ok && id != ""
		name := id
		if !ok {
			name = texts.Text("cell.number", i+1)
		} else if copies[id]++; copies[id] > maxCopies {
			return refuse(texts.Text("copies", id, maxCopies))
		}
		source, err := c.source()
		bare := strings.TrimSpace(source)
		switch {
		case err != nil:
			if ok {
				a.note(texts.Text("cell.unreadable", id, err))
			}
			continue
		case c.Kind == "code" && (!ok || cell.Code):
			if len(source) > maxCell {
				source = strings.ToValidUTF8(source[:maxCell], "")
			} else if code += len(source); code > maxCode {
				return refuse(texts.Text("code", maxCode>>20))
			}
			a.Code = append(a.Code, Cell{Name: name, Source: source, Given: !ok && given[bare]})
			if !ok && !given[bare] {
				a.own(latest, source)
				if isProse(source) {
					a.elsewhere(name, source)
				}
			}
		case ok && cell.Code:
			a.note(texts.Text("cell.type", id, c.Kind))
			a.elsewhere(name, source)
			a.own(latest, source)
			continue
		case !ok && bare != "" && !text[bare]:
			a.elsewhere(name, f.withoutReleased(bare))
			a.own(latest, f.withoutReleased(bare))
		}
		if ok {
			a.Sources[id] = append(a.Sources[id], source)
		}
	}
	if len(a.Sources) == 0 {
		problem := texts.Text("none")
		if latest != "" {
			return refuse(problem)
		}
		a.Problem, a.Unmarked = problem, true
		return a
	}
	for _, cell := range f.AnswerCells {
		switch n := len(a.Sources[cell.ID]); {
		case n == 0:
			a.note(texts.Text("cell.missing", cell.ID))
		case n > 1:
			a.note(texts.Text("cell.twice", cell.ID, n))
		}
	}
	return a
}

// isProse reports whether a new cell, which is a code cell, was written in as if it were text.
func isProse(source string) bool {
	const sentence = 6 // words
	return !strings.ContainsAny(source, "{}") && !strings.Contains(source, ":=") && len(strings.Fields(source)) >= sentence
}

// withoutReleased returns a text without the cell that it was added to.
func (f *Frame) withoutReleased(text string) string {
	for _, e := range f.Editions {
		for _, released := range e.Text {
			if rest, ok := strings.CutPrefix(text, strings.TrimSpace(released)); ok && strings.TrimSpace(released) != "" {
				return strings.TrimSpace(rest)
			}
		}
	}
	return text
}

// elsewhere keeps a text, as far as there is room.
func (a *Answers) elsewhere(cell, source string) {
	if a.taken >= maxElsewhere {
		return
	}
	if left := maxElsewhere - a.taken; len(source) > left {
		source = strings.ToValidUTF8(source[:left], "")
		a.taken = maxElsewhere
	}
	a.taken += len(source)
	a.Elsewhere = append(a.Elsewhere, Text{cell, source})
}

// TextElsewhere returns the texts that the student wrote outside of the answer cells.
func (a *Answers) TextElsewhere() string {
	var all []string
	for _, text := range a.Elsewhere {
		all = append(all, strings.TrimSpace(text.Source))
	}
	return strings.TrimSpace(strings.Join(all, "\n\n"))
}

// CellsElsewhere names the cells with these texts.
func (a *Answers) CellsElsewhere() string {
	var all []string
	for i, text := range a.Elsewhere {
		if i == 5 {
			all = append(all, "…")
			break
		}
		all = append(all, text.Cell)
	}
	return strings.Join(all, ", ")
}

// own keeps a cell of the student's own, as far as there is room.
func (a *Answers) own(after, source string) {
	if strings.TrimSpace(source) == "" || a.ownTaken+len(source) > maxOwn {
		return
	}
	a.ownTaken += len(source)
	a.Own = append(a.Own, OwnCell{after, source})
}

func (a *Answers) note(text string) {
	a.Notes = append(a.Notes, shorten(text))
}
