package site

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"rnn101/internal/checkout"
	"rnn101/internal/lang"
	"rnn101/internal/site/content"
	"rnn101/internal/site/manifest"
	"rnn101/internal/site/render"
)

// frame returns what surrounds the content of the page at an address.
func (e *export) frame(out, tag string) render.Frame {
	f := render.Frame{Page: out, Root: strings.Repeat("../", strings.Count(out, "/")), Lang: tag, Single: e.Single}
	front := e.plan.front(tag)
	switch {
	case e.Course:
		f.Site, f.Version = texts.In(tag).Text("site"), checkout.Version
	case front != "":
		f.Site = filepath.Base(e.plan.folder)
		if lang.Check(f.Site) == nil { // it holds a translation, and tells nothing by itself
			f.Site = filepath.Base(filepath.Dir(e.plan.folder))
		}
	}
	if !e.Single {
		f.Search = "assets/search-index-" + tag + ".js"
		if front != "" {
			f.Home = f.Root + escape(front)
		}
		if e.hasNet() {
			f.Net = f.Root + NetPage + "#a" + tag
		}
	}
	return f
}

// escape returns a name with slashes as a URL.
func escape(name string) string { return (&url.URL{Path: name}).EscapedPath() }

// pageLimit is the size in bytes of a page, without images and sounds, above which there is a
// warning.
const pageLimit = 1_000_000

// task is a page to make.
type task struct {
	page *page
	job  render.Page
	key  string // a hash of what the page is made from
	size int    // of the notebook in bytes
}

// pageTasks returns the pages to make. It copies the entries of those that are up to date into the
// new manifest.
func (e *export) pageTasks() ([]task, error) {
	addresses := map[string]string{} // by name of the notebook
	for _, pg := range e.plan.pages {
		addresses[pg.name] = pg.out
	}
	var tasks []task
	for _, pg := range e.plan.pages {
		if e.Single && pg.isSolution && !slices.Contains(e.Notebooks, pg.file) {
			continue // part of the page of its notebook
		}
		job := e.job(pg, addresses)
		parts := []any{e.rendererKey, e.texts[pg.lang], job, string(pg.data)}
		if pg.solution != nil {
			parts = append(parts, string(pg.solution.data))
		}
		key, err := manifest.Key(parts...)
		if err != nil {
			return nil, err
		}
		if e.old.Current(e.Out, pg.out, filepath.Dir(pg.file), key) {
			e.new.Pages[pg.out] = e.old.Pages[pg.out]
			e.summary.Unchanged++
			continue
		}
		if job, err = e.prepare(pg, job); err != nil {
			return nil, err
		}
		tasks = append(tasks, task{pg, job, key, len(pg.data)})
	}
	return tasks, nil
}

// job returns the renderer's job for a page, without the files to read.
func (e *export) job(pg *page, addresses map[string]string) render.Page {
	frame := e.frame(pg.out, pg.lang)
	if frame.Site == "" {
		frame.Site = pg.title
	}
	job := render.Page{Frame: frame, Name: pg.name, Beside: filepath.Dir(pg.file), Title: pg.title, Strict: e.strict(), Pages: map[string]string{}, SolutionsAtEnd: e.SolutionsAtEnd, CodeAside: e.isLecture(pg)}
	for name, out := range addresses { // only those it may link to, so that others do not change its key
		if pg.mentions(path.Base(name)) {
			job.Pages[name] = out
		}
	}
	job.Kind = "page"
	if pg.sheet {
		job.Kind, job.Frame.Site = "sheet", pg.title
	}
	if pg.solution != nil {
		job.SolutionName = pg.solution.name
	}
	if e.Single {
		return job
	}
	link := func(other *page) *render.Link {
		if other == nil {
			return nil
		}
		return &render.Link{Href: job.Root + escape(other.out), Title: other.title, Lang: other.lang}
	}
	job.Previous, job.Next = link(pg.previous), link(pg.next)
	for _, t := range pg.translations {
		job.Frame.Translations = append(job.Frame.Translations, translation(job.Root+escape(t.out), t.lang))
	}
	job.Download = escape(path.Base(pg.name))
	job.Live = e.live.load(pg)
	return job
}

// translation links to a page in another language. The text is that language's own name.
func translation(href, tag string) render.Link {
	return render.Link{Href: href, Title: lang.Name(tag), Lang: tag}
}

