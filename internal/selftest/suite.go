// Package selftest is what course test does: the steps that prove that everything works.
// It may know every other package of the course.
package selftest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"

	"rnn101/internal/checkout"
	"rnn101/internal/jupyter"
	"rnn101/internal/lang"
	"rnn101/internal/process"
	"rnn101/internal/progress"
	"rnn101/internal/selftest/browser"
	"rnn101/internal/setup"
	"rnn101/internal/site"
	"rnn101/internal/worksheet"
)

// skipped is why a step did not run.
type skipped string

func (s skipped) Error() string { return string(s) }

// trial is one step of the test.
type trial struct {
	name string
	do   func(context.Context, *workshop) error
}

// workshop is what the steps work with.
type workshop struct {
	repo        *checkout.Checkout
	report      *progress.Reporter
	screenshots string
}

var trials = []trial{
	{"format", format},
	{"vet", vet},
	{"staticcheck", staticcheck},
	{"go", goTest},
	{"notebooks", checkNotebooks},
	{"browser", browserTest},
	{"pages", pagesTest},
	{"nbgrader", nbgraderTest},
}

// Options choose what Run does.
type Options struct {
	Only        string // the steps alone that are named here, with commas between them
	Long        bool   // the long steps too
	Screenshots string // where the browser tests leave their pictures; "": a folder in .venv
}

// Run takes the steps one after the other, prints what came of each, and returns an error
// that counts those that failed.
func Run(ctx context.Context, o Options) error {
	chosen, err := choose(o.Only, o.Long)
	if err != nil {
		return err
	}
	repo, report, err := setup.Ready(ctx, setup.Staticcheck, setup.HTMLExport, setup.BrowserTests)
	if err != nil {
		return err
	}
	w := &workshop{repo, report, o.Screenshots}
	if w.screenshots == "" {
		w.screenshots = filepath.Join(repo.Venv(), "screenshots")
	}
	summary := []string{"", "step            outcome   time"}
	var passed, failed, left int
	for i, t := range chosen {
		if ctx.Err() != nil {
			return errors.New("stopped")
		}
		report.Done()
		report.Line("— %s (step %d of %d)", t.name, i+1, len(chosen))
		begin := time.Now()
		err := t.do(ctx, w)
		outcome, why := "passed", ""
		var skip skipped
		switch {
		case errors.As(err, &skip):
			left++
			outcome, why = "skipped", string(skip)
		case err != nil:
			failed++
			outcome, why = "FAILED", firstLine(err.Error())
			report.Line("%v", err)
		default:
			passed++
		}
		summary = append(summary, fmt.Sprintf("%-15s %-8s %5.0f s  %s", t.name, outcome, time.Since(begin).Seconds(), why))
	}
	fmt.Println(strings.Join(summary, "\n"))
	fmt.Printf("%d passed, %d failed, %d skipped\n", passed, failed, left)
	if failed > 0 {
		return fmt.Errorf("%d of %d steps failed", failed, len(chosen))
	}
	return nil
}

// longTrials come on top with --long.
var longTrials = []trial{
	{"race", race},
	{"fuzz", fuzz},
	{"seeds", otherSeeds},
	{"vulnerabilities", vulnerabilities},
}

func choose(only string, long bool) ([]trial, error) {
	all := append(slices.Clone(trials), longTrials...)
	if only == "" && long {
		return all, nil
	}
	if only == "" {
		return trials, nil
	}
	var chosen []trial
	for _, name := range strings.Split(only, ",") {
		found := false
		for _, t := range all {
			if t.name == strings.TrimSpace(name) {
				chosen, found = append(chosen, t), true
			}
		}
		if !found {
			return nil, UnknownStep(strings.TrimSpace(name))
		}
	}
	return chosen, nil
}

// UnknownStep is a name that no step has.
type UnknownStep string

func (e UnknownStep) Error() string {
	var names []string
	for _, t := range append(slices.Clone(trials), longTrials...) {
		names = append(names, t.name)
	}
	return fmt.Sprintf("no step %q: the steps are %s", string(e), strings.Join(names, ", "))
}

// Check reports whether all names of a list, with commas between them, are those of steps.
func Check(only string) error {
	_, err := choose(only, false)
	return err
}

