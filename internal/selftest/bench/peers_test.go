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

// buildWorker builds the worker of rnnkit and starts it.
func buildWorker(t *testing.T, args ...string) *worker {
	t.Helper()
	program := filepath.Join(t.TempDir(), "worker.exe")
	build := exec.Command("go", "build", "-o", program, "./rnnkit/internal/bench")
	build.Dir = filepath.Join("..", "..", "..")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	w, err := startWorker(exec.CommandContext(context.Background(), program, args...))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.stop)
	return w
}

func TestTheWorkerTimesEveryCell(t *testing.T) {
	w := buildWorker(t, "-name", "rnnkit, once more")
	if !strings.HasPrefix(w.name, "rnnkit, once more, ") { // then the level
		t.Errorf("its name is %q", w.name)
	}
	for _, cell := range []string{"rnn", "lstm", "gru"} {
		for _, batch := range []int{1, 9} {
			var result timing
			request := task{Cell: cell, Hidden: 8, Tokens: 5, Outputs: 5, Steps: 4, Batch: batch, Goroutines: 2, Seconds: 0.02}
			if err := w.measure(request, &result); err != nil {
				t.Fatal(err)
			}
			if result.Microseconds <= 0 {
				t.Errorf("%s, batch %d: %v µs", cell, batch, result.Microseconds)
			}
			if result.Bytes <= 0 {
				t.Errorf("%s, batch %d: %v bytes", cell, batch, result.Bytes)
			}
			if result.Allocations > 0.5 { // the runtime allocates now and then
				t.Errorf("%s, batch %d: %v allocations a step", cell, batch, result.Allocations)
			}
		}
	}
	var roofline struct {
		Peak, Bandwidth float64
		Kernels, Roof   map[string]float64
	}
	if err := w.measure(task{Roofline: true, Hidden: 32, Steps: 5, Seconds: 0.1}, &roofline); err != nil {
		t.Fatal(err)
	}
	if len(roofline.Kernels) != 4 || roofline.Kernels["W h"] <= 0 {
		t.Errorf("the roofline is %+v, want four kernels", roofline)
	}
	if portable := strings.HasSuffix(w.name, "portable"); portable != (roofline.Peak == 0) || !portable && len(roofline.Roof) != 4 {
		t.Errorf("%s: the roofline is %+v, want a peak and four roofs unless it is portable", w.name, roofline)
	}
}

func TestAWorkerThatFailsReportsWhy(t *testing.T) {
	w := buildWorker(t)
	var result timing
	err := w.measure(task{Cell: "rnn", Hidden: 2, Tokens: 3, Outputs: 3, Steps: 0, Batch: 1, Seconds: 0.01}, &result)
	if err == nil || !strings.Contains(err.Error(), "0 steps") {
		t.Errorf("for no steps the result is %+v and the error %v", result, err)
	}
	if _, err := startWorker(exec.Command(filepath.Join(t.TempDir(), "missing"))); !os.IsNotExist(err) {
		t.Errorf("starting a missing program: %v", err)
	}
}

// The output of a worker may be longer than expected, and need not be JSON.
func TestUnexpectedOutputOfAWorkerIsReadOrRejected(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the fake workers are shell scripts")
	}
	for name, c := range map[string]struct{ script, want string }{
		"a long result":   {`head -c 100000 /dev/zero | tr '\0' ' '; echo '{"microseconds": 7}'; cat`, ""},
		"an endless line": {`head -c 20971520 /dev/zero | tr '\0' x; echo; cat`, "a line of more than"},
		"a failure":       {`echo no memory >&2; exit 1`, "no memory"},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
			defer cancel()
			w, err := startWorker(exec.CommandContext(ctx, "sh", "-c", `echo '{"ready": "fake"}'; read line; `+c.script))
			if err != nil {
				t.Fatal(err)
			}
			defer w.stop()
			var result timing
			err = w.measure(task{}, &result)
			switch {
			case ctx.Err() != nil:
				t.Errorf("there was no result before the worker was killed (%v)", err)
			case c.want == "" && (err != nil || result.Microseconds != 7):
				t.Errorf("the result is %v (%v), want 7 µs", result, err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("the error is %v, want one with %q", err, c.want)
			}
		})
	}
}
