package selftest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"rnn101/internal/grading/assignment"
	"rnn101/internal/lang"
	"rnn101/internal/selftest/browser"
	"rnn101/internal/selftest/handout"
	"rnn101/internal/site"
	"rnn101/internal/site/live"
)

// livePages exports the English notebooks and assignments, those of notebook 03 in Korean and one with
// features of Go, so that their cells run. It uses a few as a reader does, does the assignments as students
// do, and compares what each cell shows with the committed outputs, for a few in Firefox, too.
func livePages(ctx context.Context, s *suite) error {
	program, temp, remove, err := browserAndFolder()
	if err != nil {
		return err
	}
	defer remove()
	english, err := s.repo.Edition(lang.English)
	if err != nil {
		return err
	}
	features, err := s.featuresNotebook(temp)
	if err != nil {
		return err
	}
	folder := func(name string) string { return filepath.Join(temp, name) }
	forward := func(edition string) string {
		return filepath.Join(s.repo.Root, "notebooks", filepath.FromSlash(edition), "03_forward_pass.ipynb")
	}
	plain := site.Options{Out: folder("plain"), Jobs: 2, Notebooks: []string{forward(""), forward("solutions"), forward("ko")}}
	runs := site.Options{Out: folder("live"), Jobs: 2, Live: live.Make, Notebooks: append(english, forward("ko"))}
	alone := site.Options{Out: folder("features"), Jobs: 1, Live: live.Make, Notebooks: []string{features}}
	solved := site.Options{Out: folder("assignments"), Jobs: 2, Live: live.Make}
	for _, a := range assignment.All {
		solved.Notebooks = append(solved.Notebooks, filepath.Join(s.repo.Root, "assignments", a.Name, a.Name+".ipynb"))
	}
	cells := browser.Cells{Site: temp, Notebooks: map[string]string{}, Differ: differ, Long: long}
	for _, o := range []site.Options{plain, runs, alone, solved} {
		summary, err := site.Export(ctx, s.repo, o, s.report)
		if err != nil {
			return err
		}
		for _, page := range summary.Pages {
			if o.Live != nil && !strings.HasPrefix(page.Page, lang.Korean+"/") {
				cells.Notebooks[filepath.Base(o.Out)+"/"+page.Page] = page.Notebook
			}
		}
	}
	pictures := s.screenshots
	if pictures != "" {
		pictures = filepath.Join(pictures, "live")
	}
	visit := browser.LiveVisit{Site: runs.Out, Plain: plain.Out, Page: "03_forward_pass.html", Korean: "ko/03_forward_pass.html", Cell: "4", Pictures: pictures}
	return errors.Join(
		browser.TestLive(ctx, s.repo, s.report, program, visit),
		handout.Test(ctx, s.repo, s.report, program, temp, pictures),
		s.cellsInFirefox(ctx, cells),
		browser.TestCells(ctx, s.repo, s.report, program, cells))
}

// cellsInFirefox runs the cells of a few pages. Without Firefox it says that it does not.
func (s *suite) cellsInFirefox(ctx context.Context, all browser.Cells) error {
	program, err := find(browser.Firefox)
	if skip := skipped(""); errors.As(err, &skip) {
		s.report.Line("no cell runs in Firefox: %s", string(skip))
		return nil
	}
	if err != nil {
		return err
	}
	few := all
	few.Firefox, few.Notebooks = true, map[string]string{}
	for page, file := range all.Notebooks {
		if firefoxPages.MatchString(page) {
			few.Notebooks[page] = file
		}
	}
	return browser.TestCells(ctx, s.repo, s.report, program, few)
}

// firefoxPages are the pages whose cells run in Firefox, too.
var firefoxPages = regexp.MustCompile(`^live/(00|06|08)_`)

// featuresNotebook writes the notebook with features of Go into a folder and returns its path.
func (s *suite) featuresNotebook(folder string) (string, error) {
	data, err := os.ReadFile(filepath.Join(s.repo.Root, "internal", "selftest", "browser", "testdata", "features.ipynb"))
	if err != nil {
		return "", err
	}
	path := filepath.Join(folder, "features.ipynb")
	return path, os.WriteFile(path, data, 0o600)
}

// differ has the cells that show something else on a page than in the kernel, and why.
var differ = map[string]string{
	"features.ipynb recover-type-assertion": "ixgo says that it is a runtime error",
	"features.ipynb print-to-stderr":        "ixgo prints println to standard output",

	"10_vanishing_gradients.ipynb picture-spectrum": floats,
	"10_vanishing_gradients.ipynb start-chart":      floats,
}

// floats is why trainings and eigenvalues differ in the last digits.
const floats = "exp, log and the products of vectors are rounded otherwise than in the assembly of amd64"

// long has the cells that take minutes on a page: WebAssembly takes ten times as long as the processor.
var long = map[string]string{}
