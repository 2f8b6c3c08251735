// Package site turns notebooks into a website. Its pages open from disk and fetch nothing from the
// network.
//
// nbconvert turns the cells into HTML, with the templates in templates/course, and MathJax typesets
// the formulas; package render runs both. This package plans the site, rejects what a reader should
// not see, and writes all pages or none.
package site

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"rnn101/internal/lang"
	"rnn101/internal/notebook"
	"rnn101/internal/site/content"
)

// page is a notebook that becomes a page.
type page struct {
	file  string // path of the notebook
	name  string // path of the notebook relative to the plan's folder, with slashes
	out   string // address of the page in the site, with slashes
	lang  string // tag of its language
	title string
	nb    *notebook.Notebook
	data  []byte // content of the file

	source []byte // data in nbformat 4, as JSON

	solution     *page // its worked solutions, or nil
	isSolution   bool  // it holds worked solutions
	sheet        bool  // it is a Sheet
	previous     *page
	next         *page
	translations []*page
}

// plan is what an export makes.
type plan struct {
	folder string // names of notebooks are relative to it
	pages  []*page
	course bool // the notebooks are those of the course
}

// front returns the address of the front page of a language, or "" if the language has only pg
// page.
func (p *plan) front(lang string) string {
	first, n := "", 0
	for _, page := range p.pages {
		if page.isSolution || page.lang != lang {
			continue
		}
		if n++; n == 1 {
			first = path.Dir(page.out)
		}
	}
	if n < 2 {
		return ""
	}
	return path.Join(first, "index.html")
}

// languages returns the languages that have a front page.
func (p *plan) languages() []string {
	var all []string
	for _, pg := range p.pages {
		if p.front(pg.lang) != "" && !slices.Contains(all, pg.lang) {
			all = append(all, pg.lang)
		}
	}
	return all
}

// newPlan reads notebooks, given by absolute paths, and their worked solutions in the folder
// solutions beside them. upgrade returns one of an earlier format in nbformat 4.
func newPlan(files []string, course bool, upgrade func(path string) ([]byte, error)) (*plan, error) {
	p := &plan{folder: commonFolder(files), course: course}
	seen := map[string]bool{}
	add := func(file string, isSolution bool) error {
		if seen[file] {
			return nil
		}
		seen[file] = true
		pg, err := readPage(p.folder, file, upgrade)
		if err != nil {
			return err
		}
		pg.isSolution = isSolution
		p.pages = append(p.pages, pg)
		return nil
	}
	var unreadable []error // all of them, so that nobody mends one after another
	for _, file := range files {
		if err := add(file, filepath.Base(filepath.Dir(file)) == "solutions"); err != nil {
			unreadable = append(unreadable, err)
		}
		solution := filepath.Join(filepath.Dir(file), "solutions", filepath.Base(file))
		if _, err := os.Stat(solution); err == nil {
			if err := add(solution, true); err != nil {
				unreadable = append(unreadable, err)
			}
		}
	}
	if len(unreadable) > 0 {
		return nil, errors.Join(unreadable...)
	}
	slices.SortStableFunc(p.pages, func(a, b *page) int {
		if a.isSolution != b.isSolution {
			if b.isSolution {
				return -1
			}
			return 1
		}
		if !course { // keep the given order
			return 0
		}
		return cmp.Compare(a.name, b.name)
	})
	return p, p.connect()
}

// connect links pages to their solutions, neighbours and translations.
func (p *plan) connect() error {
	byName, byOut := map[string]*page{}, map[string]*page{}
	for _, pg := range p.pages {
		byName[pg.name] = pg
		key := strings.ToLower(pg.out) // some file systems ignore case
		if other := byOut[key]; other != nil {
			return fmt.Errorf("%s and %s would become the same page, %s: rename pg of them", other.file, pg.file, pg.out)
		}
		byOut[key] = pg
	}
	last := map[string]*page{}
	for _, pg := range p.pages {
		folder, base := path.Split(pg.name)
		if s := byName[path.Join(folder, "solutions", base)]; s != nil && s != pg {
			pg.solution = s
		}
		for _, l := range lang.Languages() {
			other := nameIn(l.Tag, pg.name)
			if t := byName[other]; t != nil && t.lang == l.Tag && t.lang != pg.lang {
				pg.translations = append(pg.translations, t)
			}
		}
		if pg.isSolution {
			continue
		}
		if previous := last[pg.lang]; previous != nil {
			pg.previous, previous.next = previous, pg
		}
		last[pg.lang] = pg
	}
	for _, lang := range p.languages() {
		if other := byOut[p.front(lang)]; other != nil {
			return fmt.Errorf("%s would replace the front page, %s: rename it", other.file, other.out)
		}
	}
	return nil
}

// nameIn returns the name of a notebook's translation: beside the English notebooks, each language
// has a folder named by its tag.
func nameIn(tag, name string) string {
	for _, l := range lang.Languages() {
		if rest, ok := strings.CutPrefix(name, l.Tag+"/"); ok {
			name = rest
		}
	}
	if tag == lang.English {
		return name
	}
	return path.Join(tag, name)
}

// readPage reads a notebook. Its name becomes relative to folder.
func readPage(folder, file string, upgrade func(path string) ([]byte, error)) (*page, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	source := notebook.WithoutNaN(data)
	nb, err := notebook.Parse(file, source)
	var format *notebook.FormatError
	if errors.As(err, &format) && format.Format < 4 {
		if source, err = upgrade(file); err != nil {
			return nil, err
		}
		source = notebook.WithoutNaN(source)
		nb, err = notebook.Parse(file, source)
	}
	if err != nil {
		return nil, err
	}
	name, err := filepath.Rel(folder, file)
	if err != nil {
		return nil, err
	}
	name = filepath.ToSlash(name)
	stem := strings.TrimSuffix(name, path.Ext(name))
	return &page{file: file, name: name, out: stem + ".html", lang: content.Language(nb, name, lang.Languages()), title: content.Title(nb, path.Base(stem)), nb: nb, data: data, source: source}, nil
}

// commonFolder returns the deepest folder that contains all files.
func commonFolder(files []string) string {
	folder := filepath.Dir(files[0])
	for _, file := range files[1:] {
		for !strings.HasPrefix(file, folder+string(filepath.Separator)) && folder != filepath.Dir(folder) {
			folder = filepath.Dir(folder)
		}
	}
	return folder
}

// mentions reports whether the notebook or its solutions contain a name, perhaps URL-escaped.
func (p *page) mentions(name string) bool {
	escaped := (&url.URL{Path: name}).EscapedPath()
	for _, c := range p.nb.Cells {
		if strings.Contains(c.Source, name) || strings.Contains(c.Source, escaped) {
			return true
		}
	}
	return p.solution != nil && p.solution.mentions(name)
}
