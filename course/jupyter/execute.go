package jupyter

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"rnn101/course/environment"
	"rnn101/course/notebook"
)

//go:embed execute.py
var executePy []byte

// Failed says which cell of a notebook failed, and how.
type Failed struct {
	Notebook string
	Cell     string
	Message  string
}

func (f *Failed) Error() string {
	return fmt.Sprintf("%s, cell %s failed:\n%s", f.Notebook, f.Cell, indent(f.Message))
}

// Execute runs a notebook in a fresh kernel, in the notebook's folder, and returns
// the outcome, normalised; the file stays as it is. After each code cell it calls
// progress with the number of cells done and their total.
func Execute(ctx context.Context, place *environment.Place, path string, progress func(done, of int)) (*notebook.Notebook, error) {
	source, err := notebook.Read(path)
	if err != nil {
		return nil, err
	}
	if name := source.KernelName(); name != "gonb" {
		return nil, fmt.Errorf("%s is a notebook of the kernel %q. The course runs notebooks of the kernel gonb: choose Go (gonb) in JupyterLab", path, name)
	}
	work, err := os.MkdirTemp("", "rnn101-run-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	program, result := filepath.Join(work, "execute.py"), filepath.Join(work, "result.ipynb")
	if err := os.WriteFile(program, executePy, 0o600); err != nil {
		return nil, err
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(place.Python(), program, absolute, result)
	cmd.Env = place.Environ()
	var failure error
	err = Follow(ctx, cmd, func(line []byte) {
		var message struct {
			Cell, Of int
			Failed   *struct{ Cell, Error string }
		}
		switch {
		case json.Unmarshal(line, &message) != nil:
		case message.Failed != nil:
			failure = &Failed{path, message.Failed.Cell, message.Failed.Error}
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
