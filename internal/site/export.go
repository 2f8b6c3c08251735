package site

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"rnn101/internal/atomicfile"
	"rnn101/internal/checkout"
	"rnn101/internal/lang"
	"rnn101/internal/notebook"
	"rnn101/internal/panics"
	"rnn101/internal/progress"
	"rnn101/internal/site/manifest"
	"rnn101/internal/site/render"
)

var texts = lang.For("site")

// Options say what is exported, and how.
type Options struct {
	Notebooks      []string // absolute
	Course         bool     // the notebooks are those of the course: stale outputs are an error
	Out            string   // the folder
	Single         bool     // each notebook as one file that needs no other
	SolutionsAtEnd bool     // on paper, the worked solutions at the end
	Jobs           int
	Private        bool // nobody else can read the pages, whatever the umask
}

// permissions are those of the files and folders that are made, less the umask.
func (o Options) permissions() (file, folder fs.FileMode) {
	if o.Private {
		return 0o600, 0o700
	}
	return 0o666, 0o777
}

// Refused is why nothing was written: what a reader should not see.
type Refused []Diagnostic

func (r Refused) Error() string {
	return fmt.Sprintf("nothing was written: %d things that a reader should not see, the first: %s", len(r), r[0])
}

// Summary is what an export made.
type Summary struct {
	Pages     []Written // in the order of the plan
	Unchanged int       // pages that were there already, made from the same
	Others    int64     // bytes of what the pages share
	Warnings  []Diagnostic
	Start     string // the page to open first
	Took      time.Duration
}

// Written is a page that was made.
type Written struct {
	Page     string
	Bytes    int // of the page without images and sounds
	Media    int // of its images and sounds
	Formulas int
	Seconds  float64
}

// Export writes the pages of notebooks. Nothing is written unless everything can be: a
// page is made and checked beside its place, and then moved there.
func Export(ctx context.Context, repo *checkout.Checkout, o Options, report *progress.Reporter) (*Summary, error) {
	p, err := read(o.Notebooks, o.Course)
	if err != nil {
		return nil, err
	}
	return exportPlan(ctx, repo, p, o, report)
}

// A Sheet is a page that comes of no file.
type Sheet struct {
	Name     string // of the page, without .html
	Language string
	Notebook *notebook.Notebook
	// Instead gives what stands in the page's place if reading Notebook panics. Without it
	// no page is written.
	Instead func(*panics.Error) *notebook.Notebook
}

// page is the sheet as a page of a plan. All that is read of it here is read once before
// anything is written, so that a sheet that panics costs no other.
func (s Sheet) page() (one *page, err error) {
	p := panics.Catch(func() {
		var data []byte
		if data, err = s.Notebook.Encode(); err != nil {
			return
		}
		one = &page{file: s.Name, name: s.Name, out: s.Name + ".html", lang: s.Language, title: title(s.Notebook, s.Name), nb: s.Notebook, data: data, sheet: true}
		one.check(true)
		_, _, err = one.prepare()
	})
	switch {
	case p == nil:
		return one, err
	case s.Instead == nil:
		return nil, fmt.Errorf("%s: %w", s.Name, p)
	}
	s.Notebook, s.Instead = s.Instead(p), nil
	return s.page()
}

// ExportSheets writes pages to print, each as one file that needs no other. Of the options
// it takes Out and Private.
func ExportSheets(ctx context.Context, repo *checkout.Checkout, sheets []Sheet, o Options, report *progress.Reporter) (*Summary, error) {
	p := &plan{folder: o.Out, course: true}
	for _, s := range sheets {
		one, err := s.page()
		if err != nil {
			return nil, err
		}
		p.pages = append(p.pages, one)
	}
	return exportPlan(ctx, repo, p, Options{Course: true, Out: o.Out, Private: o.Private, Single: true, Jobs: 1}, report)
}

// lockName is the lock of a folder that pages are written to. It stays there.
const lockName = ".rnn101-site.lock"

