package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"rnn101/internal/checkout"
	"rnn101/internal/grading/release"
	"rnn101/internal/notebook"
	"rnn101/internal/process"
	"rnn101/internal/progress"
)

// The size of the class, and the bounds for grading it on two processors.
const (
	classSize   = 100
	gradeTime   = 4 * time.Minute
	gradeMemory = 1 << 30
)

// gradeTimes grades a class twice with the real command and prints the time and memory. The
// second run is killed halfway and started again.
func gradeTimes(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter) error {
	temp, err := os.MkdirTemp("", "rnn101-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	class := filepath.Join(temp, "class")
	loops := func(n int) bool { return n > classSize/2-5 && n < classSize/2+5 } // the kill comes while a sandbox runs
	if err := writeClass(repo, class, classSize, loops); err != nil {
		return err
	}
	key := filepath.Join(temp, "key")
	if err := os.WriteFile(key, []byte("the key of the benchmark\n"), 0o600); err != nil {
		return err
	}
	survivors := ""
	run := func(name string, killAt int) (took time.Duration, memory [2]int64, kept int, table []byte, err error) {
		out := filepath.Join(temp, name)
		report.Step(0, 0, fmt.Sprintf("grading %d submissions: %s", classSize, name))
		r := &gradeRun{out: out, args: []string{"grade", "a1", class, "--out", out, "--key", key, "--no-feedback", "--jobs", "2"}}
		begin := time.Now()
		if killAt > 0 {
			if err = r.run(ctx, killAt); err == nil {
				return 0, memory, 0, nil, errors.New("grading ended before it could be killed")
			}
			if kept = r.done(); kept < killAt {
				return 0, memory, 0, nil, fmt.Errorf("grading ended before it was killed: %w", err)
			}
		}
		killed := r.seen
		if err = r.run(ctx, 0); err != nil {
			return 0, memory, 0, nil, err
		}
		survivors = stillRunning(killed)
		took = time.Since(begin)
		table, err = os.ReadFile(filepath.Join(out, "grades.json"))
		return took, [2]int64{r.grader, r.total}, kept, table, err
	}
	took, memory, _, whole, err := run("without a kill", 0)
	if err != nil {
		return err
	}
	again, _, kept, resumed, err := run("with a kill halfway", classSize/2)
	report.Done()
	if err != nil {
		return err
	}
	fmt.Printf("%d submissions, 2 at a time: %.0f s (bound %.0f s, %s)\n", classSize, took.Seconds(), gradeTime.Seconds(), verdict(took <= gradeTime))
	fmt.Printf("memory of the grader: %d MB (bound %d MB, %s); with compilers and sandboxes: %d MB\n",
		memory[0]>>20, gradeMemory>>20, verdict(memory[0] <= gradeMemory), memory[1]>>20)
	fmt.Printf("killed after %d and run again: %.0f s in all, %.2f times that of one run; same table: %v\n",
		kept, again.Seconds(), again.Seconds()/took.Seconds(), bytes.Equal(whole, resumed))
	fmt.Printf("processes of the killed run that are still running: %s\n", survivors)
	switch {
	case survivors != "none":
		return errors.New("a killed run left processes behind")
	case !bytes.Equal(whole, resumed):
		return errors.New("the table differs after a kill")
	case took > gradeTime || memory[0] > gradeMemory:
		return errors.New("grading exceeds its bounds on this machine")
	}
	return nil
}

// writeClass writes the submissions of a class: the solution of a1, made unique with a number so that
// each has to be compiled. Every tenth has a fault. Those for which loops is true, if it is given, loop
// for ever.
func writeClass(repo *checkout.Checkout, folder string, size int, loops func(n int) bool) error {
	source, err := release.Load(repo, "a1")
	if err != nil {
		return err
	}
	whole, err := source.Solved.Encode()
	if err != nil {
		return err
	}
	faults := []struct{ from, to string }{
		{"x[i] = 1", "for x[i] == 0 && n == 3 {\n\t}\n\tx[i] = 1"}, // loops forever in the example
		{"h := h0", "h := 1"},                                // does not compile
		{"y[i] += M[i][j] * x[j]", "y[i] += M[j][i] * x[j]"}, // panics
		{"math.Tanh(past[i] + word[i])", "math.NaN()"},
	}
	for n := range size {
		nb, err := notebook.Parse("a1.ipynb", whole)
		if err != nil {
			return err
		}
		changes := 0
		change := func(from, to string) {
			for _, c := range nb.Cells {
				if strings.Contains(c.Source, from) {
					c.Source = strings.Replace(c.Source, from, to, 1)
					changes++
				}
			}
		}
		change("x := make([]float64, n)\n", fmt.Sprintf("x := make([]float64, n)\n\t_ = %d\n", n))
		fault := -1
		switch {
		case loops != nil && loops(n):
			fault = 0
		case n%10 == 9:
			fault = n / 10 % len(faults)
		}
		if fault >= 0 {
			change(faults[fault].from, faults[fault].to)
			changes--
		}
		if changes != 1 {
			return fmt.Errorf("the solution of a1 has changed: update the edits of writeClass (%d apply, want 1)", changes)
		}
		data, err := nb.Encode()
		if err != nil {
			return err
		}
		student := filepath.Join(folder, fmt.Sprintf("student %03d", n))
		if err := os.MkdirAll(student, 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(student, "a1.ipynb"), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// gradeRun is the grade command in a process of its own.
type gradeRun struct {
	out           string
	args          []string
	output        string         // the command's
	grader, total int64          // peak memory in bytes: of the grader, and with its descendants
	shared        int64          // as total, with what processes share divided among them; 0 if unknown
	busy          bool           // a sandbox is in a call that takes long
	seen          map[int]string // the programs of all processes seen, by process id
}

// done returns the number of students whose grades are on disk.
func (r *gradeRun) done() int {
	files, _ := filepath.Glob(filepath.Join(r.out, "students", "*.json"))
	return len(files)
}

// run runs the command. If killAt is positive, it kills the command once that many students are
// done and a sandbox is busy. Its descendants must then end by themselves.
func (r *gradeRun) run(ctx context.Context, killAt int) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	r.seen = map[int]string{}
	cmd := exec.CommandContext(ctx, program, r.args...)
	var stdout, stderr process.Excerpt
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case err := <-ended:
			if err != nil {
				return fmt.Errorf("%w: %s", err, stderr.String())
			}
			r.output = stdout.String()
			return nil
		case <-time.After(200 * time.Millisecond):
		}
		r.measure(cmd.Process.Pid)
		if killAt > 0 && r.done() >= killAt && r.busy {
			cmd.Process.Kill()
		}
	}
}

// processInfo is what ps reports about a process.
type processInfo struct {
	parent  int
	memory  int64         // resident, in bytes
	time    time.Duration // of a processor
	program string
}

// processes returns all processes, by id, or nil if ps fails.
func processes() map[int]processInfo {
	output, err := exec.Command("ps", "-A", "-o", "pid=,ppid=,rss=,time=,comm=").Output()
	if err != nil {
		return nil
	}
	all := map[int]processInfo{}
	for _, line := range strings.Split(string(output), "\n") {
		fields := strings.Fields(line)
		if len(fields) < 5 {
			continue
		}
		id, _ := strconv.Atoi(fields[0])
		parent, _ := strconv.Atoi(fields[1])
		kilobytes, _ := strconv.ParseInt(fields[2], 10, 64)
		all[id] = processInfo{parent, kilobytes << 10, parseTime(fields[3]), strings.Join(fields[4:], " ")}
	}
	return all
}

// parseTime parses a processor time of ps below an hour: 00:01:02 on Linux, 1:02.03 on macOS.
func parseTime(text string) time.Duration {
	parts := strings.Split(text, ":")
	seconds, _ := strconv.ParseFloat(parts[len(parts)-1], 64)
	if len(parts) > 1 {
		minutes, _ := strconv.Atoi(parts[len(parts)-2])
		seconds += 60 * float64(minutes)
	}
	return time.Duration(seconds * float64(time.Second))
}

// measure updates r from the state of a process and its descendants.
func (r *gradeRun) measure(pid int) {
	all := processes()
	var sum, shared int64
	r.busy = false
	for id, p := range all {
		for ancestor := id; ancestor > 1; ancestor = all[ancestor].parent {
			if ancestor == pid {
				sum += p.memory
				shared += proportional(id)
				r.seen[id] = p.program
				// The worker is a child of the student's process. Compiling a program for it takes one second; a
				// call may take two.
				r.busy = r.busy || all[p.parent].parent == pid && p.program == all[pid].program && p.time >= 2*time.Second
				break
			}
		}
	}
	r.grader, r.total, r.shared = max(r.grader, all[pid].memory), max(r.total, sum), max(r.shared, shared)
}

// proportional returns the proportional set size of a process in bytes: its own memory, and its part of
// what it shares. It is 0 on a system that does not tell.
func proportional(pid int) int64 {
	data, _ := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
	for _, line := range strings.Split(string(data), "\n") {
		if fields := strings.Fields(line); len(fields) == 3 && fields[0] == "Pss:" {
			kilobytes, _ := strconv.ParseInt(fields[1], 10, 64)
			return kilobytes << 10
		}
	}
	return 0
}

// usage returns the line of the command's output about processor time.
func (r *gradeRun) usage() string {
	for _, line := range strings.Split(r.output, "\n") {
		if strings.Contains(line, "processor time") {
			return line
		}
	}
	return "no processor time was printed"
}

// stillRunning lists the processes that have not ended, or returns "none".
func stillRunning(seen map[int]string) string {
	var running []string
	for id, p := range processes() {
		if program, ok := seen[id]; ok && program == p.program {
			running = append(running, fmt.Sprintf("%s (%d)", program, id))
		}
	}
	if len(running) == 0 {
		return "none"
	}
	slices.Sort(running)
	return strings.Join(running, ", ")
}
