package class

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"time"

	"rnn101/internal/grading/answer"
	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/collect"
	"rnn101/internal/grading/sandbox"
	"rnn101/internal/grading/submission"
	"rnn101/internal/panics"
)

// Each student is graded in a child, which reads the file, takes the answers out, makes the programs
// and calls them: what a submission costs, or breaks, is that student's alone.

const childName = "grade"

func init() { sandbox.RegisterChild(childName, gradeInChild) }

// job is the input of a child.
type job struct {
	Submission collect.Submission
	Assignment string // its name
	Frame      *submission.Frame
	Key        []byte
	Builder    sandbox.Config
	Limits     sandbox.Limits
	Out        string
	Work       bool   // it is wanted, too
	Language   string // of the texts in the grade
}

// result is the output of a child.
type result struct {
	Grade   Grade
	Failed  bool
	Work    Work
	Sum     [sha256.Size]byte
	Problem string // why the file could not be read; then there is no Sum
	Used    time.Duration
}

func gradeInChild(ctx context.Context, input []byte, budget *sandbox.Budget) (output []byte, again bool, err error) {
	var j job
	if err := json.Unmarshal(input, &j); err != nil {
		return nil, false, err
	}
	if err := assignment.SetLanguage(j.Language); err != nil {
		return nil, false, err
	}
	i := slices.IndexFunc(assignment.All, func(a *assignment.Assignment) bool { return a.Name == j.Assignment })
	if i < 0 {
		return nil, false, fmt.Errorf("there is no assignment %q", j.Assignment)
	}
	c := &Class{Assignment: assignment.All[i], Frame: j.Frame, Key: j.Key, Builder: j.Builder.Builder(budget), Limits: j.Limits, Out: j.Out}
	r := c.gradeHere(ctx, j.Submission)
	if !j.Work {
		r.Work = Work{}
	}
	r.Failed, r.Used = r.Grade.failed, budget.Used()
	output, err = json.Marshal(r)
	return output, r.Failed, err
}

// gradeFile grades the file of a submission in a child.
func (c *Class) gradeFile(ctx context.Context, s collect.Submission, wantWork bool) (r result) {
	if !slices.Contains(assignment.All, c.Assignment) { // a child could not find it
		return c.gradeHere(ctx, s)
	}
	err := c.runChild(ctx, s, wantWork, &r)
	var (
		exceeded *sandbox.Exceeded
		crashed  *sandbox.Crashed
	)
	switch {
	case err == nil:
		r.Grade.failed = r.Failed
	case errors.As(err, &crashed):
		r.Grade = c.panicked(s.Student, &panics.Error{Value: "the process that reads it crashed", Stack: []byte(crashed.Trace)})
	case errors.As(err, &exceeded):
		r.Grade = c.newGrade(s.Student)
		r.Grade.NeedsHuman, r.Grade.Reason = true, submission.OverTheLimit.Text(exceeded)
	default:
		r.Grade = c.machineFailed(s.Student, err)
	}
	return r
}

// gradeHere is gradeFile in this process.
func (c *Class) gradeHere(ctx context.Context, s collect.Submission) (r result) {
	var file *submission.File
	if p := panics.Catch(func() { file = read(s) }); p != nil {
		r.Grade = c.panicked(s.Student, p)
		return r
	}
	r.Grade, r.Work = c.grade(ctx, s, file)
	if r.Sum = file.Sum; r.Sum == [sha256.Size]byte{} {
		r.Problem = file.Problem
	}
	return r
}

// runChild grades the file of a submission in a child. What the child writes goes with it.
func (c *Class) runChild(ctx context.Context, s collect.Submission, wantWork bool, r *result) error {
	if err := c.prepare(ctx); err != nil {
		return err
	}
	folder, err := os.MkdirTemp(c.Builder.Folder, "student-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	builder, err := c.Builder.Config(folder)
	if err != nil {
		return err
	}
	input, err := json.Marshal(job{s, c.Assignment.Name, c.Frame, c.Key, builder, c.Limits, c.Out, wantWork, assignment.Language()})
	if err != nil {
		return err
	}
	output, used, err := sandbox.RunChild(ctx, childName, input, c.Child)
	if err == nil {
		err = c.decodeResult(output, s.Student, r)
	}
	if r.Used > 0 { // without what is compiled for everybody
		used = r.Used
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.usage = append(c.usage, used)
	return err
}

// prepare has compiled, once, what every program needs.
func (c *Class) prepare(ctx context.Context) error {
	c.preparing.Lock()
	defer c.preparing.Unlock()
	if c.prepared {
		return nil
	}
	if err := answer.Prepare(ctx, c.Builder); err != nil {
		return fmt.Errorf("the standard library cannot be compiled: %w", err)
	}
	c.prepared = true
	return nil
}

// decodeResult reads the output of a child, which has read what a student wrote: it must be a grade
// that this student may have.
func (c *Class) decodeResult(output []byte, student string, r *result) error {
	if err := json.Unmarshal(output, r); err != nil {
		return fmt.Errorf("the grade could not be read: %w", err)
	}
	g, left, sum := r.Grade, r.Grade.Checks, 0.0
	ok := g.Student == student && g.Of == c.Assignment.Points() && g.Grader == graderVersion && g.InputHash == ""
	for _, task := range c.Assignment.Tasks {
		for _, want := range task.Checks {
			if len(g.Checks) == 0 { // it needs a human
				continue
			}
			ok = ok && len(left) > 0 && left[0].Task == task.ID && left[0].Check == want.ID && left[0].Of == want.Points &&
				left[0].Hidden == want.Hidden && left[0].Points >= 0 && left[0].Points <= want.Points+1e-9
			if len(left) > 0 {
				sum, left = sum+left[0].Points, left[1:]
			}
		}
	}
	if !ok || len(left) > 0 || math.Abs(sum-g.Points) > 1e-9 {
		*r = result{}
		return errors.New("what was returned is no grade")
	}
	return nil
}

// Usage returns the processor time that each student took who was graded in this run, in ascending
// order.
func (c *Class) Usage() []time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Sorted(slices.Values(c.usage))
}
