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

// task is a request to a worker; see tools/bench/main.go.
type task struct {
	Cell                         string
	Hidden, Tokens, Steps, Batch int
	Goroutines                   int
	Seconds                      float64
	Roofline                     bool
}

// worker is a process of tools/bench that times tasks with one library.
type worker struct {
	name   string // of the library
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *process.Lines
	stderr *process.Excerpt
}

// startWorker starts a worker and waits until it is ready.
func startWorker(cmd *exec.Cmd) (*worker, error) {
	w := &worker{cmd: cmd, stderr: &process.Excerpt{}}
	cmd.Stderr, cmd.WaitDelay = w.stderr, process.WaitDelay
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
	if err := w.receive(&first); err != nil {
		return nil, err
	}
	w.name = first.Ready
	return w, nil
}

// receive reads a result. If the worker has ended, the error holds its standard error.
func (w *worker) receive(result any) error {
	line, err := w.out.Next()
	if err == nil {
		return json.Unmarshal(line, result)
	}
	w.stop() // after this, stderr is complete
	if errors.Is(err, io.EOF) {
		err = errors.New("the worker has ended")
	}
	return fmt.Errorf("%s: %w\n%s", strings.Join(w.cmd.Args, " "), err, strings.TrimSpace(w.stderr.String()))
}

// measure sends a task and receives its result.
func (w *worker) measure(t task, result any) error {
	line, err := json.Marshal(t)
	if err != nil {
		return err
	}
	if _, err := w.in.Write(append(line, '\n')); err != nil {
		return err
	}
	return w.receive(result)
}

// stop ends the worker.
func (w *worker) stop() {
	w.in.Close()
	_ = w.cmd.Wait()
}

// timing is the result of a task. 0 microseconds mean that the library cannot do it.
type timing struct{ Microseconds, Allocations float64 }

// workers are all workers, that of rnnkit first.
type workers []*worker

func (ws workers) stop() {
	for _, w := range ws {
		w.stop()
	}
}

