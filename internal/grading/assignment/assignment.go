// Package assignment defines the assignments, and compares what students' functions return
// with what rnnkit computes.
//
// Expected values and points are in this trusted process; students' code sees the arguments
// of one call and nothing else. The nets of the hidden checks are drawn from the teacher's
// key: no student knows them, and the whole class gets the same.
package assignment

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"

	"rnn101/internal/grading/answer"
	"rnn101/internal/grading/sandbox"
)

// Assignment has tasks and questions, with 20 points in all.
type Assignment struct {
	Name    string // a1
	Tasks   []Task
	Written []Question
}

// Question has a written answer, in the text cell with its ID, which is graded by hand.
type Question struct {
	ID     string
	Points float64
}

// Task is a function that the student writes, in the answer cell with the task's ID.
type Task struct {
	ID        string // the grade_id of its cell
	Signature answer.Signature
	// KeepsArguments means that the task forbids to change the arguments. Otherwise that is not
	// punished: each call has its own.
	KeepsArguments bool
	Checks         []Check
}

// Check is a number of calls of a task's function, and the points for them. Each case earns
// an equal share.
type Check struct {
	ID     string
	Points float64
	Hidden bool // the student learns only the kind of failure
	Cases  func(*rand.Rand) []Case
}

// Case is one call: its arguments and the expected results.
type Case struct {
	About string // a description: "baseball, from the state zero"
	In    []any
	Want  []any
	// Steps names each result that has an entry for each time step: "h" for h_1, h_2, …; "" for
	// any other result. Backward means that the last step is computed first.
	Steps         []string
	Backward      bool
	KnownMistakes []KnownMistake
}

// KnownMistake is a common mistake: what a function with it returns, and a hint.
type KnownMistake struct {
	Result []any
	Hint   string
}

// All are the assignments.
var All = []*Assignment{A1, A2, A3, A4}

// Points returns the points of all checks and questions.
func (a *Assignment) Points() float64 {
	sum := a.PointsOfChecks()
	for _, q := range a.Written {
		sum += q.Points
	}
	return sum
}

// PointsOfChecks returns the points of all checks: those that no human gives.
func (a *Assignment) PointsOfChecks() (sum float64) {
	for _, task := range a.Tasks {
		sum += task.Points()
	}
	return sum
}

// Points returns the points of the task's checks.
func (t Task) Points() (sum float64) {
	for _, check := range t.Checks {
		sum += check.Points
	}
	return sum
}

// Signatures returns the signatures of all tasks.
func (a *Assignment) Signatures() []answer.Signature {
	all := make([]answer.Signature, len(a.Tasks))
	for i, task := range a.Tasks {
		all[i] = task.Signature
	}
	return all
}

// Kind is the outcome of a case: right, or a kind of failure.
type Kind string

const (
	Right       Kind = "right"
	NotAnswered Kind = "not answered"
	NotCompiled Kind = "does not compile"
	Panicked    Kind = "panicked"
	Exited      Kind = "ended the program"
	TimedOut    Kind = "no answer in time"
	OutOfMemory Kind = "took too much memory"
	NoResult    Kind = "gave nothing back"
	WrongShape  Kind = "wrong shape"
	NonFinite   Kind = "not a number"
	WrongValue  Kind = "wrong value"
	Changed     Kind = "input was changed"
)

// CheckResult is the result of one check.
type CheckResult struct {
	Task, Check string
	Points, Of  float64
	Hidden      bool
	Cases       []CaseResult
}

// CaseResult is the result of one case.
type CaseResult struct {
	Kind  Kind
	About string
	// Text says what was expected and what was returned, for the student to read. In a hidden
	// check it is for the teacher alone.
	Text string
}

// Line returns the result as a line of text for a terminal.
func (v CaseResult) Line() string {
	line := "✗ " + v.About + ": " + string(v.Kind)
	switch {
	case v.Kind == Right:
		return "✓ " + v.About
	case v.Text != "":
		line += ": " + v.Text
	}
	return line
}

// newRand returns the random numbers for one check. They depend on the key alone.
func newRand(key []byte, assignment, check string) *rand.Rand {
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s\n%s", assignment, check)
	sum := mac.Sum(nil)
	return rand.New(rand.NewPCG(binary.BigEndian.Uint64(sum), binary.BigEndian.Uint64(sum[8:])))
}

