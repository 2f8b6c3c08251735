package bench

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"rnn101/internal/checkout"
	"rnn101/internal/progress"
	"rnn101/internal/selftest/browser"
)

// pageTimes prints how long the page of the lecture's net takes until it can be used, and how long
// an edit takes until it is on the screen.
func pageTimes(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, runs int) error {
	if err := needChromium("page"); err != nil {
		return err
	}
	times, err := browser.MeasureNet(ctx, repo, report, browser.Chromium.Find(), runs)
	if err != nil {
		return err
	}
	return table([]row{
		{"the page of the net, until it is ready", 500 * time.Millisecond, times.Ready},
		{"an edit on it, until it is painted", 16 * time.Millisecond, times.Edit},
	})
}

func needChromium(part string) error {
	if p := browser.Chromium; p.Find() == "" {
		return fmt.Errorf("the part %s needs %s: install one, or set %s to its path", part, p.Name, p.Variable)
	}
	return nil
}

// liveTimes prints how long cells take that run on a page, in Chromium and, if there is one, in Firefox.
func liveTimes(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, runs int) error {
	if err := needChromium("live"); err != nil {
		return err
	}
	browsers, names := []browser.Program{browser.Chromium}, []string{"Chromium", "Firefox"}
	if browser.Firefox.Find() != "" {
		browsers = append(browsers, browser.Firefox)
	} else {
		report.Line("There is no Firefox: the cells are measured in Chromium only. Install it, or set %s to its path.", browser.Firefox.Variable)
	}
	all, err := browser.MeasureLive(ctx, repo, report, filepath.Join(repo.Root, "notebooks", "03_forward_pass.ipynb"), runs, browsers)
	if err != nil {
		return err
	}
	var rows []row
	for i, times := range all {
		rows = append(rows, row{"the first cell of a page, " + names[i], 3 * time.Second, times.First},
			row{"a cell after it, " + names[i], 500 * time.Millisecond, times.Warm})
	}
	return table(rows)
}
