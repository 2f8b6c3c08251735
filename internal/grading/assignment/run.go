//go:build !js

package assignment

import (
	"context"

	"rnn101/internal/grading/answer"
	"rnn101/internal/grading/assignment/internal/check"
)

// RunChecks calls the functions of a compiled program and compares the results with those
// expected, as check.Run does. unchanged has the IDs of the answer cells that the student left
// unchanged. An error means that the sandbox could not be used, and must not become a grade.
func (a *Assignment) RunChecks(ctx context.Context, program *answer.Compiled, unchanged map[string]bool, key []byte) ([]CheckResult, error) {
	return check.Run(ctx, a.Tasks, program, unchanged, a.Name, key)
}
