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
	"sync"
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
	Answers    bool // they are wanted, too
}

// result is the output of a child.
type result struct {
	Grade   Grade
	Failed  bool
	Answers map[string][]string
	Sum     [sha256.Size]byte
	Problem string // why the file could not be read; then there is no Sum
	Used    time.Duration
}

func gradeInChild(ctx context.Context, input []byte, budget *sandbox.Budget) ([]byte, error) {
	var j job
	if err := json.Unmarshal(input, &j); err != nil {
		return nil, err
	}
	i := slices.IndexFunc(assignment.All, func(a *assignment.Assignment) bool { return a.Name == j.Assignment })
	if i < 0 {
		return nil, fmt.Errorf("there is no assignment %q", j.Assignment)
	}
	c := &Class{Assignment: assignment.All[i], Frame: j.Frame, Key: j.Key, Builder: j.Builder.Builder(budget), Limits: j.Limits, Out: j.Out}
	r := c.gradeHere(ctx, j.Submission)
	if !j.Answers {
		r.Answers = nil
	}
	r.Failed, r.Used = r.Grade.failed, budget.Used()
	return json.Marshal(r)
}

// machine is locked for reading while a student is graded, and for writing by a second try: that
// must not fail because of other work.
var machine sync.RWMutex

// gradeFile grades the file of a submission in a child. If the machine may have failed it tries once
// more, while no other student is graded, with what is left of the student's budget.
func (c *Class) gradeFile(ctx context.Context, s collect.Submission, wantAnswers bool) result {
	if !slices.Contains(assignment.All, c.Assignment) { // a child could not find it
		return c.gradeHere(ctx, s)
	}
	limits := c.Child
	try := func(lock sync.Locker) (result, error) {
		lock.Lock()
		defer lock.Unlock()
		return c.runChild(ctx, s, wantAnswers, limits)
	}
	r, err := try(machine.RLocker())
	if (err != nil || r.Failed) && ctx.Err() == nil && !isFault(err) {
		limits.Used += r.Used
		r, err = try(&machine)
	}
	var (
		exceeded *sandbox.Exceeded
		crashed  *sandbox.Crashed
	)
	switch {
	case errors.As(err, &exceeded):
		g := c.newGrade(s.Student)
		g.NeedsHuman, g.Reason = true, fmt.Sprintf("it cannot be read: %v, and that is the limit for one student", exceeded)
		r.Grade = g
	case errors.As(err, &crashed):
		r.Grade = c.panicked(s.Student, &panics.Error{Value: "the process that reads it crashed", Stack: []byte(crashed.Trace)})
	case err != nil:
		g := c.newGrade(s.Student)
		g.NeedsHuman, g.failed, g.Reason = true, true, machineFailure(err)
		r.Grade = g
	default:
		r.Grade.failed = r.Failed
	}
	return r
}

// isFault reports whether an error of a child is the input's or the grader's fault: a second try would
// fail, too.
func isFault(err error) bool {
	return errors.As(err, new(*sandbox.Exceeded)) || errors.As(err, new(*sandbox.Crashed))
}

// gradeHere is gradeFile in this process.
func (c *Class) gradeHere(ctx context.Context, s collect.Submission) (r result) {
	var file *submission.File
	if p := panics.Catch(func() { file = read(s) }); p != nil {
		r.Grade = c.panicked(s.Student, p)
		return r
	}
	r.Grade, r.Answers = c.grade(ctx, s, file)
	if r.Sum = file.Sum; r.Sum == [sha256.Size]byte{} {
		r.Problem = file.Problem
	}
	return r
}

// runChild grades the file of a submission in a child. What the child writes goes with it.
func (c *Class) runChild(ctx context.Context, s collect.Submission, wantAnswers bool, limits sandbox.ChildLimits) (r result, err error) {
	if err := c.prepare(ctx); err != nil {
		return r, err
	}
	folder, err := os.MkdirTemp(c.Builder.Folder, "student-")
	if err != nil {
		return r, err
	}
	defer os.RemoveAll(folder)
	builder, err := c.Builder.Config(folder)
	if err != nil {
		return r, err
	}
	input, err := json.Marshal(job{s, c.Assignment.Name, c.Frame, c.Key, builder, c.Limits, c.Out, wantAnswers})
	if err != nil {
		return r, err
	}
	output, used, err := sandbox.RunChild(ctx, childName, input, limits)
	if err == nil {
		err = c.decodeResult(output, s.Student, &r)
	}
	if r.Used == 0 {
		r.Used = used
	}
	c.record(r.Used)
	return r, err
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
	g, sum, i := r.Grade, 0.0, 0
	valid := func(points, of float64) bool { return points >= 0 && points <= of+1e-9 && !math.IsNaN(points) }
	ok := g.Student == student && g.Of == c.Assignment.Points() && g.Grader == graderVersion && g.InputHash == "" && r.Used >= 0
	for _, task := range c.Assignment.Tasks {
		for _, check := range task.Checks {
			if len(g.Checks) == 0 {
				continue
			}
			if i >= len(g.Checks) {
				ok = false
				break
			}
			got := g.Checks[i]
			ok = ok && got.Task == task.ID && got.Check == check.ID && got.Of == check.Points && got.Hidden == check.Hidden && valid(got.Points, got.Of)
			sum += got.Points
			i++
		}
	}
	if !ok || i != len(g.Checks) || math.Abs(sum-g.Points) > 1e-9 || len(g.Written) > len(c.Assignment.Written) {
		*r = result{Used: r.Used}
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

func (c *Class) record(used time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.usage = append(c.usage, used)
}
