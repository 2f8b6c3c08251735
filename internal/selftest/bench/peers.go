package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"rnn101/internal/checkout"
	"rnn101/internal/process"
	"rnn101/internal/progress"
	"rnn101/internal/setup"
)

// benchWork is what a worker of the folder tools/bench is asked for.
type benchWork struct {
	Cell                         string
	Hidden, Tokens, Steps, Batch int
	Goroutines                   int
	Seconds                      float64
	Roofline                     bool
}

// worker is a program that times the work it is asked for; see tools/bench/main.go.
type worker struct {
	name string
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  *process.Lines
	errs *process.Excerpt
}

// hire starts a worker and waits until it is ready.
func hire(cmd *exec.Cmd) (*worker, error) {
	w := &worker{cmd: cmd, errs: &process.Excerpt{}}
	cmd.Stderr, cmd.WaitDelay = w.errs, process.WaitDelay
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if w.in, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	w.out = process.NewLines(out)
	var first struct{ Ready string }
	if err := w.hear(&first); err != nil {
		return nil, err
	}
	w.name = first.Ready
	return w, nil
}

func (w *worker) hear(answer any) error {
	line, err := w.out.Next()
	if err == nil {
		return json.Unmarshal(line, answer)
	}
	w.dismiss() // its standard error is complete then
	if errors.Is(err, io.EOF) {
		err = errors.New("it has ended")
	}
	return fmt.Errorf("%s: %w\n%s", strings.Join(w.cmd.Args, " "), err, strings.TrimSpace(w.errs.String()))
}

func (w *worker) ask(work benchWork, answer any) error {
	line, err := json.Marshal(work)
	if err != nil {
		return err
	}
	if _, err := w.in.Write(append(line, '\n')); err != nil {
		return err
	}
	return w.hear(answer)
}

func (w *worker) dismiss() {
	w.in.Close()
	_ = w.cmd.Wait()
}

// timing is a worker's answer; 0 microseconds: it does not do such work.
type timing struct{ Microseconds, Allocations float64 }

// crew is everybody who is timed, rnnkit first.
type crew []*worker

func (c crew) dismiss() {
	for _, w := range c {
		w.dismiss()
	}
}

// gather builds rnnkit's worker, the same with OpenBLAS where that can be built, and
// if wanted those of NumPy and PyTorch.
func gather(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, peers bool, python string) (all crew, err error) {
	defer func() {
		if err != nil {
			all.dismiss()
		}
	}()
	folder := filepath.Join(repo.Root, "tools", "bench")
	build := func(name string, env []string, args ...string) (string, error) {
		program := repo.Program(name)
		cmd := exec.CommandContext(ctx, repo.GoTool(), append(append([]string{"build", "-o", program}, args...), ".")...)
		cmd.Dir, cmd.Env = folder, append(append(os.Environ(), "GOWORK=off"), env...)
		out, err := cmd.CombinedOutput()
		if err != nil {
			err = fmt.Errorf("building %s: %w\n%s", name, err, bytes.TrimSpace(out))
		}
		return program, err
	}
	program, err := build("bench-rnnkit", nil)
	if err != nil {
		return all, err
	}
	w, err := hire(exec.CommandContext(ctx, program))
	if err != nil {
		return all, err
	}
	all = append(all, w)
	if program, err := build("bench-openblas", []string{"CGO_ENABLED=1", "CGO_LDFLAGS=-lopenblas"}, "-tags", "openblas"); err != nil {
		report.Line("OpenBLAS is left out: it cannot be linked here (on Debian: apt install gcc libopenblas-dev)")
	} else {
		cmd := exec.CommandContext(ctx, program, "-name", "rnnkit + OpenBLAS")
		cmd.Env = append(os.Environ(), "OPENBLAS_NUM_THREADS=1") // the goroutines are the threads
		w, err := hire(cmd)
		if err != nil {
			return all, err
		}
		all = append(all, w)
	}
	if !peers {
		return all, nil
	}
	if python == "" {
		report.Line("installing NumPy and PyTorch into .venv/peers, unless they are there (several gigabytes the first time)")
		if python, err = setup.Peers(ctx, repo); err != nil {
			return all, err
		}
	}
	for _, name := range []string{"numpy", "torch"} {
		w, err := hire(exec.CommandContext(ctx, python, filepath.Join(folder, "peers.py"), name))
		if err != nil {
			return all, err
		}
		all = append(all, w)
	}
	return all, nil
}

