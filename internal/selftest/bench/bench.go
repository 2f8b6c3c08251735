// Package bench measures the time of notebook cells, of the page of the lecture's net, of cells that
// run on a page, of rnnkit beside other libraries, and of grading a class. It imports the packages that it measures; only the command imports it.
package bench

import (
	"context"
	"fmt"
	"slices"
	"time"

	"rnn101/internal/checkout"
	"rnn101/internal/jupyter"
	"rnn101/internal/setup"
)

// Parts are the names of the benchmarks.
var Parts = []string{"cells", "page", "live", "rnnkit", "grade", "hostile"}

// Options choose what Run measures.
type Options struct {
	Parts  []string
	Peers  bool   // compare with NumPy and PyTorch
	Python string // an interpreter that has both; empty: one that the course installs
	Rounds int    // of the comparison; the cells run, and the page opens, three times as often
}

// Run measures the chosen parts and prints the results.
func Run(ctx context.Context, o Options) error {
	var needs []setup.Extra
	if slices.Contains(o.Parts, "page") || slices.Contains(o.Parts, "live") {
		needs = append(needs, setup.HTMLExport, setup.BrowserTests)
	}
	repo, report, err := setup.Ready(ctx, needs...)
	if err != nil {
		return err
	}
	if slices.Contains(o.Parts, "cells") {
		if err := setup.CheckKernel(ctx, repo); err != nil {
			return err
		}
		if err := cellTimes(ctx, repo, 3*o.Rounds); err != nil {
			return err
		}
	}
	if slices.Contains(o.Parts, "page") {
		if err := pageTimes(ctx, repo, report, 3*o.Rounds); err != nil {
			return err
		}
	}
	if slices.Contains(o.Parts, "live") {
		if err := liveTimes(ctx, repo, report, 2*o.Rounds); err != nil {
			return err
		}
	}
	if slices.Contains(o.Parts, "grade") {
		if err := gradeTimes(ctx, repo, report); err != nil {
			return err
		}
	}
	if slices.Contains(o.Parts, "hostile") {
		if err := hostileTimes(ctx, repo, report); err != nil {
			return err
		}
	}
	if !slices.Contains(o.Parts, "rnnkit") {
		return nil
	}
	all, err := startWorkers(ctx, repo, report, o.Peers || o.Python != "", o.Python)
	if err != nil {
		return err
	}
	defer all.stop()
	const seconds = 0.5
	if err := all.compare(report, o.Rounds, seconds); err != nil {
		return err
	}
	if err := all.growth(report, seconds); err != nil {
		return err
	}
	return all.roofline(seconds)
}

// cell is a notebook cell whose time is measured.
type cell struct {
	name   string
	bound  time.Duration
	source string
}

const preamble = `%noautoget
import (
	"rnn101/plots"
	"rnn101/rnnkit"
	"rnn101/show"
)

func init_language() { show.Language(show.English) }
`

var cells = []cell{
	{"a cell with rnnkit", 400 * time.Millisecond, `%%
pass := rnnkit.MustForward(rnnkit.FromRows([][]float64{{0.5}}, [][]float64{{0.4}}, [][]float64{{0.6}}), nil,
	rnnkit.Sequence{Inputs: []int{0}, Targets: []int{0}})
show.Matrix("h_1", pass.H[1])`},
	{"a cell with a chart", 600 * time.Millisecond, `%%
show.Chart(plots.Bars([]string{"야구", "방망이"}, plots.Series{Name: "ŷ", Values: []float64{0.25, 0.75}}))`},
}

// cellTimes prints how long each cell takes in a warm kernel.
func cellTimes(ctx context.Context, repo *checkout.Checkout, runs int) error {
	var rows []row
	for _, c := range cells {
		sources := []string{preamble}
		for range runs + 2 { // the first two warm up
			sources = append(sources, c.source)
		}
		times, err := jupyter.CellTimes(ctx, repo, sources)
		if err != nil {
			return err
		}
		rows = append(rows, row{c.name, c.bound, times[3:]}) // without the preamble and the warm-up
	}
	return table(rows)
}

// row is a line of a table of times.
type row struct {
	name  string
	bound time.Duration // of the median
	times []time.Duration
}

// table prints times with their bounds. It returns an error if a median is over its bound.
func table(rows []row) error {
	fmt.Printf("%-38s %10s %10s %10s   %s\n", "", "min", "median", "max", "bound")
	over := 0
	for _, r := range rows {
		slices.Sort(r.times)
		median := r.times[len(r.times)/2]
		if median > r.bound {
			over++
		}
		fmt.Printf("%-38s %10s %10s %10s   %v, %s\n", r.name, ms(r.times[0]), ms(median), ms(r.times[len(r.times)-1]), r.bound, verdict(median <= r.bound))
	}
	if over > 0 {
		return fmt.Errorf("%d of these medians are over their bounds on this machine", over)
	}
	return nil
}

// verdict says whether a measurement is within its bound.
func verdict(within bool) string {
	if within {
		return "within"
	}
	return "OVER"
}

// ms formats a time in milliseconds, short ones with a decimal.
func ms(d time.Duration) string {
	if d < 100*time.Millisecond {
		return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
	}
	return fmt.Sprintf("%d ms", d.Milliseconds())
}
