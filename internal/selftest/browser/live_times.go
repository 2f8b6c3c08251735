package browser

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"time"

	"rnn101/internal/checkout"
	"rnn101/internal/progress"
	"rnn101/internal/site"
	"rnn101/internal/site/live"
)

// LiveTimes are measured times of cells that run on a page, from the click on Run until the output has
// been painted.
type LiveTimes struct {
	First []time.Duration // the first run of a page, which loads the engine
	Warm  []time.Duration // runs of the cells that show something, after it
}

// MeasureLive makes a page whose cells run of a notebook, and measures it in each of the browsers.
func MeasureLive(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, notebook string, runs int, browsers []Program) ([]LiveTimes, error) {
	temp, err := os.MkdirTemp("", "rnn101-live-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(temp)
	made, err := site.Export(ctx, repo, site.Options{Out: temp, Jobs: 1, Live: live.Make, Notebooks: []string{notebook}}, report)
	if err != nil {
		return nil, err
	}
	report.Done()
	var all []LiveTimes
	for _, b := range browsers {
		var times LiveTimes
		job := map[string]any{"site": temp, "page": filepath.ToSlash(made.Pages[0].Page), "browser": b.Find(), "firefox": b.Name == Firefox.Name, "limit": mostSeconds, "runs": runs}
		err := runJob(ctx, repo, report, "live_times.py", job, func(line []byte) {
			var message struct{ First, Warm float64 }
			if json.Unmarshal(line, &message) == nil {
				addTime(&times.First, message.First)
				addTime(&times.Warm, message.Warm)
			}
		})
		if err != nil {
			return nil, err
		}
		all = append(all, times)
	}
	return all, nil
}

// addTime appends a time in milliseconds, unless it is 0.
func addTime(all *[]time.Duration, milliseconds float64) {
	if milliseconds > 0 {
		*all = append(*all, time.Duration(milliseconds*float64(time.Millisecond)))
	}
}
