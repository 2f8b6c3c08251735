// Package selftest is what course test runs: the steps that check the whole course.
// It may import every other package of the course.
package selftest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"rnn101/internal/checkout"
	"rnn101/internal/progress"
	"rnn101/internal/selftest/browser"
	"rnn101/internal/setup"
	"rnn101/internal/site"
)

// suite is what the steps share.
type suite struct {
	repo        *checkout.Checkout
	report      *progress.Reporter
	screenshots string        // folder of the browser tests, or ""
	browserToo  bool          // the step browser is chosen, and there is a browser
	seeds       []int         // of the step seeds
	temp        string        // folder for what steps make, which Run removes
	exported    *site.Summary // what courseSite has exported, or nil
}

// step is one step of the suite.
type step struct {
	name string
	run  func(context.Context, *suite) error
}

var steps = []step{
	{"format", format},
	{"vet", vet},
	{"staticcheck", staticcheck},
	{"go", goTest},
	{"notebooks", checkNotebooks},
	{"browser", browserTest},
	{"pages", pagesTest},
	{"live", livePages},
	{"nbgrader", nbgraderTest},
}

// longSteps run only with --long, or by name.
var longSteps = []step{
	{"race", race},
	{"fuzz", fuzz},
	{"seeds", otherSeeds},
	{"variants", variants},
	{"translations", translations},
	{"levels", levels},
	{"platforms", platforms},
	{"cells", allCells},
	{"vulnerabilities", vulnerabilities},
}

func allSteps() []step { return slices.Concat(steps, longSteps) }

// skipped is the reason why a step did not run.
type skipped string

func (s skipped) Error() string { return string(s) }

// Options choose what Run does.
type Options struct {
	Only        string // names of steps, separated by commas; empty: all but the long ones
	Long        bool   // include the long steps
	Screenshots string // folder for the screenshots of the browser tests; empty: save none
	Seeds       []int  // of the step seeds; empty: 2 and 3
}

// Run runs the steps in order and prints the outcome of each. It goes on after a step that
// fails, and returns an error with the number of failures.
func Run(ctx context.Context, o Options) error {
	chosen, err := choose(o.Only, o.Long)
	if err != nil {
		return err
	}
	repo, report, err := setup.Ready(ctx, setup.Staticcheck, setup.HTMLExport, setup.BrowserTests)
	if err != nil {
		return err
	}
	temp, err := os.MkdirTemp("", "rnn101-test-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	s := &suite{repo: repo, report: report, screenshots: o.Screenshots, seeds: o.Seeds, temp: temp}
	s.browserToo = browser.Chromium.Find() != "" && slices.ContainsFunc(chosen, func(s step) bool { return s.name == "browser" })
	if len(s.seeds) == 0 {
		s.seeds = []int{2, 3}
	}
	summary := []string{"", "step            outcome   time"}
	var passed, failed, skips int
	for i, step := range chosen {
		if ctx.Err() != nil {
			return errors.New("stopped")
		}
		report.Done()
		report.Line("— %s (step %d of %d)", step.name, i+1, len(chosen))
		begin := time.Now()
		err := step.run(ctx, s)
		outcome, reason := "passed", ""
		var skip skipped
		switch {
		case errors.As(err, &skip):
			skips++
			outcome, reason = "skipped", string(skip)
		case err != nil:
			failed++
			outcome, reason = "FAILED", firstLine(err.Error())
			report.Line("%v", err)
		default:
			passed++
		}
		summary = append(summary, fmt.Sprintf("%-15s %-8s %5.0f s  %s", step.name, outcome, time.Since(begin).Seconds(), reason))
	}
	fmt.Println(strings.Join(summary, "\n"))
	fmt.Printf("%d passed, %d failed, %d skipped\n", passed, failed, skips)
	if failed > 0 {
		return fmt.Errorf("%d of %d steps failed", failed, len(chosen))
	}
	return nil
}

func choose(only string, long bool) ([]step, error) {
	switch {
	case only == "" && long:
		return slices.Concat(steps, longSteps), nil
	case only == "":
		return steps, nil
	}
	var chosen []step
	for _, name := range strings.Split(only, ",") {
		name = strings.TrimSpace(name)
		found := slices.IndexFunc(allSteps(), func(s step) bool { return s.name == name })
		if found < 0 {
			return nil, UnknownStepError(name)
		}
		chosen = append(chosen, allSteps()[found])
	}
	return chosen, nil
}

// UnknownStepError is the name of a step that does not exist.
type UnknownStepError string

func (e UnknownStepError) Error() string {
	var names []string
	for _, s := range allSteps() {
		names = append(names, s.name)
	}
	return fmt.Sprintf("no step %q: the steps are %s", string(e), strings.Join(names, ", "))
}

// Check returns an UnknownStepError unless o.Only names steps alone, and another error if there
// are seeds and no step that uses them.
func (o Options) Check() error {
	chosen, err := choose(o.Only, o.Long)
	if err != nil {
		return err
	}
	if len(o.Seeds) > 0 && !slices.ContainsFunc(chosen, func(s step) bool { return s.name == "seeds" }) {
		return errors.New("--seeds is for the step seeds, which is not chosen: add --only seeds or --long")
	}
	return nil
}

func firstLine(s string) string { line, _, _ := strings.Cut(s, "\n"); return line }
