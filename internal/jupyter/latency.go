package jupyter

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"rnn101/internal/checkout"
	"rnn101/internal/process"
)

//go:embed latency.py
var latencyPy []byte

// CellTimes runs cells in one new kernel and returns how long each took, from the request
// until the kernel was idle again.
func CellTimes(ctx context.Context, repo *checkout.Checkout, sources []string) ([]time.Duration, error) {
	folder, err := os.MkdirTemp("", "rnn101-bench-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	program := filepath.Join(folder, "latency.py")
	if err := os.WriteFile(program, latencyPy, 0o600); err != nil {
		return nil, err
	}
	input, err := json.Marshal(sources)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(repo.Python(), program)
	cmd.Dir, cmd.Env, cmd.Stdin = folder, repo.Environ(), bytes.NewReader(input)
	var seconds []float64
	err = process.Follow(ctx, cmd, func(line []byte) { // the kernel may print other lines
		var all []float64
		if json.Unmarshal(line, &all) == nil {
			seconds = all
		}
	})
	if err != nil {
		return nil, fmt.Errorf("timing cells: %w", err)
	}
	if len(seconds) != len(sources) {
		return nil, fmt.Errorf("timing cells: got %[2]d times for %[1]d cells", len(sources), len(seconds))
	}
	times := make([]time.Duration, len(seconds))
	for i, s := range seconds {
		times[i] = time.Duration(s * float64(time.Second))
	}
	return times, nil
}
