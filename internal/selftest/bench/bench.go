// Package bench measures: how long a cell takes, the mathematics beside others, a class
// that is graded. It knows the packages that it measures; nothing knows it but the command.
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

// Parts are what can be measured.
var Parts = []string{"cells", "rnnkit", "grade"}

// Options choose what Run measures.
type Options struct {
	Parts  []string
	Peers  bool   // put NumPy and PyTorch beside rnnkit
	Python string // a Python that has them; "": one of the course's own
	Rounds int    // of the comparison, and a third of the cells
}

// Run measures and prints.
func Run(ctx context.Context, o Options) error {
	repo, report, err := setup.Ready(ctx)
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
	if slices.Contains(o.Parts, "grade") {
		if err := gradeTimes(ctx, repo, report); err != nil {
			return err
		}
	}
	if !slices.Contains(o.Parts, "rnnkit") {
		return nil
	}
	all, err := gather(ctx, repo, report, o.Peers || o.Python != "", o.Python)
	if err != nil {
		return err
	}
	defer all.dismiss()
	const seconds = 0.5
	if err := all.beside(report, o.Rounds, seconds); err != nil {
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

func cellTimes(ctx context.Context, repo *checkout.Checkout, runs int) error {
	fmt.Printf("%-22s %8s %8s %8s   %s\n", "", "min", "median", "max", "bound")
	over := 0
	for _, c := range benchCells {
		sources := []string{benchPreamble}
		for range runs + 2 { // the first two warm up
			sources = append(sources, c.source)
		}
		times, err := jupyter.CellTimes(ctx, repo, sources)
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
