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

// The class that is graded, and what it may take on two processors.
const (
	classSize   = 100
	gradeTime   = 4 * time.Minute
	gradeMemory = 1 << 30
)

// gradeTimes grades a class twice by the real command, the second time with a kill when
// half of it is done, and prints what that took.
func gradeTimes(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter) error {
	base, err := os.MkdirTemp("", "rnn101-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(base)
	class := filepath.Join(base, "class")
	if err := writeClass(repo, class); err != nil {
		return err
	}
	key := filepath.Join(base, "key")
	if err := os.WriteFile(key, []byte("the key of the benchmark\n"), 0o600); err != nil {
		return err
	}
	left := ""
	run := func(what string, killAt int) (took time.Duration, memory [2]int64, kept int, table []byte, err error) {
		out := filepath.Join(base, what)
		report.Step(0, 0, fmt.Sprintf("grading %d submissions: %s", classSize, what))
		r := &gradeRun{out: out, args: []string{"grade", "a1", class, "--out", out, "--key", key, "--no-feedback", "--jobs", "2"}}
		begin := time.Now()
		if killAt > 0 {
			if err = r.start(ctx, killAt); err == nil {
				return 0, memory, 0, nil, errors.New("it had ended before it could be killed")
			}
			if kept = r.done(); kept < killAt {
				return 0, memory, 0, nil, fmt.Errorf("it ended by itself: %w", err)
			}
		}
		killed := r.started
		if err = r.start(ctx, 0); err != nil {
			return 0, memory, 0, nil, err
		}
		left = stillRunning(killed)
		took = time.Since(begin)
		table, err = os.ReadFile(filepath.Join(out, "grades.json"))
		return took, [2]int64{r.own, r.tree}, kept, table, err
	}
	took, memory, _, whole, err := run("in one go", 0)
	if err != nil {
		return err
	}
	again, _, kept, resumed, err := run("with a kill in the middle", classSize/2)
	report.Done()
	if err != nil {
		return err
	}
	verdict := func(within bool) string {
		if within {
			return "within"
		}
		return "OVER"
	}
	fmt.Printf("%d submissions, 2 at a time: %.0f s (bound %.0f s, %s)\n", classSize, took.Seconds(), gradeTime.Seconds(), verdict(took <= gradeTime))
	fmt.Printf("memory of the grader: %d MB (bound %d MB, %s); with compilers and sandboxes %d MB\n",
		memory[0]>>20, gradeMemory>>20, verdict(memory[0] <= gradeMemory), memory[1]>>20)
	fmt.Printf("killed when %d were done, and called again: %.0f s in all, %.2f of the time in one go; the same table: %v\n",
		kept, again.Seconds(), again.Seconds()/took.Seconds(), bytes.Equal(whole, resumed))
	fmt.Printf("processes of the killed call that still run: %s\n", left)
	switch {
	case left != "none":
		return errors.New("a call that was killed has left processes")
	case !bytes.Equal(whole, resumed):
		return errors.New("the kill has changed the table")
	case took > gradeTime || memory[0] > gradeMemory:
		return errors.New("grading takes more than its bounds on this machine")
	}
	return nil
}

// writeClass makes submissions that all have to be compiled: the solution of a1 with a
// number in each, every tenth with a fault. Those in the middle have a loop without an end:
// the kill shall come while one runs.
func writeClass(repo *checkout.Checkout, folder string) error {
	source, err := release.Load(repo, "a1")
	if err != nil {
		return err
	}
	whole, err := source.Solved.Encode()
	if err != nil {
		return err
	}
	faults := []struct{ from, to string }{
		{"x[i] = 1", "for x[i] == 0 && n == 3 {\n\t}\n\tx[i] = 1"}, // no end in the example
		{"h := h0", "h := 1"},                                // does not compile
		{"y[i] += M[i][j] * x[j]", "y[i] += M[j][i] * x[j]"}, // panics
		{"math.Tanh(past[i] + word[i])", "math.NaN()"},
	}
	for n := range classSize {
		nb, err := notebook.Parse("a1.ipynb", whole)
		if err != nil {
			return err
		}
		found := 0
		change := func(from, to string) {
			for _, c := range nb.Cells {
				if strings.Contains(c.Source, from) {
					c.Source, found = strings.Replace(c.Source, from, to, 1), found+1
				}
			}
		}
		change("x := make([]float64, n)\n", fmt.Sprintf("x := make([]float64, n)\n\t_ = %d\n", n))
		fault := -1
		switch {
		case n > classSize/2-5 && n < classSize/2+5:
			fault = 0
		case n%10 == 9:
			fault = n / 10 % len(faults)
		}
		if fault >= 0 {
			change(faults[fault].from, faults[fault].to)
			found--
		}
		if found != 1 {
			return fmt.Errorf("the solution of a1 has changed: the benchmark finds %d of its places", found)
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

// gradeRun is the command, called in a process of its own.
type gradeRun struct {
	out       string
	args      []string
	own, tree int64          // the most memory that was seen: of the grader, and with all it starts
	busy      bool           // a sandbox was seen in a call that takes long
	started   map[int]string // the processes that were seen, and their programs
}

// done counts the students whose grades are on disk.
func (r *gradeRun) done() int {
	files, _ := filepath.Glob(filepath.Join(r.out, "students", "*.json"))
	return len(files)
}

// start calls the command and waits for its end, or kills it when so many are done and a
// sandbox is in a loop: what runs then must end by itself.
func (r *gradeRun) start(ctx context.Context, killAt int) error {
	own, err := os.Executable()
	if err != nil {
		return err
	}
	r.started = map[int]string{}
	cmd := exec.CommandContext(ctx, own, r.args...)
	var said process.Excerpt
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case err := <-ended:
			if err != nil {
				return fmt.Errorf("%w: %s", err, said.String())
			}
			return nil
		case <-time.After(200 * time.Millisecond):
		}
		r.measure(cmd.Process.Pid)
		if killAt > 0 && r.done() >= killAt && r.busy {
			cmd.Process.Kill()
		}
	}
}

// running is what ps says of a process.
type running struct {
	parent  int
	memory  int64
	time    time.Duration // that it has used of a processor
	program string
}

// processes asks ps for all that run.
func processes() map[int]running {
	said, err := exec.Command("ps", "-A", "-o", "pid=,ppid=,rss=,time=,comm=").Output()
	if err != nil {
		return nil
	}
	all := map[int]running{}
	for _, line := range strings.Split(string(said), "\n") {
		fields := strings.Fields(line)
		if len(fields) < 5 {
			continue
		}
		id, _ := strconv.Atoi(fields[0])
		parent, _ := strconv.Atoi(fields[1])
		kilobytes, _ := strconv.ParseInt(fields[2], 10, 64)
		all[id] = running{parent, kilobytes << 10, clock(fields[3]), strings.Join(fields[4:], " ")}
	}
	return all
}

// clock reads the time of ps below an hour: 00:01:02 on Linux, 1:02.03 on macOS.
func clock(text string) time.Duration {
	parts := strings.Split(text, ":")
	seconds, _ := strconv.ParseFloat(parts[len(parts)-1], 64)
	if len(parts) > 1 {
		minutes, _ := strconv.Atoi(parts[len(parts)-2])
		seconds += 60 * float64(minutes)
	}
	return time.Duration(seconds * float64(time.Second))
}

// measure looks at a process and at all that it has started.
func (r *gradeRun) measure(pid int) {
	all := processes()
	var sum int64
	r.busy = false
	for id, p := range all {
		for up := id; up > 1; up = all[up].parent {
			if up == pid {
				sum += p.memory
				r.started[id] = p.program
				// To compile a program for the sandbox takes one second; a call has two.
				r.busy = r.busy || p.parent == pid && p.program == all[pid].program && p.time >= 2*time.Second
				break
			}
		}
	}
	r.own, r.tree = max(r.own, all[pid].memory), max(r.tree, sum)
}

// stillRunning names those of some processes that have not ended.
func stillRunning(started map[int]string) string {
	var left []string
	for id, p := range processes() {
		if program, ok := started[id]; ok && program == p.program {
			left = append(left, fmt.Sprintf("%s (%d)", program, id))
		}
	}
	if len(left) == 0 {
		return "none"
	}
	slices.Sort(left)
	return strings.Join(left, ", ")
}
