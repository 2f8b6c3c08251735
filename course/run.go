package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"rnn101/course/environment"
	"rnn101/course/jupyter"
	"rnn101/course/notebook"
	"rnn101/course/progress"
)

const runHelp = `usage: go run ./course run [--check] [--jobs N] [NOTEBOOK…]

Runs notebooks from top to bottom, each in a fresh kernel, and writes their outputs
into them; without names all notebooks of the course. Outputs that are equal to those
that stand there keep their bytes. A notebook with a cell that fails is left as it
was, and the others go on.

  --check    run copies and compare: report every output that differs from the
             committed one, and every decimal in the text that no output shows;
             change nothing
  --seed N   run copies with another seed (the notebooks that declare the constant
             seed) and say whether every claim still holds; change nothing
  --jobs N   notebooks at a time (default: 2, or 1 on one processor)
`

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("run", flag.ContinueOnError)
	check := flags.Bool("check", false, "")
	seed := flags.Int("seed", 0, "")
	jobs := flags.Int("jobs", min(2, runtime.NumCPU()), "")
	names, err := parse(flags, args, runHelp)
	if err != nil {
		return err
	}
	if *jobs < 1 {
		return usage("--jobs takes a number from 1 on")
	}
	if *seed < 0 || *seed > 0 && *check {
		return usage("--seed takes a number from 1 on, and not with --check")
	}
	for i, name := range names { // before the folder changes
		absolute, err := filepath.Abs(name)
		if err != nil {
			return err
		}
		names[i] = absolute
	}
	place, report, err := ready(ctx)
	if err != nil {
		return err
	}
	if len(names) == 0 {
		if names, err = courseNotebooks(place); err != nil {
			return err
		}
	}
	if err := place.CheckKernel(ctx); err != nil {
		return err
	}
	way := write
	switch {
	case *check:
		way = compare
	case *seed > 0:
		way = reseed(*seed)
		if names, err = seeded(names); err != nil {
			return err
		}
	}
	return runAll(ctx, place, report, names, *jobs, way)
}

// seeded keeps the notebooks that declare the constant seed.
func seeded(names []string) ([]string, error) {
	var kept []string
	for _, name := range names {
		nb, err := notebook.Read(name)
		if err != nil {
			return nil, err
		}
		if nb.Seeded() {
			kept = append(kept, name)
		}
	}
	if len(kept) == 0 {
		return nil, errors.New("none of the notebooks has a code cell with a line like: const seed = 1")
	}
	return kept, nil
}

// courseNotebooks lists the notebooks of the lecture and the worked solutions.
func courseNotebooks(place *environment.Place) ([]string, error) {
	var all []string
	for _, pattern := range []string{"*.ipynb", filepath.Join("solutions", "*.ipynb")} {
		found, err := filepath.Glob(filepath.Join(escapeGlob(place.Root), "notebooks", pattern))
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("there are no notebooks in %s", filepath.Join(place.Root, "notebooks"))
	}
	return all, nil
}

// runAll runs the notebooks, some at a time, and gathers what went wrong.
func runAll(ctx context.Context, place *environment.Place, report *progress.Reporter, names []string, jobs int, do way) error {
	var (
		wait     sync.WaitGroup
		mu       sync.Mutex
		problems int
		done     int
		queue    = make(chan string)
	)
	for range min(jobs, len(names)) {
		wait.Go(func() {
			for name := range queue {
				shown := relative(place, name)
				lines, err := do(ctx, place, name, shown, func(cell, of int) {
					mu.Lock()
					defer mu.Unlock()
					if report.Live() {
						report.Step(done+1, len(names), fmt.Sprintf("%s, cell %d of %d", shown, cell, of))
					}
				})
				mu.Lock()
				done++
				switch {
				case err != nil && ctx.Err() == nil:
					problems++
					report.Line("✗ %v", err)
				case len(lines) > 0:
					problems++
					report.Line("✗ %s:", shown)
					for _, line := range lines {
						report.Line("    %s", line)
					}
				case err == nil:
					report.Line("✓ %s (%d of %d)", shown, done, len(names))
				}
				mu.Unlock()
			}
		})
	}
feed:
	for _, name := range names {
		select {
		case queue <- name:
		case <-ctx.Done():
			break feed
		}
	}
	close(queue)
	wait.Wait()
	report.Done()
	if err := ctx.Err(); err != nil {
		return errors.New("stopped; the notebooks that had not come to their end are as they were")
	}
	if problems > 0 {
		return fmt.Errorf("%d of %d notebooks have problems", problems, len(names))
	}
	return nil
}

