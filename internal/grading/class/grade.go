// Package class grades a class: it takes each student's answers out of what was handed
// in, lets them be called in the sandbox, and keeps the table.
//
// One student's disaster never touches another's grade, and nobody is left out of the
// table. What is done is on disk: after a cut the next run goes on, and a run with nothing
// new grades nothing.
package class

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"rnn101/internal/atomicfile"
	"rnn101/internal/grading/answer"
	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/collect"
	"rnn101/internal/grading/sandbox"
	"rnn101/internal/grading/submission"
	"rnn101/internal/panics"
)

// Class is what a grading works with.
type Class struct {
	Assignment *assignment.Assignment
	Frame      *submission.Frame
	Key        []byte // the teacher's: the hidden checks are drawn from it
	Builder    *sandbox.Builder
	Limits     sandbox.Limits
	Out        string // the folder for the table and what it is made of
	Jobs       int
}

// Grade is what became of one student's submission.
type Grade struct {
	Student    string               `json:"student"`
	Points     float64              `json:"points"`
	Of         float64              `json:"of"`
	NeedsHuman bool                 `json:"needs_human"`
	Reason     string               `json:"reason,omitempty"` // why a human is needed
	Notes      []string             `json:"notes,omitempty"`
	Checks     []assignment.Outcome `json:"checks,omitempty"`
	Written    []Written            `json:"written,omitempty"`

	// Of what it was made: a submission, a key, the checks. The same is not graded again.
	Made string `json:"made"`

	failed bool // the grader or the machine, and not the submission: the next call grades again
}

// version changes with the grader itself, where that could change a grade. What the
// checks ask for is in the hash by itself.
const version = "4"

// Run grades all that was handed in and writes grades.csv and grades.json. graded hears
// of each student, with how many are done. It returns the grades in the order of the
// students' names.
func (c *Class) Run(ctx context.Context, handed []collect.Handed, graded func(done, of int, student string)) ([]Grade, error) {
	byHand := filepath.Join(c.Out, ByHand)
	if _, _, err := readByHand(byHand, c.Assignment); err != nil { // better told now than at the end
		return nil, err
	}
	kept := filepath.Join(c.Out, students)
	if err := os.MkdirAll(kept, 0o700); err != nil {
		return nil, err
	}
	all := make([]Grade, len(handed))
	var (
		wait  sync.WaitGroup
		mu    sync.Mutex
		errs  []error
		done  int
		queue = make(chan int)
	)
	for range max(1, min(c.Jobs, len(handed))) {
		wait.Go(func() {
			for i := range queue {
				g, err := c.one(ctx, handed[i], kept)
				mu.Lock()
				all[i] = g
				done++
				if err != nil {
					errs = append(errs, err)
				} else if ctx.Err() == nil {
					graded(done, len(handed), g.Student)
				}
				mu.Unlock()
			}
		})
	}
feed:
	for i := range handed {
		select {
		case queue <- i:
		case <-ctx.Done():
			break feed
		}
	}
	close(queue)
	wait.Wait()
	if ctx.Err() != nil {
		return nil, errors.New("stopped; call the same command again, it goes on from here")
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b Grade) int { return strings.Compare(a.Student, b.Student) })
	rows, was, err := readByHand(byHand, c.Assignment) // points may have been saved since the begin
	if err != nil {
		return nil, err
	}
	if err := c.writeByHand(merge(all, c.Assignment, rows), was); err != nil {
		return nil, err
	}
	return all, c.write(all)
}

// one grades one student, unless that was done. What panics here costs this student alone.
// An error means that the disk failed.
func (c *Class) one(ctx context.Context, h collect.Handed, kept string) (g Grade, err error) {
	if p := panics.Catch(func() { g, err = c.keep(ctx, h, kept) }); p != nil {
		return c.failed(h, p), nil
	}
	return g, err
}

// keep takes a student's grade from the folder kept, or grades and puts it there. What the
// grader itself has failed on is not kept, but tried again by the next call.
func (c *Class) keep(ctx context.Context, h collect.Handed, kept string) (Grade, error) {
	made, err := c.made(h)
	if err != nil {
		return Grade{}, err
	}
	file := filepath.Join(kept, fileName(h.Student)+".json")
	var old Grade
	if data, err := os.ReadFile(file); err == nil && json.Unmarshal(data, &old) == nil && old.Made == made && old.Student == h.Student {
		return old, nil
	}
	g, _ := c.Grade(ctx, h)
	g.Made = made
	if ctx.Err() != nil || g.failed {
		return g, nil // half a grade is none
	}
	data, err := json.MarshalIndent(g, "", " ")
	if err != nil {
		return g, err
	}
	os.Remove(filepath.Join(c.Out, panics.Folder, StackOf(h.Student))) // of an earlier try
	return g, atomicfile.WriteFile(file, append(data, '\n'), 0o600)
}

// fileName is a name for a student's files, whose own name may have letters that a file's
// may not.
func fileName(student string) string {
	sum := sha256.Sum256([]byte(student))
	return hex.EncodeToString(sum[:])[:24]
}

// made is a hash of all that a grade is made of.
func (c *Class) made(h collect.Handed) (string, error) {
	hash := sha256.New()
	frame, err := json.Marshal(c.Frame)
	if err != nil {
		return "", err
	}
	fmt.Fprintf(hash, "%s\n%s\n%x\n%s\n%s\n", version, c.Assignment.Name, sha256.Sum256(c.Key), frame, h.Trouble)
	for _, check := range c.Assignment.Inputs(c.Key) {
		fmt.Fprintln(hash, check)
	}
	if h.File != "" {
		if f, err := os.Open(h.File); err == nil {
			_, err = io.Copy(hash, f)
			f.Close()
			if err != nil {
				return "", err
			}
		}
	}
	return hex.EncodeToString(hash.Sum(nil))[:32], nil
}

