// Package cells tests pages whose cells run: it exports notebooks and assignments, uses their pages as readers
// and students do, and compares what the cells show with the committed outputs.
package cells

import (
	"context"
	"errors"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"

	"rnn101/internal/checkout"
	"rnn101/internal/grading/assignment"
	"rnn101/internal/lang"
	"rnn101/internal/progress"
	"rnn101/internal/selftest/browser"
	"rnn101/internal/selftest/handout"
	"rnn101/internal/site"
	"rnn101/internal/site/live"
)

// Suite is what the tests share.
type Suite struct {
	Repo              *checkout.Checkout
	Report            *progress.Reporter
	Chromium, Firefox string // their paths; without a Firefox no cell runs there
	Temp              string // a folder for the sites
	Pictures          string // the folder for the screenshots; "" saves none

	engine *site.Live // made by Live, once
}

// Live makes what pages need whose cells run, once for all sites of the tests.
func (s *Suite) Live(ctx context.Context, repo *checkout.Checkout) (*site.Live, error) {
	if s.engine != nil {
		return s.engine, nil
	}
	var err error
	s.engine, err = live.Make(ctx, repo)
	return s.engine, err
}

// Few uses the pages of notebook 03 as a reader does, and those of the English assignments as students do. It runs the
// cells of a notebook with features of Go in Chromium, and those of three of the course in Firefox.
func (s *Suite) Few(ctx context.Context) error {
	features, err := s.featuresNotebook()
	if err != nil {
		return err
	}
	forward := []string{s.notebook("03_forward_pass"), s.notebook("solutions/03_forward_pass"), s.notebook(lang.Korean + "/03_forward_pass")}
	firefox := []string{s.notebook("00_start_here"), s.notebook("06_gradient_of_W"), s.notebook("08_weight_update")}
	sites := map[string][]string{"live": slices.Concat(forward, firefox), "features": {features}}
	pages, err := s.export(ctx, sites)
	if err != nil {
		return err
	}
	plain := site.Options{Out: filepath.Join(s.Temp, "plain"), Jobs: 2, Notebooks: forward}
	if _, err := site.Export(ctx, s.Repo, plain, s.Report); err != nil {
		return err
	}
	visit := browser.LiveVisit{
		Site: filepath.Join(s.Temp, "live"), Plain: plain.Out, Cell: "4", Pictures: s.Pictures,
		Page: "03_forward_pass.html", Korean: lang.Korean + "/03_forward_pass.html",
	}
	return errors.Join(
		browser.TestLive(ctx, s.Repo, s.Report, s.Chromium, visit, browser.LiveParts),
		s.handouts(ctx, lang.English),
		s.runInBoth(ctx, pages, sites["features"], firefox))
}

// All runs the cells of all English notebooks and assignments, the trainings, too, and one of them many times. It
// uses the pages of the other assignments as students do.
func (s *Suite) All(ctx context.Context) error {
	english, err := s.Repo.Edition(lang.English)
	if err != nil {
		return err
	}
	tags, err := s.Repo.AssignmentTags()
	if err != nil {
		return err
	}
	pages, err := s.export(ctx, map[string][]string{"live": english, "assignments": s.assignments()})
	if err != nil {
		return err
	}
	visit := browser.LiveVisit{Site: filepath.Join(s.Temp, "live"), Page: "03_forward_pass.html", Cell: "4"}
	return errors.Join(
		s.run(ctx, pages, slices.Concat(english, s.assignments())),
		s.handouts(ctx, slices.DeleteFunc(tags, func(tag string) bool { return tag == lang.English })...),
		browser.TestLive(ctx, s.Repo, s.Report, s.Chromium, visit, browser.LongLiveParts))
}

func (s *Suite) notebook(name string) string {
	return filepath.Join(s.Repo.Root, "notebooks", filepath.FromSlash(name)+".ipynb")
}

// handouts uses the pages of the assignments in some languages.
func (s *Suite) handouts(ctx context.Context, tags ...string) error {
	t := handout.Tester{Repo: s.Repo, Report: s.Report, Chromium: s.Chromium, Temp: s.Temp, Pictures: s.Pictures, Live: s.Live}
	return t.Test(ctx, tags)
}

// assignments returns the assignments with their solutions.
func (s *Suite) assignments() (all []string) {
	for _, a := range assignment.All {
		all = append(all, s.Repo.Assignment(lang.English, a.Name))
	}
	return all
}

// export makes sites whose cells run, from lists of notebooks by the name of their folder. It returns the page of
// each notebook, relative to Temp.
func (s *Suite) export(ctx context.Context, sites map[string][]string) (pages map[string]string, err error) {
	pages = map[string]string{}
	for name, notebooks := range sites {
		o := site.Options{Out: filepath.Join(s.Temp, name), Jobs: 2, Live: s.Live, Notebooks: notebooks}
		summary, err := site.Export(ctx, s.Repo, o, s.Report)
		if err != nil {
			return nil, err
		}
		for _, page := range summary.Pages {
			pages[page.Notebook] = path.Join(name, page.Page)
		}
	}
	return pages, nil
}

// cellsOf returns the cells of notebooks on their pages.
func (s *Suite) cellsOf(pages map[string]string, notebooks []string) browser.Cells {
	cells := browser.Cells{Site: s.Temp, Notebooks: map[string]string{}, Differ: differ, Long: long}
	for _, notebook := range notebooks {
		cells.Notebooks[pages[notebook]] = notebook
	}
	return cells
}

func (s *Suite) run(ctx context.Context, pages map[string]string, notebooks []string) error {
	return browser.TestCells(ctx, s.Repo, s.Report, s.Chromium, s.cellsOf(pages, notebooks))
}

// runInBoth runs the cells of some notebooks in Chromium and at the same time those of others in Firefox.
func (s *Suite) runInBoth(ctx context.Context, pages map[string]string, chromium, firefox []string) error {
	var problems [2]error
	var group sync.WaitGroup
	group.Go(func() { problems[0] = s.run(ctx, pages, chromium) })
	group.Go(func() { problems[1] = s.runInFirefox(ctx, pages, firefox) })
	group.Wait()
	return errors.Join(problems[:]...)
}

// runInFirefox runs the cells in Firefox. Without one it says that it does not.
func (s *Suite) runInFirefox(ctx context.Context, pages map[string]string, notebooks []string) error {
	if s.Firefox == "" {
		s.Report.Line("no cell runs in Firefox: none was found")
		return nil
	}
	cells := s.cellsOf(pages, notebooks)
	cells.Firefox = true
	return browser.TestCells(ctx, s.Repo, s.Report, s.Firefox, cells)
}

// featuresNotebook writes the notebook with features of Go into a folder and returns its path.
func (s *Suite) featuresNotebook() (string, error) {
	data, err := os.ReadFile(filepath.Join(s.Repo.Root, "internal", "selftest", "browser", "testdata", "features.ipynb"))
	if err != nil {
		return "", err
	}
	path := filepath.Join(s.Temp, "features.ipynb")
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

// long has the cells that take too long on a page to be run here, and why.
var long = map[string]string{
	"12_language_model.ipynb training-run": "three nets read 640,000 letters each: about a quarter of an hour, reckoned from a fortieth of it",
}
