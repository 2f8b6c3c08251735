package main

import (
	"context"
	"slices"
	"strings"

	"rnn101/internal/selftest"
	"rnn101/internal/selftest/bench"
)

func testCommand() *command {
	c := newCommand("test", "", "prove that everything works", `
Test proves that everything works. The steps, in order:

  format       gofmt finds nothing to change
  vet          go vet, also for Windows and macOS; rnnkit builds for WebAssembly
  staticcheck  staticcheck finds nothing
  go           go test ./...
  notebooks    every notebook runs and gives the outputs that are committed
  browser      the notebooks in the real JupyterLab, as a reader sees them; needs
               Chromium or Chrome, found by name or by the variable CHROMIUM
  pages        the site of the course, opened from a folder without a network, in light
               and dark, wide and narrow; needs the browser too
  nbgrader     a class of ten through nbgrader, from the release to the export, and in
               its formgrader; installs nbgrader, and needs the browser too

and with --long

  race         the step go again, under the race detector; needs a C compiler
  fuzz         every fuzz target for a minute
  seeds        every claim of the notebooks that rests on random numbers, with five
               other seeds
  vulnerabilities
               what Go's vulnerability database knows of the modules in use; needs a
               network`)
	var o selftest.Options
	c.flags.StringVar(&o.Only, "only", "", "take these `STEPS` alone, with commas between them")
	c.flags.BoolVar(&o.Long, "long", false, "take the long steps too")
	c.flags.StringVar(&o.Screenshots, "screenshots", "", "leave the pictures of the browser tests in the folder `DIR`")
	c.run = func(ctx context.Context, names []string) error {
		if err := c.noNames(names); err != nil {
			return err
		}
		if err := selftest.Check(o.Only); err != nil {
			return c.usage("%v", err)
		}
		return selftest.Run(ctx, o)
	}
	return c
}

func benchCommand() *command {
	c := newCommand("bench", "", "measure cells, the mathematics and the grader", `
Bench measures. Nothing else should run meanwhile. The parts:

  cells      how long a warm cell takes in the Go kernel, beside the course's bounds
  rnnkit     the mathematics: beside itself on OpenBLAS where that can be linked, the
             cost against T, H, batch and goroutines, allocations, and the roofline
  grade      a class of 100, graded, and graded again with a kill in the middle: how long
             it takes and how much memory, beside the bounds`)
	only := c.flags.String("only", strings.Join(bench.Parts, ","), "measure these `PARTS` alone, with commas between them")
	var o bench.Options
	c.flags.BoolVar(&o.Peers, "peers", false, "put NumPy and PyTorch beside rnnkit; the first call installs them into .venv/peers, several gigabytes")
	c.flags.StringVar(&o.Python, "python", "", "use the NumPy and PyTorch of the interpreter at `PATH` in place of an installation")
	c.flags.IntVar(&o.Rounds, "rounds", 5, "take `N` rounds of the comparison, and three times as many of the cells")
	c.run = func(ctx context.Context, names []string) error {
		if err := c.noNames(names); err != nil {
			return err
		}
		if o.Rounds < 1 {
			return c.usage("--rounds must be at least 1, not %d", o.Rounds)
		}
		o.Parts = strings.Split(*only, ",")
		for _, part := range o.Parts {
			if !slices.Contains(bench.Parts, part) {
				return c.usage("no part %q: the parts are %s", part, strings.Join(bench.Parts, ", "))
			}
		}
		return bench.Run(ctx, o)
	}
	return c
}
