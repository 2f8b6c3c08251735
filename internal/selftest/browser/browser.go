// Package browser tests what readers see in a headless Chromium: the notebooks in JupyterLab,
// the pages of a site, and nbgrader's formgrader; and in Firefox the page of the lecture's net
// and pages whose cells run.
package browser

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"rnn101/internal/checkout"
	"rnn101/internal/jupyter"
	"rnn101/internal/process"
	"rnn101/internal/progress"
)

// A Program is a browser that the tests use if it is installed.
type Program struct {
	Name     string   // for messages
	Variable string   // overrides the search
	commands []string // in PATH
	paths    []string // where it is on systems that do not put it into PATH
}

// The browsers of the tests.
var (
	Chromium = Program{
		Name: "Chromium or Chrome", Variable: "CHROMIUM",
		commands: []string{"chromium", "chromium-browser", "google-chrome", "chrome"},
		paths: []string{
			"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
			"/Applications/Chromium.app/Contents/MacOS/Chromium",
			filepath.Join(os.Getenv("ProgramFiles"), "Google", "Chrome", "Application", "chrome.exe"),
		},
	}
	Firefox = Program{
		Name: "Firefox", Variable: "FIREFOX",
		commands: []string{"firefox-esr", "firefox"},
		paths: []string{
			"/Applications/Firefox.app/Contents/MacOS/firefox",
			filepath.Join(os.Getenv("ProgramFiles"), "Mozilla Firefox", "firefox.exe"),
		},
	}
)

// Find returns the path of the program, or "" if it is not installed.
func (p Program) Find() string {
	if own := os.Getenv(p.Variable); own != "" {
		if path, err := exec.LookPath(own); err == nil {
			return path
		}
		return ""
	}
	for _, name := range p.commands {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	for _, path := range p.paths {
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	return ""
}

// Problems are faults that a reader would see, a sentence each.
type Problems []string

func (p Problems) Error() string {
	return fmt.Sprintf("the reader would see %d problems, the first: %s", len(p), p[0])
}

// inParts calls test for each of n parts of the work at the same time: a browser waits half of
// the time. n is at most 2, and not more than there is to test. It returns all Problems, and
// the other errors.
func inParts(count int, test func(part, n int) error) (all Problems, err error) {
	var (
		wait sync.WaitGroup
		mu   sync.Mutex
		errs []error
	)
	n := min(2, runtime.NumCPU(), count)
	for i := range n {
		wait.Go(func() {
			err := test(i, n)
			mu.Lock()
			defer mu.Unlock()
			var problems Problems
			switch {
			case errors.As(err, &problems):
				all = append(all, problems...)
			case err != nil:
				errs = append(errs, err)
			}
		})
	}
	wait.Wait()
	return all, errors.Join(errs...)
}

// joined returns the results of inParts as one error.
func joined(problems Problems, err error) error {
	if len(problems) > 0 {
		return errors.Join(problems, err)
	}
	return err
}

// everyNth returns every nth element, beginning with the one at index first.
func everyNth[T any](all []T, first, n int) []T {
	part := []T{} // not nil, for JSON
	for i := first; i < len(all); i += n {
		part = append(part, all[i])
	}
	return part
}

// scripts are the Python scripts of this package, which import one another.
//
//go:embed *.py
var scripts embed.FS

// runInJupyter runs a script of this package against a Jupyter server of its own, whose root is
// folder and which ignores the user's configuration. The script gets the browser, the server's
// address and token, the folder for screenshots, and args.
func runInJupyter(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, script, chromium, folder, screenshots string, args ...string) error {
	temp, err := os.MkdirTemp("", "rnn101-browser-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	server, err := jupyter.Serve(ctx, repo, jupyter.Options{
		Folder: folder,
		Env:    []string{"JUPYTER_DATA_DIR=" + filepath.Join(temp, "data"), "JUPYTER_CONFIG_DIR=" + filepath.Join(temp, "config")},
	})
	if err != nil {
		return err
	}
	defer server.Stop(10 * time.Second)
	return runScript(ctx, repo, report, script, nil, append([]string{chromium, server.Address, server.Token, screenshots}, args...)...)
}

// runJob runs a script with a job, which it reads from a file.
func runJob(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, script string, job any, measured func(line []byte)) error {
	file, err := os.CreateTemp("", "rnn101-job-*.json")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	err = json.NewEncoder(file).Encode(job)
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	return runScript(ctx, repo, report, script, measured, file.Name())
}

// runScript runs a script and reports its results. measured, unless it is nil, gets each line with
// something else. If the script finds problems, the error is a Problems.
func runScript(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, script string, measured func(line []byte), args ...string) error {
	temp, err := os.MkdirTemp("", "rnn101-browser-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	if err := os.CopyFS(temp, scripts); err != nil {
		return err
	}
	cmd := exec.Command(repo.Python(), append([]string{filepath.Join(temp, script)}, args...)...)
	cmd.Env = repo.Environ()
	var problems Problems
	err = process.Follow(ctx, cmd, func(line []byte) {
		var message struct{ Seen, Problem string }
		if json.Unmarshal(line, &message) != nil {
			return
		}
		switch {
		case message.Problem != "":
			problems = append(problems, message.Problem)
			report.Line("✗ %s", message.Problem)
		case message.Seen != "":
			report.Line("✓ %s", message.Seen)
		case measured != nil:
			measured(line)
		}
	})
	if err != nil {
		return fmt.Errorf("the browser test stopped: %w", err)
	}
	if len(problems) > 0 {
		return problems
	}
	return nil
}
