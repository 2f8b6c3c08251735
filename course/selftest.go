package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rnn101/internal/selftest"
	"rnn101/internal/selftest/bench"
)

func testCommand() *command {
	c := newCommand("test", "", "prove that everything works", `
Test checks everything. The steps, in order:

  format       gofmt finds nothing to change
  vet          go vet; the types, also on Windows and macOS; rnnkit builds for WebAssembly
  staticcheck  staticcheck finds nothing
  go           go test ./..., and rnnkit once more with AVX2 and with portable code
  notebooks    every notebook runs and gives the committed outputs; those that the step
               browser runs in the same test run there only
  browser      the English notebooks in JupyterLab, as a reader sees them: they run and
               give the committed outputs; needs Chromium or Chrome, on PATH or named by
               the variable CHROMIUM
  pages        the exported site, without a network, in light and dark mode, wide and
               narrow; needs the browser too. The page of the net also in Firefox, if
               there is one, on PATH or named by the variable FIREFOX
  live         pages whose cells run, as readers use them, and students those of the
               English assignments, whose work is graded; a few also in Firefox
  nbgrader     a class of ten in nbgrader, from release to export, and in its
               formgrader; installs nbgrader and needs the browser too

and with --long

  race         the tests of the packages that start goroutines with the race detector,
               without the longest tests; needs a C compiler
  fuzz         every fuzz target for half a minute
  seeds        every claim of the notebooks that depends on random numbers, with
               two other seeds, or those of --seeds
  variants     right answers handed in in many ways: the checks in the kernel and the
               grader agree; the step go tries a few of them
  translations all pages of the translated notebooks are visited; the step pages visits
               a few of them
  levels       the notebooks give the committed outputs with AVX2 and portable code, too
  platforms    go vet for Windows and macOS; rnnkit on 32 bits, ARM in QEMU, WebAssembly
  cells        all cells of the English notebooks and assignments run on their pages, the
               trainings, too, or stand on a list; students use the other assignments
  vulnerabilities
               known vulnerabilities of the modules in use; needs a network`)
	var o selftest.Options
	c.flags.StringVar(&o.Only, "only", "", "run only these `STEPS`, separated by commas")
	c.flags.BoolVar(&o.Long, "long", false, "run the long steps as well")
	c.flags.StringVar(&o.Screenshots, "screenshots", "", "save the screenshots of the browser tests in the folder `DIR`")
	c.flags.Func("seeds", "run the step seeds with these `SEEDS`, whole numbers separated by commas", func(list string) error {
		o.Seeds = nil
		for _, field := range strings.Split(list, ",") {
			seed, err := strconv.Atoi(strings.TrimSpace(field))
			if err != nil || seed < 1 {
				return fmt.Errorf("%q is not a seed: want whole numbers from 1 on, as in 7,8,9", field)
			}
			o.Seeds = append(o.Seeds, seed)
		}
		return nil
	})
	c.run = func(ctx context.Context, names []string) error {
		if err := c.noNames(names); err != nil {
			return err
		}
		if err := o.Check(); err != nil {
			return c.usage("%v", err)
		}
		return selftest.Run(ctx, o)
	}
	return c
}

func benchCommand() *command {
	c := newCommand("bench", "", "measure cells, pages, the mathematics and the grader", `
Bench measures. Run nothing else meanwhile. The parts, the first three with their limits:

  cells      how long a warm cell takes in the Go kernel
  page       the page of the net in Chromium: until it is ready, and an edit until painted
  live       cells that run on a page, in Chromium and Firefox: the first one, and others
  rnnkit     the mathematics, with AVX-512, AVX2 and portable code: the time, how it and
             the memory grow with T, H, the batch and the vocabulary; the roofline
  grade      a class of 100, graded once, and once more after being killed half-way: the
             time and the memory, with the limits
  hostile    a class in which half of the submissions attack the grader, with all
             processors free and all busy: the time, the memory, whether the others'
             grades are the same; and a class of 300`)
	only := c.flags.String("only", strings.Join(bench.Parts, ","), "measure only these `PARTS`, separated by commas")
	var o bench.Options
	c.flags.BoolVar(&o.Peers, "peers", false, "compare rnnkit with NumPy and PyTorch; the first call installs them into .venv/peers, several gigabytes")
	c.flags.StringVar(&o.Python, "python", "", "use the NumPy and PyTorch of the interpreter at `PATH` instead of installing them")
	c.flags.IntVar(&o.Rounds, "rounds", 5, "run `N` rounds of the comparison, and three times as many of the cells and of the page")
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
