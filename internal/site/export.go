package site

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"rnn101/internal/checkout"
	"rnn101/internal/lang"
	"rnn101/internal/progress"
	"rnn101/internal/site/manifest"
	"rnn101/internal/site/render"
)

var texts = lang.For("site")

// Options choose what is exported, and how.
type Options struct {
	Notebooks      []string // absolute paths
	Course         bool     // these are the notebooks of the course
	Strict         bool     // refuse what is a warning otherwise; always so in the course
	Out            string   // folder for the pages
	Single         bool     // make each page a single file
	SolutionsAtEnd bool     // when printed, put the worked solutions at the end
	Jobs           int      // how many renderers run at a time
	Private        bool     // only the owner can read the pages, whatever the umask

	Net *Net // if it is nil, the site has no page of the lecture's net

	// Live returns what pages need whose cells the reader can run. If it is nil, there are none.
	Live func(ctx context.Context, repo *checkout.Checkout) (*Live, error)
}

// Net makes the page of the lecture's net, NetPage, and what front pages show of it.
type Net struct {
	// Make returns the page, and its size when it is packed by gzip. It gets the addresses of the
	// front pages, by language.
	Make func(ctx context.Context, repo *checkout.Checkout, fronts map[string]string) (page []byte, packed int, err error)
	// Stage returns the net as HTML, in the language with the tag. page is the address of the page.
	Stage func(page, tag string) (string, error)
}

// NetPage is the address of the page of the lecture's net in a site that has it.
const NetPage = "net.html"

// permissions returns the permissions of new files and folders, before the umask.
func (o Options) permissions() (file, folder fs.FileMode) {
	if o.Private {
		return 0o600, 0o700
	}
	return 0o666, 0o777
}

// strict reports whether what a reader should not see is refused.
func (o Options) strict() bool { return o.Course || o.Strict }

// Refused is the error of an export that wrote nothing because of what it found in the pages.
type Refused []Diagnostic

func (r Refused) Error() string {
	return fmt.Sprintf("nothing was written because of %d problems in the pages, the first: %s", len(r), r[0])
}

// Summary describes an export.
type Summary struct {
	Pages       []PageStats // of the pages that were made, in the order of the site
	Unchanged   int         // number of pages that were up to date
	SharedBytes int64       // size of the files that the pages share
	Net         NetStats    // of the page of the lecture's net
	Live        LiveStats   // of what pages load to run cells
	Warnings    []Diagnostic
	Start       string // the page to open first, relative to the folder
	Duration    time.Duration
}

// PageStats describes a page that was made.
type PageStats struct {
	Page     string  // relative to the folder, with slashes
	Notebook string  // path of its notebook
	Bytes    int     // size without images and sounds
	Media    int     // size of the images and sounds in bytes
	Formulas int     // number of formulas
	Seconds  float64 // time to make it
}

// NetStats describes the page of the lecture's net: its size in bytes, and packed by gzip, as
// servers send it. Without the page both are 0.
type NetStats struct{ Bytes, Packed int }

// Export writes the pages of notebooks. It makes and checks all pages in a staging folder and then
// moves them, so that it writes all of them or none. What a reader should not see is a Refused in
// the course, and a warning in notebooks of others unless they ask for more.
func Export(ctx context.Context, repo *checkout.Checkout, o Options, report *progress.Reporter) (*Summary, error) {
	p, err := newPlan(o.Notebooks, o.Course, func(path string) ([]byte, error) { return render.Upgrade(ctx, repo, path) })
	if err != nil {
		if ctx.Err() != nil {
			err = errors.New("stopped; no page has changed")
		}
		return nil, err
	}
	return exportPlan(ctx, repo, p, o, report)
}

func exportPlan(ctx context.Context, repo *checkout.Checkout, p *plan, o Options, report *progress.Reporter) (*Summary, error) {
	begin := time.Now()
	file, folder := o.permissions()
	if err := os.MkdirAll(o.Out, folder); err != nil {
		return nil, err
	}
	unlock, err := manifest.Lock(o.Out, file)
	if err != nil {
		return nil, err
	}
	defer unlock()
	e := &export{Options: o, repo: repo, report: report, plan: p, old: manifest.New(),
		new: manifest.New(), summary: &Summary{}}
	if !o.Single {
		e.old = manifest.Read(o.Out)
	}
	// In the same folder, so that moving a file is an atomic rename.
	if e.staging, err = os.MkdirTemp(o.Out, ".rnn101-staging-"); err != nil {
		return nil, err
	}
	defer os.RemoveAll(e.staging)
	if err := e.run(ctx); err != nil {
		if ctx.Err() != nil {
			err = errors.New("stopped; no page has changed")
		}
		return nil, err
	}
	e.summary.Duration = time.Since(begin)
	return e.summary, nil
}

// export is an export in progress.
type export struct {
	Options
	repo        *checkout.Checkout
	report      *progress.Reporter
	plan        *plan
	old         *manifest.Manifest
	new         *manifest.Manifest
	rendererKey string
	staging     string
	texts       render.Texts
	assets      map[string]string
	live        *Live // nil if no cells can be run
	summary     *Summary
	problems    Refused
}

func (e *export) run(ctx context.Context) error {
	for _, pg := range e.plan.pages {
		for _, fault := range pg.check() {
			e.fault(fault)
		}
	}
	var err error
	e.texts = render.Texts{}
	for _, pg := range e.plan.pages {
		e.texts[pg.lang] = texts.In(pg.lang).All()
	}
	if e.rendererKey, err = manifest.RendererKey(e.repo); err != nil {
		return err
	}
	if err := e.makeLive(ctx); err != nil {
		return err
	}
	if err := e.stageAssets(); err != nil {
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
	if len(e.problems) > 0 {
		return e.problems
	}
	if !e.Single {
		if err := e.makeShared(ctx); err != nil {
			return err
		}
		if err := e.makeNet(ctx); err != nil {
			return err
		}
	}
	return e.install()
}

// fault records what a reader should not see.
func (e *export) fault(d Diagnostic) {
	if e.strict() {
		e.problems = append(e.problems, d)
	} else {
		e.summary.Warnings = append(e.summary.Warnings, d)
	}
}

// stage writes a file of the site into the staging folder.
func (e *export) stage(name string, data []byte) error {
	target := filepath.Join(e.staging, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(target), 0o777); err != nil {
		return err
	}
	return os.WriteFile(target, data, 0o666)
}

// install moves the staged files to the site.
func (e *export) install() error {
	keep := slices.Clone(e.new.Files)
	for name, entry := range e.new.Pages {
		keep = append(append(keep, name), entry.Report.Files...)
	}
	for _, pg := range e.plan.pages {
		keep = append(keep, pg.name) // the notebook, for download
	}
	file, folder := e.permissions()
	return manifest.Update{
		Site: e.Out, Staging: e.staging, Old: e.old, New: e.new, Keep: keep, File: file, Folder: folder,
		Overwrite: e.Private, // an identical page of an earlier export may be readable by others
		Partial:   e.Single,
	}.Install()
}
