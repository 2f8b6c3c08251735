package bench

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// benchWorker builds the worker of the folder tools/bench and starts it.
func benchWorker(t *testing.T, args ...string) *worker {
	t.Helper()
	program := filepath.Join(t.TempDir(), "worker.exe")
	build := exec.Command("go", "-C", filepath.Join("tools", "bench"), "build", "-o", program, ".")
	build.Dir = filepath.Join("..", "..", "..")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	w, err := hire(exec.CommandContext(context.Background(), program, args...))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.dismiss)
	return w
}

func TestTheBenchWorkerTimesEveryCell(t *testing.T) {
	w := benchWorker(t, "-name", "rnnkit, once more")
	if w.name != "rnnkit, once more" {
		t.Errorf("it calls itself %q", w.name)
	}
	for _, cell := range []string{"rnn", "lstm", "gru"} {
		for _, batch := range []int{1, 9} {
			var answer timing
			work := benchWork{Cell: cell, Hidden: 8, Tokens: 5, Steps: 4, Batch: batch, Goroutines: 2, Seconds: 0.02}
			if err := w.ask(work, &answer); err != nil {
				t.Fatal(err)
			}
			if answer.Microseconds <= 0 {
				t.Errorf("%s, batch %d: %v µs", cell, batch, answer.Microseconds)
			}
			if answer.Allocations > 0.5 { // the runtime's own, now and then
				t.Errorf("%s, batch %d: %v allocations a step", cell, batch, answer.Allocations)
			}
		}
	}
	var ceiling struct {
		Peak, Bandwidth float64
		Kernels, Roof   map[string]float64
	}
	if err := w.ask(benchWork{Roofline: true, Hidden: 32, Steps: 5, Seconds: 0.1}, &ceiling); err != nil {
		t.Fatal(err)
	}
	if ceiling.Peak <= 0 || ceiling.Bandwidth <= 0 || len(ceiling.Kernels) != 3 || len(ceiling.Roof) != 3 {
		t.Errorf("the roofline is %+v, want a peak, a bandwidth and three kernels", ceiling)
	}
}

func TestAWorkerThatBreaksDownSaysWhy(t *testing.T) {
	w := benchWorker(t)
	var answer timing
	err := w.ask(benchWork{Cell: "rnn", Hidden: 2, Tokens: 3, Steps: 0, Batch: 1, Seconds: 0.01}, &answer)
	if err == nil || !strings.Contains(err.Error(), "0 steps") {
		t.Errorf("asked for no steps it answers %+v and the error %v", answer, err)
	}
	if _, err := hire(exec.Command(filepath.Join(t.TempDir(), "nobody"))); !os.IsNotExist(err) {
		t.Errorf("hiring a program that is not there gives %v", err)
	}
}

// What a worker says may be longer than expected, and it need not be JSON.
func TestAWorkerIsHeardOrDismissed(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the stand-ins for a worker are shell scripts")
	}
	for name, c := range map[string]struct{ script, want string }{
		"a long answer":     {`head -c 100000 /dev/zero | tr '\0' ' '; echo '{"microseconds": 7}'; cat`, ""},
		"an endless answer": {`head -c 20971520 /dev/zero | tr '\0' x; echo; cat`, "a line of more than"},
		"its end":           {`echo no memory >&2; exit 1`, "no memory"},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
			defer cancel()
			w, err := hire(exec.CommandContext(ctx, "sh", "-c", `echo '{"ready": "stand-in"}'; read line; `+c.script))
			if err != nil {
				t.Fatal(err)
			}
			defer w.dismiss()
			var answer timing
			err = w.ask(benchWork{}, &answer)
			switch {
			case ctx.Err() != nil:
				t.Errorf("there was no answer until the worker was killed (%v)", err)
			case c.want == "" && (err != nil || answer.Microseconds != 7):
				t.Errorf("the answer is %v (%v), want 7 µs", answer, err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("the error is %v, want %q in it", err, c.want)
			}
		})
	}
}