// startWorkers builds and starts the workers: rnnkit, rnnkit with OpenBLAS if it can be linked,
// and, if peers is set, NumPy and PyTorch.
func startWorkers(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, peers bool, python string) (all workers, err error) {
	defer func() {
		if err != nil {
			all.stop()
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
	w, err := startWorker(exec.CommandContext(ctx, program))
	if err != nil {
		return all, err
	}
	all = append(all, w)
	if program, err := build("bench-openblas", []string{"CGO_ENABLED=1", "CGO_LDFLAGS=-lopenblas"}, "-tags", "openblas"); err != nil {
		report.Line("skipping OpenBLAS, which cannot be linked here (on Debian: apt install gcc libopenblas-dev)")
	} else {
		cmd := exec.CommandContext(ctx, program, "-name", "rnnkit + OpenBLAS")
		cmd.Env = append(os.Environ(), "OPENBLAS_NUM_THREADS=1") // the goroutines are the threads
		w, err := startWorker(cmd)
		if err != nil {
			return all, err
		}
		all = append(all, w)
	}
	if !peers {
		return all, nil
	}
	if python == "" {
		report.Line("installing NumPy and PyTorch into .venv/peers, if they are missing (several gigabytes)")
		if python, err = setup.Peers(ctx, repo); err != nil {
			return all, err
		}
	}
	for _, name := range []string{"numpy", "torch"} {
		w, err := startWorker(exec.CommandContext(ctx, python, filepath.Join(folder, "peers.py"), name))
		if err != nil {
			return all, err
		}
		all = append(all, w)
	}
	return all, nil
}

// compare prints a table of rnnkit and the other libraries. The workers take turns at each row,
// in several rounds, so that a disturbance of the machine affects all of them.
func (ws workers) compare(report *progress.Reporter, rounds int, seconds float64) error {
	var rows []task
	for _, hidden := range []int{100, 128, 256, 512} {
		rows = append(rows, task{Cell: "rnn", Hidden: hidden, Batch: 1})
	}
	for _, hidden := range []int{128, 256, 512} {
		rows = append(rows, task{Cell: "rnn", Hidden: hidden, Batch: 32})
	}
	for _, cell := range []string{"lstm", "gru"} {
		rows = append(rows, task{Cell: cell, Hidden: 128, Batch: 1}, task{Cell: cell, Hidden: 128, Batch: 32})
	}
	times := make([][][]float64, len(rows)) // by row, worker, round
	for round := range rounds {
		for i := range rows {
			rows[i].Tokens, rows[i].Steps, rows[i].Goroutines, rows[i].Seconds = 64, 25, 2, seconds
			if times[i] == nil {
				times[i] = make([][]float64, len(ws))
			}
			for j, w := range ws {
				if report.Interactive() {
					report.Step(round*len(rows)+i+1, rounds*len(rows), w.name)
				}
				var result timing
				if err := w.measure(rows[i], &result); err != nil {
					return err
				}
				times[i][j] = append(times[i][j], result.Microseconds)
			}
		}
	}
	report.Done()
	fmt.Printf("\nForward and BPTT, T = 25, 64 one-hot inputs, 64 outputs, float64, 2 threads. Times in µs, and\nas multiples of rnnkit's: median (min–max) of %d rounds.\n\n", rounds)
	fmt.Printf("%-4s %5s %5s %12s", "cell", "H", "batch", ws[0].name)
	for _, w := range ws[1:] {
		fmt.Printf("   %-30s", w.name)
	}
	fmt.Println()
	for i, row := range rows {
		fmt.Printf("%-4s %5d %5d %12.0f", row.Cell, row.Hidden, row.Batch, median(times[i][0]))
		for j := range ws[1:] {
			theirs := times[i][j+1]
			if theirs[0] == 0 {
				fmt.Printf("   %-30s", "–")
				continue
			}
			ratios := make([]float64, rounds)
			for r := range ratios {
				ratios[r] = theirs[r] / times[i][0][r]
			}
			fmt.Printf("   %-30s", fmt.Sprintf("%7.0f  %5.2f (%.2f–%.2f)", median(theirs), median(ratios), slices.Min(ratios), slices.Max(ratios)))
		}
		fmt.Println()
	}
	return nil
}

// median returns the upper median.
func median(v []float64) float64 {
	sorted := slices.Sorted(slices.Values(v))
	return sorted[len(sorted)/2]
}

// scaling prints the time and allocations of rnnkit for several T, H, batch sizes and numbers of
// goroutines.
func (ws workers) scaling(seconds float64) error {
	fmt.Printf("\nrnnkit alone: the cost of forward and BPTT, 64 tokens.\n\n%-4s %5s %5s %5s %11s %12s %16s %12s\n", "cell", "H", "T", "batch", "goroutines", "µs", "µs a step", "allocations")
	base := task{Cell: "rnn", Hidden: 128, Tokens: 64, Steps: 25, Batch: 1, Goroutines: 1, Seconds: seconds}
	var rows []task
	vary := func(change func(*task)) {
		t := base
		change(&t)
		rows = append(rows, t)
	}
	for _, steps := range []int{5, 25, 125, 625} {
		vary(func(t *task) { t.Steps = steps })
	}
	for _, hidden := range []int{16, 64, 256, 1024} {
		vary(func(t *task) { t.Hidden = hidden })
	}
	for _, goroutines := range []int{1, 2, 4} {
		vary(func(t *task) { t.Batch, t.Goroutines = 32, goroutines })
	}
	for _, cell := range []string{"lstm", "gru"} {
		vary(func(t *task) { t.Cell = cell })
	}
	for _, t := range rows {
		var result timing
		if err := ws[0].measure(t, &result); err != nil {
			return err
		}
		fmt.Printf("%-4s %5d %5d %5d %11d %12.1f %16.2f %12.2f\n", t.Cell, t.Hidden, t.Steps, t.Batch, t.Goroutines,
			result.Microseconds, result.Microseconds/float64(t.Steps*t.Batch), result.Allocations)
	}
	return nil
}

// roofline prints what one core can do, and how much of it the kernels reach.
func (ws workers) roofline(seconds float64) error {
	fmt.Printf("\nThe roofline of one core: how much of the possible speed each product reaches.\n\n%-18s %5s %10s %10s %10s %14s\n", "", "H", "kernel", "Gflop/s", "roof", "of the roof")
	for _, w := range ws {
		if !strings.HasPrefix(w.name, "rnnkit") {
			continue
		}
		for _, hidden := range []int{128, 512, 2048} {
			var result struct {
				Peak, Bandwidth float64
				Kernels, Roof   map[string]float64
			}
			if err := w.measure(task{Roofline: true, Hidden: hidden, Steps: 25, Seconds: 4 * seconds}, &result); err != nil {
				return err
			}
			for _, kernel := range []string{"W h", "Wᵀ δ", "Σ δ hᵀ"} {
				fmt.Printf("%-18s %5d %10s %10.1f %10.1f %13.0f%%\n", w.name, hidden, kernel, result.Kernels[kernel], result.Roof[kernel], 100*result.Kernels[kernel]/result.Roof[kernel])
			}
			fmt.Printf("%-18s %5d   peak %.1f Gflop/s in the first cache, %.1f GB/s for a matrix of this size\n", w.name, hidden, result.Peak, result.Bandwidth)
		}
	}
	return nil
}