// Grade takes the answers of one student, by grade_id, and lets them be judged. A panic leaves the answers
// that were read before it.
func (c *Class) Grade(ctx context.Context, h collect.Handed) (g Grade, answers map[string][]string) {
	if h.Panic != nil {
		return c.failed(h, h.Panic), nil
	}
	if p := panics.Catch(func() { g = c.judge(ctx, h, &answers) }); p != nil {
		g = c.failed(h, p)
	}
	return g, answers
}

// judge is what Grade does, and may panic.
func (c *Class) judge(ctx context.Context, h collect.Handed, answers *map[string][]string) Grade {
	g := Grade{Student: h.Student, Of: c.Assignment.Points()}
	human := func(format string, args ...any) Grade {
		g.NeedsHuman, g.Reason, g.Points, g.Checks, g.Written = true, fmt.Sprintf(format, args...), 0, nil, nil
		return g
	}
	again := func(err error) Grade {
		g.failed = true
		return human("it could not be graded for a fault of the machine, grade it again: %v", err)
	}
	if h.Trouble != "" {
		return human("%s", h.Trouble)
	}
	s := c.Frame.Read(h.File)
	*answers = s.Answers
	g.Notes = s.Notes
	if s.Trouble != "" {
		return human("%s", s.Trouble)
	}
	var cells []answer.Cell
	for _, source := range c.Frame.Given {
		cells = append(cells, answer.Cell{Name: "given", Source: source, Given: true})
	}
	handedOut := map[string]bool{}
	for _, a := range c.Frame.Answers {
		sources := s.Answers[a.ID]
		if !a.Code {
			g.Written = append(g.Written, c.written(a, sources))
			continue
		}
		handedOut[a.ID] = len(sources) == 1 && strings.TrimSpace(sources[0]) == strings.TrimSpace(a.Handed)
		for _, source := range sources {
			cells = append(cells, answer.Cell{Name: a.ID, Source: source})
		}
	}
	program, err := answer.New(cells).Compile(ctx, c.Builder, c.Limits, c.Assignment.Functions()...)
	if err != nil {
		return again(err)
	}
	defer program.Close()
	if g.Checks, err = c.Assignment.Judge(ctx, program, handedOut, c.Key); err != nil {
		return again(err)
	}
	for _, check := range g.Checks {
		g.Points += check.Points
	}
	return g
}

// written is an answer in words, for a human to read, unless there is nothing to read.
func (c *Class) written(a submission.Answer, sources []string) Written {
	w := Written{Question: a.ID, Answer: strings.TrimSpace(strings.Join(sources, "\n\n"))}
	for _, q := range c.Assignment.Written {
		if q.ID == a.ID {
			w.Of = q.Points
		}
	}
	if w.Answer == "" || w.Answer == strings.TrimSpace(a.Handed) {
		w.Answer, w.Points = "", new(float64)
	}
	return w
}

// write writes the table, for a spreadsheet and for programs.
func (c *Class) write(all []Grade) error {
	header := []string{"student", "points", "of", "needs a human", "reason"}
	for _, task := range c.Assignment.Tasks {
		header = append(header, task.ID)
	}
	for _, q := range c.Assignment.Written {
		header = append(header, q.ID)
	}
	rows := [][]string{header}
	for _, g := range all {
		row := []string{cell(g.Student), number(g.Points), number(g.Of), "", cell(g.Reason)}
		if g.NeedsHuman {
			row[3] = "yes"
		}
		for _, task := range c.Assignment.Tasks {
			row = append(row, number(g.PointsOf(task)))
		}
		for _, q := range c.Assignment.Written {
			row = append(row, "")
			for _, w := range g.Written {
				if w.Question == q.ID && w.Points != nil {
					row[len(row)-1] = number(*w.Points)
				}
			}
		}
		rows = append(rows, row)
	}
	data, err := encodeTable(rows)
	if err != nil {
		return err
	}
	if err := atomicfile.WriteFile(filepath.Join(c.Out, GradesCSV), data, 0o600); err != nil {
		return err
	}
	data, err = json.MarshalIndent(all, "", " ")
	if err != nil {
		return err
	}
	return atomicfile.WriteFile(filepath.Join(c.Out, gradesJSON), append(data, '\n'), 0o600)
}

// PointsOf sums what the checks of a task have given.
func (g Grade) PointsOf(task assignment.Task) (sum float64) {
	for _, check := range g.Checks {
		if check.Task == task.ID {
			sum += check.Points
		}
	}
	return sum
}

// cell keeps a spreadsheet from taking a name for a formula.
func cell(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

// number writes points without loss, for tables that programs read.
func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// FormatPoints writes points as people do: 3, or 2.5, or 2.33.
func FormatPoints(x float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(x, 'f', 2, 64), "0"), ".")
}

// FirstLoss is the first reason why points are missing.
func (g Grade) FirstLoss() string {
	if g.Reason != "" {
		return g.Reason
	}
	for _, check := range g.Checks {
		for _, v := range check.Cases {
			if v.Kind != assignment.Right {
				return fmt.Sprintf("%s, %s: %s %s", check.Check, v.About, v.Kind, v.Text)
			}
		}
	}
	return "there is no reason"
}
