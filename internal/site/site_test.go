package site

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rnn101/internal/atomicfile"
	"rnn101/internal/checkout"
	"rnn101/internal/lang"
	"rnn101/internal/notebook"
	"rnn101/internal/site/content"
	"rnn101/internal/site/manifest"
	"rnn101/internal/site/render"
)

// object is a JSON object, of which these tests make notebooks.
type object = map[string]any

func text(source string) object {
	return object{"cell_type": "markdown", "metadata": object{}, "source": source}
}

func code(source string, outputs ...object) object {
	if outputs == nil {
		outputs = []object{}
	}
	return object{"cell_type": "code", "metadata": object{}, "source": source, "outputs": outputs, "execution_count": 1}
}

func stream(text string) object {
	return object{"output_type": "stream", "name": "stdout", "text": text}
}

func display(mime, content string) object {
	return object{"output_type": "display_data", "metadata": object{}, "data": object{mime: content}}
}

func named(id string, cell object) object {
	cell["id"] = id
	return cell
}

// write writes a notebook and returns its path.
func write(t *testing.T, path string, cells ...object) string {
	t.Helper()
	return writeWith(t, path, "gonb", cells...)
}

func writeWith(t *testing.T, path, kernel string, cells ...object) string {
	t.Helper()
	data, err := json.Marshal(object{"nbformat": 4, "nbformat_minor": 5, "cells": cells,
		"metadata": object{"kernelspec": object{"name": kernel, "display_name": "Go (gonb)", "language": "go"}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestThePlanLinksSolutionsNeighboursAndTranslations(t *testing.T) {
	folder := t.TempDir()
	one := write(t, filepath.Join(folder, "01 a.ipynb"), text("# One *and* $a$"))
	two := write(t, filepath.Join(folder, "02.ipynb"), text("No heading here."))
	ko := write(t, filepath.Join(folder, "ko", "01 a.ipynb"), text("# 하나\n\n우리말로 쓴 노트북입니다."))
	solution := write(t, filepath.Join(folder, "solutions", "01 a.ipynb"), text("# Solutions of One"))
	p, err := newPlan([]string{one, two, ko}, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	byFile := map[string]*page{}
	for _, page := range p.pages {
		byFile[page.file] = page
	}
	a, b, k, s := byFile[one], byFile[two], byFile[ko], byFile[solution]
	if s == nil || a.solution != s || !s.isSolution {
		t.Errorf("the solutions of a notebook are not found: %+v", p.pages)
	}
	if a.title != "One and a" || b.title != "02" {
		t.Errorf("the titles are %q and %q", a.title, b.title)
	}
	if a.next != b || b.previous != a || b.next != nil {
		t.Error("the neighbours are wrong: solutions and pages in other languages must be left out")
	}
	if k.lang != "ko" || a.lang != "en" || !slices.Equal(a.translations, []*page{k}) || !slices.Equal(k.translations, []*page{a}) {
		t.Errorf("the languages are %q and %q, the translations %v and %v", a.lang, k.lang, a.translations, k.translations)
	}
	if a.out != "01 a.html" || k.out != "ko/01 a.html" || s.out != "solutions/01 a.html" {
		t.Errorf("the pages are %q, %q, %q", a.out, k.out, s.out)
	}
	if front := p.front("en"); front != "index.html" {
		t.Errorf("the front page is %q", front)
	}
	if front := p.front("ko"); front != "" {
		t.Errorf("a single Korean page has the front page %q, want none", front)
	}
}

func TestTranslationsAreInTheFolderOfTheirLanguage(t *testing.T) {
	for _, c := range []struct{ tag, name, want string }{
		{"ko", "01.ipynb", "ko/01.ipynb"},
		{"en", "ko/solutions/01.ipynb", "solutions/01.ipynb"},
		{"ko", "ko/01.ipynb", "ko/01.ipynb"},
		{"fr", "ko/01.ipynb", "fr/01.ipynb"},
	} {
		if got := nameIn(c.tag, c.name); got != c.want {
			t.Errorf("%s in %s is %s, want %s", c.name, c.tag, got, c.want)
		}
	}
}

// A page is made again if a text of its language has changed.
func TestThePageKeyChangesWithTheTexts(t *testing.T) {
	path := write(t, filepath.Join(t.TempDir(), "a.ipynb"), text("# A"))
	key := func(skip string) string {
		p, err := newPlan([]string{path}, false, nil)
		if err != nil {
			t.Fatal(err)
		}
		e := &export{plan: p, texts: render.Texts{"en": {"skip": skip}}, old: &manifest.Manifest{}, new: &manifest.Manifest{}, summary: &Summary{}, staging: t.TempDir()}
		tasks, err := e.pageTasks()
		if err != nil || len(tasks) != 1 {
			t.Fatalf("%d pages to make, %v", len(tasks), err)
		}
		return tasks[0].key
	}
	if key("Skip to the text") == key("Skip") {
		t.Error("the key of the page is the same with another text")
	}
	if once, again := key("Skip"), key("Skip"); once != again {
		t.Error("the key of the page differs with the same text")
	}
}

// textUses matches the keys of texts in the programs and templates that use them.
var textUses = map[string]*regexp.Regexp{
	"templates/course/*.j2": regexp.MustCompile(`\btexts(?:\.|\[')(\w+)`),
	"static/site.js":        regexp.MustCompile(`\btexts\.(\w+)`),
	"render/*.py":           regexp.MustCompile(`\btexts(?:\[job\["lang"\]\])?\["(\w+)"`),
	"*.go":                  regexp.MustCompile(`(?:\bText\(|\{"\d\d", )"([\w.]+)"`),
	"content/*.go":          regexp.MustCompile(`\bText\("([\w.]+)"`),
}

// SCRIPT_TEXTS in render.py lists the keys of the texts that site.js gets.
var scriptTexts = regexp.MustCompile(`(?s)SCRIPT_TEXTS = \[(.*?)\]`)

func TestThePagesUseAllTextsAndNoOthers(t *testing.T) {
	all := texts.In(lang.English).All()
	used := map[string]bool{}
	var toScript []string
	for pattern, use := range textUses {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v, %v", pattern, files, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range use.FindAllStringSubmatch(string(data), -1) {
				used[m[1]] = true
				if _, ok := all[m[1]]; !ok {
					t.Errorf("%s uses the text %s, which the catalogue lacks", file, m[1])
				}
			}
			if m := scriptTexts.FindStringSubmatch(string(data)); m != nil {
				for _, m := range regexp.MustCompile(`"(\w+)"`).FindAllStringSubmatch(m[1], -1) {
					toScript = append(toScript, m[1])
				}
			}
		}
	}
	script, err := os.ReadFile("static/site.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range textUses["static/site.js"].FindAllStringSubmatch(string(script), -1) {
		if !slices.Contains(toScript, m[1]) {
			t.Errorf("site.js uses the text %s, which SCRIPT_TEXTS lacks", m[1])
		}
	}
	for _, key := range toScript {
		if _, ok := all[key]; !ok {
			t.Errorf("SCRIPT_TEXTS lists the text %s, which the catalogue lacks", key)
		}
		used[key] = true
	}
	for key := range all {
		if !used[key] {
			t.Errorf("no page uses the text %s", key)
		}
	}
}

func TestWhatIsNoNotebookIsNamed(t *testing.T) {
	folder := t.TempDir()
	raw := func(name, content string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	if _, err := newPlan([]string{raw("one.ipynb", "{"), raw("two.ipynb", "")}, false, nil); err == nil || !strings.Contains(err.Error(), "one.ipynb") || !strings.Contains(err.Error(), "two.ipynb") {
		t.Errorf("the error of two files is %v, want both named", err)
	}
	for path, word := range map[string]string{
		raw("text.ipynb", "# not JSON"):                                            "not JSON",
		raw("letters.ipynb", "{\"nbformat\": 4,\n\"cells\": [], \"x\": \"\xff\"}"): "invalid byte in line 2",
		raw("new.ipynb", `{"nbformat": 5, "cells": []}`):                           "newer than this program",
		raw("other.ipynb", `{"cells": []}`):                                        "without the field nbformat",
		raw("list.ipynb", `[]`):                                                    "without the field nbformat",
		raw("cells.ipynb", `{"nbformat": 4, "cells": {}}`):                         "cells are not a list",
		raw("kind.ipynb", `{"nbformat": 4, "cells": [{"cell_type": "heading"}]}`):  `the type "heading"`,
		filepath.Join(folder, "none.ipynb"):                                        "no such file",
	} {
		_, err := newPlan([]string{path}, false, nil)
		if err == nil || !strings.Contains(err.Error(), word) || !strings.Contains(err.Error(), filepath.Base(path)) {
			t.Errorf("%s: the error is %v, want one with %q", filepath.Base(path), err, word)
		}
	}
}

func TestTwoNotebooksForOnePageAreRejected(t *testing.T) {
	folder := t.TempDir()
	a := write(t, filepath.Join(folder, "a.ipynb"), text("# A"))
	big := write(t, filepath.Join(folder, "A.ipynb"), text("# A"))
	if data, _ := os.ReadFile(a); strings.Contains(string(data), "# A") && a != big {
		if _, err := newPlan([]string{a, big}, false, nil); err == nil || !strings.Contains(err.Error(), "the same page") {
			t.Errorf("a.ipynb and A.ipynb: %v", err)
		}
	}
	index := write(t, filepath.Join(folder, "index.ipynb"), text("# I"))
	if _, err := newPlan([]string{a, index}, false, nil); err == nil || !strings.Contains(err.Error(), "front page") {
		t.Errorf("index.ipynb: %v", err)
	}
}

func TestStaleOutputsAreNamed(t *testing.T) {
	path := write(t, filepath.Join(t.TempDir(), "a.ipynb"), text("# A"), code("x"))
	p, err := newPlan([]string{path}, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	nb := p.pages[0].nb
	count := func(what string, want int) {
		t.Helper()
		if got := p.pages[0].check(); len(got) != want {
			t.Errorf("%s: %v", what, got)
		}
	}
	count("handed out to be run", 0)
	nb.Cells[1].Outputs = []notebook.Output{{Kind: "stream", Name: "stdout", Text: "1\n"}}
	count("unknown", 1)
	nb.MarkExecuted()
	count("current", 0)
	nb.Cells[1].Source = "y"
	count("stale", 1)
	nb.Metadata["kernelspec"] = object{"name": "python3"} // course run cannot run it
	count("another kernel", 0)
}

func TestLongOutputsAreCut(t *testing.T) {
	long := strings.Repeat("a line of output\n", 600_000) // 10 MB
	path := write(t, filepath.Join(t.TempDir(), "a.ipynb"), text("# A"),
		named("long", code("x", stream(long))), named("wide", code("y", display("text/html", "<p>"+strings.Repeat("x", content.TextLimit)))), named("short", code("z", stream("short\n"))),
		named("chart", code("x", object{"output_type": "display_data", "metadata": object{}, "data": object{"text/html": strings.Repeat("x", content.TextLimit+1), "text/plain": "a chart"}})),
		named("words", code("x", object{"output_type": "display_data", "metadata": object{}, "data": object{"text/plain": strings.Repeat("a line of words\n", content.TextLimit/8)}})))
	p, err := newPlan([]string{path}, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	data, warnings, err := p.pages[0].prepare()
	if err != nil {
		t.Fatal(err)
	}
	if len(data) > 4*content.TextLimit {
		t.Errorf("%d bytes are left", len(data))
	}
	if len(warnings) != 4 || warnings[0].Cell != "long" || warnings[1].Cell != "wide" || !strings.Contains(warnings[0].Text, "10.0 MB") {
		t.Errorf("the warnings are %v", warnings)
	}
	cut, err := notebook.Parse("cut", data)
	if err != nil {
		t.Fatal(err)
	}
	if text := cut.Cells[1].Outputs[0].Text; !strings.HasSuffix(text, "a line of output\n… cut here: 10.0 MB more are in the notebook\n") {
		t.Errorf("the output ends with %q", text[len(text)-60:])
	}
	if text := cut.Cells[2].Outputs[0].Data["text/plain"]; text != "… cut here: 200 KB more are in the notebook" {
		t.Errorf("the wide output is %q", text)
	}
	if text := cut.Cells[3].Outputs[0].Text; text != "short\n" {
		t.Errorf("the short output is %q", text)
	}
	if text := cut.Cells[4].Outputs[0].Data["text/plain"]; text != "a chart\n… cut here: 200 KB more are in the notebook" {
		t.Errorf("in the place of the chart there is %q", text)
	}
	if text := cut.Cells[5].Outputs[0].Data["text/plain"]; !strings.HasPrefix(text, "a line of words\na line of words\n") || !strings.HasSuffix(text, "a line of words\n… cut here: 200 KB more are in the notebook\n") {
		t.Errorf("the long words end with %q", text[len(text)-60:])
	}
}

func TestEachCellGetsAUniqueID(t *testing.T) {
	path := write(t, filepath.Join(t.TempDir(), "a.ipynb"), text("# A"), named("x", text("1")), named("x", text("2")))
	p, err := newPlan([]string{path}, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	data, _, err := p.pages[0].prepare()
	if err != nil {
		t.Fatal(err)
	}
	nb, err := notebook.Parse("", data)
	if err != nil {
		t.Fatal(err)
	}
	if got := nb.Cells[0].ID + " " + nb.Cells[1].ID + " " + nb.Cells[2].ID; got != "1 2 3" {
		t.Errorf("the ids are %q", got)
	}
}

func TestFilesOfOthersAreNotReplaced(t *testing.T) {
	folder := t.TempDir()
	for name, content := range map[string]string{
		"other.html": "<!doctype html><title>mine</title>", "own.html": "<!doctype html>" + manifest.Generator, "data.ipynb": "{}",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(folder, "folder.html"), 0o755); err != nil {
		t.Fatal(err)
	}
	none := &manifest.Manifest{}
	for name, refused := range map[string]bool{
		"other.html": true, "own.html": false, "data.ipynb": true, "new.html": false, "folder.html": true,
	} {
		err := none.CheckReplace(folder, name, []byte("new"))
		if (err != nil) != refused || refused && !strings.Contains(err.Error(), "--out") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := none.CheckReplace(folder, "data.ipynb", []byte("{}")); err != nil {
		t.Errorf("the same content: %v", err)
	}
	if err := (&manifest.Manifest{Files: []string{"other.html"}}).CheckReplace(folder, "other.html", nil); err != nil {
		t.Errorf("a file of the manifest: %v", err)
	}
}

// An export must leave its lock file; see manifest.LockName.
func TestTwoExportsDoNotShareAFolder(t *testing.T) {
	out := t.TempDir()
	export := func() error {
		_, err := exportPlan(t.Context(), &checkout.Checkout{Root: t.TempDir()}, &plan{folder: out}, Options{Out: out}, nil)
		return err
	}
	missing := "requirements.txt" // the first file missing from this empty checkout
	if err := export(); err == nil || !strings.Contains(err.Error(), missing) {
		t.Fatalf("the error is %v, want one about %s", err, missing)
	}
	first, err := os.Stat(filepath.Join(out, manifest.LockName))
	if err != nil {
		t.Fatalf("the lock is gone: %v", err)
	}
	unlock, err := atomicfile.TryLock(filepath.Join(out, manifest.LockName), 0o666)
	if err != nil {
		t.Fatal(err)
	}
	if err := export(); err == nil || !strings.Contains(err.Error(), "another export is writing to "+out) || !strings.Contains(err.Error(), fmt.Sprint("process ", os.Getpid())) {
		t.Errorf("a second export: %v", err)
	}
	unlock()
	if err := export(); err == nil || !strings.Contains(err.Error(), missing) {
		t.Errorf("after the first has ended: %v", err)
	}
	if last, err := os.Stat(filepath.Join(out, manifest.LockName)); err != nil || !os.SameFile(first, last) {
		t.Errorf("the lock is a new file (%v)", err)
	}
}
