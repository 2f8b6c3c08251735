package selftest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"rnn101/internal/lang"
	"rnn101/internal/selftest/browser"
	"rnn101/internal/selftest/cells"
	"rnn101/internal/selftest/nbgrader"
	"rnn101/internal/setup"
	"rnn101/internal/site"
	"rnn101/internal/site/manifest"
	"rnn101/internal/site/net"
	"rnn101/internal/worksheet"
)

// find returns the path of a browser. Without one it returns a skipped, or an error if
// RNN101_REQUIRE_BROWSER is 1.
func find(p browser.Program) (string, error) {
	if program := p.Find(); program != "" {
		return program, nil
	}
	reason := fmt.Sprintf("no %s was found: install one, or set %s to its path", p.Name, p.Variable)
	if os.Getenv("RNN101_REQUIRE_BROWSER") == "1" {
		return "", errors.New(reason)
	}
	return "", skipped(reason)
}

// browserTest opens the English notebooks in JupyterLab. The cells of a translation are the same.
func browserTest(ctx context.Context, s *suite) error {
	program, err := find(browser.Chromium)
	if err != nil {
		return err
	}
	notebooks, err := s.repo.Edition(lang.English)
	if err != nil {
		return err
	}
	folder := filepath.Join(s.repo.Root, s.repo.EditionFolder(lang.English))
	return browser.TestNotebooks(ctx, s.repo, s.report, program, folder, notebooks, s.screenshots)
}

// nbgraderTest takes classes through nbgrader.
func nbgraderTest(ctx context.Context, s *suite) error {
	if solved, err := solvedAssignments(s.repo); err != nil {
		return err
	} else if len(solved) == 0 {
		return skipped("the assignments have no solutions here")
	}
	program, err := find(browser.Chromium)
	if err != nil {
		return err
	}
	_, err = setup.Run(ctx, s.repo, s.report.Step, setup.Nbgrader)
	switch {
	case errors.Is(err, setup.ErrOldPython):
		return skipped(err.Error())
	case err != nil:
		return err
	}
	s.report.Done()
	return nbgrader.Test(ctx, s.repo, s.report, program, s.screenshots)
}

// livePages uses pages whose cells run as readers and students do.
func livePages(ctx context.Context, s *suite) error { return s.testCells(ctx, (*cells.Suite).Few) }

// allCells runs the cells of all pages.
func allCells(ctx context.Context, s *suite) error { return s.testCells(ctx, (*cells.Suite).All) }

