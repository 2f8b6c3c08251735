package selftest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"rnn101/internal/checkout"
)

// run is the output and the exit status of a program.
type run struct {
	output string
	status int
}

// Runs of govulncheck 1.9.0: without a network, with a database of invented vulnerabilities,
// and on a package that does not compile.
var (
	unreachable = run{"Go: go1.26.8\nScanner: govulncheck@v1.9.0\nDB: https://vuln.go.dev\n\n", 0}
	reached     = run{"Go: go1.26.8\nScanner: govulncheck@v1.9.0\nDB: https://vuln.go.dev\nDB updated: 2026-11-01 00:00:00 +0000 UTC\n\n", 0}
	clean       = run{"No vulnerabilities found.\n", 0}
	uncalled    = run{`=== Symbol Results ===

No vulnerabilities found.

Your code is affected by 0 vulnerabilities.
This scan also found 1 vulnerability in packages you import and 0
vulnerabilities in modules you require, but your code doesn't appear to call
these vulnerabilities.
Use '-show verbose' for more details.
`, 0}
	called = run{`=== Symbol Results ===

Vulnerability #1: GO-2026-9999
    Invented to test the step
  More info: https://pkg.go.dev/vuln/GO-2026-9999
  Module: github.com/gofrs/flock
    Found in: github.com/gofrs/flock@v0.13.2
    Fixed in: github.com/gofrs/flock@v0.99.0
    Example traces found:
      #1: internal/setup/setup.go:45:19: setup.Run calls flock.New

Your code is affected by 1 vulnerability from 1 module.
`, 3}
	broken = run{"govulncheck: loading packages: \nThere are errors with the provided package patterns:\n", 1}
)

func TestVulnerabilitiesThatAreCalledAreErrors(t *testing.T) {
	for _, c := range []struct {
		name    string
		version run
		scans   map[string]run // by folder; default: clean
		skips   bool
		fails   []string // words of the error; none if the step passes
		reports []string
	}{
		{"nothing found", reached, nil, false, nil, []string{
			"the course: No vulnerabilities found.", "rnnkit/internal/kernel/generate: No", "tools/programs: No", "tools/gopls: No"}},
		{"found, but not called", reached, map[string]run{".": uncalled}, false, nil, []string{"1 vulnerability in packages you import"}},
		{"called", reached, map[string]run{"tools/programs": called}, false,
			[]string{"tools/programs calls", "GO-2026-9999", "Fixed in: github.com/gofrs/flock@v0.99.0"}, []string{"the course: No", "tools/gopls: No"}},
		{"called in two modules", reached, map[string]run{".": called, "tools/gopls": called}, false,
			[]string{"the course calls", "tools/gopls calls"}, nil},
		{"no database", unreachable, map[string]run{".": broken}, true, []string{"https://vuln.go.dev"}, nil},
		{"no scan", reached, map[string]run{"rnnkit/internal/kernel/generate": broken}, false, []string{"exit status 1", "loading packages"}, nil},
		{"no program", broken, nil, false, []string{"exit status 1"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &suite{repo: &checkout.Checkout{Root: root(t)}}
			govulncheck := func(folder string, args ...string) (string, error) {
				folder = strings.ReplaceAll(folder, `\`, "/")
				answer, ok := c.scans[folder]
				switch {
				case slices.Contains(args, "-version"):
					answer = c.version
				case !ok:
					answer = clean
				}
				program, err := os.Executable()
				if err != nil {
					t.Fatal(err)
				}
				return s.commandIn(context.Background(), folder, []string{fakeOutput + answer.output, fmt.Sprint(fakeStatus, answer.status)}, program)
			}
			var reports []string
			err := scanModules(govulncheck, func(format string, args ...any) { reports = append(reports, fmt.Sprintf(format, args...)) })
			var skip skipped
			if errors.As(err, &skip) != c.skips {
				t.Errorf("the error is %v, want a skipped: %t", err, c.skips)
			}
			if (err != nil) != (len(c.fails) > 0) {
				t.Errorf("the error is %v, want %q in it", err, c.fails)
			}
			for _, words := range c.fails {
				if err != nil && !strings.Contains(err.Error(), words) {
					t.Errorf("the error lacks %q:\n%v", words, err)
				}
			}
			if c.skips && (strings.Contains(err.Error(), "\n") || len(reports) > 0) {
				t.Errorf("a skipped step gives more than one line: %v %q", err, reports)
			}
			for _, words := range c.reports {
				if !strings.Contains(strings.Join(reports, "\n"), words) {
					t.Errorf("the report lacks %q: %q", words, reports)
				}
			}
		})
	}
}

// With these variables set, the test binary prints a text and exits with a status, in place of
// another program.
const fakeOutput, fakeStatus = "RNN101_TEST_TEXT=", "RNN101_TEST_STATUS="

func TestMain(m *testing.M) {
	if status, ok := os.LookupEnv(strings.TrimSuffix(fakeStatus, "=")); ok {
		fmt.Print(os.Getenv(strings.TrimSuffix(fakeOutput, "=")))
		code, err := strconv.Atoi(status)
		if err != nil {
			panic(err)
		}
		os.Exit(code)
	}
	os.Exit(m.Run())
}
