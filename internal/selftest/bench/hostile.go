package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"rnn101/internal/checkout"
	"rnn101/internal/grading/release"
	"rnn101/internal/notebook"
	"rnn101/internal/progress"
)

// A class in which every second submission is hostile, and a large class: their sizes, and the bounds
// for grading them on two processors.
const (
	honestSize   = 30
	hostileSize  = 30
	hostileTime  = 10 * time.Minute
	hostileTotal = 1536 << 20 // memory of all processes
	largeSize    = 300
	largeTime    = 8 * time.Minute
)

// hostileTimes grades a class in which half of the submissions are hostile, with all processors free
// and with all of them busy, and a large honest class. It prints the times and the memory.
func hostileTimes(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter) error {
	temp, err := os.MkdirTemp("", "rnn101-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	key := filepath.Join(temp, "key")
	if err := os.WriteFile(key, []byte("the key of the benchmark\n"), 0o600); err != nil {
		return err
	}
	honest, mixed, large := filepath.Join(temp, "honest"), filepath.Join(temp, "mixed"), filepath.Join(temp, "large")
	if err := errors.Join(writeClass(repo, honest, honestSize, nil), writeClass(repo, mixed, honestSize, nil), writeClass(repo, large, largeSize, nil), writeHostile(repo, mixed)); err != nil {
		return err
	}
	var faults []string
	grade := func(class, name string) (r *gradeRun, took time.Duration, grades map[string]json.RawMessage, table []byte, err error) {
		report.Step(0, 0, "grading "+name)
		out := filepath.Join(temp, "grades of "+name)
		r = &gradeRun{out: out, args: []string{"grade", "a1", class, "--out", out, "--key", key, "--no-feedback", "--jobs", "2"}}
		begin := time.Now()
		if err = r.run(ctx, 0); err != nil {
			return nil, 0, nil, nil, err
		}
		took = time.Since(begin)
		if running := stillRunning(r.seen); running != "none" {
			faults = append(faults, name+": still running: "+running)
		}
		if left, _ := filepath.Glob(filepath.Join(out, ".rnn101-work-*")); len(left) > 0 {
			faults = append(faults, name+": files are left: "+strings.Join(left, " "))
		}
		if table, err = os.ReadFile(filepath.Join(out, "grades.json")); err != nil {
			return nil, 0, nil, nil, err
		}
		grades, err = byStudent(table)
		return r, took, grades, table, err
	}
	_, _, alone, _, err := grade(honest, "the honest ones")
	if err != nil {
		return err
	}
	r, took, together, idle, err := grade(mixed, "honest and hostile ones")
	if err != nil {
		return err
	}
	var stop atomic.Bool
	for range runtime.NumCPU() {
		go func() {
			for !stop.Load() {
			}
		}()
	}
	_, busyTook, underLoad, busy, err := grade(mixed, "honest and hostile ones on busy processors")
	stop.Store(true)
	if err != nil {
		return err
	}
	l, largeTook, _, _, err := grade(large, "a large class")
	report.Done()
	if err != nil {
		return err
	}
	different := 0
	for student, grade := range alone {
		if !bytes.Equal(grade, together[student]) {
			different++
			faults = append(faults, student+" has another grade beside hostile submissions")
		}
	}
	fmt.Printf("%d honest and %d hostile submissions, 2 at a time: %.0f s (bound %.0f s, %s); %s\n", honestSize, hostileSize,
		took.Seconds(), hostileTime.Seconds(), verdict(took <= hostileTime), r.usage())
	fmt.Printf("memory of all processes: %d MB (bound %d MB, %s); honest grades that differ: %d of %d\n",
		r.shared>>20, hostileTotal>>20, verdict(r.shared <= hostileTotal), different, honestSize)
	fmt.Printf("on busy processors: %.0f s; the same grades.json: %v\n", busyTook.Seconds(), bytes.Equal(idle, busy))
	fmt.Printf("%d honest submissions: %.0f s (bound %.0f s, %s); %s\n", largeSize, largeTook.Seconds(), largeTime.Seconds(), verdict(largeTook <= largeTime), l.usage())
	if !bytes.Equal(idle, busy) {
		faults = append(faults, "the table differs on busy processors: "+differences(together, underLoad))
	}
	if took > hostileTime || largeTook > largeTime || r.shared > hostileTotal {
		faults = append(faults, "grading exceeds its bounds on this machine")
	}
	if len(faults) > 0 {
		return errors.New(strings.Join(faults, "\n"))
	}
	return nil
}

// byStudent returns the entries of grades.json.
func byStudent(table []byte) (map[string]json.RawMessage, error) {
	var entries []json.RawMessage
	if err := json.Unmarshal(table, &entries); err != nil {
		return nil, err
	}
	all := map[string]json.RawMessage{}
	for _, entry := range entries {
		var of struct {
			Student string `json:"student"`
		}
		if err := json.Unmarshal(entry, &of); err != nil {
			return nil, err
		}
		all[of.Student] = entry
	}
	return all, nil
}

// differences names the students whose grades differ.
func differences(a, b map[string]json.RawMessage) string {
	var all []string
	for student, grade := range a {
		if !bytes.Equal(grade, b[student]) {
			all = append(all, student)
		}
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// writeHostile writes submissions that stop a grader without limits, or take its memory or disk: each
// kind about twice.
func writeHostile(repo *checkout.Checkout, folder string) error {
	source, err := release.Load(repo, "a1")
	if err != nil {
		return err
	}
	whole, err := source.Solved.Encode()
	if err != nil {
		return err
	}
	// edited is the solution with a change to the text of its first answer.
	const first = "x := make([]float64, n)\n"
	edited := func(n int, change func(string) string) ([]byte, error) {
		nb, err := notebook.Parse("a1.ipynb", whole)
		if err != nil {
			return nil, err
		}
		for _, c := range nb.Cells {
			if strings.Contains(c.Source, first) {
				c.Source = change(strings.Replace(c.Source, first, fmt.Sprintf("%s\t_ = %d\n", first, 1000+n), 1))
				return nb.Encode()
			}
		}
		return nil, errors.New("the solution of a1 has changed: update writeHostile")
	}
	inLoop := func(code, declared string) func(string) string {
		return func(s string) string { return strings.Replace(s, "x[i] = 1", code+"\n\tx[i] = 1", 1) + "\n" + declared }
	}
	deep := "type t0 struct{ a, b int }\n"
	for i := 1; i < 24; i++ {
		deep += fmt.Sprintf("type t%d struct{ a, b t%d }\n", i, i-1)
	}
	chain := ""
	for i := range 12_000 {
		chain += fmt.Sprintf("var v%d = v%d\n", i, i+1)
	}
	answers := map[string]func(string) string{
		"a bare const":          func(s string) string { return s + "\nconst" },
		"syntax errors":         func(s string) string { return strings.Repeat("func f( {\n", 20_000) + s },
		"a chain":               inLoop("_ = v0", chain+"var v12000 = 1\n"),
		"a deep struct":         inLoop("if p == q { n++ }", deep+"var p, q t23\n"),
		"a long expression":     inLoop("n += 0"+strings.Repeat("+n*n-1", 30_000), ""),
		"a large array":         inLoop("n += int(p[i])", "var p = [120 << 20]byte{1: 1, 120<<20 - 1: 1}\n"),
		"an endless loop":       inLoop("for n > 0 {\n\t}", ""),
		"much memory":           inLoop("var p [][]byte\n\tfor { p = append(p, make([]byte, 1<<20)) }", ""),
		"a slow start":          inLoop("_ = p", "var p = func() int { for {} }()\n"),
		"many goroutines":       inLoop("for { go func() { select {} }() }", ""),
		"a megabyte of panic":   inLoop("panic(strings.Repeat(\"x\", 1<<20))", "import \"strings\"\n"),
		"a recursion":           inLoop("var f func(int) int; f = func(n int) int { return f(n+1) + 1 }; n += f(0)", ""),
		"20 MB of one answer":   func(s string) string { return s + "\n//" + strings.Repeat("x", 20<<20) },
		"printing without end":  inLoop("for { println(n) }", ""),
		"deeply nested generic": inLoop("var p t[int]; _ = p", "type t[P any] struct{ f *t[t[P]] }\n"),
	}
	write := func(name string, data []byte) error {
		student := filepath.Join(folder, name)
		if err := os.MkdirAll(student, 0o755); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(student, "a1.ipynb"), data, 0o644)
	}
	raw := map[string]string{
		"a million lines": `{"nbformat":4,"cells":[{"cell_type":"code","metadata":{"nbgrader":{"grade_id":"one-hot"}},"source":[` + strings.Repeat(`"x",`, 1_000_000) + `"x"]}]}`,
		"empty cells":     `{"nbformat":4,"cells":[` + strings.Repeat("{},", 21<<20) + `{}]}`,
		"brackets":        `{"nbformat":4,"cells":` + strings.Repeat("[", 60<<20),
		"200 MB of text":  `{"nbformat":4,"cells":[{"cell_type":"code","outputs":"` + strings.Repeat("x", 200<<20) + `"}]}`,
	}
	n := 0
	for round := 0; n < hostileSize; round++ {
		for name, data := range raw {
			if n < hostileSize && round == 0 {
				if err := write("hostile "+name, []byte(data)); err != nil {
					return err
				}
				n++
			}
		}
		if round == 0 {
			for _, name := range []string{"a pipe", "a sparse file", "a link", "a folder"} {
				if err := writeNoFile(filepath.Join(folder, "hostile "+name), name); err != nil {
					return err
				}
				n++
			}
		}
		for name, change := range answers {
			if n == hostileSize {
				break
			}
			data, err := edited(n, change)
			if err == nil {
				err = write(fmt.Sprintf("hostile %s %d", name, round), data)
			}
			if err != nil {
				return err
			}
			n++
		}
	}
	return nil
}

// writeNoFile writes something that has the name of a notebook and is none.
func writeNoFile(folder, kind string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	file := filepath.Join(folder, "a1.ipynb")
	switch kind {
	case "a pipe":
		return makePipe(file)
	case "a link":
		return os.Symlink("/dev/zero", file)
	case "a folder":
		return os.Mkdir(file, 0o755)
	}
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		return err
	}
	return os.Truncate(file, 20<<30)
}
