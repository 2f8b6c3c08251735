// Package assignment says what the assignments ask for, and judges what students'
// functions give back.
//
// Expected values, points and comparison stand here, in the process that is trusted;
// students' code sees the inputs of one call and nothing else. The nets of the hidden
// checks are drawn from the teacher's key, so that nobody can know them, and everybody of
// a class gets the same.
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

// Assignment is what is handed out: tasks and questions, 20 points together.
type Assignment struct {
	Name    string // a1
	Tasks   []Task
	Written []Question
}

// Question is answered in words, in the text cell with its ID, and graded by hand.
type Question struct {
	ID     string
	Points float64
}

// Task is a function that the student writes, in the answer cell with the task's ID.
type Task struct {
	ID        string // the grade_id of its cell
	Signature answer.Signature
	Checks    []Check
}

// Check is some calls of a task's function, and the points for them. Each case earns its
// share.
type Check struct {
	ID     string
	Points float64
	Hidden bool // only what kind of failure it was is told
	Cases  func(*rand.Rand) []Case
}

// Case is one call: what goes in, and what must come out.
type Case struct {
	About string // in words: "baseball, from the state zero"
	In    []any
	Want  []any
	// Steps names each result that has an entry for each step of time: "h" for h_1, h_2, …;
	// "" for another. Backward is set where the last step is computed first.
	Steps    []string
	Backward bool
	Mistakes []Mistake
}

// Mistake is a known one: what it gives back, and what to say to whoever made it.
type Mistake struct {
	Gives []any
	Says  string
}

// All are the assignments.
var All = []*Assignment{A1, A2, A3, A4}

// Points is the sum over all checks and questions.
func (a *Assignment) Points() float64 {
	sum := a.PointsOfChecks()
	for _, q := range a.Written {
		sum += q.Points
	}
	return sum
}

// PointsOfChecks is the sum over all checks: what can be earned without a human.
func (a *Assignment) PointsOfChecks() (sum float64) {
	for _, task := range a.Tasks {
		sum += task.Points()
	}
	return sum
}

// Points is the sum over the task's checks.
func (t Task) Points() (sum float64) {
	for _, check := range t.Checks {
		sum += check.Points
	}
	return sum
}

// Functions are the signatures of all tasks.
func (a *Assignment) Functions() []answer.Signature {
	all := make([]answer.Signature, len(a.Tasks))
	for i, task := range a.Tasks {
		all[i] = task.Signature
	}
	return all
}

// Kind is what kind of failure a case is.
type Kind string

const (
	Right       Kind = "right"
	NotAnswered Kind = "not answered"
	NotCompiled Kind = "does not compile"
	Panicked    Kind = "panicked"
	Exited      Kind = "ended the program"
	Late        Kind = "no answer in time"
	TooMuch     Kind = "took too much memory"
	Silent      Kind = "gave nothing back"
	WrongShape  Kind = "wrong shape"
	NotANumber  Kind = "not a number"
	WrongValue  Kind = "wrong value"
	Changed     Kind = "input was changed"
)

// Outcome is what became of one check.
type Outcome struct {
	Task, Check string
	Points, Of  float64
	Hidden      bool
	Cases       []Verdict
}

// Verdict is what became of one case.
type Verdict struct {
	Kind  Kind
	About string
	// Text says what was expected and what came, for a student to read. Of a hidden check
	// it is for the teacher alone.
	Text string
}

// Line says it in plain text, as in a terminal.
func (v Verdict) Line() string {
	line := "✗ " + v.About + ": " + string(v.Kind)
	switch {
	case v.Kind == Right:
		return "✓ " + v.About
	case v.Text != "":
		line += ": " + v.Text
	}
	return line
}

// random draws for one check: the same for everybody with the same key.
func random(key []byte, assignment, check string) *rand.Rand {
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s\n%s", assignment, check)
	sum := mac.Sum(nil)
	return rand.New(rand.NewPCG(binary.BigEndian.Uint64(sum), binary.BigEndian.Uint64(sum[8:])))
}

// Judge calls the functions of a compiled program and judges what comes out. handed are
// the answer cells that were left as they were handed out. Its error means that the
// sandbox could not be used; nobody's grade may come of that.
func (a *Assignment) Judge(ctx context.Context, program *answer.Compiled, handed map[string]bool, key []byte) ([]Outcome, error) {
	var all []Outcome
	for _, task := range a.Tasks {
		for _, check := range task.Checks {
			cases := check.Cases(random(key, a.Name, check.ID))
			o := Outcome{Task: task.ID, Check: check.ID, Of: check.Points, Hidden: check.Hidden}
			right := 0
			for _, c := range cases {
				v, err := judge(ctx, program, task, c, handed[task.ID])
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

// Inputs is all that the checks ask for, in words: two lists that are the same give the
// same grades.
func (a *Assignment) Inputs(key []byte) []string {
	var all []string
	for _, task := range a.Tasks {
		for _, check := range task.Checks {
			for _, c := range check.Cases(random(key, a.Name, check.ID)) {
				all = append(all, fmt.Sprint(task.ID, task.Signature, check.ID, check.Points, check.Hidden, c.About, c.In, c.Want))
			}
		}
	}
	return all
}

func judge(ctx context.Context, program *answer.Compiled, task Task, c Case, handed bool) (Verdict, error) {
	name := task.Signature.Name
	if handed {
		return Verdict{Kind: NotAnswered, Text: fmt.Sprintf("the cell %s is as it was handed out", task.ID)}, nil
	}
	if why := program.Unavailable[name]; why != nil {
		kind := NotCompiled
		if !program.Declared(name) {
			kind = NotAnswered
		}
		return Verdict{Kind: kind, Text: join(why)}, nil
	}
	r, err := program.Call(ctx, name, c.In...)
	if err != nil {
		return Verdict{}, err
	}
	switch r.Status {
	case sandbox.Panicked:
		return Verdict{Kind: Panicked, Text: r.Panic.String()}, nil
	case sandbox.Exited:
		return Verdict{Kind: Exited}, nil
	case sandbox.TimedOut:
		return Verdict{Kind: Late}, nil
	case sandbox.TooLarge:
		return Verdict{Kind: TooMuch}, nil
	case sandbox.NoResult:
		return Verdict{Kind: Silent}, nil
	}
	v := c.Compare(r.Values)
	if v.Kind == Right && len(r.Changed) > 0 {
		return Verdict{Kind: Changed, Text: fmt.Sprintf("the function changes its argument %d, which belongs to the caller: make a new slice", r.Changed[0]+1)}, nil
	}
	return v, nil
}

// Compare judges what a function gave back for a case. Where a known mistake gives the
// same, it says so.
func (c Case) Compare(got []any) Verdict {
	v := compare(c.Want, got)
	if v.Kind == Right {
		return v
	}
	if v.Kind == WrongValue {
		if steps := c.steps(got); steps != "" {
			v.Text = steps
		}
	}
	for _, m := range c.Mistakes {
		if compare(m.Gives, got).Kind == Right {
			v.Text += ". " + m.Says
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
