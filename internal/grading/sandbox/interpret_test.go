package sandbox_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"rnn101/internal/grading/sandbox"
	"rnn101/internal/grading/sandbox/sandboxtest"
)

// raceDetector is true under the race detector.
var raceDetector bool

// behaviours is a program that does what its input names.
const behaviours = `package main

import (
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"time"

	"submission/guest"
)

var (
	counter = 40
	table   = map[string]int{}
	begin   = time.Now()
	large   []byte
)

func init() {
	for i := range 1000 {
		table[strconv.Itoa(i)] = i
	}
}

func depth(n int) int {
	if n == 0 {
		return 0
	}
	return 1 + depth(n-1)
}

type node struct{ left, right *node }

func tree(n int) *node {
	if n == 0 {
		return nil
	}
	return &node{tree(n - 1), tree(n - 1)}
}

func (n *node) size() int {
	if n == nil {
		return 0
	}
	return 1 + n.left.size() + n.right.size()
}

//go:wasmexport call
func call() {
	answer := 0
	switch name := string(guest.Input()); name {
	case "state":
		counter++
		table["7"]++
		answer = counter + table["7"]
	case "goroutines":
		c := make(chan int)
		for i := range 100 {
			go func() { c <- i }()
		}
		for range 100 {
			answer += <-c
		}
	case "sleep":
		before := time.Now()
		time.Sleep(time.Second)
		if time.Since(before) >= time.Second && before.After(begin) {
			answer = 1
		}
	case "long sleep":
		time.Sleep(1000 * time.Hour)
	case "numbers":
		answer = int(math.Float64bits(math.Tanh(math.Exp(0.1)) + math.Sin(2) + math.NaN()*0))
	case "random":
		answer = rand.IntN(6) * 0
	case "garbage":
		for range 20 {
			answer += tree(8).size()
		}
	case "memory":
		large = make([]byte, 50<<20)
		large[len(large)-1] = 5
		answer = int(large[len(large)-1])
	case "recursion":
		answer = depth(100_000)
	case "index":
		answer = table["4"]
		println("words before it")
		_ = []int{1}[answer]
	case "panic in a goroutine":
		go func() { panic("oops") }()
		select {}
	case "deadlock":
		select {}
	case "exit":
		os.Exit(3)
	case "exit 2":
		os.Exit(2)
	case "nothing":
		return
	case "too much memory":
		for {
			large = append(large, make([]byte, 10<<20)...)
		}
	case "too large":
		guest.Answer(make([]byte, 2<<20))
		return
	}
	guest.Answer([]byte(strconv.Itoa(answer)))
}

func main() { call() }
`

// A call that is interpreted has the outcome of the program as machine code, and begins with the
// state after the initialization: whatever other calls did.
func TestInterpretedCallsHaveTheOutcomeOfTheProgram(t *testing.T) {
	b := sandboxtest.Builder(t)
	files := map[string]string{"main.go": behaviours, sandbox.GuestFile: sandbox.Guest}
	limits := sandbox.Limits{Time: 2 * time.Second, Memory: 200 << 20}
	wasm, err := b.Build(t.Context(), files)
	if err != nil {
		t.Fatal(err)
	}
	program := b.Open(wasm, limits)
	defer program.Close()
	interpreted, err := b.Interpret(t.Context(), files, limits)
	if err != nil {
		t.Fatal(err)
	}
	defer interpreted.Close()
	call := func(p *sandbox.Program, name string) sandbox.Outcome {
		t.Helper()
		o, err := p.Call(t.Context(), []byte(name))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return o
	}
	for _, c := range []struct {
		name        string
		status      sandbox.Status
		interpreted bool
	}{
		{"state", sandbox.Answered, true},
		{"state", sandbox.Answered, true},
		{"goroutines", sandbox.Answered, true},
		{"sleep", sandbox.Answered, true},
		{"numbers", sandbox.Answered, true},
		{"random", sandbox.Answered, true},
		{"garbage", sandbox.Answered, true},
		{"memory", sandbox.Answered, true},
		{"state", sandbox.Answered, true},
		{"index", sandbox.Panicked, true},
		{"panic in a goroutine", sandbox.Panicked, true},
		{"deadlock", sandbox.Panicked, true},
		{"recursion", sandbox.Answered, false},
		{"long sleep", sandbox.TimedOut, false},
		{"exit", sandbox.Exited, false},
		{"exit 2", sandbox.Panicked, false},
		{"nothing", sandbox.NoResult, false},
		{"too much memory", sandbox.TooLarge, false},
		{"too large", sandbox.TooLarge, false},
		{"state", sandbox.Answered, false},
	} {
		want, got := call(program, c.name), call(interpreted, c.name)
		if want.Status != c.status {
			t.Errorf("%s: the program %s, want %s: %s", c.name, want.Status, c.status, want.Stderr)
		}
		if got.Status != want.Status || string(got.Value) != string(want.Value) {
			t.Errorf("%s: %s %q, and of the program %s %q", c.name, got.Status, got.Value, want.Status, want.Value)
		}
		if got.Status == sandbox.Panicked && trace(got.Stderr) != trace(want.Stderr) {
			t.Errorf("%s: the trace is\n%s\nand of the program\n%s", c.name, got.Stderr, want.Stderr)
		}
		if c.interpreted && !interpreted.Interpreted() && !raceDetector { // it leaves the interpreter no time
			t.Errorf("%s was not interpreted", c.name)
		}
	}
	if interpreted.Interpreted() {
		t.Error("a sleep of 1000 hours was interpreted to its end")
	}
}

// trace returns a trace up to its first line of the program, without the numbers of goroutines and
// the addresses, which differ.
func trace(stderr string) string {
	lines := strings.Split(stderr, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "goroutine ") {
			lines[i] = "goroutine"
		}
		if at := strings.Index(line, "main.go:"); at >= 0 {
			return fmt.Sprintln(strings.Join(lines[:i], "\n"), strings.Fields(line[at:])[0])
		}
	}
	return stderr
}

// A program whose initialization does not end, or panics, is not interpreted.
func TestAnInitializationThatFailsIsThatOfTheProgram(t *testing.T) {
	b := sandboxtest.Builder(t)
	for name, c := range map[string]struct {
		begin  string
		status sandbox.Status
	}{
		"a loop":  {"for { n++ }", sandbox.TimedOut},
		"a panic": {"panic(n)", sandbox.Panicked},
		"an exit": {"os.Exit(3)", sandbox.Exited},
	} {
		source := "package main\n\nimport \"os\"\n\nvar n int\n\nfunc init() {\n\t_ = os.Args\n\t" + c.begin + "\n}\n\n//go:wasmexport call\nfunc call() {}\n\nfunc main() { call() }\n"
		p, err := b.Interpret(t.Context(), map[string]string{"main.go": source}, sandbox.Limits{Time: 500 * time.Millisecond})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if o, err := p.Call(t.Context(), nil); err != nil || o.Status != c.status {
			t.Errorf("%s: %v, %v, want %s", name, o, err, c.status)
		}
		p.Close()
	}
}
