package selftest

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"rnn101/internal/setup"
)

// vulnerabilities scans the modules of the checkout with govulncheck.
func vulnerabilities(ctx context.Context, s *suite) error {
	if _, err := setup.Run(ctx, s.repo, s.report.Step, setup.Govulncheck); err != nil {
		return err
	}
	s.report.Done()
	return scanModules(func(folder string, args ...string) (string, error) {
		return s.commandIn(ctx, folder, []string{s.pathWithGo()}, s.repo.Program("govulncheck"), args...)
	}, s.report.Line)
}

// toolModules are the folders of the Go modules that only pin the versions of programs.
var toolModules = []string{filepath.Join("tools", "programs"), filepath.Join("tools", "gopls")}

// scanModules scans each module. run runs govulncheck in a folder and returns its output. A
// vulnerability in code that is called is an error; others are only reported.
func scanModules(run func(folder string, args ...string) (string, error), report func(format string, args ...any)) error {
	// The line DB updated is missing if the database cannot be reached.
	version, err := run(".", "-version")
	if err != nil {
		return err
	}
	if !strings.Contains(version, "\nDB updated: ") {
		return skipped("govulncheck cannot reach its database: " + databaseAddress(version))
	}
	var problems []error
	scan := func(folder, packages string) {
		out, err := run(folder, packages)
		var exit interface{ ExitCode() int }
		switch {
		case errors.As(err, &exit) && exit.ExitCode() == exitVulnerable:
			problems = append(problems, fmt.Errorf("%s calls vulnerable code: require the version that fixes it, or a newer Go:\n%s", moduleName(folder), out))
		case err != nil:
			problems = append(problems, err)
		default:
			report("%s: %s", moduleName(folder), strings.TrimSpace(out))
		}
	}
	for _, folder := range modules {
		scan(folder, "./...")
	}
	for _, folder := range toolModules {
		scan(folder, "tool")
	}
	return errors.Join(problems...)
}

// exitVulnerable is govulncheck's exit status if vulnerable code is called.
const exitVulnerable = 3

// databaseAddress returns the address of the database in the output of govulncheck -version.
func databaseAddress(version string) string {
	_, rest, _ := strings.Cut(version, "\nDB: ")
	return firstLine(rest)
}

// moduleName returns the name of a folder's module for messages.
func moduleName(folder string) string {
	if folder == "." {
		return "the course"
	}
	return filepath.ToSlash(folder)
}
