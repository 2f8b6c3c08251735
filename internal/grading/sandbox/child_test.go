//go:build unix

package sandbox_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"rnn101/internal/grading/sandbox"
	"rnn101/internal/grading/sandbox/sandboxtest"
)

func spinFor(long time.Duration) {
	for begin := time.Now(); time.Since(begin) < long; {
	}
}

func init() {
	for name, f := range map[string]func(input []byte) ([]byte, error){
		"echo":     func(input []byte) ([]byte, error) { return input, nil },
		"fails":    func([]byte) ([]byte, error) { return nil, errors.New("it failed") },
		"computes": func([]byte) ([]byte, error) { spinFor(time.Hour); return nil, nil },
		"takes memory": func([]byte) ([]byte, error) {
			var all [][]byte
			for {
				if all = append(all, bytes.Repeat([]byte{1}, 1<<20)); len(all) > 1<<20 {
					return all[0], nil
				}
			}
		},
		"takes memory at once": func([]byte) ([]byte, error) { return bytes.Repeat([]byte{1}, 16<<30), nil },
		"overflows": func([]byte) ([]byte, error) {
			var f func(int) int
			f = func(n int) int { return f(n+1) + 1 }
			return []byte{byte(f(0))}, nil
		},
		"panics": func([]byte) ([]byte, error) { panic("on purpose") },
		"kills itself": func([]byte) ([]byte, error) {
			syscall.Kill(os.Getpid(), syscall.SIGKILL)
			return nil, nil
		},
		"sleeps":  func([]byte) ([]byte, error) { time.Sleep(time.Hour); return nil, nil },
		"returns": func([]byte) ([]byte, error) { return make([]byte, 40<<20), nil },
		"leaves a process": func([]byte) ([]byte, error) {
			left := exec.Command("sleep", "600")
			err := left.Start()
			return []byte(strconv.Itoa(left.Process.Pid)), err
		},
		"environment": func([]byte) ([]byte, error) { return []byte(strings.Join(os.Environ(), "\n")), nil },
	} {
		sandbox.RegisterChild(name, func(_ context.Context, input []byte, _ *sandbox.Budget) ([]byte, bool, error) {
			output, err := f(input)
			return output, false, err
		})
	}
}

func TestAChildReturnsAnOutput(t *testing.T) {
	input := bytes.Repeat([]byte("input "), 1<<20)
	output, used, err := sandbox.RunChild(deadline(t), "echo", input, sandbox.ChildLimits{})
	if err != nil || !bytes.Equal(output, input) || used <= 0 {
		t.Errorf("%d bytes, %v, %v; want %d bytes", len(output), used, err, len(input))
	}
}

// What a child exceeds or breaks is an error of its own kind, soon.
func TestAChildHasLimits(t *testing.T) {
	exceeded := func(err error) bool { return errors.As(err, new(*sandbox.Exceeded)) }
	crashed := func(err error) bool { return errors.As(err, new(*sandbox.Crashed)) }
	machine := func(err error) bool { return !exceeded(err) && !crashed(err) }
	limits := sandbox.ChildLimits{Time: time.Second, Memory: 256 << 20}
	for name, c := range map[string]struct {
		limits sandbox.ChildLimits
		kind   func(error) bool
		says   string
	}{
		"computes":             {limits, exceeded, "1s of processor time"},
		"takes memory":         {limits, exceeded, "256 MB of memory"},
		"returns":              {sandbox.ChildLimits{}, exceeded, "32 MB of results"},
		"overflows":            {limits, func(err error) bool { return !machine(err) }, ""}, // the memory or the stack
		"panics":               {limits, crashed, "crashed"},
		"kills itself":         {limits, machine, "signal: killed"},
		"fails":                {limits, machine, "it failed"},
		"sleeps":               {sandbox.ChildLimits{Clock: time.Second}, machine, "did not end within 1s"},
		"takes memory at once": {limits, func(error) bool { return true }, ""}, // by the system's own limit, if it has one
	} {
		if raceDetector && name == "takes memory" {
			continue // the detector's own runtime gives up before
		}
		_, _, err := sandbox.RunChild(deadline(t), name, nil, c.limits)
		if err == nil || !c.kind(err) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: the error is %T %v, want %q", name, err, err, c.says)
		}
	}
}

