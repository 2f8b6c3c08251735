package jupyter

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"rnn101/internal/checkout"
	"rnn101/internal/fix"
	"rnn101/internal/notebook"
	"rnn101/internal/process"
)

//go:embed execute.py
var executePy []byte

// CellError is the error of a notebook with a cell that failed.
type CellError struct {
	Notebook string
	Cell     string
	Message  string
}

func (e *CellError) Error() string {
	return fmt.Sprintf("%s, cell %s failed:\n%s", e.Notebook, e.Cell, process.Indent(e.Message))
}

// Execute runs a notebook in a new kernel, in the notebook's folder, and returns the
// executed notebook, normalised. It does not change the file. After each code cell it calls
// progress with the number of cells that have run and the total. The error is a
// [*CellError] if a cell fails.
func Execute(ctx context.Context, repo *checkout.Checkout, path string, progress func(done, total int)) (*notebook.Notebook, error) {
	source, err := notebook.Read(path)
	if err != nil {
		return nil, err
	}
	if name := source.KernelName(); name != "gonb" {
		return nil, fmt.Errorf("%s has the kernel %q, want gonb. Choose the kernel Go (gonb) in JupyterLab", path, name)
	}
	if old := fix.Find(source); len(old) > 0 {
		return nil, fmt.Errorf("%s was written for an earlier version of the course: %s. Call: go run ./course fix %q", path, old[0], path)
	}
	folder, err := os.MkdirTemp("", "rnn101-run-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	program, result := filepath.Join(folder, "execute.py"), filepath.Join(folder, "result.ipynb")
	if err := os.WriteFile(program, executePy, 0o600); err != nil {
		return nil, err
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(repo.Python(), program, absolute, result)
	cmd.Env = repo.Environ()
	var failure error
	err = process.Follow(ctx, cmd, func(line []byte) {
		var message struct {
			Cell, Of int
			Failed   *struct{ Cell, Error string }
		}
		switch {
		case json.Unmarshal(line, &message) != nil:
		case message.Failed != nil:
			failure = &CellError{path, message.Failed.Cell, message.Failed.Error}
		case progress != nil:
			progress(message.Cell, message.Of)
		}
	})
	if failure != nil && ctx.Err() == nil {
		return nil, failure
	}
	if err != nil {
		return nil, fmt.Errorf("%s could not be run: %w", path, err)
	}
	nb, err := notebook.Read(result)
	if err != nil {
		return nil, err
	}
	nb.Path = path
	if err := nb.Normalise(); err != nil {
		return nil, err
	}
	nb.MarkExecuted()
	return nb, nil
}