func exportPlan(ctx context.Context, repo *checkout.Checkout, p *plan, o Options, report *progress.Reporter) (*Summary, error) {
	begin := time.Now()
	file, folder := o.permissions()
	if err := os.MkdirAll(o.Out, folder); err != nil {
		return nil, err
	}
	unlock, err := atomicfile.TryLock(filepath.Join(o.Out, lockName), file)
	if held := (*atomicfile.HeldError)(nil); errors.As(err, &held) {
		return nil, fmt.Errorf("another export writes into %s (%w): wait for its end, or choose another folder with --out", o.Out, err)
	}
	if err != nil {
		return nil, fmt.Errorf("the folder %s cannot be written to: %w", o.Out, err)
	}
	defer unlock()
	e := &export{Options: o, repo: repo, report: report, plan: p, old: manifest.New(),
		new: manifest.New(), summary: &Summary{}}
	if !o.Single {
		e.old = manifest.Read(o.Out)
	}
	// Beside its place, so that the last step is a renaming and cannot be cut in half.
	if e.staging, err = os.MkdirTemp(o.Out, ".rnn101-staging-"); err != nil {
		return nil, err
	}
	defer os.RemoveAll(e.staging)
	if err := e.run(ctx); err != nil {
		if ctx.Err() != nil {
			err = errors.New("stopped; the pages that stood there are as they were")
		}
		return nil, err
	}
	e.summary.Took = time.Since(begin)
	return e.summary, nil
}

// export is an export under way.
type export struct {
	Options
	repo    *checkout.Checkout
	report  *progress.Reporter
	plan    *plan
	old     *manifest.Manifest
	new     *manifest.Manifest
	program string // changes with anything that makes pages
	staging string
	texts   render.Texts
	assets  map[string]string
	summary *Summary
	refused Refused
}

func (e *export) run(ctx context.Context) error {
	for _, one := range e.plan.pages {
		problems, warnings := one.check(e.Course)
		e.refused = append(e.refused, problems...)
		e.summary.Warnings = append(e.summary.Warnings, warnings...)
	}
	var err error
	e.texts = render.Texts{}
	for _, one := range e.plan.pages {
		e.texts[one.lang] = texts.In(one.lang).All()
	}
	if e.program, err = manifest.ProgramKey(e.repo); err != nil {
		return err
	}
	if err := e.gatherAssets(); err != nil {
		return err
	}
	tasks, err := e.pageTasks()
	if err != nil {
		return err
	}
	if err := e.makePages(ctx, tasks); err != nil {
		return err
	}
	e.checkLinks()
	if len(e.refused) > 0 {
		return e.refused
	}
	if !e.Single {
		if err := e.makeTogether(ctx); err != nil {
			return err
		}
	}
	return e.install()
}

// gatherAssets puts what all pages share into place. Their names hold their hashes, so
// that a browser keeps them as long as they are the same and no longer.
func (e *export) gatherAssets() error {
	e.assets = map[string]string{}
	if e.Single {
		return nil
	}
	static := filepath.Join(render.Folder(e.repo), "static")
	for _, asset := range []struct {
		key, name string
		parts     []string
	}{
		{"style", "assets/site-%s.css", []string{filepath.Join(static, "site.css")}},
		{"script", "assets/site-%s.js", []string{filepath.Join(static, "site.js")}},
		{"search", "assets/search-%s.js", []string{
			filepath.Join(e.repo.NodeModules(), "minisearch", "dist", "umd", "index.js"), filepath.Join(static, "search.js")}},
	} {
		var all []byte
		if asset.key == "search" { // MiniSearch goes out to readers, and its licence with it
			licence, err := os.ReadFile(filepath.Join(e.repo.NodeModules(), "minisearch", "LICENSE.txt"))
			if err != nil {
				return err
			}
			all = fmt.Appendf(nil, "/*! MiniSearch\n%s*/\n", licence)
		}
		for _, part := range asset.parts {
			data, err := os.ReadFile(part)
			if err != nil {
				return err
			}
			all = append(append(all, data...), '\n')
		}
		sum := sha256.Sum256(all)
		name := fmt.Sprintf(asset.name, hex.EncodeToString(sum[:])[:12])
		e.assets[asset.key] = name
		if err := e.stage(name, all); err != nil {
			return err
		}
		e.summary.Others += int64(len(all))
	}
	return nil
}

// stage writes a file of the site beside its place.
func (e *export) stage(name string, data []byte) error {
	target := filepath.Join(e.staging, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(target), 0o777); err != nil {
		return err
	}
	return os.WriteFile(target, data, 0o666)
}