// way is what is done with one notebook: it runs it, and returns the lines of a report
// where something is not as it should be.
type way func(ctx context.Context, place *environment.Place, name, shown string, progress func(cell, of int)) ([]string, error)

// write runs a notebook and writes the outcome.
func write(ctx context.Context, place *environment.Place, name, shown string, progress func(cell, of int)) ([]string, error) {
	committed, err := notebook.Read(name)
	if err != nil {
		return nil, err
	}
	result, err := jupyter.Execute(ctx, place, name, progress)
	if err != nil {
		return nil, err
	}
	result.Keep(committed)
	return nil, result.WriteOver(committed)
}

// compare runs a copy of a notebook and returns how it differs from what is committed.
func compare(ctx context.Context, place *environment.Place, name, shown string, progress func(cell, of int)) ([]string, error) {
	committed, err := notebook.Read(name)
	if err != nil {
		return nil, err
	}
	committed.Path = shown
	result, err := jupyter.Execute(ctx, place, name, progress)
	if err != nil {
		return nil, err
	}
	var lines []string
	switch committed.Executed() {
	case committed.CodeHash():
	case "":
		lines = append(lines, "it does not say which code its outputs are of. Call: go run ./course run "+shown)
	default:
		lines = append(lines, "its code has changed since it was run. Call: go run ./course run "+shown)
	}
	for _, d := range notebook.Compare(committed, result) {
		lines = append(lines, fmt.Sprintf("cell %s: %s", d.Cell, d.What))
	}
	for _, d := range committed.UncomputedDecimals() {
		lines = append(lines, fmt.Sprintf("cell %s: %s", d.Cell, d.What))
	}
	if len(lines) > 0 {
		lines = append([]string{"it differs from what is committed"}, lines...)
	}
	return lines, nil
}

// reseed runs a copy of a notebook with another seed. A claim that does not hold stops
// its cell with an error, as show.True does.
func reseed(seed int) way {
	return func(ctx context.Context, place *environment.Place, name, shown string, progress func(cell, of int)) ([]string, error) {
		nb, err := notebook.Read(name)
		if err != nil {
			return nil, err
		}
		nb.Reseed(seed)
		folder, err := os.MkdirTemp("", "rnn101-seed-")
		if err != nil {
			return nil, err
		}
		defer os.RemoveAll(folder)
		nb.Path = filepath.Join(folder, filepath.Base(name))
		if err := nb.Write(); err != nil {
			return nil, err
		}
		_, err = jupyter.Execute(ctx, place, nb.Path, progress)
		var failed *jupyter.Failed
		if errors.As(err, &failed) {
			return []string{fmt.Sprintf("with seed %d cell %s fails:", seed, failed.Cell), failed.Message}, nil
		}
		return nil, err
	}
}

func relative(place *environment.Place, path string) string {
	if r, err := filepath.Rel(place.Root, path); err == nil && filepath.IsLocal(r) {
		return r
	}
	return path
}

// escapeGlob keeps the letters of a folder's name from being read as a pattern.
func escapeGlob(path string) string {
	if runtime.GOOS == "windows" {
		return path // there the backslash separates folders
	}
	escaped := make([]rune, 0, len(path))
	for _, r := range path {
		switch r {
		case '*', '?', '[', '\\':
			escaped = append(escaped, '\\')
		}
		escaped = append(escaped, r)
	}
	return string(escaped)
}

// ready makes the set-up complete and says so if there was something to do.
func ready(ctx context.Context, extra ...environment.Extra) (*environment.Place, *progress.Reporter, error) {
	place, err := environment.Find()
	if err != nil {
		return nil, nil, err
	}
	report := progress.New(os.Stderr)
	_, err = place.Setup(ctx, report.Step, extra...)
	report.Done()
	return place, report, err
}