// The processor time that was used before counts, too.
func TestASecondTryHasWhatIsLeft(t *testing.T) {
	_, used, err := sandbox.RunChild(deadline(t), "computes", nil, sandbox.ChildLimits{Time: 20 * time.Second, Used: 19 * time.Second})
	if !errors.As(err, new(*sandbox.Exceeded)) || used > 5*time.Second {
		t.Errorf("after %v the error is %v", used, err)
	}
}

func TestWhatAChildLeavesBehindEndsWithIt(t *testing.T) {
	output, _, err := sandbox.RunChild(deadline(t), "leaves a process", nil, sandbox.ChildLimits{})
	pid, convErr := strconv.Atoi(string(output))
	if err != nil || convErr != nil {
		t.Fatal(err, convErr)
	}
	for range 50 {
		if !sandboxtest.IsRunning(pid) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Error("it is still running")
}

// The teacher's environment may have secrets, and a child needs none of it.
func TestAChildHasNoEnvironmentOfItsParents(t *testing.T) {
	t.Setenv("RNN101_TEST_SECRET", "secret")
	output, _, err := sandbox.RunChild(deadline(t), "environment", nil, sandbox.ChildLimits{})
	if err != nil || strings.Contains(string(output), "secret") {
		t.Errorf("the environment is %q, %v", output, err)
	}
}

// budgeted returns a program within a budget.
func budgeted(t *testing.T, budget *sandbox.Budget, body string, limit time.Duration) *sandbox.Program {
	t.Helper()
	b := sandboxtest.Builder(t)
	b.Budget = budget
	return programOf(t, b, "", body, sandbox.Limits{Time: limit})
}

// A function with an endless loop costs its own calls, and not the time of all others.
func TestEndlessCallsTakeLessAndLess(t *testing.T) {
	budget := sandbox.NewBudget(time.Hour, 0)
	p := budgeted(t, budget, spin, time.Second)
	for i, want := range []time.Duration{time.Second, time.Second / 2, time.Second / 4, time.Second / 4} {
		if limit := budget.CallTime(time.Second); limit != want {
			t.Errorf("call %d has %v, not %v", i, limit, want)
		}
		if o := call(t, p, ""); o.Status != sandbox.TimedOut {
			t.Fatalf("the status is %q", o.Status)
		}
	}
}

// A call has what the budget gives it, not the hour of its own limit: else this test hangs.
func TestACallHasTheTimeThatItsBudgetGives(t *testing.T) {
	budget := sandbox.NewBudget(time.Hour, 0)
	p := budgeted(t, budget, spin, time.Hour)
	for range 16 {
		budget.TimedOut()
	}
	if o := call(t, p, ""); o.Status != sandbox.TimedOut {
		t.Errorf("the status is %q", o.Status)
	}
}

func TestWithoutABudgetNothingIsCompiledOrCalled(t *testing.T) {
	budget := sandbox.NewBudget(time.Hour, 0)
	p := budgeted(t, budget, echo, time.Second)
	if o := call(t, p, "a"); o.Status != sandbox.Answered || budget.Used() <= 0 || budget.Refused() {
		t.Errorf("within the budget the status is %q; %v were used, refused: %v", o.Status, budget.Used(), budget.Refused())
	}
	sandbox.Exhaust(budget)
	if o := call(t, p, "a"); o.Status != sandbox.TimedOut || !budget.Refused() {
		t.Errorf("with nothing left the status is %q, refused: %v", o.Status, budget.Refused())
	}
	b := sandboxtest.Builder(t)
	b.Budget = budget
	_, err := build(t.Context(), b)
	var rejected *sandbox.Rejected
	if !errors.As(err, &rejected) || !strings.Contains(rejected.Messages, "for one student are used up") {
		t.Errorf("with nothing left the error is %v", err)
	}
}

// Each of these keeps an unlimited compiler busy for minutes, or fills the disk. Within a budget
// the compiler ends soon, and leaves nothing.
func TestCompilersWithinABudgetEnd(t *testing.T) {
	parent := sandboxtest.Builder(t)
	parent.Cache = parent.Folder + "/cache"
	if err := parent.Prepare(t.Context(), nil, []string{"errors"}); err != nil {
		t.Fatal(err)
	}
	for name, source := range bombs() {
		folder := t.TempDir()
		config, err := parent.Config(folder)
		if err != nil {
			t.Fatal(err)
		}
		budget := sandbox.NewBudget(15*time.Second, 0)
		begin := budget.Used()
		_, err = config.Builder(budget).Build(deadline(t), map[string]string{"main.go": source})
		var rejected *sandbox.Rejected
		if err != nil && !errors.As(err, &rejected) {
			t.Errorf("%s: the error is %v", name, err)
		}
		used := budget.Used() - begin
		t.Logf("%s: %v, %.100v", name, used, err)
		if used > 12*time.Second {
			t.Errorf("%s: it took %v", name, used)
		}
		if size := sizeOf(t, folder); size > 200<<20 {
			t.Errorf("%s: %d MB are left", name, size>>20)
		}
	}
}

// bombs returns small programs that need much of the compiler.
func bombs() map[string]string {
	deep := "package main\n\ntype t0 struct{ a, b int }\n"
	for i := 1; i < 24; i++ {
		deep += fmt.Sprintf("type t%d struct{ a, b t%d }\n", i, i-1)
	}
	return map[string]string{
		"a comparison of a deep struct": deep + "\nvar x, y t23\n\nfunc main() { println(x == y) }\n",
		"a long expression":             "package main\n\nfunc main() { x := 1; println(x" + strings.Repeat("+x*x-1", 27_500) + ") }\n",
		"a large constant array":        "package main\n\nvar x = [120 << 20]byte{1: 1, 120<<20 - 1: 1}\n\nfunc main() { println(x[0]) }\n",
	}
}

// sizeOf returns the size of the files in a folder that are in no other.
func sizeOf(t *testing.T, folder string) (size int64) {
	t.Helper()
	err := filepath.WalkDir(folder, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Sys().(*syscall.Stat_t).Nlink == 1 {
			size += info.Size()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return size
}

func init() {
	sandbox.RegisterChild("says that the machine failed", func(_ context.Context, input []byte, budget *sandbox.Budget) ([]byte, bool, error) {
		f, err := os.OpenFile(string(input), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if err != nil {
			return nil, false, err
		}
		defer f.Close()
		if _, err := fmt.Fprintln(f, budget.Used()); err != nil {
			return nil, false, err
		}
		return []byte("output"), true, nil
	})
}

// A child that says that the machine failed runs once more, with what is left. What it returns then
// counts.
func TestAChildIsTriedOnceMore(t *testing.T) {
	file := filepath.Join(t.TempDir(), "tries")
	output, used, err := sandbox.RunChild(deadline(t), "says that the machine failed", []byte(file), sandbox.ChildLimits{})
	tries, _ := os.ReadFile(file)
	lines := strings.Fields(string(tries))
	if err != nil || string(output) != "output" || len(lines) != 2 {
		t.Fatalf("%q, %v; the tries are %q, want 2", output, err, lines)
	}
	first, _ := time.ParseDuration(lines[0])
	second, _ := time.ParseDuration(lines[1])
	if second <= first || used < second {
		t.Errorf("at the second try %v were used, at the first %v, in the end %v", second, first, used)
	}
}
