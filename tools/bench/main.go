// Command bench times rnnkit for go run ./course bench, which compares it with NumPy and
// PyTorch.
//
// It is a module of its own because only the build with the tag openblas needs gonum's
// netlib. Its protocol is that of peers.py: it prints a line {"ready": name} and then, for
// each line of standard input, a JSON object with a workload, a line with the median time
// of a run in microseconds.
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
	"rnn101/rnnkit/train"
)

// workload is a forward pass and BPTT with one-hot inputs.
type workload struct {
	Cell       string
	Hidden     int
	Tokens     int // inputs and outputs
	Steps      int
	Batch      int // sequences; a batch of 1 runs without goroutines
	Goroutines int
	Seconds    float64 // how long to measure
	Roofline   bool    // measure the machine and the kernels instead
}

func main() {
	name := flag.String("name", "rnnkit", "the `NAME` in the output")
	flag.Parse()
	out := json.NewEncoder(os.Stdout)
	out.Encode(map[string]string{"ready": *name})
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
		step, closeBatch := w.prepare()
		microseconds, allocations := median(step, w.Seconds)
		out.Encode(map[string]float64{"microseconds": microseconds, "allocations": allocations})
		closeBatch()
	}
	must(lines.Err())
}

// prepare returns a function that runs the workload once, and one that frees it.
func (w workload) prepare() (step, closeBatch func()) {
	cell := map[string]rnnkit.Cell{"rnn": rnnkit.Plain{}, "lstm": rnnkit.LSTM{}, "gru": rnnkit.GRU{}}[w.Cell]
	net := rnnkit.New(cell, w.Tokens, w.Hidden, w.Tokens).WithBiases()
	net.Glorot(1)
	seqs := make([]rnnkit.Sequence, w.Batch)
	for i := range seqs {
		for t := range w.Steps {
			seqs[i].Inputs = append(seqs[i].Inputs, (7*i+3*t)%w.Tokens)
			seqs[i].Targets = append(seqs[i].Targets, (7*i+3*t+3)%w.Tokens)
		}
	}
	gradient := rnnkit.NewGradient(net)
	if w.Batch == 1 {
		pass := rnnkit.NewPass(net, w.Steps)
		return func() {
			gradient.Zero()
			must(pass.Forward(net, nil, seqs[0]))
			pass.Backward(gradient, net)
		}, func() {}
	}
	batch := train.NewBatch(net, w.Steps, w.Goroutines)
	return func() {
		gradient.Zero()
		_, err := batch.Gradient(gradient, net, nil, seqs)
		must(err)
	}, batch.Close
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
