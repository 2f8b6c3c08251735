package browser

import (
	"context"
	"encoding/json"

	"rnn101/internal/checkout"
	"rnn101/internal/progress"
)

// Expected is what the formgrader must show for a student.
type Expected struct {
	Points     float64
	NeedsHuman bool // the row says "needs manual grading"
}

// MarshalJSON writes the pair that formgrader.py reads.
func (e Expected) MarshalJSON() ([]byte, error) { return json.Marshal([]any{e.Points, e.NeedsHuman}) }

// TestFormgrader opens an nbgrader course in JupyterLab and checks the submissions of an
// assignment in its formgrader. What a teacher should not see is a Problems.
func TestFormgrader(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, chromium, course, assignment, screenshots string, students map[string]Expected) error {
	expected, err := json.Marshal(students)
	if err != nil {
		return err
	}
	return runInJupyter(ctx, repo, report, "formgrader.py", chromium, course, screenshots, assignment, string(expected))
}
