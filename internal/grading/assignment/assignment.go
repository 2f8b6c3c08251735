// Package assignment defines the assignments, and compares what students' functions return
// with what rnnkit computes.
//
// Expected values and points are in this trusted process; students' code sees the arguments
// of one call and nothing else. The nets of the hidden checks are drawn from the teacher's
// key: no student knows them, and the whole class gets the same.
package assignment

import (
	"rnn101/internal/grading/answer"
	"rnn101/internal/grading/assignment/internal/check"
	"rnn101/internal/grading/assignment/internal/nets"
)

// What a task and its results are is in package check. Other packages know these types by the names
// here.
type (
	Task         = check.Task
	Check        = check.Check
	Case         = check.Case
	CheckResult  = check.Result
	CaseResult   = check.CaseResult
	KnownMistake = check.KnownMistake
	Kind         = check.Kind
)

// Language returns the tag of the language in which results are described: hints, what is wrong with
// a value. SetLanguage sets it, in this process.
var (
	Language    = check.Language
	SetLanguage = check.SetLanguage
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

// Signatures returns the signatures of all tasks.
func (a *Assignment) Signatures() []answer.Signature {
	all := make([]answer.Signature, len(a.Tasks))
	for i, task := range a.Tasks {
		all[i] = task.Signature
	}
	return all
}

// Inputs describes all calls of the checks, with their points and expected results. Equal
// lists give equal grades.
func (a *Assignment) Inputs(key []byte) []string { return check.Inputs(a.Tasks, a.Name, key) }

// about returns the description of a case: a text of the catalogue, "about.KEY".
func about(key string, args ...any) check.Text { return check.Text{Key: "about." + key, Args: args} }

// ofSizes describes a problem by its sizes.
func ofSizes(p nets.Problem) check.Text {
	return about("sizes", len(p.U[0]), len(p.W), len(p.V), len(p.Words))
}

// sentence describes a case by the words that are read.
func sentence(words string) check.Text { return about("sentence", words) }

// mistake returns a known mistake: a function with it, and the key of its hint.
func mistake(function any, hint string) check.KnownMistake {
	return check.KnownMistake{Function: function, Hint: hint}
}