func firstLine(s string) string { line, _, _ := strings.Cut(s, "\n"); return line }

// modules are the folders of the Go modules with code of the course's own: the checkout,
// and the benchmark beside others.
var modules = []string{".", filepath.Join("tools", "bench")}

// command runs a program in the checkout and returns what it prints, with an error
// that holds it where it fails.
func (w *workshop) command(ctx context.Context, env []string, name string, args ...string) (string, error) {
	return w.commandIn(ctx, ".", env, name, args...)
}

func (w *workshop) commandIn(ctx context.Context, folder string, env []string, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = filepath.Join(w.repo.Root, folder)
	cmd.Env = append(append(os.Environ(), "GOWORK=off"), env...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := process.Run(cmd); err != nil {
		return out.String(), fmt.Errorf("%s, in %s: %w\n%s", strings.Join(append(platform(env), cmd.Args...), " "), cmd.Dir, err, &out)
	}
	return out.String(), nil
}

// platform picks what a reader must set to repeat a call by hand.
func platform(env []string) []string {
	var kept []string
	for _, entry := range env {
		if strings.HasPrefix(entry, "GO") || strings.HasPrefix(entry, "RNN101") {
			kept = append(kept, entry)
		}
	}
	return kept
}

func format(ctx context.Context, w *workshop) error {
	entries, err := os.ReadDir(w.repo.Root)
	if err != nil {
		return err
	}
	args := []string{"-l"} // gofmt goes down into each folder
	for _, entry := range entries {
		if entry.IsDir() && !strings.HasPrefix(entry.Name(), ".") {
			args = append(args, filepath.Join(w.repo.Root, entry.Name()))
		}
	}
	gofmt := filepath.Join(filepath.Dir(w.repo.GoTool()), "gofmt"+filepath.Ext(w.repo.GoTool()))
	out, err := w.command(ctx, nil, gofmt, args...)
	if err == nil && strings.TrimSpace(out) != "" {
		err = fmt.Errorf("not in gofmt's form; call gofmt -w on:\n%s", out)
	}
	return err
}

func vet(ctx context.Context, w *workshop) error {
	for _, system := range []string{runtime.GOOS, "windows", "darwin", "linux"} {
		if system == "linux" && runtime.GOOS == "linux" {
			continue
		}
		for _, module := range modules {
			if _, err := w.commandIn(ctx, module, []string{"GOOS=" + system}, w.repo.GoTool(), "vet", "./..."); err != nil {
				return err
			}
		}
	}
	for _, system := range []string{"js", "wasip1"} {
		if _, err := w.command(ctx, []string{"GOOS=" + system, "GOARCH=wasm"}, w.repo.GoTool(), "build", "./rnnkit/..."); err != nil {
			return err
		}
	}
	return nil
}

func staticcheck(ctx context.Context, w *workshop) error {
	for _, module := range modules {
		if _, err := w.commandIn(ctx, module, []string{w.goOnPath()}, w.repo.Program("staticcheck"), "./..."); err != nil {
			return err
		}
	}
	return nil
}

// goOnPath lets the programs that call go find the toolchain of the checkout.
func (w *workshop) goOnPath() string {
	return "PATH=" + filepath.Dir(w.repo.GoTool()) + string(os.PathListSeparator) + os.Getenv("PATH")
}

func goTest(ctx context.Context, w *workshop) error {
	out, err := w.command(ctx, []string{"RNN101_SETUP=1"}, w.repo.GoTool(), "test", "-timeout=20m", "./...")
	if err == nil {
		fmt.Print(out)
	}
	return err
}

// raced are the packages whose tests run under the race detector. Those that start no
// goroutines of their own take seconds.
var raced = []string{"./..."}

func race(ctx context.Context, w *workshop) error {
	if _, err := exec.LookPath("gcc"); err != nil {
		if _, err := exec.LookPath("clang"); err != nil {
			return skipped("no C compiler was found; the race detector needs one")
		}
	}
	// Under the race detector wazero takes ten times as long to compile a submission, which
	// is most of what the grader's tests do. Its own accesses are left out.
	args := []string{"test", "-race", "-gcflags=github.com/tetratelabs/wazero/...=-race=false", "-timeout=60m"}
	out, err := w.command(ctx, []string{"CGO_ENABLED=1", "RNN101_SETUP=1"}, w.repo.GoTool(), append(args, raced...)...)
	if err == nil {
		fmt.Print(out)
	}
	return err
}

// A fuzzTarget is a function of a test package that takes input of the fuzzer's.
type fuzzTarget struct{ pkg, name string }

func (t fuzzTarget) String() string { return t.name + " of " + t.pkg }

// fuzzTargets asks the go command for the fuzz targets of all packages.
func (w *workshop) fuzzTargets(ctx context.Context) ([]fuzzTarget, error) {
	out, err := w.command(ctx, nil, w.repo.GoTool(), "test", "-list", "^Fuzz", "./...")
	if err != nil {
		return nil, err
	}
	var all []fuzzTarget
	var names []string // of the package whose line comes next
	for _, line := range strings.Split(out, "\n") {
		fields := strings.Fields(line)
		switch {
		case len(fields) == 1 && strings.HasPrefix(line, "Fuzz"):
			names = append(names, fields[0])
		case len(fields) > 1 && fields[0] == "ok":
			for _, name := range names {
				all = append(all, fuzzTarget{fields[1], name})
			}
			names = nil
		}
	}
	if len(names) > 0 {
		return nil, fmt.Errorf("go test -list does not say which package %s is of:\n%s", strings.Join(names, ", "), out)
	}
	if len(all) == 0 {
		return nil, errors.New("go test -list ^Fuzz ./... finds no fuzz target: there should be some")
	}
	return all, nil
}

var (
	fuzzed       = regexp.MustCompile(`(?m)^fuzz: elapsed: .*execs: ([1-9]\d*) `)
	failingInput = regexp.MustCompile(`Failing input written to (\S+)`)
)

// fuzz runs each fuzz target of all packages for a minute.
func fuzz(ctx context.Context, w *workshop) error { return w.fuzz(ctx, "60s") }

// fuzz runs each fuzz target as long as go test's -fuzztime says. It goes on behind one that
// fails.
func (w *workshop) fuzz(ctx context.Context, long string) error {
	targets, err := w.fuzzTargets(ctx)
	if err != nil {
		return err
	}
	var failed []error
	for i, target := range targets {
		w.report.Step(i+1, len(targets), target.String())
		// Making inputs smaller takes a minute for each that is new, if it may.
		out, err := w.command(ctx, nil, w.repo.GoTool(), "test", "-run", "^$", "-fuzz", "^"+target.name+"$", "-fuzztime", long, "-fuzzminimizetime", "5s", target.pkg)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		calls := fuzzed.FindAllStringSubmatch(out, -1)
		switch input := failingInput.FindStringSubmatch(out); {
		case err != nil && input != nil:
			folder, _ := w.command(ctx, nil, w.repo.GoTool(), "list", "-f", "{{.Dir}}", target.pkg)
			failed = append(failed, fmt.Errorf("%s fails on the input %s\n%w", target, filepath.Join(strings.TrimSpace(folder), input[1]), err))
		case err != nil:
			failed = append(failed, fmt.Errorf("%s fails\n%w", target, err))
		case len(calls) == 0: // go test passes if no target matches
			failed = append(failed, fmt.Errorf("%s did not run\n%s", target, out))
		default:
			w.report.Line("%s: %s calls, no fault", target, calls[len(calls)-1][1])
		}
	}
	w.report.Done()
	return errors.Join(failed...)
}

func checkNotebooks(ctx context.Context, w *workshop) error {
	if err := setup.CheckKernel(ctx, w.repo); err != nil {
		return err
	}
	names, err := w.repo.Notebooks()
	if err != nil {
		return err
	}
	assignments, err := w.repo.Assignments()
	if err != nil {
		return err
	}
	return jupyter.RunAll(ctx, w.repo, w.report, append(names, assignments...), min(2, runtime.NumCPU()), jupyter.Compare)
}

// otherSeeds runs the notebooks that declare a seed with five that are not theirs.
func otherSeeds(ctx context.Context, w *workshop) error {
	if err := setup.CheckKernel(ctx, w.repo); err != nil {
		return err
	}
	names, err := w.repo.Notebooks()
	if err != nil {
		return err
	}
	if names, err = jupyter.WithSeed(names); err != nil {
		return err
	}
	var all []error
	for seed := 2; seed <= 6; seed++ {
		w.report.Line("seed %d", seed)
		if err := jupyter.RunAll(ctx, w.repo, w.report, names, min(2, runtime.NumCPU()), jupyter.RunWithSeed(seed)); err != nil {
			all = append(all, fmt.Errorf("seed %d: %w", seed, err))
		}
	}
	return errors.Join(all...)
}

// chromium returns the browser to test with, or why there is no test.
func chromium() (string, error) {
	if program := browser.Find(); program != "" {
		return program, nil
	}
	const why = "no Chromium or Chrome was found; install one, or name it in the variable CHROMIUM"
	if os.Getenv("RNN101_REQUIRE_BROWSER") == "1" {
		return "", errors.New(why)
	}
	return "", skipped(why)
}

func browserTest(ctx context.Context, w *workshop) error {
	program, err := chromium()
	if err != nil {
		return err
	}
	return browser.Test(ctx, w.repo, w.report, program, filepath.Join(w.repo.Root, "notebooks"), w.screenshots)
}

// pagesTest exports the site of the course into an empty folder, one notebook as a file
// of its own, and the worksheets, and looks at all of it.
func pagesTest(ctx context.Context, w *workshop) error {
	program, err := chromium()
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "rnn101-pages-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	all, err := w.repo.Notebooks()
	if err != nil {
		return err
	}
	folder := filepath.Join(work, "the site, 웹사이트")
	o := site.Options{Notebooks: all, Course: true, Out: folder, Jobs: min(2, runtime.NumCPU())}
	made, err := site.Export(ctx, w.repo, o, w.report)
	if err := site.Print(w.report, o, made, err); err != nil {
		return err
	}
	visit := browser.Visit{Site: folder, Pictures: w.screenshots, Notebooks: map[string]string{},
		Words: map[string]string{"truncation": "09_", "망이": "00_", "mustforward": "03_"}, Use: []string{"index.html", "03_forward_pass.html"}}
	visit.Pages = append(visit.Pages, "index.html")
	for i, written := range made.Pages {
		visit.Pages = append(visit.Pages, written.Page)
		visit.Notebooks[written.Page] = all[i]
	}
	problems := []error{
		browser.Validate(ctx, w.repo, w.report, folder),
		browser.TestPages(ctx, w.repo, w.report, program, visit),
	}

	// Pages that need no other, each moved alone into a folder: a notebook with sound, and
	// the worksheets.
	music := filepath.Join(w.repo.Root, "notebooks", "14_music.ipynb")
	for _, one := range []struct {
		name   string
		pages  []string
		export func(folder string) error
	}{
		{"single", []string{"14_music.html"}, func(folder string) error {
			_, err := site.Export(ctx, w.repo, site.Options{Notebooks: []string{music}, Out: folder, Single: true, Jobs: 1}, w.report)
			return err
		}},
		{"worksheet", []string{"worksheet.html", "worksheet-key.html"}, func(folder string) error {
			return worksheet.Export(ctx, w.repo, w.report, lang.English, folder)
		}},
		{"worksheet-ko", []string{"worksheet.html", "worksheet-key.html"}, func(folder string) error {
			return worksheet.Export(ctx, w.repo, w.report, lang.Korean, folder)
		}},
	} {
		folder := filepath.Join(work, one.name)
		if err := one.export(folder); err != nil {
			return err
		}
		if entries, err := os.ReadDir(folder); err != nil || len(entries) != len(one.pages) {
			return fmt.Errorf("%s: the pages %v should be alone, there is %v (%v)", one.name, one.pages, entries, err)
		}
		problems = append(problems,
			browser.Validate(ctx, w.repo, w.report, folder),
			browser.TestPages(ctx, w.repo, w.report, program, browser.Visit{Site: folder, Pages: one.pages,
				Pictures: filepath.Join(w.screenshots, one.name), Notebooks: map[string]string{"14_music.html": music}}))
	}
	return errors.Join(problems...)
}