// frame is what the page at an address has around it.
func (e *export) frame(out, lang string) render.Frame {
	f := render.Frame{Page: out, Root: strings.Repeat("../", strings.Count(out, "/")), Lang: lang, Single: e.Single}
	front := e.plan.front(lang)
	switch {
	case e.Course:
		f.Site = texts.In(lang).Text("site")
	case front != "":
		f.Site = filepath.Base(e.plan.folder)
	}
	if !e.Single {
		f.Search = "assets/search-index-" + lang + ".js"
		if front != "" {
			f.Home = f.Root + escape(front)
		}
	}
	return f
}

// escape makes an address of a name with slashes.
func escape(name string) string { return (&url.URL{Path: name}).EscapedPath() }

// pageLimit is the weight of a page, without images and sounds, from which on it is
// warned of.
const pageLimit = 1_000_000

type task struct {
	page *page
	job  render.Page
	key  string
	size int
}

// pageTasks returns the pages that are to be made; those that are there already, made
// of the same, go into the new manifest as they are.
func (e *export) pageTasks() ([]task, error) {
	addresses := map[string]string{}
	for _, one := range e.plan.pages {
		addresses[one.name] = one.out
	}
	var tasks []task
	for _, one := range e.plan.pages {
		if e.Single && one.ofExercises && !slices.Contains(e.Notebooks, one.file) {
			continue // folded into the page that it belongs to
		}
		job := e.job(one, addresses)
		parts := []any{e.program, e.texts[one.lang], job, string(one.data)}
		if one.solution != nil {
			parts = append(parts, string(one.solution.data))
		}
		key, err := manifest.Key(parts...)
		if err != nil {
			return nil, err
		}
		if e.old.Current(e.Out, one.out, filepath.Dir(one.file), key) {
			e.new.Pages[one.out] = e.old.Pages[one.out]
			e.summary.Unchanged++
			continue
		}
		if job, err = e.prepare(one, job); err != nil {
			return nil, err
		}
		tasks = append(tasks, task{one, job, key, len(one.data)})
	}
	return tasks, nil
}

// job is what the renderer is told of a page.
func (e *export) job(one *page, addresses map[string]string) render.Page {
	f := e.frame(one.out, one.lang)
	if f.Site == "" {
		f.Site = one.title
	}
	o := render.Page{Frame: f, Name: one.name, Beside: filepath.Dir(one.file), Title: one.title, Course: e.Course, Pages: map[string]string{}, SolutionsAtEnd: e.SolutionsAtEnd}
	for name, out := range addresses { // those that it may lead to: others are not its business
		if one.mentions(path.Base(name)) {
			o.Pages[name] = out
		}
	}
	o.Kind = "page"
	if one.sheet {
		o.Kind, o.Frame.Site = "sheet", one.title
	}
	if one.solution != nil {
		o.SolutionName = one.solution.name
	}
	if e.Single {
		return o
	}
	neighbour := func(other *page) *render.Link {
		if other == nil {
			return nil
		}
		return &render.Link{Href: o.Root + escape(other.out), Title: other.title, Lang: other.lang}
	}
	o.Previous, o.Next = neighbour(one.before), neighbour(one.after)
	for _, t := range one.translations {
		o.Frame.Translations = append(o.Frame.Translations, translation(o.Root+escape(t.out), t.lang))
	}
	o.Download = escape(path.Base(one.name))
	return o
}

// translation links to the page in another language by that language's own name.
func translation(href, tag string) render.Link {
	return render.Link{Href: href, Title: lang.Name(tag), Lang: tag}
}

// prepare writes the notebooks of a page for the renderer.
func (e *export) prepare(one *page, o render.Page) (render.Page, error) {
	write := func(p *page) (string, error) {
		data, warnings, err := p.prepare()
		if err != nil {
			return "", err
		}
		e.summary.Warnings = append(e.summary.Warnings, warnings...)
		f, err := os.CreateTemp(e.staging, ".notebook-*.ipynb")
		if err != nil {
			return "", err
		}
		_, err = f.Write(data)
		if closing := f.Close(); err == nil {
			err = closing
		}
		return f.Name(), err
	}
	var err error
	if o.Source, err = write(one); err == nil && one.solution != nil {
		o.Solution, err = write(one.solution)
	}
	return o, err
}

