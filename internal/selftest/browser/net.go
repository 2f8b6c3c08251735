package browser

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"

	"rnn101/internal/checkout"
	"rnn101/internal/progress"

	_ "embed"
)

//go:embed net.py
var netPy []byte

// NetVisit is what to test the page of the lecture's net with.
type NetVisit struct {
	Page     string    `json:"page"`     // the file
	Cases    []NetCase `json:"cases"`    // nets with the numbers that the page must compute
	Pictures string    `json:"pictures"` // folder for the screenshots

	Chromium string `json:"chromium"` // set by TestNet
	Axe      string `json:"axe"`      // set by TestNet: the script of axe-core
}

// NetCase is a net as the page passes it to its engine, and its numbers, computed natively.
type NetCase struct {
	State   []float64 `json:"state"`
	Numbers []float64 `json:"numbers"`
}

// TestNet opens the page of the lecture's net as a file, offline, compares its numbers, and uses it
// as a reader does. What a reader should not see is a Problems.
func TestNet(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, chromium string, visit NetVisit) error {
	temp, err := os.MkdirTemp("", "rnn101-net-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	if err := os.MkdirAll(visit.Pictures, 0o755); err != nil {
		return err
	}
	visit.Chromium, visit.Axe = chromium, repo.Checkers("axe-core", "axe.min.js")
	data, err := json.Marshal(visit)
	if err != nil {
		return err
	}
	job := filepath.Join(temp, "job.json")
	if err := os.WriteFile(job, data, 0o600); err != nil {
		return err
	}
	return runScript(ctx, repo, report, netPy, job)
}
