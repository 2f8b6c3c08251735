// Package browser looks at the notebooks as a reader does, in a headless Chromium: in
// the real JupyterLab, and as pages from a folder.
package browser

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"rnn101/internal/checkout"
	"rnn101/internal/jupyter"
	"rnn101/internal/notebook"
	"rnn101/internal/process"
	"rnn101/internal/progress"
)

//go:embed look.py
var lookPy []byte

// Find returns the path of Chromium or Chrome, or "".
func Find() string {
	if own := os.Getenv("CHROMIUM"); own != "" {
		if path, err := exec.LookPath(own); err == nil {
			return path
		}
		return ""
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	for _, path := range []string{
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
		"/Applications/Chromium.app/Contents/MacOS/Chromium",
		filepath.Join(os.Getenv("ProgramFiles"), "Google", "Chrome", "Application", "chrome.exe"),
	} {
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	return ""
}

// Test looks at each notebook below a folder twice: as a fresh clone shows it, before
// anything is run or trusted, and after Run All. Then it saves the notebook, and the file
// must be as it was. It works on a copy of the notebooks, with a Jupyter that knows
// nothing of the user's, and leaves a picture of each page in the folder for pictures.
// What a reader must not see is a Problems.
func Test(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, chromium, notebooks, pictures string) error {
	work, err := os.MkdirTemp("", "rnn101-browser-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	folder := filepath.Join(work, "notebooks")
	names, err := copyNotebooks(notebooks, folder)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(pictures, 0o755); err != nil {
		return err
	}
	server, err := jupyter.Serve(ctx, repo, jupyter.Options{
		Folder: folder,
		Env:    []string{"JUPYTER_DATA_DIR=" + filepath.Join(work, "data"), "JUPYTER_CONFIG_DIR=" + filepath.Join(work, "config")},
	})
	if err != nil {
		return err
	}
	defer server.Stop(10 * time.Second)
	program := filepath.Join(work, "look.py")
	if err := os.WriteFile(program, lookPy, 0o600); err != nil {
		return err
	}
	args := append([]string{program, chromium, server.Address, server.Token, pictures}, names...)
	var problems Problems
	if err := look(ctx, repo, report, args); err != nil && !errors.As(err, &problems) {
		return err
	}
	for _, name := range names {
		what, err := changed(filepath.Join(notebooks, name), filepath.Join(folder, name))
		if err != nil {
			return err
		}
		if what != "" {
			problems = append(problems, name+", saved: "+what)
			report.Line("✗ %s", problems[len(problems)-1])
		}
	}
	if len(problems) > 0 {
		return problems
	}
	return nil
}

// changed returns how a saved notebook differs from the committed one, apart from outputs
// that Compare takes for equal, or "".
func changed(committed, saved string) (string, error) {
	before, err := notebook.Read(committed)
	if err != nil {
		return "", err
	}
	after, err := notebook.Read(saved)
	if err != nil {
		return "", err
	}
	if all := notebook.Compare(before, after); len(all) > 0 {
		return fmt.Sprintf("cell %s: %s", all[0].Cell, all[0].What), nil
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
			return fmt.Sprintf("line %d was %.80q and is %.80q", i+1, a[i], b[i]), nil
		}
	}
	if len(a) != len(b) {
		return fmt.Sprintf("it had %d lines and has %d", len(a), len(b)), nil
	}
	return "", nil
}

// Problems are what a reader would stumble over, a sentence each.
type Problems []string

func (p Problems) Error() string {
	return fmt.Sprintf("the reader would see %d problems, the first: %s", len(p), p[0])
}

// look runs a program of this package and reports what it says.
func look(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, args []string) error {
	cmd := exec.Command(repo.Python(), args...)
	cmd.Env = repo.Environ()
	var problems Problems
	err := process.Follow(ctx, cmd, func(line []byte) {
		var message struct{ Seen, Problem string }
		if json.Unmarshal(line, &message) != nil {
			return
		}
		if message.Problem != "" {
			problems = append(problems, message.Problem)
			report.Line("✗ %s", message.Problem)
		}
		if message.Seen != "" {
			report.Line("✓ %s", message.Seen)
		}
	})
	if err != nil {
		return fmt.Errorf("the browser test broke off: %w", err)
	}
	if len(problems) > 0 {
		return problems
	}
	return nil
}

// copyNotebooks copies the notebooks and returns their names, with slashes.
func copyNotebooks(from, to string) ([]string, error) {
	var names []string
	err := filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if strings.HasPrefix(entry.Name(), ".") && path != from {
				return filepath.SkipDir
			}
			return os.MkdirAll(filepath.Join(to, name), 0o755)
		}
		if filepath.Ext(path) != ".ipynb" {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		names = append(names, filepath.ToSlash(name))
		return os.WriteFile(filepath.Join(to, name), data, 0o644)
	})
	if err == nil && len(names) == 0 {
		err = errors.New("there are no notebooks to look at")
	}
	return names, err
}
