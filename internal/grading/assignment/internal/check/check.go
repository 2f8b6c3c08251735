// Package check has the tasks of an assignment and their checks: it draws the cases, calls students'
// functions and compares what they return with what is expected.
package check

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"

	"rnn101/internal/grading/answer"
	"rnn101/internal/lang"
)

var texts = lang.For("assignment")

// Language returns the tag of the language of the texts in results.
func Language() string { return lang.Tag() }

// SetLanguage sets the language of the texts in results. The error lists the choices.
func SetLanguage(tag string) error { return lang.Set(tag) }

// Task is a function that the student writes, in the answer cell with the task's ID.
type Task struct {
	ID        string // the grade_id of its cell
	Signature answer.Signature
	// Calls has the IDs of the earlier tasks whose functions this one may call. If they are wrong,
	// the task is graded with right ones, too.
	Calls []string
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

// Points returns the points of the task's checks.
func (t Task) Points() (sum float64) {
	for _, check := range t.Checks {
		sum += check.Points
	}
	return sum
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

// Result is the result of one check.
type Result struct {
	Task, Check string
	Points, Of  float64
	Hidden      bool
	Cases       []CaseResult
	// Common is what the arguments of all cases that are not right have in common, if the task has
	// right cases and none of them has it.
	Common []string `json:",omitempty"`

	ByHand  *float64 `json:",omitempty"` // the points that a human gave instead of Graded
	Graded  float64  `json:",omitempty"` // the points of the cases, if ByHand is not nil
	Comment string   `json:",omitempty"` // a human's
}

// CaseResult is the result of one case.
type CaseResult struct {
	Kind  Kind
	About string
	// Text says what was expected and what was returned, for the student to read. In a hidden
	// check it is for the teacher alone.
	Text string
	// Hint names the likely mistake, without a number, so that it may be shown for a hidden check.
	Hint   string   `json:",omitempty"`
	Traits []string `json:",omitempty"` // what is special about the arguments, without a number
	Share  float64  // of the points of the case
	// Given are the names of the student's own functions that are wrong. The result is that with
	// right ones in their place.
	Given []string `json:",omitempty"`

	right, easy []bool // of each result
}

// kindKeys are the keys of the texts of the kinds.
var kindKeys = map[Kind]string{
	Right:       "kind.right",
	NotAnswered: "kind.unanswered",
	NotCompiled: "kind.uncompiled",
	Panicked:    "kind.panicked",
	Exited:      "kind.exited",
	TimedOut:    "kind.late",
	OutOfMemory: "kind.memory",
	NoResult:    "kind.silent",
	WrongShape:  "kind.shape",
	NonFinite:   "kind.nan",
	WrongValue:  "kind.value",
	Changed:     "kind.changed",
}

// Text names the kind for the student. One that is not in the catalogue has its own name: a page must
// not fail over it.
func (k Kind) Text() string {
	if key, ok := kindKeys[k]; ok {
		return texts.Text(key)
	}
	return string(k)
}

// IsRight reports whether the results are as expected.
func (v CaseResult) IsRight() bool { return v.Kind == Right }

// Line returns the result as a line of text for a terminal.
func (v CaseResult) Line() string {
	line := "✗ " + v.About + ": " + v.Kind.Text()
	if v.Kind == Right {
		line = "✓ " + v.About
	}
	if v.Text != "" {
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

// Inputs describes all calls of the checks of some tasks.
func Inputs(tasks []Task, assignment string, key []byte) []string {
	var all []string
	for _, task := range tasks {
		for _, check := range task.Checks {
			for _, c := range check.Cases(newRand(key, assignment, check.ID)) {
				about := fmt.Sprintf("%#v", c.About) // in no language
				all = append(all, fmt.Sprint(task.ID, task.Signature, task.Calls, check.ID, check.Points, check.Hidden, about, c.In, c.Want, c.Results))
			}
		}
	}
	return all
}

// join returns the first diagnostics as one text.
func join(all []answer.Diagnostic) string {
	var shown []string
	for i, m := range all {
		if i == 3 {
			return strings.Join(shown, "; ") + texts.Text("more", len(all)-3)
		}
		shown = append(shown, m.String())
	}
	return strings.Join(shown, "; ")
}

// Judge compares the results of a call with those expected. changed has the indices of the
// arguments that the function has changed.
func (t Task) Judge(c Case, got []any, changed []int) CaseResult {
	v := c.Compare(got)
	if v.Kind == Right && t.KeepsArguments && len(changed) > 0 {
		return CaseResult{Kind: Changed, Text: texts.Text("changed", changed[0]+1)}
	}
	return v
}
