package jupyter

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
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

// CellTimes runs the cells in one fresh kernel and returns how long each took, from
// the request to the kernel's being idle again.
func CellTimes(ctx context.Context, repo *checkout.Checkout, sources []string) ([]time.Duration, error) {
	work, err := os.MkdirTemp("", "rnn101-bench-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	program := filepath.Join(work, "latency.py")
	if err := os.WriteFile(program, latencyPy, 0o600); err != nil {
		return nil, err
	}
	input, err := json.Marshal(sources)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(repo.Python(), program)
	cmd.Dir, cmd.Env, cmd.Stdin = work, repo.Environ(), bytes.NewReader(input)
	var seconds []float64
	unreadable := errors.New("there are none")
	err = process.Follow(ctx, cmd, func(line []byte) { unreadable = json.Unmarshal(line, &seconds) })
	if err != nil {
		return nil, fmt.Errorf("the cells could not be timed: %w", err)
	}
	if unreadable != nil {
		return nil, fmt.Errorf("the times of the cells cannot be read: %w", unreadable)
	}
	times := make([]time.Duration, len(seconds))
	for i, s := range seconds {
		times[i] = time.Duration(s * float64(time.Second))
	}
	return times, nil
}
