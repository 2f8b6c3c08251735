// Command bench is the course's side of go run ./course bench: it times rnnkit on the
// work that it is asked for, so that one run can put it beside NumPy and PyTorch.
//
// It is a module of its own, because the build with the tag openblas needs gonum's
// netlib, which nobody else does. It speaks the protocol of peers.py: a line {"ready":
// name} at the start, and for each line of standard input, a JSON object of work, a
// line with the time of one run in microseconds, the median of several.
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

// work is forward pass and BPTT with one-hot inputs.
type work struct {
	Cell       string
	Hidden     int
	Tokens     int // inputs and outputs
	Steps      int
	Batch      int // sequences; 1 is run without goroutines
	Goroutines int
	Seconds    float64 // how long to measure
	Roofline   bool    // measure the machine and the kernels instead
}

func main() {
	name := flag.String("name", "rnnkit", "what to call itself")
	flag.Parse()
	out := json.NewEncoder(os.Stdout)
	out.Encode(map[string]string{"ready": *name})
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var w work
		if err := json.Unmarshal(lines.Bytes(), &w); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		if w.Roofline {
			out.Encode(roofline(w.Hidden, w.Steps, w.Seconds))
			continue
		}
		step, end := w.prepare()
		microseconds, allocations := median(step, w.Seconds)
		out.Encode(map[string]float64{"microseconds": microseconds, "allocations": allocations})
		end()
	}
	must(lines.Err())
}

// prepare returns one run of the work and what ends it.
func (w work) prepare() (step, end func()) {
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

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// median runs the step for so many seconds, after some that do not count, and returns
// the median time in microseconds and the allocations of a step.
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
