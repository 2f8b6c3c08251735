package browser

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"time"

	"rnn101/internal/checkout"
	"rnn101/internal/progress"
	"rnn101/internal/site/net"
)

// NetVisit is what to test the page of the lecture's net with.
type NetVisit struct {
	Page     string    `json:"page"`     // the file
	Cases    []NetCase `json:"cases"`    // nets with the numbers that the page must compute
	Pictures string    `json:"pictures"` // folder for the screenshots; "" saves none

	Browser string   `json:"browser"` // set by the test
	Axe     string   `json:"axe"`     // set by the test: the script of axe-core
	Parts   []string `json:"parts"`   // set by TestNet: the functions of net.py to call
}

// netParts are all functions of net.py that test, for two browsers at the same time; each list takes about
// half of the time.
var netParts = [][]string{
	{"numbers", "use", "keep", "screens", "paper", "touch"},
	{"states", "functions"},
}

// NetCase is a net as the page passes it to its engine, and its numbers, computed natively.
type NetCase struct {
	State   []float64 `json:"state"`
	Numbers []float64 `json:"numbers"`
}

// TestNet opens the page of the lecture's net as a file, offline, compares its numbers, and uses it
// as a reader does. What a reader should not see is a Problems.
func TestNet(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, chromium string, visit NetVisit) error {
	return joined(inParts(len(netParts), func(i, n int) error {
		part := visit
		part.Parts = slices.Concat(everyNth(netParts, i, n)...)
		return part.test(ctx, repo, report, "net.py", chromium)
	}))
}

// TestNetInFirefox does in Firefox what differs between browsers: it compares the numbers, uses the
// keyboard, and looks at the layout.
func TestNetInFirefox(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, firefox string, visit NetVisit) error {
	return visit.test(ctx, repo, report, "firefox.py", firefox)
}

func (v NetVisit) test(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, script, program string) error {
	v.Browser, v.Axe = program, repo.Checkers("axe-core", "axe.min.js")
	return runJob(ctx, repo, report, script, v, nil)
}

// NetTimes are measured times of the page of the lecture's net, in order of the runs.
type NetTimes struct {
	Ready []time.Duration // from opening the file until it can be used
	Edit  []time.Duration // from a changed number until all that follows from it is painted
}

// MeasureNet makes the page of the lecture's net and measures it in Chromium.
func MeasureNet(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, chromium string, runs int) (*NetTimes, error) {
	page, _, err := net.Make(ctx, repo, nil)
	if err != nil {
		return nil, err
	}
	temp, err := os.MkdirTemp("", "rnn101-net-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(temp)
	file := filepath.Join(temp, "net.html")
	if err := os.WriteFile(file, page, 0o600); err != nil {
		return nil, err
	}
	times := &NetTimes{}
	job := map[string]any{"page": file, "browser": chromium, "runs": runs}
	err = runJob(ctx, repo, report, "net_times.py", job, func(line []byte) {
		var message struct{ Ready, Edit float64 }
		if json.Unmarshal(line, &message) == nil {
			addTime(&times.Ready, message.Ready)
			addTime(&times.Edit, message.Edit)
		}
	})
	return times, err
}