// prepare writes the notebooks of a page for the renderer and adds them to its job.
func (e *export) prepare(pg *page, job render.Page) (render.Page, error) {
	write := func(p *page) (string, error) {
		data, warnings, err := p.prepare()
		if err != nil {
			return "", err
		}
		e.summary.Warnings = append(e.summary.Warnings, warnings...)
		f, err := os.CreateTemp(e.staging, manifest.StagedNotebook)
		if err != nil {
			return "", err
		}
		_, err = f.Write(data)
		if closeErr := f.Close(); err == nil {
			err = closeErr
		}
		return f.Name(), err
	}
	var err error
	if job.Source, err = write(pg); err == nil && pg.solution != nil {
		job.Solution, err = write(pg.solution)
	}
	return job, err
}

// makePages renders the pages with e.Jobs renderers and collects their problems.
func (e *export) makePages(ctx context.Context, tasks []task) error {
	var (
		mu     sync.Mutex
		wait   sync.WaitGroup
		errs   []error
		done   int
		byName = map[string]task{}
	)
	for _, t := range tasks {
		byName[t.page.name] = t
	}
	finish := func(r *render.Report) {
		mu.Lock()
		defer mu.Unlock()
		done++
		t := byName[r.Name]
		e.report.Step(done, len(tasks), t.page.out)
		for _, problem := range r.Problems {
			e.problems = append(e.problems, Diagnostic{r.Name, problem[0], problem[1]})
		}
		for _, warning := range r.Warnings {
			e.summary.Warnings = append(e.summary.Warnings, Diagnostic{r.Name, warning[0], warning[1]})
		}
		e.new.Pages[t.page.out] = &manifest.Entry{Key: t.key, Report: r}
		if t.job.Download != "" {
			if err := e.stage(t.page.name, t.page.data); err != nil {
				errs = append(errs, err)
			}
		}
	}
	for _, share := range shares(tasks, e.Jobs) {
		wait.Go(func() {
			job := render.Job{Folder: e.staging, Modules: e.repo.NodeModules(), Assets: e.assets, Texts: e.texts}
			for _, t := range share {
				job.Pages = append(job.Pages, t.job)
			}
			if err := render.Run(ctx, e.repo, job, finish, nil); err != nil {
				mu.Lock()
				errs = append(errs, err)
				mu.Unlock()
			}
		})
	}
	wait.Wait()
	e.report.Done()
	for _, pg := range e.plan.pages {
		if _, made := byName[pg.name]; made && e.new.Pages[pg.out] != nil {
			r := e.new.Pages[pg.out].Report
			if r.Bytes > pageLimit && !e.Single {
				e.summary.Warnings = append(e.summary.Warnings, Diagnostic{pg.name, "", fmt.Sprintf(
					"its page has %s without its images and loads slowly: shorten its outputs", content.Size(r.Bytes))})
			}
			e.summary.Pages = append(e.summary.Pages, PageStats{pg.out, pg.file, r.Bytes, r.Media, r.Formulas, r.Seconds})
		}
	}
	return errors.Join(errs...)
}

// shares divides the tasks into at most n shares that take about the same time.
func shares(tasks []task, n int) [][]task {
	n = max(1, min(n, len(tasks)))
	all, load := make([][]task, n), make([]int, n)
	for _, t := range slices.SortedStableFunc(slices.Values(tasks), func(a, b task) int { return b.size - a.size }) {
		least := slices.Index(load, slices.Min(load))
		all[least] = append(all[least], t)
		load[least] += t.size + 100_000 // each page has a fixed cost too
	}
	return slices.DeleteFunc(all, func(share []task) bool { return len(share) == 0 })
}

// checkLinks checks the fragment of every link inside the site.
func (e *export) checkLinks() {
	ids := map[string]map[string]bool{}
	for name, entry := range e.new.Pages {
		ids[name] = map[string]bool{"": true}
		for _, id := range entry.Report.IDs {
			ids[name][id] = true
		}
	}
	for _, pg := range e.plan.pages {
		entry := e.new.Pages[pg.out]
		if entry == nil {
			continue
		}
		for _, link := range entry.Report.Links {
			if ids[link.Page] != nil && !ids[link.Page][link.Fragment] {
				e.fault(Diagnostic{pg.name, link.Cell,
					fmt.Sprintf("the link %s has no target: the page %s has no such id", link.Href, link.Page)})
			}
		}
	}
}
