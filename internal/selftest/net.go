package selftest

import (
	"context"
	"errors"
	"path/filepath"

	"rnn101/internal/selftest/browser"
	"rnn101/internal/site"
	"rnn101/internal/site/net/engine"
	"rnn101/internal/site/net/engine/enginetest"
)

// testNet tests the page of the lecture's net in the site that was exported to the folder.
func (s *suite) testNet(ctx context.Context, chromium, folder string) error {
	visit := browser.NetVisit{Page: filepath.Join(folder, site.NetPage), Pictures: s.screenshots}
	for i, state := range enginetest.Random(200) {
		if i/4%4 == 3 { // one group in four, which has nets of each length
			state.Mistakes = engine.Mistakes(1 + i/16%15)
		}
		numbers, err := engine.Compute(state)
		if err != nil {
			return err
		}
		visit.Cases = append(visit.Cases, browser.NetCase{State: state.List(), Numbers: numbers.Data})
	}
	return errors.Join(browser.TestNet(ctx, s.repo, s.report, chromium, visit), s.testNetInFirefox(ctx, visit))
}

// testNetInFirefox tests the page with a few of the nets. Without Firefox it says that it does not.
func (s *suite) testNetInFirefox(ctx context.Context, visit browser.NetVisit) error {
	program, err := find(browser.Firefox)
	var skip skipped
	if errors.As(err, &skip) {
		s.report.Line("net.html is not tested in Firefox: %s", string(skip))
		return nil
	}
	if err != nil {
		return err
	}
	visit.Cases = visit.Cases[:32]
	return browser.TestNetInFirefox(ctx, s.repo, s.report, program, visit)
}
