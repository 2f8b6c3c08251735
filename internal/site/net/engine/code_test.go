package engine_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"rnn101/internal/checkout"
	"rnn101/internal/site/net/engine"
)

// printed returns what the programs must print for a state.
func printed(t *testing.T, s engine.State) string {
	n := mustCompute(t, s)
	lines := fmt.Sprintf("L [%.4f]\n", n.At("L", 0))
	for _, part := range []struct {
		name          string
		rows, columns int
	}{{"U", engine.Hidden, engine.Inputs}, {"W", engine.Hidden, engine.Hidden}, {"V", engine.Outputs, engine.Hidden}} {
		var all []string
		for i := range part.rows {
			for j := range part.columns {
				all = append(all, fmt.Sprintf("%.4f", n.At("d"+part.name, i, j)))
			}
		}
		lines += part.name + " [" + strings.Join(all, " ") + "]\n"
	}
	return lines
}

// python returns an interpreter with NumPy, and one with PyTorch, or empty strings. The course test
// installs NumPy, and course bench --peers both; RNN101_NUMPY names another Python with both.
func python(t *testing.T) (numpy, torch string) {
	t.Helper()
	if own := os.Getenv("RNN101_NUMPY"); own != "" {
		return own, own
	}
	repo, err := checkout.Find()
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("RNN101_SETUP") == "1" {
		numpy = repo.Python()
	}
	peers := &checkout.Checkout{Root: repo.Venv(), VenvName: "peers"}
	if _, err := os.Stat(peers.Python()); err == nil {
		torch = peers.Python()
	}
	return numpy, torch
}

// On the page, no line of the lecture's nets is wider than the panel. Go's are wrapped there.
func TestTheProgramsInPythonFitThePanel(t *testing.T) {
	for pair := range 3 {
		state, err := engine.Pair(pair).Carried()
		if err != nil {
			t.Fatal(err)
		}
		for _, language := range []string{"numpy", "pytorch"} {
			for line := range strings.Lines(engine.Code(state, language)) {
				if len(strings.TrimSpace(line)) > 0 && len(line) > 45 {
					t.Errorf("pair %d, %s: this line has %d letters, and 44 fit: %s", pair, language, len(line)-1, line)
				}
			}
		}
	}
}

// The programs that readers copy from the page print what the page shows.
func TestTheProgramsPrintTheNumbersOfThePage(t *testing.T) {
	numpy, torch := python(t)
	state := engine.Vary(engine.Pair(0), "20231234")
	state.H0 = []float64{0.3, 1} // a whole number, which Python must not take for an integer
	root, err := filepath.Abs(filepath.Join("..", "..", "..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	for _, program := range []struct {
		language, file string
		command        []string
	}{
		{"go", "main.go", []string{"go", "run"}},
		{"numpy", "numpy_net.py", []string{numpy}},
		{"pytorch", "torch_net.py", []string{torch}},
	} {
		t.Run(program.language, func(t *testing.T) {
			if program.command[0] == "" {
				t.Skip("set RNN101_NUMPY to a Python with NumPy and PyTorch, or call go run ./course test, which brings NumPy")
			}
			code := engine.Code(state, program.language)
			if lines := strings.Count(code, "\n"); lines > 30 || strings.Contains(code, "‹") {
				t.Errorf("the program has %d lines, want about 25, all filled in:\n%s", lines, code)
			}
			file := filepath.Join(t.TempDir(), program.file)
			if err := os.WriteFile(file, []byte(code), 0o600); err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command(program.command[0], append(program.command[1:], file)...)
			cmd.Dir = root
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			out, err := cmd.Output()
			if err != nil {
				t.Fatalf("%v\n%s", err, stderr.String())
			}
			if got, want := strings.ReplaceAll(string(out), "\r", ""), printed(t, state); got != want {
				t.Errorf("it prints\n%swant\n%s", got, want)
			}
		})
	}
}
