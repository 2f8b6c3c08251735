package bench

import (
	"context"
	"fmt"
	"time"

	"rnn101/internal/checkout"
	"rnn101/internal/progress"
	"rnn101/internal/selftest/browser"
)

// pageTimes prints how long the page of the lecture's net takes until it can be used, and how long
// an edit takes until it is on the screen.
func pageTimes(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, runs int) error {
	chromium := browser.Chromium.Find()
	if chromium == "" {
		return fmt.Errorf("the part page needs %s: install one, or set %s to its path", browser.Chromium.Name, browser.Chromium.Variable)
	}
	times, err := browser.MeasureNet(ctx, repo, report, chromium, runs)
	if err != nil {
		return err
	}
	return table([]row{
		{"the page of the net, until it is ready", 500 * time.Millisecond, times.Ready},
		{"an edit on it, until it is painted", 16 * time.Millisecond, times.Edit},
	})
}
