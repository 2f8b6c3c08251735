package browser

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"rnn101/internal/checkout"
	"rnn101/internal/notebook"
	"rnn101/internal/progress"
)

// TestNotebooks opens notebooks of a folder in JupyterLab, checks what each shows before and after
// Run All, and saves it, which must not change it. It works on copies. What a reader should not see is
// a Problems.
func TestNotebooks(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, chromium, folder string, notebooks []string, screenshots string) error {
	temp, err := os.MkdirTemp("", "rnn101-notebooks-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	copies := filepath.Join(temp, "notebooks")
	names := make([]string, len(notebooks)) // relative to the folder, with slashes
	for i, notebook := range notebooks {
		name, err := filepath.Rel(folder, notebook)
		if err != nil {
			return err
		}
		names[i] = filepath.ToSlash(name)
		if err := copyNotebook(filepath.Join(folder, name), filepath.Join(copies, name)); err != nil {
			return err
		}
	}
	problems, err := inParts(len(names), func(i, n int) error {
		return runInJupyter(ctx, repo, report, "notebooks.py", chromium, copies, screenshots, everyNth(names, i, n)...)
	})
	if err != nil {
		return err
	}
	for _, name := range names {
		change, err := changed(filepath.Join(folder, name), filepath.Join(copies, name))
		if err != nil {
			return err
		}
		if change != "" {
			problems = append(problems, name+", saved: "+change)
			report.Line("✗ %s", problems[len(problems)-1])
		}
	}
	if len(problems) > 0 {
		return problems
	}
	return nil
}

// changed returns how a saved notebook differs from the committed one, or "". Outputs that
// notebook.Compare accepts count as equal.
func changed(committed, saved string) (string, error) {
	before, err := notebook.Read(committed)
	if err != nil {
		return "", err
	}
	after, err := notebook.Read(saved)
	if err != nil {
		return "", err
	}
	if differences := notebook.Compare(before, after); len(differences) > 0 {
		return fmt.Sprintf("cell %s: %s", differences[0].Cell, differences[0].What), nil
	}
	after.KeepOutputs(before)
	want, err := before.Encode()
	if err != nil {
		return "", err
	}
	got, err := after.Encode()
	if err != nil {
		return "", err
	}
	a, b := strings.Split(string(want), "\n"), strings.Split(string(got), "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d has changed from %.80q to %.80q", i+1, a[i], b[i]), nil
		}
	}
	if len(a) != len(b) {
		return fmt.Sprintf("it has changed from %d lines to %d", len(a), len(b)), nil
	}
	return "", nil
}

// copyNotebook copies a notebook and makes the folder that it goes to.
func copyNotebook(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o644)
}
