package site

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rnn101/internal/checkout"
	"rnn101/internal/lang"
	"rnn101/internal/notebook"
	"rnn101/internal/progress"
	"rnn101/internal/site/manifest"
)

// repo returns the checkout, or skips a test that runs the real renderer. Such tests are
// parallel, unless they change the umask: most of their time is the start of Python and Node.js.
func repo(t *testing.T) *checkout.Checkout {
	t.Helper()
	if os.Getenv("RNN101_SETUP") != "1" {
		t.Skip("needs the set-up: call go run ./course test")
	}
	p, err := checkout.Find()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func exportTo(t *testing.T, o Options) (*Summary, error) {
	t.Helper()
	p := repo(t)
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	null, err := os.Create(filepath.Join(t.TempDir(), "report"))
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	o.Jobs = 1
	return Export(ctx, p, o, progress.New(null))
}

// files lists all files below a folder except the lock, with slashes.
func files(t *testing.T, folder string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == manifest.LockName {
			return err
		}
		name, err := filepath.Rel(folder, path)
		all = append(all, filepath.ToSlash(name))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// A sharedExport is an export whose pages several tests look at.
type sharedExport struct {
	out      string
	warnings []Diagnostic
}

// page returns a page of the export.
func (e sharedExport) page(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(e.out, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// searchIndex returns the index of the search in English.
func (e sharedExport) searchIndex(t *testing.T) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(e.out, "assets", "search-index-en*.js"))
	if err != nil || len(found) != 1 {
		t.Fatalf("the search indexes are %v (%v)", found, err)
	}
	data, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// of returns the warnings about a notebook.
func (e sharedExport) of(name string) []Diagnostic {
	return slices.DeleteFunc(slices.Clone(e.warnings), func(d Diagnostic) bool { return d.Notebook != name })
}

// sharing makes an export for the tests of this package, once: the start of Python and Node.js takes
// longer than the pages. write writes the notebooks into a folder and returns those to export.
func sharing(o Options, write func(t *testing.T, folder string) []string) func(*testing.T) sharedExport {
	var (
		once   sync.Once
		made   sharedExport
		failed error
	)
	return func(t *testing.T) sharedExport {
		t.Helper()
		repo(t)
		once.Do(func() {
			folder, err := os.MkdirTemp("", "rnn101-site-test-")
			if err != nil {
				failed = err
				return
			}
			temporary = append(temporary, folder)
			own := o
			own.Notebooks, own.Out = write(t, folder), filepath.Join(folder, "out")
			made.out = own.Out
			summary, err := exportTo(t, own)
			if err != nil {
				failed = err
				return
			}
			made.warnings = summary.Warnings
		})
		if failed != nil || made.out == "" {
			t.Fatalf("the export that several tests share: %v", failed)
		}
		return made
	}
}

// temporary lists the folders of the shared exports.
var temporary []string

func TestMain(m *testing.M) {
	status := m.Run()
	for _, folder := range temporary {
		os.RemoveAll(folder)
	}
	os.Exit(status)
}

// exported makes the pages of the notebooks of the tests that only look at pages, and at what is said of
// them. Each test has a notebook of its own.
var exported = sharing(Options{}, func(t *testing.T, folder string) []string {
	var all []string
	for name, cells := range map[string][]object{
		"faults": faultyCells(), "link-a": {text("# A\n\n[b](link-b.ipynb#The-end) [lost](lost.ipynb)")}, "link-b": {text("# B\n\n[a](link-a.ipynb#none)\n\n## The end")},
		"moving": movingCells(), "scripts": scriptCells(), "large": {text("# A\n\n" + strings.Repeat("a word and another ", 60_000))},
		"folded": foldedCells(), "estimate": estimateCells(), "strange": strangeCells(),
	} {
		all = append(all, write(t, filepath.Join(folder, name+".ipynb"), cells...))
	}
	slices.Sort(all)
	write(t, filepath.Join(folder, "solutions", "folded.ipynb"), text("# S"), folded("exercise-1", code("solved")))
	write(t, filepath.Join(folder, "solutions", "estimate.ipynb"), text("# S"),
		named("exercise-1-text", text("## Exercise 1\n\n"+strings.Repeat("$$x$$\n\n", 40))))
	if err := os.WriteFile(filepath.Join(folder, "beside.mp4"), []byte("\x00\x00\x00\x18ftyp"), 0o644); err != nil {
		t.Fatal(err)
	}
	return all
})

// exportedAlone makes a notebook a single file, with the worked solutions at the end when it is printed.
var exportedAlone = sharing(Options{Single: true, SolutionsAtEnd: true}, func(t *testing.T, folder string) []string {
	write(t, filepath.Join(folder, "b.ipynb"), text("# B"))
	write(t, filepath.Join(folder, "solutions", "a.ipynb"), text("# S"), named("exercise-1-text", text("## Exercise 1\n\nThe solution.")))
	return []string{write(t, filepath.Join(folder, "a.ipynb"), text("# A\n\n$x$ [b](b.ipynb)"),
		named("exercise-1", code("x", display("text/html", `<img alt="a dot for a test" src="data:image/png;base64,`+dot+`">`))))}
})

const dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

func faultyCells() []object {
	failed := object{"output_type": "error", "ename": "ERROR", "evalue": "no bat", "traceback": []string{}}
	return []object{text("# A"),
		named("image", code("x", display("text/html", `<img src="data:image/png;base64,`+dot+`">`))),
		named("png", code("x", display("image/png", dot))),
		named("formula", text(`A formula: $\frac{1}$`)),
		named("unknown", text(`Another: $$\nosuch x$$`)),
		named("output", code("x", display("text/markdown", `$\frac{2}$`))),
		named("far", text(`![a picture of something](https://example.org/a.png)`)),
		named("lost", text(`![a picture of something](lost.png)`)),
		named("link", text(`[there](#nowhere)`)),
		named("level", text("#### Too deep")),
		named("error", code("x", failed)),
	}
}

// What a reader should not see, in an export that refuses it, and in another.
func TestFaultsAreRefusedOrNamed(t *testing.T) {
	t.Parallel()
	made := exported(t)
	folder, all := filepath.Dir(made.out), []string(nil)
	for _, name := range []string{"faults", "link-a", "link-b"} {
		all = append(all, filepath.Join(folder, name+".ipynb"))
	}
	out := filepath.Join(t.TempDir(), "out")
	_, err := exportTo(t, Options{Notebooks: all, Out: out, Strict: true})
	var refused Refused
	if !errors.As(err, &refused) {
		t.Fatalf("the error is %v, want Refused", err)
	}
	if left := files(t, out); len(left) > 0 {
		t.Errorf("files were written nevertheless: %v", left)
	}
	strict := sharedExport{warnings: refused}
	for how, said := range map[string]sharedExport{"strict": strict, "not strict": made} {
		checkFaults(t, how, said.of("faults.ipynb"))
		links := fmt.Sprint(said.of("link-a.ipynb"), said.of("link-b.ipynb"))
		if !strings.Contains(links, "link-a.ipynb#none has no target") || !strings.Contains(links, "lost.ipynb has no target") || strings.Contains(links, "The-end") {
			t.Errorf("%s: of the links is said %s", how, links)
		}
	}
	page := made.page(t, "faults.html")
	for _, want := range []string{"<code>$\\frac{1}$</code>", "<code>$\\frac{2}$</code>", "Not on this page: <a", `href="https://example.org/a.png"`,
		"Not on this page: a picture of something", "Too deep", "no bat", `alt="Image without a description"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

// checkFaults checks what is said of faultyCells.
func checkFaults(t *testing.T, how string, refused []Diagnostic) {
	t.Helper()
	refused = slices.DeleteFunc(refused, func(d Diagnostic) bool { return d.Cell == "" }) // stale outputs
	for cell, word := range map[string]string{
		"image": "no alternative text", "png": "under the key alt", "formula": "Missing argument for \\frac", "unknown": "\\nosuch",
		"output": "does not parse", "far": "cannot load files from the network", "lost": "lost.png", "link": "#nowhere", "level": "below level 1",
		"error": "no bat",
	} {
		n := 0
		for _, c := range refused {
			if c.Cell == cell {
				n++
				if !strings.Contains(c.Text, word) {
					t.Errorf("%s, cell %s: %s, want %q", how, cell, c, word)
				}
			}
		}
		if n != 1 {
			t.Errorf("%s, cell %s has %d problems, want 1", how, cell, n)
		}
	}
	if len(refused) != 10 {
		t.Errorf("%s: %d problems, want 10: %v", how, len(refused), refused)
	}
}

func movingCells() []object {
	header := base64.StdEncoding.EncodeToString([]byte("GIF89a\x04\x00\x02\x00\x00\x00\x00;")) // 4×2 pixels
	return []object{text("# A"), code("x", display("text/html", `<img alt="a dot that moves" width="20" src="data:image/gif;base64,`+header+`">`))}
}

// The page keeps the room of an image that has not been read yet.
func TestAnAnimationIsAFileWithItsSize(t *testing.T) {
	t.Parallel()
	html := exported(t).page(t, "moving.html")
	image := regexp.MustCompile(`<img[^>]*>`).FindString(html)
	for _, want := range []string{`width="20"`, `height="10"`, `.gif"`} {
		if !strings.Contains(image, want) {
			t.Errorf("the page has %s, without %s", image, want)
		}
	}
}

func scriptCells() []object {
	return []object{text("# A <script>pwned()</script>\n\n<img src=\"data:image/png;base64," + dot + "\" alt=\"a dot for a test\" onerror=\"pwned()\"> [go](javascript:pwned())"),
		code("x", display("text/html", `<svg onload="pwned()"><script>pwned()</script></svg><iframe src="pwned.html"></iframe><meta http-equiv="refresh" content="0;url=pwned"><b onclick="pwned()">kept</b><base href="pwned"><form action="pwned"></form>`)),
		code("x", object{"output_type": "display_data", "metadata": object{}, "data": object{"application/javascript": "pwned()", "text/plain": "in words"}}),
		code("</pre><script>pwned()</script>", stream("<script>pwned()</script>")),
		text("<span class=\"formula\" data-n=\"99\">no formula</span> <b id=\"search\">clobbered</b>\n\n## search\n\n[data](data:text/html,pwned) <a href=\"data:text/html,pwned\">too</a>"),
		text("$\\href{javascript:pwned()}{x} \\href{data:text/html,pwned}{x} \\cssId{search}{y} \\class{pwned}{y} \\style{background: url(pwned)}{z}$"),
		text("```html\n<script>pwned()</script>\n```\n\n`<script>pwned()</script>`"),
	}
}

func TestPagesContainNoScriptsOfANotebook(t *testing.T) {
	t.Parallel()
	html := strings.ReplaceAll(exported(t).page(t, "scripts.html"), "&#39;", "'")
	if n := strings.Count(html, "<script"); n != 1 {
		t.Errorf("the page has %d scripts, want only the loader", n)
	}
	if found := regexp.MustCompile(`(?i)<[^>]*(\son[a-z]+=|javascript:|pwned)[^>]*>|<(iframe|form|base|object)`).FindString(html); found != "" {
		t.Errorf("the page has %s", found)
	}
	for _, want := range []string{"in words", "<b>kept</b>", "no formula", "<b>clobbered</b>", `id="search-2"`, "Content-Security-Policy", "default-src 'none'; script-src 'sha256-"} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if policy := regexp.MustCompile(`script-src [^;]*`).FindString(html); strings.Contains(policy, "unsafe") {
		t.Errorf("the policy allows any script: %s", policy)
	}
}

func TestAnExportWritesOnlyWhatHasChanged(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	name := func(n string) string { return filepath.Join(folder, n+".ipynb") }
	writeDot := func(width string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, "dot.png"), []byte("\x89PNG\r\n\x1a\n0000IHDR\x00\x00\x00"+width+"\x00\x00\x00\x01"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	all := []string{write(t, name("a"), text("# A")), write(t, name("b"), text("# B")), write(t, name("c"), text("# C\n\n![the dot](dot.png)")), write(t, name("d"), text("# D"))}
	writeDot("\x01")
	out := filepath.Join(folder, "out")
	if err := os.MkdirAll(out, 0o755); err != nil {
		t.Fatal(err)
	}
	mine := filepath.Join(out, "mine.txt")
	if err := os.WriteFile(mine, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	export := func(notebooks []string, want ...string) {
		t.Helper()
		made, err := exportTo(t, Options{Notebooks: notebooks, Out: out})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, w := range made.Pages {
			got = append(got, w.Page)
		}
		if !slices.Equal(got, want) {
			t.Errorf("made %v, want %v", got, want)
		}
	}
	export(all, "a.html", "b.html", "c.html", "d.html")
	before, err := os.Stat(filepath.Join(out, "a.html"))
	if err != nil {
		t.Fatal(err)
	}
	export(all)
	// A notebook, a file beside one, and a page.
	write(t, name("b"), text("# B\n\nchanged"))
	writeDot("\x02")
	if err := os.Remove(filepath.Join(out, "d.html")); err != nil {
		t.Fatal(err)
	}
	export(all, "b.html", "c.html", "d.html")
	if after, err := os.Stat(filepath.Join(out, "a.html")); err != nil || !after.ModTime().Equal(before.ModTime()) {
		t.Errorf("a.html was written again: %v", err)
	}
	if data, err := os.ReadFile(filepath.Join(out, manifest.Name)); err != nil || strings.Contains(string(data), folder) {
		t.Errorf("the manifest, which is published, contains a local path (%v)", err)
	}
	// Without a notebook its page goes, and the page before it loses its link to the next.
	export(all[:3], "c.html")
	left := files(t, out)
	for _, gone := range []string{"d.html", "d.ipynb"} {
		if slices.Contains(left, gone) {
			t.Errorf("%s is still there", gone)
		}
	}
	for _, stays := range []string{"mine.txt", "index.html", "a.html", "a.ipynb"} {
		if !slices.Contains(left, stays) {
			t.Errorf("%s is gone", stays)
		}
	}
	media := slices.DeleteFunc(slices.Clone(left), func(s string) bool { return !strings.HasPrefix(s, "media/") })
	if len(media) != 1 {
		t.Errorf("the images are %v, want the one that is used", media)
	}
}

func TestASiteCanBeInTheFolderOfItsNotebooks(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	a, b := write(t, filepath.Join(folder, "a.ipynb"), text("# A")), write(t, filepath.Join(folder, "b.ipynb"), text("# B"))
	for _, notebooks := range [][]string{{a, b}, {a}} {
		if _, err := exportTo(t, Options{Notebooks: notebooks, Out: folder}); err != nil {
			t.Fatal(err)
		}
	}
	left := files(t, folder)
	if !slices.Contains(left, "b.ipynb") || slices.Contains(left, "b.html") {
		t.Errorf("want b.ipynb without its page: %v", left)
	}
}

func TestALargePageGetsAWarning(t *testing.T) {
	t.Parallel()
	warnings := fmt.Sprint(exported(t).of("large.ipynb"))
	if !strings.Contains(warnings, "its page has 1.1 MB without its images") {
		t.Errorf("the warnings are %s", warnings)
	}
}

func TestASingleFileContainsEverything(t *testing.T) {
	t.Parallel()
	made := exportedAlone(t)
	if got := files(t, made.out); !slices.Equal(got, []string{"a.html"}) {
		t.Fatalf("the files are %v", got)
	}
	page := made.page(t, "a.html")
	for _, want := range []string{"data:image/png;base64," + dot, "<style>", "The solution.", "<svg"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if found := regexp.MustCompile(`(src|href)="[^"#d][^"]*"`).FindString(page); found != "" {
		t.Errorf("the page refers to %s", found)
	}
}

// folded returns a cell that is folded in JupyterLab.
func folded(id string, cell object) object {
	cell["metadata"] = object{"jupyter": object{"source_hidden": true}}
	return named(id, cell)
}

func foldedCells() []object {
	helpers := "func twice(x float64) float64 {\n\treturn 2 * x\n}\n%%\nprintln(twice(4))"
	long := strings.Repeat("x++\n", 90)
	hint := text("<details><summary>Hint</summary>\n\n" + strings.Repeat("word ", 1000) + "\n\n</details>")
	pieces := text("**bold**을\nread\n\n- one\n- two<br>three\n\n|a|b|\n|-|-|\n|c|d|\n\nlast")
	return []object{text("# A"), pieces, hint, folded("helpers", code(helpers, stream("eight\n"))), named("open", code("y")), folded("long", code(long)), named("exercise-1", code("z"))}
}

// Without a script: by details and summary.
func TestCodeFoldedInJupyterLabIsFolded(t *testing.T) {
	t.Parallel()
	made := exported(t)
	page := made.page(t, "folded.html")
	folds := regexp.MustCompile(`(?s)<details class="source">(.*?)</details>`).FindAllStringSubmatch(page, -1)
	if len(folds) != 3 {
		t.Fatalf("%d cells are folded, want three: %q", len(folds), folds)
	}
	for i, word := range []string{"twice", "x", "solved"} {
		if !strings.Contains(folds[i][1], word) {
			t.Errorf("fold %d lacks %q: %s", i+1, word, folds[i][1])
		}
	}
	if !strings.HasPrefix(folds[0][1], "<summary>Code, 5 lines</summary>") {
		t.Errorf("the first fold begins with %.80s", folds[0][1])
	}
	if strings.Contains(folds[0][1], "eight") {
		t.Error("the output is folded with the code")
	}
	// 90 lines and 1000 words to read would take sixteen minutes: the page's five are those of the
	// exercise.
	if !strings.Contains(page, "about 5 minutes") {
		t.Errorf("what is folded counts as read: %s", regexp.MustCompile(`about \d+ minutes`).FindString(page))
	}
	if !strings.Contains(made.searchIndex(t), "twice") {
		t.Error("folded code is not in the search index")
	}
}

// What the search shows has a space where another block begins, and none within a word: Korean particles follow
// what is emphasized.
func TestTheSearchShowsWordsAsOnThePage(t *testing.T) {
	t.Parallel()
	index := exported(t).searchIndex(t)
	if want := "bold을 read one two three a b c d last"; !strings.Contains(index, want) {
		at := max(0, strings.Index(index, "bold"))
		t.Errorf("the index has %q, want %q", index[at:min(len(index), at+60)], want)
	}
}

// In the dummy language each text of the catalogue is in brackets. Everything else must be from the
// notebook.
func TestEveryTextOfThePagesComesFromTheCatalogue(t *testing.T) {
	t.Parallel()
	p := repo(t)
	nb := func(cells ...object) *notebook.Notebook {
		path := write(t, filepath.Join(t.TempDir(), "a.ipynb"), cells...)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		one, err := notebook.Parse(path, data)
		if err != nil {
			t.Fatal(err)
		}
		one.MarkExecuted()
		return one
	}
	rows := strings.Repeat("|0|0|\n", 80)
	pages := []*page{}
	for i, name := range []string{"1", "2"} {
		one := nb(text("# 0\n\n- 0\n\n[0](/static/net.html#p2/z)"), text("## 0\n\n0"), text("|0|0|\n|--|--|\n"+rows), named("c", code("0", stream(strings.Repeat("0\n", 500)))),
			object{"cell_type": "code", "id": "h", "metadata": object{"jupyter": object{"source_hidden": true}}, "source": "0", "outputs": []object{}, "execution_count": 1})
		data, err := one.Encode()
		if err != nil {
			t.Fatal(err)
		}
		solution := &page{file: name, name: "solutions/" + name, out: "solutions/" + name + ".html", lang: lang.Dummy, title: "0", nb: one, data: data, source: data, isSolution: true}
		pages = append(pages, &page{file: name, name: name + ".ipynb", out: name + ".html", lang: lang.Dummy, title: "0", nb: one, data: data, source: data, solution: solution})
		if i > 0 {
			pages[i].previous, pages[i-1].next = pages[i-1], pages[i]
		}
	}
	out := t.TempDir()
	null, err := os.Create(filepath.Join(t.TempDir(), "report"))
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	net := &Net{
		Make: func(_ context.Context, _ *checkout.Checkout, fronts map[string]string) ([]byte, int, error) {
			return fmt.Appendf(nil, "%s fronts: %v", manifest.Generator, fronts), 7, nil
		},
		Stage: func(page, tag string) (string, error) { return fmt.Sprintf(`<a href="%s#%s">?</a>`, page, tag), nil },
	}
	summary, err := exportPlan(t.Context(), p, &plan{folder: out, pages: pages, course: true}, Options{Course: true, Out: out, Jobs: 1, SolutionsAtEnd: true, Net: net}, progress.New(null))
	if err != nil {
		t.Fatal(err)
	}
	if made, err := os.ReadFile(filepath.Join(out, NetPage)); err != nil || !strings.Contains(string(made), "fronts: map[xx:index.html]") || summary.Net != (NetStats{len(made), 7}) {
		t.Errorf("the page of the net is %q (%v) of %d bytes, want the front page's address in it", made, err, summary.Net.Bytes)
	}
	inBrackets := regexp.MustCompile(`⟦[^⟦⟧]*⟧`)
	attributes := regexp.MustCompile(`(?:aria-label|placeholder|alt|title|content)="([^"]*)"`)
	silent := regexp.MustCompile(`(?s)<(script|style|kbd)\b.*?</(script|style|kbd)>|<meta http-equiv[^>]*>|<meta name="(generator|viewport|color-scheme)"[^>]*>`)
	letters := regexp.MustCompile(`\p{L}{2,}`)
	for _, file := range []string{"index.html", "1.html", "2.html"} {
		data, err := os.ReadFile(filepath.Join(out, file))
		if err != nil {
			t.Fatal(err)
		}
		page := silent.ReplaceAllString(string(data), " ")
		seen := html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(page, " "))
		for _, m := range attributes.FindAllStringSubmatch(page, -1) {
			seen += "\n" + html.UnescapeString(m[1])
		}
		if n := strings.Count(page, `href="net.html#axx"`); n != 1 && (file != "index.html" || n != 2) {
			t.Errorf("%s has %d links to the page of the net", file, n)
		}
		if want := `href="net.html#p2/z/axx"`; file != "index.html" && !strings.Contains(page, want) {
			t.Errorf("%s: a link to a state of the net is not %s", file, want)
		}
		if !strings.Contains(seen, "⟦") {
			t.Errorf("%s: no text comes from the catalogue", file)
		}
		for inBrackets.MatchString(seen) {
			seen = inBrackets.ReplaceAllString(seen, " ")
		}
		if rest := letters.FindString(seen); rest != "" {
			i := strings.Index(seen, rest)
			t.Errorf("%s: %q is not from the catalogue: …%s…", file, rest, strings.Join(strings.Fields(seen[max(0, i-80):min(len(seen), i+80)]), " "))
		}
	}
}

func TestSolutionsAtEndPrintsTheSolutionsAtTheEnd(t *testing.T) {
	t.Parallel()
	if page := exported(t).page(t, "folded.html"); strings.Contains(page, `class="at-end"`) || !strings.Contains(page, `class="solution"`) {
		t.Error("solutions are at the end of a page unasked, or it has none")
	}
	// The class solution is hidden in print, so the solutions at the end must not have it.
	_, end, _ := strings.Cut(exportedAlone(t).page(t, "a.html"), `class="at-end"`)
	if !strings.Contains(end, "<h3>Worked solution: Exercise 1</h3>") || !strings.Contains(end, "The solution.") || strings.Contains(end, `class="solution"`) {
		t.Errorf("the end of the page is %s", end)
	}
}

func estimateCells() []object {
	words := strings.Repeat("word ", 150*10)
	assignment := func(id string, metadata any) object {
		cell := named(id, code("x"))
		cell["metadata"] = object{"nbgrader": metadata}
		return cell
	}
	return []object{text("# The estimate"), text(words),
		assignment("answer", object{"solution": true}), assignment("check", object{"solution": false}), assignment("strange", []string{"solution"}),
		text("<details><summary>Hint</summary>\n\n" + words + "\n\n</details>"), named("exercise-1", code(strings.Repeat("x\n", 50))), text("## Appendix: B"), text(words + words)}
}

func TestTheEstimateCountsAppendicesApartAndNothingFolded(t *testing.T) {
	t.Parallel()
	made := exported(t)
	for _, name := range []string{"estimate.html", "index.html"} {
		page := made.page(t, name)
		// Ten minutes for the words, five for the code, five for the exercise, five for the answer.
		if want := "about 25 minutes, and 20 for the appendix"; !strings.Contains(page, want) {
			t.Errorf("%s does not contain %q: it says %s", name, want, regexp.MustCompile(`about \d+ [^<]*`).FindAllString(page, -1))
		}
	}
}
