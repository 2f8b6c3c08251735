package main

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"strings"
	"time"

	"rnn101/course/environment"
	"rnn101/course/jupyter"
)

const benchHelp = `usage: go run ./course bench [--only PART,PART…] [--peers] [--python PATH] [--rounds N]

Measures. Nothing else should run meanwhile. The parts:

  cells      how long a warm cell takes in the Go kernel, beside the course's bounds
  rnnkit     the mathematics: beside itself on OpenBLAS where that can be linked, the
             cost against T, H, batch and goroutines, allocations, and the roofline
  grade      a class of 100, graded, and graded again with a kill in the middle: how long
             it takes and how much memory, beside the bounds

  --only PART,PART   these parts alone
  --peers            put NumPy and PyTorch beside rnnkit; installs them into .venv/peers
                     at the first call, several gigabytes
  --python PATH      a Python that has NumPy and PyTorch, in place of an installation
  --rounds N         rounds of the comparison, and a third of the cells (default 5)
`

func bench(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	only := flags.String("only", "cells,rnnkit,grade", "")
	peers := flags.Bool("peers", false, "")
	python := flags.String("python", "", "")
	rounds := flags.Int("rounds", 5, "")
	extra, err := parse(flags, args, benchHelp)
	if err != nil {
		return err
	}
	if len(extra) > 0 {
		return usage("bench takes no names, but got %q", extra[0])
	}
	if *rounds < 1 {
		return usage("--rounds takes a number from 1 on")
	}
	parts := strings.Split(*only, ",")
	for _, part := range parts {
		if !slices.Contains([]string{"cells", "rnnkit", "grade"}, part) {
			return usage("bench has no part %q: cells, rnnkit and grade", part)
		}
	}
	place, report, err := ready(ctx)
	if err != nil {
		return err
	}
	if slices.Contains(parts, "cells") {
		if err := place.CheckKernel(ctx); err != nil {
			return err
		}
		if err := cellTimes(ctx, place, 3**rounds); err != nil {
			return err
		}
	}
	if slices.Contains(parts, "grade") {
		if err := gradeTimes(ctx, place, report); err != nil {
			return err
		}
	}
	if !slices.Contains(parts, "rnnkit") {
		return nil
	}
	all, err := gather(ctx, place, report, *peers || *python != "", *python)
	if err != nil {
		return err
	}
	defer all.dismiss()
	const seconds = 0.5
	if err := all.beside(report, *rounds, seconds); err != nil {
		return err
	}
	if err := all.costs(seconds); err != nil {
		return err
	}
	return all.roof(seconds)
}

// cell is a kind of cell whose time is measured.
type cell struct {
	name   string
	bound  time.Duration
	source string
}

const benchPreamble = `%noautoget
import (
	"rnn101/plots"
	"rnn101/rnnkit"
	"rnn101/show"
)

func init_language() { show.Language(show.English) }
`

var benchCells = []cell{
	{"a cell with rnnkit", 400 * time.Millisecond, `%%
pass := rnnkit.MustForward(rnnkit.FromRows([][]float64{{0.5}}, [][]float64{{0.4}}, [][]float64{{0.6}}), nil,
	rnnkit.Sequence{Inputs: []int{0}, Targets: []int{0}})
show.Matrix("h_1", pass.H[1])`},
	{"a cell with a chart", 600 * time.Millisecond, `%%
show.Chart(plots.Bars([]string{"야구", "방망이"}, plots.Series{Name: "ŷ", Values: []float64{0.25, 0.75}}))`},
}

func cellTimes(ctx context.Context, place *environment.Place, runs int) error {
	fmt.Printf("%-22s %8s %8s %8s   %s\n", "", "min", "median", "max", "bound")
	over := 0
	for _, c := range benchCells {
		sources := []string{benchPreamble}
		for range runs + 2 { // the first two warm up
			sources = append(sources, c.source)
		}
		times, err := jupyter.CellTimes(ctx, place, sources)
		if err != nil {
			return err
		}
		times = times[3:]
		slices.Sort(times)
		median := times[len(times)/2]
		verdict := "within"
		if median > c.bound {
			verdict = "OVER"
			over++
		}
		fmt.Printf("%-22s %8s %8s %8s   %v, %s\n", c.name, ms(times[0]), ms(median), ms(times[len(times)-1]), c.bound, verdict)
	}
	if over > 0 {
		return fmt.Errorf("%d kinds of cells are slower than their bound on this machine", over)
	}
	return nil
}

func ms(d time.Duration) string { return fmt.Sprintf("%d ms", d.Milliseconds()) }