func (s *suite) testCells(ctx context.Context, test func(*cells.Suite, context.Context) error) error {
	program, err := find(browser.Chromium)
	if err != nil {
		return err
	}
	temp, err := os.MkdirTemp(s.temp, "live-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	firefox, err := find(browser.Firefox)
	if _, missing := errors.AsType[skipped](err); err != nil && !missing {
		return err
	}
	c := &cells.Suite{Repo: s.repo, Report: s.report, Chromium: program, Firefox: firefox, Temp: temp}
	if s.screenshots != "" {
		c.Pictures = filepath.Join(s.screenshots, "live")
	}
	return test(c, ctx)
}

// pagesTest exports the course's site, one notebook as a single file and the worksheets, and
// tests all of these pages.
func pagesTest(ctx context.Context, s *suite) error {
	program, err := find(browser.Chromium)
	if err != nil {
		return err
	}
	visit, err := s.visitCourse(ctx, func(language, page string) bool {
		return language == lang.English || strings.HasPrefix(path.Base(page), "03_")
	})
	if err != nil {
		return err
	}
	// The exports wait for their renderers, so they go on beside the browsers.
	test := []func() error{
		func() error { return browser.Validate(ctx, s.repo, s.report, visit.Site) },
		func() error { return browser.TestPages(ctx, s.repo, s.report, program, visit) },
		func() error {
			return errors.Join(s.testPagesAlone(ctx, program), s.testNet(ctx, program, visit.Site))
		},
	}
	problems := make([]error, len(test))
	var group sync.WaitGroup
	for i := range test {
		group.Go(func() { problems[i] = test[i]() })
	}
	group.Wait()
	return errors.Join(problems...)
}

// courseSite exports the course's site, once for all steps, and returns its folder.
func (s *suite) courseSite(ctx context.Context) (folder string, err error) {
	folder = filepath.Join(s.temp, "the site, 웹사이트")
	if s.exported != nil {
		return folder, nil
	}
	notebooks, err := s.repo.Notebooks()
	if err != nil {
		return "", err
	}
	o := site.Options{Notebooks: notebooks, Course: true, Net: &site.Net{Make: net.Make, Stage: net.Stage}, Out: folder, Jobs: min(2, runtime.NumCPU())}
	summary, err := site.Export(ctx, s.repo, o, s.report)
	if err := site.Print(s.report, o, summary, err); err != nil {
		return "", err
	}
	s.exported = summary
	return folder, nil
}

// visitCourse returns what a browser has to visit of the course's site: the front pages, the net, and of the
// other pages those that are wanted.
func (s *suite) visitCourse(ctx context.Context, wanted func(language, page string) bool) (browser.Visit, error) {
	folder, err := s.courseSite(ctx)
	if err != nil {
		return browser.Visit{}, err
	}
	visit := browser.Visit{Site: folder, Pictures: s.screenshots, Notebooks: map[string]string{},
		Words: map[string]string{"truncation": "09_", "망이": "00_", "mustforward": "03_"}, Use: []string{"index.html", "03_forward_pass.html"}}
	visit.Pages = append(visit.Pages, "index.html", "ko/index.html", site.NetPage)
	for _, page := range s.exported.Pages {
		language := lang.English
		if strings.HasPrefix(page.Page, lang.Korean+"/") {
			language = lang.Korean
		}
		if wanted(language, page.Page) {
			visit.Pages = append(visit.Pages, page.Page)
			visit.Notebooks[page.Page] = page.Notebook
		}
	}
	return visit, nil
}

// translations visits all pages of the translations; the step pages visits a few of them.
func translations(ctx context.Context, s *suite) error {
	if _, translated, err := editions(s.repo); err != nil {
		return err
	} else if len(translated) == 0 {
		return skipped("there are no translated notebooks")
	}
	program, err := find(browser.Chromium)
	if err != nil {
		return err
	}
	visit, err := s.visitCourse(ctx, func(language, page string) bool { return language != lang.English })
	if err != nil {
		return err
	}
	visit.Use, visit.Words = []string{"ko/index.html", "ko/03_forward_pass.html"}, map[string]string{"교차 엔트로피": "04_", "기울기 소실": "10_", "경사 하강법": "08_"}
	return browser.TestPages(ctx, s.repo, s.report, program, visit)
}

// testPagesAlone tests pages that work alone, each exported to a folder of its own: a notebook
// with sound, and the worksheets.
func (s *suite) testPagesAlone(ctx context.Context, program string) error {
	music := filepath.Join(s.repo.Root, "notebooks", "14_music.ipynb")
	var problems []error
	for _, alone := range []struct {
		name   string
		pages  []string
		export func(folder string) error
	}{
		{"single", []string{"14_music.html"}, func(folder string) error {
			_, err := site.Export(ctx, s.repo, site.Options{Notebooks: []string{music}, Out: folder, Single: true, Jobs: 1}, s.report)
			return err
		}},
		{"worksheet", []string{"worksheet.html", "worksheet-key.html"}, func(folder string) error {
			return worksheet.Export(ctx, s.repo, s.report, lang.English, folder)
		}},
		{"worksheet-ko", []string{"worksheet.html", "worksheet-key.html"}, func(folder string) error {
			return worksheet.Export(ctx, s.repo, s.report, lang.Korean, folder)
		}},
	} {
		folder := filepath.Join(s.temp, alone.name)
		if err := alone.export(folder); err != nil {
			return err
		}
		entries, err := os.ReadDir(folder)
		entries = slices.DeleteFunc(entries, func(e os.DirEntry) bool { return e.Name() == manifest.LockName }) // it stays
		if err != nil || len(entries) != len(alone.pages) {
			return fmt.Errorf("%s: the folder holds %v (%v), want only %v", alone.name, entries, err, alone.pages)
		}
		pictures := s.screenshots
		if pictures != "" {
			pictures = filepath.Join(pictures, alone.name)
		}
		problems = append(problems,
			browser.Validate(ctx, s.repo, s.report, folder),
			browser.TestPages(ctx, s.repo, s.report, program, browser.Visit{Site: folder, Pages: alone.pages,
				Pictures: pictures, Notebooks: map[string]string{"14_music.html": music}}))
	}
	return errors.Join(problems...)
}