// makePages renders pages, some at a time, and gathers what is wrong with them.
func (e *export) makePages(ctx context.Context, jobs []task) error {
	var (
		mu     sync.Mutex
		wait   sync.WaitGroup
		errs   []error
		done   int
		byName = map[string]task{}
	)
	for _, job := range jobs {
		byName[job.page.name] = job
	}
	hear := func(r *render.Report) {
		mu.Lock()
		defer mu.Unlock()
		done++
		job := byName[r.Name]
		e.report.Step(done, len(jobs), job.page.out)
		for _, problem := range r.Problems {
			e.refused = append(e.refused, Diagnostic{r.Name, problem[0], problem[1]})
		}
		for _, warning := range r.Warnings {
			e.summary.Warnings = append(e.summary.Warnings, Diagnostic{r.Name, warning[0], warning[1]})
		}
		e.new.Pages[job.page.out] = &manifest.Entry{Key: job.key, Report: r}
		if job.job.Download != "" {
			if err := e.stage(job.page.name, job.page.data); err != nil {
				errs = append(errs, err)
			}
		}
	}
	for _, share := range shares(jobs, e.Jobs) {
		wait.Go(func() {
			o := render.Job{Folder: e.staging, Modules: e.repo.NodeModules(), Assets: e.assets, Texts: e.texts}
			for _, job := range share {
				o.Pages = append(o.Pages, job.job)
			}
			if err := render.Run(ctx, e.repo, o, hear, nil); err != nil {
				mu.Lock()
				errs = append(errs, err)
				mu.Unlock()
			}
		})
	}
	wait.Wait()
	e.report.Done()
	for _, one := range e.plan.pages {
		if job, ok := byName[one.name]; ok && e.new.Pages[one.out] != nil {
			r := e.new.Pages[one.out].Report
			if r.Bytes > pageLimit && !e.Single {
				e.summary.Warnings = append(e.summary.Warnings, Diagnostic{one.name, "", fmt.Sprintf(
					"its page has %s without its images, and takes long to come to a phone: shorten its outputs", size(r.Bytes))})
			}
			e.summary.Pages = append(e.summary.Pages, Written{job.page.out, r.Bytes, r.Media, r.Formulas, r.Seconds})
		}
	}
	return errors.Join(errs...)
}

// shares deals the pages out so that all are done at about the same time.
func shares(jobs []task, n int) [][]task {
	n = max(1, min(n, len(jobs)))
	all, load := make([][]task, n), make([]int, n)
	for _, job := range slices.SortedStableFunc(slices.Values(jobs), func(a, b task) int { return b.size - a.size }) {
		least := slices.Index(load, slices.Min(load))
		all[least] = append(all[least], job)
		load[least] += job.size + 100_000
	}
	return slices.DeleteFunc(all, func(share []task) bool { return len(share) == 0 })
}

// checkLinks follows every link inside the site.
func (e *export) checkLinks() {
	ids := map[string]map[string]bool{}
	for name, entry := range e.new.Pages {
		ids[name] = map[string]bool{"": true}
		for _, id := range entry.Report.IDs {
			ids[name][id] = true
		}
	}
	for _, one := range e.plan.pages {
		entry := e.new.Pages[one.out]
		if entry == nil {
			continue
		}
		for _, link := range entry.Report.Links {
			if ids[link.Page] != nil && !ids[link.Page][link.Fragment] {
				e.refused = append(e.refused, Diagnostic{one.name, link.Cell,
					fmt.Sprintf("the link %s leads to a place that the page %s does not have", link.Said, link.Page)})
			}
		}
	}
}

