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

// said is what a program that is stood in for prints, and its exit status.
type said struct {
	text   string
	status int
}

// What govulncheck 1.9.0 printed, with no network, with a database of made-up
// vulnerabilities, and with a package that does not compile.
var (
	unreachable = said{"Go: go1.26.8\nScanner: govulncheck@v1.9.0\nDB: https://vuln.go.dev\n\n", 0}
	reached     = said{"Go: go1.26.8\nScanner: govulncheck@v1.9.0\nDB: https://vuln.go.dev\nDB updated: 2026-11-01 00:00:00 +0000 UTC\n\n", 0}
	clean       = said{"No vulnerabilities found.\n", 0}
	uncalled    = said{`=== Symbol Results ===

No vulnerabilities found.

Your code is affected by 0 vulnerabilities.
This scan also found 1 vulnerability in packages you import and 0
vulnerabilities in modules you require, but your code doesn't appear to call
these vulnerabilities.
Use '-show verbose' for more details.
`, 0}
	called = said{`=== Symbol Results ===

Vulnerability #1: GO-2026-9999
    Made up, to try the step
  More info: https://pkg.go.dev/vuln/GO-2026-9999
  Module: github.com/gofrs/flock
    Found in: github.com/gofrs/flock@v0.13.2
    Fixed in: github.com/gofrs/flock@v0.99.0
    Example traces found:
      #1: course/environment/setup.go:45:19: checkout.Place.Setup calls flock.New

Your code is affected by 1 vulnerability from 1 module.
`, 3}
	broken = said{"govulncheck: loading packages: \nThere are errors with the provided package patterns:\n", 1}
)

func TestVulnerabilitiesThatAreCalledAreErrors(t *testing.T) {
	for _, c := range []struct {
		name    string
		version said
		scans   map[string]said // by the folder; clean where it is not named
		skips   bool
		fails   []string // words of the error, none: the step passes
		reports []string
	}{
		{"nothing found", reached, nil, false, nil, []string{
			"the course: No vulnerabilities found.", "tools/bench: No", "tools/programs: No", "tools/gopls: No"}},
		{"found, but not called", reached, map[string]said{".": uncalled}, false, nil, []string{"1 vulnerability in packages you import"}},
		{"called", reached, map[string]said{"tools/programs": called}, false,
			[]string{"tools/programs calls", "GO-2026-9999", "Fixed in: github.com/gofrs/flock@v0.99.0"}, []string{"the course: No", "tools/gopls: No"}},
		{"called in two modules", reached, map[string]said{".": called, "tools/gopls": called}, false,
			[]string{"the course calls", "tools/gopls calls"}, nil},
		{"no database", unreachable, map[string]said{".": broken}, true, []string{"https://vuln.go.dev"}, nil},
		{"no scan", reached, map[string]said{"tools/bench": broken}, false, []string{"exit status 1", "loading packages"}, nil},
		{"no program", broken, nil, false, []string{"exit status 1"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := &workshop{repo: &checkout.Checkout{Root: root(t)}}
			run := func(folder string, args ...string) (string, error) {
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
				return w.commandIn(context.Background(), folder, []string{standInText + answer.text, fmt.Sprint(standInStatus, answer.status)}, program)
			}
			var reports []string
			err := scanModules(run, func(format string, args ...any) { reports = append(reports, fmt.Sprintf(format, args...)) })
			var skip skipped
			if errors.As(err, &skip) != c.skips {
				t.Errorf("the step's outcome is %v; skipped should be %t", err, c.skips)
			}
			if (err != nil) != (len(c.fails) > 0) {
				t.Errorf("the error is %v, want %q in it", err, c.fails)
			}
			for _, words := range c.fails {
				if err != nil && !strings.Contains(err.Error(), words) {
					t.Errorf("the error does not say %q but:\n%v", words, err)
				}
			}
			if c.skips && (strings.Contains(err.Error(), "\n") || len(reports) > 0) {
				t.Errorf("a step that is skipped says more than one sentence: %v %q", err, reports)
			}
			for _, words := range c.reports {
				if !strings.Contains(strings.Join(reports, "\n"), words) {
					t.Errorf("%q is not reported but %q", words, reports)
				}
			}
		})
	}
}

// With these in its environment the test program stands in for another: it prints a text
// and ends with a status.
const standInText, standInStatus = "RNN101_TEST_TEXT=", "RNN101_TEST_STATUS="

func TestMain(m *testing.M) {
	if status, ok := os.LookupEnv(strings.TrimSuffix(standInStatus, "=")); ok {
		fmt.Print(os.Getenv(strings.TrimSuffix(standInText, "=")))
		code, err := strconv.Atoi(status)
		if err != nil {
			panic(err)
		}
		os.Exit(code)
	}
	os.Exit(m.Run())
}
