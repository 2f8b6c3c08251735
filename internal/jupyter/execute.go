package jupyter

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

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
	Cell     string // its name
	Message  string
}

func (e *CellError) Error() string {
	return fmt.Sprintf("%s, cell %s failed:\n%s", e.Notebook, e.Cell, process.Indent(e.Message))
}

// Execute runs a notebook in a new kernel, in the notebook's folder, and returns the executed
// notebook. Only outputs, execution counts and the record of the code are new in it; a notebook
// of the course is normalised, too. It does not change the file. After each code cell it calls
// progress with the number of cells that have run and the total. The error is a [*CellError] if a
// cell fails.
func Execute(ctx context.Context, repo *checkout.Checkout, path string, progress func(done, total int)) (*notebook.Notebook, error) {
	nb, err := notebook.Read(path)
	if err != nil {
		return nil, err
	}
	if name := nb.KernelName(); name != "gonb" {
		return nil, fmt.Errorf("%s has the kernel %q, but only notebooks of the kernel gonb can be run. Choose Go (gonb) in JupyterLab, "+
			"or run it with its own kernel: jupyter execute --inplace %q", path, name, path)
	}
	if old := fix.Find(nb); len(old) > 0 {
		return nil, fmt.Errorf("%s was written for an earlier version of the course: %s. Call: go run ./course fix %q", path, old[0], path)
	}
	for i, c := range nb.Cells {
		if what := input(c); what != "" {
			return nil, &CellError{path, nb.CellName(i), fmt.Sprintf("it asks for input (%s), and nobody answers when a notebook is run from top to bottom: "+
				"write the value into the code, or run this notebook in JupyterLab", what)}
		}
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	own := repo.Owns(absolute)
	if own {
		if err := nb.Normalise(); err != nil {
			return nil, err
		}
	}
	results, err := runCells(ctx, repo, nb, filepath.Dir(absolute), progress)
	if err != nil {
		return nil, err
	}
	for _, r := range results {
		c := nb.Cells[r.Cell]
		if c.Outputs, err = notebook.ParseOutputs(r.Outputs); err != nil {
			return nil, err
		}
		c.Outputs = notebook.MergeStreams(c.Outputs)
		if !own {
			c.Count = r.Count
		}
	}
	nb.MarkExecuted()
	return nb, nil
}

var (
	inputCommand = regexp.MustCompile(`(?m)^%(with_inputs|with_password)\b`)
	runsCode     = regexp.MustCompile(`(?m)^(%%|%main\b|func main\()`)
	inputName    = regexp.MustCompile(`^(fmt\.Scan(ln|f)?|os\.Stdin|gonbui\.RequestInput)$`)
)

// input returns with what a cell asks for input when it runs, or "". GoNB leaves the standard input
// of a cell open, so a cell that reads it would wait until its time is over. What a function of
// another cell reads is not seen.
func input(c *notebook.Cell) string {
	if c.Kind != "code" {
		return ""
	}
	if command := inputCommand.FindString(c.Source); command != "" {
		return command
	}
	if !runsCode.MatchString(c.Source) {
		return ""
	}
	tokens := notebook.Tokens(c.Source)
	for i := 2; i < len(tokens); i++ {
		if name := tokens[i-2].Text + tokens[i-1].Text + tokens[i].Text; inputName.MatchString(name) {
			return name
		}
	}
	return ""
}

// cell is a code cell for execute.py.
type cell struct {
	Cell   int      `json:"cell"` // its index in the notebook
	Source string   `json:"source"`
	Tags   []string `json:"tags"`
}

// result is what a cell gave.
type result struct {
	Cell    int             `json:"cell"`
	Count   int             `json:"count"`
	Outputs json.RawMessage `json:"outputs"`
}

// runCells runs the code cells of a notebook in a folder with execute.py, which gets only what the
// kernel needs: neither the format of the file nor the ids of its cells matter.
func runCells(ctx context.Context, repo *checkout.Checkout, nb *notebook.Notebook, folder string, progress func(done, total int)) ([]result, error) {
	cells := []cell{}
	for i, c := range nb.Cells {
		if c.Kind == "code" {
			// Windows ends lines with \r\n, which the kernel takes for a part of its commands.
			cells = append(cells, cell{i, strings.ReplaceAll(c.Source, "\r\n", "\n"), append([]string{}, c.Tags()...)})
		}
	}
	temp, err := os.MkdirTemp("", "rnn101-run-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(temp)
	program, job, made := filepath.Join(temp, "execute.py"), filepath.Join(temp, "cells.json"), filepath.Join(temp, "results.json")
	if err := os.WriteFile(program, executePy, 0o600); err != nil {
		return nil, err
	}
	data, err := json.Marshal(cells)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(job, data, 0o600); err != nil {
		return nil, err
	}
	cmd := exec.Command(repo.Python(), program, job, made, folder)
	cmd.Env = repo.Environ()
	var failure error
	err = process.Follow(ctx, cmd, func(line []byte) {
		var message struct {
			Done, Of int
			Failed   *struct {
				Cell  int
				Error string
			}
		}
		switch {
		case json.Unmarshal(line, &message) != nil:
		case message.Failed != nil:
			failure = &CellError{nb.Path, nb.CellName(message.Failed.Cell), message.Failed.Error}
		case progress != nil:
			progress(message.Done, message.Of)
		}
	})
	if failure != nil && ctx.Err() == nil {
		return nil, failure
	}
	if err != nil {
		return nil, fmt.Errorf("%s could not be run: %w", nb.Path, err)
	}
	var all []result
	if data, err = os.ReadFile(made); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, fmt.Errorf("%s: cannot read what its cells gave: %w", nb.Path, err)
	}
	return all, nil
}
