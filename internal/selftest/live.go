package selftest

import (
	"context"
	"path/filepath"

	"rnn101/internal/selftest/browser"
	"rnn101/internal/site"
	"rnn101/internal/site/live"
)

// testLive exports a few notebooks so that their cells run, and tests them. plain is the folder of the
// course's site without that.
func (s *suite) testLive(ctx context.Context, program, temp, plain string) error {
	o := site.Options{Out: filepath.Join(temp, "live"), Jobs: 1, Live: live.Make}
	for _, name := range []string{"03_forward_pass.ipynb", "solutions/03_forward_pass.ipynb", "04_cross_entropy.ipynb", "ko/03_forward_pass.ipynb"} {
		o.Notebooks = append(o.Notebooks, filepath.Join(s.repo.Root, "notebooks", filepath.FromSlash(name)))
	}
	if _, err := site.Export(ctx, s.repo, o, s.report); err != nil {
		return err
	}
	pictures := s.screenshots
	if pictures != "" {
		pictures = filepath.Join(pictures, "live")
	}
	return browser.TestLive(ctx, s.repo, s.report, program, browser.LiveVisit{Site: o.Out, Plain: plain,
		Page: "03_forward_pass.html", Korean: "ko/03_forward_pass.html", Cell: "4", Pictures: pictures})
}
