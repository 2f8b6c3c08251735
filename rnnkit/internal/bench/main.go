// Command bench times rnnkit for go run ./course bench, which compares it with NumPy and
// PyTorch.
//
// Its protocol is that of tools/bench/peers.py: it prints a line {"ready": name} and then, for
// each line of standard input, a JSON object with a workload, a line with the result. With the
// build tag rnnkit_avx2 or rnnkit_portable it times the kernels of a lower level.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime"
	"slices"
	"time"

	"rnn101/rnnkit"
	"rnn101/rnnkit/internal/kernel"
	"rnn101/rnnkit/train"
)

// workload is a forward pass and BPTT with one-hot inputs.
type workload struct {
	Cell       string
	Hidden     int
	Tokens     int // inputs
	Outputs    int
	Steps      int
	Batch      int // sequences; a batch of 1 runs without goroutines
	Goroutines int
	Seconds    float64 // how long to measure
	Roofline   bool    // measure the machine and the kernels instead
}

// result is what the workload took.
type result struct {
	Microseconds float64 `json:"microseconds"` // the median
	Allocations  float64 `json:"allocations"`  // of a run
	Bytes        float64 `json:"bytes"`        // of memory that the storage takes, the net aside
}

func main() {
	name := flag.String("name", "rnnkit", "the `NAME` in the output, before that of the level")
	flag.Parse()
	out := json.NewEncoder(os.Stdout)
	out.Encode(map[string]string{"ready": fmt.Sprintf("%s, %v", *name, kernel.Current())})
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var w workload
		if err := json.Unmarshal(lines.Bytes(), &w); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		if w.Roofline {
			out.Encode(roofline(w.Hidden, w.Steps, w.Seconds))
			continue
		}
		out.Encode(w.run())
	}
	must(lines.Err())
}

// run measures the workload.
func (w workload) run() result {
	cell := map[string]rnnkit.Cell{"rnn": rnnkit.Plain{}, "lstm": rnnkit.LSTM{}, "gru": rnnkit.GRU{}}[w.Cell]
	net := rnnkit.New(cell, w.Tokens, w.Hidden, w.Outputs).WithBiases()
	net.Glorot(1)
	seqs := make([]rnnkit.Sequence, w.Batch)
	for i := range seqs {
		for t := range w.Steps {
			seqs[i].Inputs = append(seqs[i].Inputs, (7*i+3*t)%w.Tokens)
			seqs[i].Targets = append(seqs[i].Targets, (7*i+3*t+3)%w.Outputs)
		}
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	gradient := rnnkit.NewGradient(net)
	var step func()
	if w.Batch == 1 {
		pass := rnnkit.NewPass(net, w.Steps)
		step = func() {
			gradient.ZeroFor(seqs)
			must(pass.Forward(net, nil, seqs[0]))
			pass.Backward(gradient, net)
		}
	} else {
		batch := train.NewBatch(net, w.Steps, w.Goroutines)
		defer batch.Close()
		step = func() {
			gradient.ZeroFor(seqs)
			_, err := batch.Gradient(gradient, net, nil, seqs)
			must(err)
		}
	}
	step() // which takes the rest of its storage
	runtime.ReadMemStats(&after)
	microseconds, allocations := median(step, w.Seconds)
	return result{microseconds, allocations, float64(after.TotalAlloc - before.TotalAlloc)}
}

// must exits with a message if err is not nil.
func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// median runs the step for the given number of seconds, after a warm-up, and returns the
// median time in microseconds and the allocations of a step.
func median(step func(), seconds float64) (microseconds, allocations float64) {
	for begin := time.Now(); time.Since(begin).Seconds() < seconds/5; {
		step()
	}
	times := make([]float64, 0, 1<<16)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for begin := time.Now(); (time.Since(begin).Seconds() < seconds || len(times) < 5) && len(times) < cap(times); {
		start := time.Now()
		step()
		times = append(times, float64(time.Since(start).Nanoseconds())/1e3)
	}
	runtime.ReadMemStats(&after)
	slices.Sort(times)
	return times[len(times)/2], float64(after.Mallocs-before.Mallocs) / float64(len(times))
}
