package selftest

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"rnn101/internal/setup"
)

// vulnerabilities looks the modules of the checkout up in Go's vulnerability database.
func vulnerabilities(ctx context.Context, w *workshop) error {
	if _, err := setup.Run(ctx, w.repo, w.report.Step, setup.Govulncheck); err != nil {
		return err
	}
	w.report.Done()
	return scanModules(func(folder string, args ...string) (string, error) {
		return w.commandIn(ctx, folder, []string{w.goOnPath()}, w.repo.Program("govulncheck"), args...)
	}, w.report.Line)
}

// pinned are the folders of the modules that only pin programs.
var pinned = []string{filepath.Join("tools", "programs"), filepath.Join("tools", "gopls")}

// scanModules calls govulncheck by run, which returns what it prints, for each module. A
// vulnerability in code that is called is an error; others are reported.
func scanModules(run func(folder string, args ...string) (string, error), report func(format string, args ...any)) error {
	// It says when the database was last changed, or nothing of it where it has no answer.
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
		case errors.As(err, &exit) && exit.ExitCode() == calledStatus:
			problems = append(problems, fmt.Errorf("%s calls vulnerable code. Require the version that fixes it, or use the Go that does:\n%s", moduleName(folder), out))
		case err != nil:
			problems = append(problems, err)
		default:
			report("%s: %s", moduleName(folder), strings.TrimSpace(out))
		}
	}
	for _, folder := range modules {
		scan(folder, "./...")
	}
	for _, folder := range pinned {
		scan(folder, "tool")
	}
	return errors.Join(problems...)
}

// calledStatus is the exit status by which govulncheck says that vulnerable code is
// called.
const calledStatus = 3

// databaseAddress returns the address of the database out of what govulncheck -version says.
func databaseAddress(version string) string {
	_, rest, _ := strings.Cut(version, "\nDB: ")
	return firstLine(rest)
}

// moduleName is what a reader calls the module of a folder.
func moduleName(folder string) string {
	if folder == "." {
		return "the course"
	}
	return filepath.ToSlash(folder)
}