// makeTogether makes what knows all pages: the front pages and the indexes.
func (e *export) makeTogether(ctx context.Context) error {
	o := render.Job{Folder: e.staging, Modules: e.repo.NodeModules(), Assets: e.assets, Texts: e.texts}
	byLang := map[string]*render.Index{}
	for _, one := range e.plan.pages {
		index := byLang[one.lang]
		if index == nil {
			index = &render.Index{Page: "assets/search-index-" + one.lang + ".js"}
			byLang[one.lang] = index
		}
		if one.ofExercises {
			continue // its exercises are found where they are asked
		}
		r := e.new.Pages[one.out].Report
		for i, s := range r.Sections {
			index.Documents = append(index.Documents, render.Document{
				ID: fmt.Sprintf("%s %d", one.out, i), URL: escape(one.out) + "#" + (&url.URL{Path: s.ID}).EscapedPath(),
				Title: r.Title, Heading: s.Heading, Text: s.Text, Code: s.Code,
			})
		}
	}
	for _, lang := range slices.Sorted(maps.Keys(byLang)) {
		o.Indexes = append(o.Indexes, *byLang[lang])
	}
	for _, lang := range e.plan.languages() {
		f := e.frame(e.plan.front(lang), lang)
		front := render.Front{Frame: f, Course: e.Course}
		for _, one := range e.plan.pages {
			if !one.ofExercises && one.lang == lang {
				c := e.new.Pages[one.out].Report.Card
				c.Href = f.Root + escape(one.out)
				front.Cards = append(front.Cards, c)
			}
		}
		for _, other := range e.plan.languages() {
			if other != lang {
				front.Translations = append(front.Translations, translation(f.Root+escape(e.plan.front(other)), other))
			}
		}
		o.Fronts = append(o.Fronts, front)
	}
	e.summary.Start = e.plan.pages[0].out
	if front := e.plan.front(e.plan.pages[0].lang); front != "" {
		e.summary.Start = front
	}
	var err error
	if e.new.Together, err = manifest.Key(e.program, e.texts, o.Fronts, o.Indexes); err != nil {
		return err
	}
	var files []string
	for _, front := range o.Fronts {
		files = append(files, front.Page)
	}
	for _, index := range o.Indexes {
		files = append(files, index.Page)
	}
	e.new.Files = append(e.new.Files, files...)
	if e.new.Together == e.old.Together && allThere(e.Out, files) {
		return nil
	}
	return render.Run(ctx, e.repo, o, nil, func(w render.Written) { e.summary.Others += int64(w.Bytes) })
}

func allThere(folder string, names []string) bool {
	for _, name := range names {
		if _, err := os.Stat(filepath.Join(folder, filepath.FromSlash(name))); err != nil {
			return false
		}
	}
	return true
}

// install moves what was made to its place, and removes what an earlier export made
// and this one did not.
func (e *export) install() error {
	var made []string
	err := filepath.WalkDir(e.staging, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(e.staging, file)
		if err == nil && !strings.HasPrefix(entry.Name(), ".notebook-") {
			made = append(made, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		return err
	}
	// What the site owns: what it makes now, and what it keeps of what it made before. A
	// file that stood there before, and is the same by chance, stays its owner's.
	own := map[string]bool{}
	before := map[string]bool{}
	for _, name := range e.old.Files {
		before[name] = true
	}
	made = slices.DeleteFunc(made, func(name string) bool {
		if err != nil {
			return true
		}
		var data, there []byte
		if data, err = os.ReadFile(filepath.Join(e.staging, filepath.FromSlash(name))); err != nil {
			return true
		}
		there, missing := os.ReadFile(filepath.Join(e.Out, filepath.FromSlash(name)))
		if missing == nil && bytes.Equal(there, data) && !before[name] && !e.Private { // a private page may stand there open to all
			return true
		}
		own[name] = true
		err = e.old.MayReplace(e.Out, name, data)
		return false
	})
	if err != nil {
		return err
	}
	keep := slices.Clone(e.new.Files)
	for name, entry := range e.new.Pages {
		keep = append(append(keep, name), entry.Report.Files...)
	}
	for _, one := range e.plan.pages {
		keep = append(keep, one.name) // to download
	}
	for _, name := range keep {
		if before[name] {
			own[name] = true
		}
	}
	file, folder := e.permissions()
	for _, name := range made {
		target := filepath.Join(e.Out, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(target), folder); err != nil {
			return err
		}
		if err := atomicfile.Rename(filepath.Join(e.staging, filepath.FromSlash(name)), target, file); err != nil {
			return err
		}
	}
	if e.Single {
		return nil
	}
	e.new.Files = slices.Sorted(maps.Keys(own))
	for _, name := range e.old.Files {
		if !own[name] && filepath.IsLocal(filepath.FromSlash(name)) {
			old := filepath.Join(e.Out, filepath.FromSlash(name))
			if err := os.Remove(old); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			if filepath.Dir(old) != e.Out {
				os.Remove(filepath.Dir(old)) // only if nothing is left in it
			}
		}
	}
	return e.new.Write(e.Out)
}
