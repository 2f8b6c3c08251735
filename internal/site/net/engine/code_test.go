package engine_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

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

// The programs that readers copy from the page print what the page shows. RNN101_NUMPY names a
// Python with NumPy and PyTorch, which the course does not install.
func TestTheProgramsPrintTheNumbersOfThePage(t *testing.T) {
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
		{"numpy", "numpy_net.py", []string{os.Getenv("RNN101_NUMPY")}},
		{"pytorch", "torch_net.py", []string{os.Getenv("RNN101_NUMPY")}},
	} {
		t.Run(program.language, func(t *testing.T) {
			if program.command[0] == "" {
				t.Skip("set RNN101_NUMPY to a Python with NumPy and PyTorch")
			}
			code := engine.Code(state, program.language)
			if lines := strings.Count(code, "\n"); lines > 27 || strings.Contains(code, "‹") {
				t.Errorf("the program has %d lines, want about twenty, all filled in:\n%s", lines, code)
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
