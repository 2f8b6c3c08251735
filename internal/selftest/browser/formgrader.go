package browser

import (
	"context"
	_ "embed"
	"encoding/json"
	"os"
	"path/filepath"
	"time"

	"rnn101/internal/checkout"
	"rnn101/internal/jupyter"
	"rnn101/internal/progress"
)

//go:embed formgrader.py
var formgraderPy []byte

// Shown is what the formgrader must show of a student.
type Shown struct {
	Points float64
	Human  bool // a human has to look
}

// MarshalJSON writes it as the program reads it.
func (s Shown) MarshalJSON() ([]byte, error) { return json.Marshal([]any{s.Points, s.Human}) }

// TestFormgrader opens a course of nbgrader's in JupyterLab, and in its formgrader the
// submissions of an assignment. What a teacher must not see is a Problems.
func TestFormgrader(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, chromium, course, assignment, pictures string, students map[string]Shown) error {
	work, err := os.MkdirTemp("", "rnn101-formgrader-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	if err := os.MkdirAll(pictures, 0o755); err != nil {
		return err
	}
	program := filepath.Join(work, "formgrader.py")
	if err := os.WriteFile(program, formgraderPy, 0o600); err != nil {
		return err
	}
	expected, err := json.Marshal(students)
	if err != nil {
		return err
	}
	server, err := jupyter.Serve(ctx, repo, jupyter.Options{
		Folder: course,
		Env:    []string{"JUPYTER_DATA_DIR=" + filepath.Join(work, "data"), "JUPYTER_CONFIG_DIR=" + filepath.Join(work, "config")},
	})
	if err != nil {
		return err
	}
	defer server.Stop(10 * time.Second)
	return look(ctx, repo, report, []string{program, chromium, server.Address, server.Token, pictures, assignment, string(expected)})
}