// beside prints the table of rnnkit beside the others: each row is timed by all in
// turn, several times over, so that what disturbs one disturbs all.
func (c crew) beside(report *progress.Reporter, rounds int, seconds float64) error {
	var rows []benchWork
	for _, hidden := range []int{100, 128, 256, 512} {
		rows = append(rows, benchWork{Cell: "rnn", Hidden: hidden, Batch: 1})
	}
	for _, hidden := range []int{128, 256, 512} {
		rows = append(rows, benchWork{Cell: "rnn", Hidden: hidden, Batch: 32})
	}
	for _, cell := range []string{"lstm", "gru"} {
		rows = append(rows, benchWork{Cell: cell, Hidden: 128, Batch: 1}, benchWork{Cell: cell, Hidden: 128, Batch: 32})
	}
	times := make([][][]float64, len(rows)) // by row, worker, round
	for round := range rounds {
		for i := range rows {
			rows[i].Tokens, rows[i].Steps, rows[i].Goroutines, rows[i].Seconds = 64, 25, 2, seconds
			if times[i] == nil {
				times[i] = make([][]float64, len(c))
			}
			for j, w := range c {
				if report.Interactive() {
					report.Step(round*len(rows)+i+1, rounds*len(rows), w.name)
				}
				var answer timing
				if err := w.ask(rows[i], &answer); err != nil {
					return err
				}
				times[i][j] = append(times[i][j], answer.Microseconds)
			}
		}
	}
	report.Done()
	fmt.Printf("\nForward and BPTT, T = 25, 64 one-hot inputs, 64 outputs, float64, 2 threads. µs, and how many\ntimes rnnkit's time the others take: median (least–most) of %d rounds.\n\n", rounds)
	fmt.Printf("%-4s %5s %5s %12s", "cell", "H", "batch", c[0].name)
	for _, w := range c[1:] {
		fmt.Printf("   %-30s", w.name)
	}
	fmt.Println()
	for i, row := range rows {
		fmt.Printf("%-4s %5d %5d %12.0f", row.Cell, row.Hidden, row.Batch, middle(times[i][0]))
		for j := range c[1:] {
			theirs := times[i][j+1]
			if theirs[0] == 0 {
				fmt.Printf("   %-30s", "–")
				continue
			}
			ratios := make([]float64, rounds)
			for r := range ratios {
				ratios[r] = theirs[r] / times[i][0][r]
			}
			fmt.Printf("   %-30s", fmt.Sprintf("%7.0f  %5.2f (%.2f–%.2f)", middle(theirs), middle(ratios), slices.Min(ratios), slices.Max(ratios)))
		}
		fmt.Println()
	}
	return nil
}

func middle(v []float64) float64 {
	sorted := slices.Sorted(slices.Values(v))
	return sorted[len(sorted)/2]
}

// costs prints how rnnkit's own time goes with T, H, batch and goroutines, and its
// allocations.
func (c crew) costs(seconds float64) error {
	fmt.Printf("\nrnnkit alone: the cost of forward and BPTT, 64 tokens.\n\n%-4s %5s %5s %5s %11s %12s %16s %12s\n", "cell", "H", "T", "batch", "goroutines", "µs", "µs a step", "allocations")
	base := benchWork{Cell: "rnn", Hidden: 128, Tokens: 64, Steps: 25, Batch: 1, Goroutines: 1, Seconds: seconds}
	var rows []benchWork
	vary := func(change func(*benchWork)) {
		w := base
		change(&w)
		rows = append(rows, w)
	}
	for _, steps := range []int{5, 25, 125, 625} {
		vary(func(w *benchWork) { w.Steps = steps })
	}
	for _, hidden := range []int{16, 64, 256, 1024} {
		vary(func(w *benchWork) { w.Hidden = hidden })
	}
	for _, goroutines := range []int{1, 2, 4} {
		vary(func(w *benchWork) { w.Batch, w.Goroutines = 32, goroutines })
	}
	for _, cell := range []string{"lstm", "gru"} {
		vary(func(w *benchWork) { w.Cell = cell })
	}
	for _, w := range rows {
		var answer timing
		if err := c[0].ask(w, &answer); err != nil {
			return err
		}
		fmt.Printf("%-4s %5d %5d %5d %11d %12.1f %16.2f %12.2f\n", w.Cell, w.Hidden, w.Steps, w.Batch, w.Goroutines,
			answer.Microseconds, answer.Microseconds/float64(w.Steps*w.Batch), answer.Allocations)
	}
	return nil
}

// roof prints what the machine gives one core and how near the kernels come.
func (c crew) roof(seconds float64) error {
	fmt.Printf("\nThe roofline, one core: how near each product comes to what the machine allows.\n\n%-18s %5s %10s %10s %10s %14s\n", "", "H", "kernel", "Gflop/s", "roof", "of the roof")
	for _, w := range c {
		if !strings.HasPrefix(w.name, "rnnkit") {
			continue
		}
		for _, hidden := range []int{128, 512, 2048} {
			var answer struct {
				Peak, Bandwidth float64
				Kernels, Roof   map[string]float64
			}
			if err := w.ask(benchWork{Roofline: true, Hidden: hidden, Steps: 25, Seconds: 4 * seconds}, &answer); err != nil {
				return err
			}
			for _, kernel := range []string{"W h", "Wᵀ δ", "Σ δ hᵀ"} {
				fmt.Printf("%-18s %5d %10s %10.1f %10.1f %13.0f%%\n", w.name, hidden, kernel, answer.Kernels[kernel], answer.Roof[kernel], 100*answer.Kernels[kernel]/answer.Roof[kernel])
			}
			fmt.Printf("%-18s %5d   peak %.1f Gflop/s in the first cache, %.1f GB/s for a matrix of this size\n", w.name, hidden, answer.Peak, answer.Bandwidth)
		}
	}
	return nil
}
