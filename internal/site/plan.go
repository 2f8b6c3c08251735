// Package site makes a website of notebooks: pages that open by a double click, with
// their formulas typeset, and nothing fetched from anywhere.
//
// The cells become HTML by nbconvert, with the template in templates/course, and the
// formulas by MathJax; both run in programs of their own (the folder render). This
// package decides what becomes what, refuses what a reader should not see, and writes
// a page whole or not at all.
package site

import (
	"cmp"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"rnn101/internal/lang"
	"rnn101/internal/notebook"
)

// page is a notebook on its way to a page.
type page struct {
	file  string // the notebook on disk
	name  string // the notebook below the plan's folder, with slashes
	out   string // its page in the site, with slashes
	lang  string // the tag of its language
	title string
	nb    *notebook.Notebook
	data  []byte // the file as it was read

	solution     *page // its worked solutions
	ofExercises  bool  // these are worked solutions
	sheet        bool  // a page to print, that comes of no file
	before       *page
	after        *page
	translations []*page
}

// plan is the whole of a site.
type plan struct {
	folder string // that the notebooks' names begin at
	pages  []*page
	course bool // of the course itself: nothing may be amiss
}

// front returns the address of the front page of a language, or "" where one page is
// all there is.
func (p *plan) front(lang string) string {
	first, n := "", 0
	for _, page := range p.pages {
		if page.ofExercises || page.lang != lang {
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

// languages lists the languages that have a front page.
func (p *plan) languages() []string {
	var all []string
	for _, one := range p.pages {
		if p.front(one.lang) != "" && !slices.Contains(all, one.lang) {
			all = append(all, one.lang)
		}
	}
	return all
}

// read plans a site of notebooks, given by their absolute paths, and of the worked
// solutions that lie beside them in the folder solutions.
func read(files []string, course bool) (*plan, error) {
	p := &plan{folder: commonFolder(files), course: course}
	seen := map[string]bool{}
	add := func(file string, ofExercises bool) (*page, error) {
		if seen[file] {
			return nil, nil
		}
		seen[file] = true
		one, err := readPage(p.folder, file)
		if err != nil {
			return nil, err
		}
		one.ofExercises = ofExercises
		p.pages = append(p.pages, one)
		return one, nil
	}
	for _, file := range files {
		if _, err := add(file, filepath.Base(filepath.Dir(file)) == "solutions"); err != nil {
			return nil, err
		}
		beside := filepath.Join(filepath.Dir(file), "solutions", filepath.Base(file))
		if _, err := os.Stat(beside); err == nil {
			if _, err := add(beside, true); err != nil {
				return nil, err
			}
		}
	}
	slices.SortStableFunc(p.pages, func(a, b *page) int {
		if a.ofExercises != b.ofExercises {
			if b.ofExercises {
				return -1
			}
			return 1
		}
		if !course { // the order in which they were named
			return 0
		}
		return cmp.Compare(a.name, b.name)
	})
	return p, p.connect()
}

// connect finds what belongs together: solutions, neighbours, translations.
func (p *plan) connect() error {
	byName, byOut := map[string]*page{}, map[string]*page{}
	for _, one := range p.pages {
		byName[one.name] = one
		key := strings.ToLower(one.out) // some systems hold big and small letters for the same
		if other := byOut[key]; other != nil {
			return fmt.Errorf("%s and %s would become the same page, %s: give one of them another name", other.file, one.file, one.out)
		}
		byOut[key] = one
	}
	last := map[string]*page{}
	for _, one := range p.pages {
		folder, base := path.Split(one.name)
		if s := byName[path.Join(folder, "solutions", base)]; s != nil && s != one {
			one.solution = s
		}
		for _, l := range lang.Languages() {
			other := nameIn(l.Tag, one.name)
			if t := byName[other]; t != nil && t.lang == l.Tag && t.lang != one.lang {
				one.translations = append(one.translations, t)
			}
		}
		if one.ofExercises {
			continue
		}
		if before := last[one.lang]; before != nil {
			one.before, before.after = before, one
		}
		last[one.lang] = one
	}
	for _, lang := range p.languages() {
		if other := byOut[p.front(lang)]; other != nil {
			return fmt.Errorf("%s would take the place of the front page, %s: give it another name", other.file, other.out)
		}
	}
	return nil
}

// nameIn returns the name of the same notebook in another language: translations lie
// in a folder named by their language's tag, beside the English notebooks.
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

func readPage(folder, file string) (*page, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	nb, err := notebook.Parse(file, data)
	if err != nil {
		return nil, err
	}
	if kernel := nb.KernelName(); kernel != "gonb" {
		return nil, fmt.Errorf("%s is a notebook of the kernel %q. Pages are made of notebooks of the kernel gonb: choose Go (gonb) in JupyterLab, or use nbconvert for this one", file, kernel)
	}
	name, err := filepath.Rel(folder, file)
	if err != nil {
		return nil, err
	}
	name = filepath.ToSlash(name)
	stem := strings.TrimSuffix(name, path.Ext(name))
	return &page{file: file, name: name, out: stem + ".html", lang: language(nb, name, lang.Languages()), title: title(nb, path.Base(stem)), nb: nb, data: data}, nil
}

// commonFolder is the deepest folder that all the files lie in. Worked solutions lie
// one deeper than what they belong to.
func commonFolder(files []string) string {
	folder := filepath.Dir(files[0])
	for _, file := range files[1:] {
		for !strings.HasPrefix(file, folder+string(filepath.Separator)) && folder != filepath.Dir(folder) {
			folder = filepath.Dir(folder)
		}
	}
	return folder
}

var (
	firstHeading = regexp.MustCompile(`(?m)^# +(.+?)\s*#*\s*$`)
	marks        = strings.NewReplacer("*", "", "`", "", "$", "")
	fenced       = regexp.MustCompile("(?ms)^(```|~~~).*?^(```|~~~)\\s*$")
)

// title is the first heading of a notebook, without the marks of Markdown.
func title(nb *notebook.Notebook, otherwise string) string {
	for _, c := range nb.Cells {
		if c.Kind == "markdown" {
			if m := firstHeading.FindStringSubmatch(fenced.ReplaceAllString(c.Source, "")); m != nil {
				return marks.Replace(m[1])
			}
		}
	}
	return otherwise
}

// mentions tells whether the text of a notebook, or of its solutions, has a name in it.
func (p *page) mentions(name string) bool {
	escaped := (&url.URL{Path: name}).EscapedPath()
	for _, c := range p.nb.Cells {
		if strings.Contains(c.Source, name) || strings.Contains(c.Source, escaped) {
			return true
		}
	}
	return p.solution != nil && p.solution.mentions(name)
}

// notProse is what stands in a text cell and belongs to no language.
var notProse = regexp.MustCompile("(?is)```.*?```|`[^`]*`|\\$\\$.*?\\$\\$|\\$[^$]*\\$|<script.*?</script>|<[^>]*>|\\]\\([^)]*\\)|https?://\\S*")

// language finds out which language a notebook is in. A language with a script of its
// own is recognized if a third of the letters are of that script, as in Korean, whose
// letters are syllables: Korean prose has English names in it, English prose has few
// Korean words. One in Latin script is recognized by the folder, and is English
// otherwise.
func language(nb *notebook.Notebook, name string, known []lang.Language) string {
	own, latin := map[string]int{}, 0
	for _, c := range nb.Cells {
		if c.Kind != "markdown" {
			continue
		}
		for _, r := range notProse.ReplaceAllString(c.Source, " ") {
			if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
				latin++
			}
			for _, l := range known {
				if l.Script != nil && unicode.Is(l.Script, r) {
					own[l.Tag]++
				}
			}
		}
	}
	for _, l := range known {
		if 2*own[l.Tag] > latin {
			return l.Tag
		}
	}
	for _, l := range known {
		if l.Script == nil && strings.HasPrefix(name, l.Tag+"/") {
			return l.Tag
		}
	}
	return lang.English
}
