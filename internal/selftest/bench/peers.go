package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
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

// task is a request to a worker; see rnnkit/internal/bench/main.go.
type task struct {
	Cell                    string
	Hidden, Tokens, Outputs int // Tokens are the inputs
	Steps, Batch            int
	Goroutines              int
	Seconds                 float64
	Roofline                bool
}

// worker is a process that times tasks with one library.
type worker struct {
	name   string // of the library, and of what it uses of the processor
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

// timing is the result of a task.
type timing struct{ Microseconds, Allocations, Bytes float64 }

// workers are all workers, that of rnnkit first.
type workers []*worker

func (ws workers) stop() {
	for _, w := range ws {
		w.stop()
	}
}

// startWorkers builds and starts the workers: rnnkit at each level of instructions that the
// processor has, the highest first, and, if peers is set, NumPy and PyTorch.
func startWorkers(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, peers bool, python string) (all workers, err error) {
	defer func() {
		if err != nil {
			all.stop()
		}
	}()
	for _, tag := range []string{"", "rnnkit_avx2", "rnnkit_portable"} {
		program := repo.Program("bench-rnnkit" + tag)
		build := exec.CommandContext(ctx, repo.GoTool(), "build", "-tags", tag, "-o", program, "./rnnkit/internal/bench")
		build.Dir, build.Env = repo.Root, append(os.Environ(), "GOWORK=off")
		if out, err := build.CombinedOutput(); err != nil {
			return all, fmt.Errorf("building %s: %w\n%s", program, err, bytes.TrimSpace(out))
		}
		w, err := startWorker(exec.CommandContext(ctx, program))
		if err != nil {
			return all, err
		}
		if len(all) > 0 && all[len(all)-1].name == w.name { // the processor has no higher level
			w.stop()
			continue
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
	script := filepath.Join(repo.Root, "tools", "bench", "peers.py")
	peer := func(name string) *exec.Cmd {
		cmd := exec.CommandContext(ctx, python, script, name)
		// These choose a kernel of OpenBLAS that may be slower than its own choice.
		cmd.Env = slices.DeleteFunc(os.Environ(), func(entry string) bool {
			return strings.HasPrefix(entry, "OPENBLAS_CORETYPE=") || strings.HasPrefix(entry, "OPENBLAS_L2_SIZE=")
		})
		return cmd
	}
	if out, err := peer("check").CombinedOutput(); err != nil {
		return all, fmt.Errorf("NumPy and PyTorch do not compute the same: %w\n%s", err, bytes.TrimSpace(out))
	}
	for _, name := range []string{"numpy", "torch"} {
		w, err := startWorker(peer(name))
		if err != nil {
			return all, err
		}
		all = append(all, w)
	}
	return all, nil
}

// column is a column of the comparison: a library with a number of threads.
type column struct {
	*worker
	threads int
}

func (c column) title() string {
	if c.threads == 1 {
		return c.name + ", 1 thread"
	}
	return fmt.Sprintf("%s, %d threads", c.name, c.threads)
}

// columns returns the columns of all workers with two threads, and for PyTorch with one, too.
func (ws workers) columns() (all []column) {
	for _, w := range ws {
		if strings.HasPrefix(w.name, "PyTorch") {
			all = append(all, column{w, 1})
		}
		all = append(all, column{w, 2})
	}
	return all
}

// compare prints a table of rnnkit and the other libraries. The columns take turns at each row,
// in several rounds, so that a disturbance of the machine affects all of them.
func (ws workers) compare(report *progress.Reporter, rounds int, seconds float64) error {
	var rows []task
	for _, batch := range []int{1, 8, 32} {
		for _, hidden := range []int{100, 128, 256, 512} {
			rows = append(rows, task{Cell: "rnn", Hidden: hidden, Batch: batch})
		}
		for _, cell := range []string{"lstm", "gru"} {
			for _, hidden := range []int{128, 256, 512} {
				rows = append(rows, task{Cell: cell, Hidden: hidden, Batch: batch})
			}
		}
	}
	columns := ws.columns()
	before := load()
	times := make([][][]float64, len(rows)) // by row, column, round
	for round := range rounds {
		for i := range rows {
			if times[i] == nil {
				times[i] = make([][]float64, len(columns))
			}
			for j, c := range columns {
				if report.Interactive() {
					report.Step(round*len(rows)+i+1, rounds*len(rows), c.name)
				}
				t := rows[i]
				t.Tokens, t.Outputs, t.Steps, t.Goroutines, t.Seconds = 64, 64, 25, c.threads, seconds
				var result timing
				if err := c.measure(t, &result); err != nil {
					return err
				}
				times[i][j] = append(times[i][j], result.Microseconds)
			}
		}
	}
	report.Done()
	fmt.Printf("\nForward and BPTT, T = 25, 64 one-hot inputs, 64 outputs, float64. The time of the first column\nin µs and that of the others as its multiple: median (least–most) of %d rounds.\n\n", rounds)
	for j, c := range columns {
		fmt.Printf("  %c  %s\n", 'A'+j, c.title())
	}
	fmt.Printf("\n%-4s %5s %5s %8s", "cell", "H", "batch", "A, µs")
	for j := range columns[1:] {
		fmt.Printf("   %-17s", string(rune('B'+j)))
	}
	fmt.Println()
	for i, row := range rows {
		fmt.Printf("%-4s %5d %5d %8.0f", row.Cell, row.Hidden, row.Batch, median(times[i][0]))
		for _, theirs := range times[i][1:] {
			ratios := make([]float64, rounds)
			for r := range ratios {
				ratios[r] = theirs[r] / times[i][0][r]
			}
			fmt.Printf("   %-17s", fmt.Sprintf("%5.2f (%.2f–%.2f)", median(ratios), slices.Min(ratios), slices.Max(ratios)))
		}
		fmt.Println()
	}
	fmt.Printf("\nLoad of the machine before and after: %s; %s.\n", before, load())
	return nil
}

// load returns the load averages of the system.
func load() string {
	data, err := os.ReadFile("/proc/loadavg")
	fields := strings.Fields(string(data))
	if err != nil || len(fields) < 3 {
		return "not known"
	}
	return strings.Join(fields[:3], " ")
}

// median returns the upper median.
func median(v []float64) float64 {
	sorted := slices.Sorted(slices.Values(v))
	return sorted[len(sorted)/2]
}

// growth prints how the time and the memory of rnnkit grow with T, H, the batch and the
// vocabulary, each alone. The exponent is that of the growth since the row before: 1 if twice as
// much takes twice as long.
func (ws workers) growth(report *progress.Reporter, seconds float64) error {
	fmt.Printf("\n%s, alone: how the cost of forward and BPTT grows. Exponents are those since the row before.\n", ws[0].name)
	base := task{Cell: "rnn", Hidden: 128, Tokens: 64, Outputs: 64, Steps: 25, Batch: 1, Goroutines: 2, Seconds: seconds}
	for _, series := range []struct {
		name   string
		values []int
		set    func(t *task, value int)
	}{
		{"T", []int{25, 100, 1000, 10_000}, func(t *task, v int) { t.Steps = v }},
		{"T, batch of 32", []int{25, 100, 1000, 10_000}, func(t *task, v int) { t.Steps, t.Batch = v, 32 }},
		{"H", []int{2, 8, 32, 128, 512, 1024}, func(t *task, v int) { t.Hidden = v }},
		{"H, LSTM", []int{2, 8, 32, 128, 512, 1024}, func(t *task, v int) { t.Cell, t.Hidden = "lstm", v }},
		{"batch", []int{1, 4, 16, 64, 256, 1024}, func(t *task, v int) { t.Batch = v }},
		{"inputs", []int{3, 50, 1000, 50_000}, func(t *task, v int) { t.Tokens = v }},
		{"inputs, batch", []int{3, 50, 1000, 50_000}, func(t *task, v int) { t.Tokens, t.Batch = v, 32 }},
		{"outputs", []int{3, 50, 1000, 50_000}, func(t *task, v int) { t.Outputs = v }},
	} {
		fmt.Printf("\n%-16s %12s %9s %12s %9s %12s\n", series.name, "µs", "exponent", "kB", "exponent", "allocations")
		var last timing
		for i, value := range series.values {
			t := base
			series.set(&t, value)
			if report.Interactive() {
				report.Step(i+1, len(series.values), series.name)
			}
			var now timing
			if err := ws[0].measure(t, &now); err != nil {
				return err
			}
			report.Done()
			var time, memory string
			if i > 0 {
				grown := math.Log(float64(value) / float64(series.values[i-1]))
				time = fmt.Sprintf("%.2f", math.Log(now.Microseconds/last.Microseconds)/grown)
				memory = fmt.Sprintf("%.2f", math.Log(now.Bytes/last.Bytes)/grown)
			}
			fmt.Printf("%-16d %12.1f %9s %12.0f %9s %12.2f\n", value, now.Microseconds, time, now.Bytes/1e3, memory, now.Allocations)
			last = now
		}
	}
	return nil
}

// roofline prints what one core can do, and how much of it the kernels reach.
func (ws workers) roofline(seconds float64) error {
	fmt.Printf("\nThe roofline of one core: how much of the possible speed each product reaches. W H is for 32\nsequences, Σ δ hᵀ for 25 steps.\n\n%-18s %5s %10s %10s %10s %14s\n", "", "H", "kernel", "Gflop/s", "roof", "of the roof")
	for _, w := range ws {
		if !strings.HasPrefix(w.name, "rnnkit") {
			continue
		}
		for _, hidden := range []int{100, 128, 256, 512} {
			var result struct {
				Peak, Bandwidth float64
				Kernels, Roof   map[string]float64
			}
			if err := w.measure(task{Roofline: true, Hidden: hidden, Steps: 25, Seconds: 7 * seconds}, &result); err != nil {
				return err
			}
			for _, kernel := range []string{"W h", "Wᵀ δ", "Σ δ hᵀ", "W H"} {
				speed, roof := result.Kernels[kernel], result.Roof[kernel]
				if roof == 0 { // portable code: what its instructions could do is not known
					fmt.Printf("%-18s %5d %10s %10.1f %10s %14s\n", w.name, hidden, kernel, speed, "–", "–")
					continue
				}
				fmt.Printf("%-18s %5d %10s %10.1f %10.1f %13.0f%%\n", w.name, hidden, kernel, speed, roof, 100*speed/roof)
			}
			if result.Peak > 0 {
				fmt.Printf("%-18s %5d   peak %.1f Gflop/s, %.1f GB/s for a matrix of this size\n", w.name, hidden, result.Peak, result.Bandwidth)
			}
		}
	}
	return nil
}