// RunChecks calls the functions of a compiled program and compares the results with those
// expected. unchanged has the IDs of the answer cells that the student left unchanged. An
// error means that the sandbox could not be used, and must not become a grade.
func (a *Assignment) RunChecks(ctx context.Context, program *answer.Compiled, unchanged map[string]bool, key []byte) ([]CheckResult, error) {
	var all []CheckResult
	for _, task := range a.Tasks {
		for _, check := range task.Checks {
			cases := check.Cases(newRand(key, a.Name, check.ID))
			o := CheckResult{Task: task.ID, Check: check.ID, Of: check.Points, Hidden: check.Hidden}
			right := 0
			for _, c := range cases {
				v, err := runCase(ctx, program, task, c, unchanged[task.ID])
				if err != nil {
					return nil, err
				}
				if v.About = c.About; v.Kind == Right {
					right++
				}
				o.Cases = append(o.Cases, v)
			}
			o.Points = check.Points * float64(right) / float64(len(cases))
			all = append(all, o)
		}
	}
	return all, nil
}

// Inputs describes all calls of the checks, with their points and expected results. Equal
// lists give equal grades.
func (a *Assignment) Inputs(key []byte) []string {
	var all []string
	for _, task := range a.Tasks {
		for _, check := range task.Checks {
			for _, c := range check.Cases(newRand(key, a.Name, check.ID)) {
				all = append(all, fmt.Sprint(task.ID, task.Signature, check.ID, check.Points, check.Hidden, c.About, c.In, c.Want))
			}
		}
	}
	return all
}

// runCase calls a task's function for one case.
func runCase(ctx context.Context, program *answer.Compiled, task Task, c Case, unchanged bool) (CaseResult, error) {
	name := task.Signature.Name
	if unchanged {
		return CaseResult{Kind: NotAnswered, Text: fmt.Sprintf("the cell %s is unchanged", task.ID)}, nil
	}
	if reasons := program.Unavailable[name]; reasons != nil {
		kind := NotCompiled
		if !program.Declared(name) {
			kind = NotAnswered
		}
		return CaseResult{Kind: kind, Text: join(reasons)}, nil
	}
	r, err := program.Call(ctx, name, c.In...)
	if err != nil {
		return CaseResult{}, err
	}
	switch r.Status {
	case sandbox.Panicked:
		return CaseResult{Kind: Panicked, Text: r.Panic.String()}, nil
	case sandbox.Exited:
		return CaseResult{Kind: Exited}, nil
	case sandbox.TimedOut:
		return CaseResult{Kind: TimedOut}, nil
	case sandbox.TooLarge:
		return CaseResult{Kind: OutOfMemory}, nil
	case sandbox.NoResult:
		return CaseResult{Kind: NoResult}, nil
	}
	return task.Judge(c, r.Values, r.Changed), nil
}

// Judge compares the results of a call with those expected. changed has the indices of the
// arguments that the function has changed.
func (t Task) Judge(c Case, got []any, changed []int) CaseResult {
	v := c.Compare(got)
	if v.Kind == Right && t.KeepsArguments && len(changed) > 0 {
		return CaseResult{Kind: Changed, Text: fmt.Sprintf("the function changes its argument %d, and the task asks that it stays as it is: make a new slice", changed[0]+1)}
	}
	return v
}

// Compare compares the results of a call with those expected. If a known mistake has the same
// results, it adds the hint.
func (c Case) Compare(got []any) CaseResult {
	v := compare(c.Want, got)
	if v.Kind == Right {
		return v
	}
	if v.Kind == WrongValue {
		if steps := c.compareSteps(got); steps != "" {
			v.Text = steps
		}
	}
	for _, m := range c.KnownMistakes {
		if compare(m.Result, got).Kind == Right {
			v.Text += ". " + m.Hint
			break
		}
	}
	return v
}

func join(all []answer.Diagnostic) string {
	text := ""
	for i, m := range all {
		if i == 3 {
			return text + fmt.Sprintf("; and %d more", len(all)-3)
		}
		if i > 0 {
			text += "; "
		}
		text += m.String()
	}
	return text
}
