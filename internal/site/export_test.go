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

const dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

func TestFaultsOfAPageAreProblems(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	failed := object{"output_type": "error", "ename": "ERROR", "evalue": "no bat", "traceback": []string{}}
	path := write(t, filepath.Join(folder, "a.ipynb"), text("# A"),
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
	)
	out := filepath.Join(folder, "out")
	_, err := exportTo(t, Options{Notebooks: []string{path}, Out: out, Strict: true})
	var refused Refused
	if !errors.As(err, &refused) {
		t.Fatalf("the error is %v, want Refused", err)
	}
	if left := files(t, out); len(left) > 0 {
		t.Errorf("files were written nevertheless: %v", left)
	}
	made, err := exportTo(t, Options{Notebooks: []string{path}, Out: out})
	if err != nil {
		t.Fatalf("of somebody's own notebook no page is made: %v", err)
	}
	checkFaults(t, "strict", refused)
	checkFaults(t, "not strict", made.Warnings)
	page, err := os.ReadFile(filepath.Join(out, "a.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<code>$\\frac{1}$</code>", "<code>$\\frac{2}$</code>", "Not on this page: <a", `href="https://example.org/a.png"`,
		"Not on this page: a picture of something", "Too deep", "no bat", `alt="Image without a description"`} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

// checkFaults checks what is said of the notebook of TestFaultsOfAPageAreProblems.
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
				if c.Notebook != "a.ipynb" || !strings.Contains(c.Text, word) {
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

func TestLinksInTheCourseLeadToItsPages(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	a := write(t, filepath.Join(folder, "a.ipynb"), text("# A\n\n[b](b.ipynb#The-end) [lost](lost.ipynb)"))
	b := write(t, filepath.Join(folder, "b.ipynb"), text("# B\n\n[a](a.ipynb#none)\n\n## The end"))
	for _, strict := range []bool{true, false} {
		made, err := exportTo(t, Options{Notebooks: []string{a, b}, Out: filepath.Join(folder, "out"), Strict: strict})
		var refused Refused
		if errors.As(err, &refused) != strict || !strict && err != nil {
			t.Fatalf("strict %v: the error is %v", strict, err)
		}
		said := []Diagnostic(refused)
		if !strict {
			said = made.Warnings
		}
		problems := ""
		for _, c := range said {
			problems += c.String() + "\n"
		}
		if !strings.Contains(problems, "a.ipynb#none has no target") || !strings.Contains(problems, "lost.ipynb has no target") || strings.Contains(problems, "The-end") {
			t.Errorf("strict %v: %s", strict, problems)
		}
	}
}

// The page keeps the room of an image that has not been read yet.
func TestAnAnimationIsAFileWithItsSize(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	header := base64.StdEncoding.EncodeToString([]byte("GIF89a\x04\x00\x02\x00\x00\x00\x00;")) // 4×2 pixels
	path := write(t, filepath.Join(folder, "a.ipynb"), text("# A"),
		code("x", display("text/html", `<img alt="a dot that moves" width="20" src="data:image/gif;base64,`+header+`">`)))
	out := filepath.Join(folder, "out")
	if _, err := exportTo(t, Options{Notebooks: []string{path}, Out: out}); err != nil {
		t.Fatal(err)
	}
	html, err := os.ReadFile(filepath.Join(out, "a.html"))
	if err != nil {
		t.Fatal(err)
	}
	image := regexp.MustCompile(`<img[^>]*>`).FindString(string(html))
	for _, want := range []string{`width="20"`, `height="10"`, `.gif"`} {
		if !strings.Contains(image, want) {
			t.Errorf("the page has %s, without %s", image, want)
		}
	}
}

func TestPagesContainNoScriptsOfANotebook(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := write(t, filepath.Join(folder, "a.ipynb"), text("# A <script>pwned()</script>\n\n<img src=\"data:image/png;base64,"+dot+"\" alt=\"a dot for a test\" onerror=\"pwned()\"> [go](javascript:pwned())"),
		code("x", display("text/html", `<svg onload="pwned()"><script>pwned()</script></svg><iframe src="pwned.html"></iframe><meta http-equiv="refresh" content="0;url=pwned"><b onclick="pwned()">kept</b><base href="pwned"><form action="pwned"></form>`)),
		code("x", object{"output_type": "display_data", "metadata": object{}, "data": object{"application/javascript": "pwned()", "text/plain": "in words"}}),
		code("</pre><script>pwned()</script>", stream("<script>pwned()</script>")),
		text("<span class=\"formula\" data-n=\"99\">no formula</span> <b id=\"search\">clobbered</b>\n\n## search\n\n[data](data:text/html,pwned) <a href=\"data:text/html,pwned\">too</a>"),
		text("$\\href{javascript:pwned()}{x} \\href{data:text/html,pwned}{x} \\cssId{search}{y} \\class{pwned}{y} \\style{background: url(pwned)}{z}$"),
		text("```html\n<script>pwned()</script>\n```\n\n`<script>pwned()</script>`"))
	out := filepath.Join(folder, "out")
	if _, err := exportTo(t, Options{Notebooks: []string{path}, Out: out}); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(out, "a.html"))
	if err != nil {
		t.Fatal(err)
	}
	html := strings.ReplaceAll(string(data), "&#39;", "'")
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
	all := []string{write(t, name("a"), text("# A")), write(t, name("b"), text("# B\n\n![the dot](dot.png)")), write(t, name("c"), text("# C"))}
	if err := os.WriteFile(filepath.Join(folder, "dot.png"), []byte("\x89PNG\r\n\x1a\n0000IHDR\x00\x00\x00\x01\x00\x00\x00\x01"), 0o644); err != nil {
		t.Fatal(err)
	}
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
	export(all, "a.html", "b.html", "c.html")
	before, err := os.Stat(filepath.Join(out, "a.html"))
	if err != nil {
		t.Fatal(err)
	}
	export(all)
	write(t, name("b"), text("# B\n\nchanged ![the dot](dot.png)"))
	export(all, "b.html")
	if after, err := os.Stat(filepath.Join(out, "a.html")); err != nil || !after.ModTime().Equal(before.ModTime()) {
		t.Errorf("a.html was written again: %v", err)
	}
	if err := os.WriteFile(filepath.Join(folder, "dot.png"), []byte("\x89PNG\r\n\x1a\n0000IHDR\x00\x00\x00\x02\x00\x00\x00\x01"), 0o644); err != nil {
		t.Fatal(err)
	}
	export(all, "b.html")
	if err := os.Remove(filepath.Join(out, "c.html")); err != nil {
		t.Fatal(err)
	}
	export(all, "c.html")
	if data, err := os.ReadFile(filepath.Join(out, manifest.Name)); err != nil || strings.Contains(string(data), folder) {
		t.Errorf("the manifest, which is published, contains a local path (%v)", err)
	}
	// Without a notebook its page goes, and the page before it loses its link to the next.
	export(all[:2], "b.html")
	left := files(t, out)
	for _, gone := range []string{"c.html", "c.ipynb"} {
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
	folder := t.TempDir()
	path := write(t, filepath.Join(folder, "a.ipynb"), text("# A\n\n"+strings.Repeat("a word and another ", 60_000)))
	made, err := exportTo(t, Options{Notebooks: []string{path}, Out: filepath.Join(folder, "out")})
	if err != nil {
		t.Fatal(err)
	}
	warnings := ""
	for _, w := range made.Warnings {
		warnings += w.String()
	}
	if !strings.Contains(warnings, "its page has 1.1 MB without its images") {
		t.Errorf("the warnings are %s", warnings)
	}
}

func TestASingleFileContainsEverything(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := write(t, filepath.Join(folder, "a.ipynb"), text("# A\n\n$x$ [b](b.ipynb)"), named("exercise-1", code("x", display("text/html", `<img alt="a dot for a test" src="data:image/png;base64,`+dot+`">`))))
	write(t, filepath.Join(folder, "b.ipynb"), text("# B"))
	write(t, filepath.Join(folder, "solutions", "a.ipynb"), text("# S"), named("exercise-1-text", text("## Exercise 1\n\nThe solution.")))
	out := filepath.Join(folder, "out")
	if _, err := exportTo(t, Options{Notebooks: []string{path}, Out: out, Single: true}); err != nil {
		t.Fatal(err)
	}
	if got := files(t, out); !slices.Equal(got, []string{"a.html"}) {
		t.Fatalf("the files are %v", got)
	}
	data, err := os.ReadFile(filepath.Join(out, "a.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"data:image/png;base64," + dot, "<style>", "The solution.", "<svg"} {
		if !strings.Contains(string(data), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if found := regexp.MustCompile(`(src|href)="[^"#d][^"]*"`).FindString(string(data)); found != "" {
		t.Errorf("the page refers to %s", found)
	}
}

// Without a script: by details and summary.
func TestCodeFoldedInJupyterLabIsFolded(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	helpers := "func twice(x float64) float64 {\n\treturn 2 * x\n}\n%%\nprintln(twice(4))"
	hidden := func(id string, cell object) object {
		cell["metadata"] = object{"jupyter": object{"source_hidden": true}}
		return named(id, cell)
	}
	long := strings.Repeat("x++\n", 90)
	hint := text("<details><summary>Hint</summary>\n\n" + strings.Repeat("word ", 1000) + "\n\n</details>")
	path := write(t, filepath.Join(folder, "a.ipynb"), text("# A"), hint, hidden("helpers", code(helpers, stream("eight\n"))),
		named("open", code("y")), hidden("long", code(long)), named("exercise-1", code("z")))
	write(t, filepath.Join(folder, "solutions", "a.ipynb"), text("# S"), hidden("exercise-1", code("solved")))
	out := filepath.Join(folder, "out")
	if _, err := exportTo(t, Options{Notebooks: []string{path}, Out: out}); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(out, "a.html"))
	if err != nil {
		t.Fatal(err)
	}
	page := string(data)
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
	index, err := filepath.Glob(filepath.Join(out, "assets", "search-index-en*.js"))
	if err != nil || len(index) != 1 {
		t.Fatalf("the search indexes are %v (%v)", index, err)
	}
	if data, err := os.ReadFile(index[0]); err != nil || !strings.Contains(string(data), "twice") {
		t.Errorf("folded code is not in the search index (%v)", err)
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
	folder := t.TempDir()
	path := write(t, filepath.Join(folder, "a.ipynb"), text("# A"), named("exercise-1", code("x")))
	write(t, filepath.Join(folder, "solutions", "a.ipynb"), text("# S"), named("exercise-1-text", text("## Exercise 1\n\nThe solution.")))
	for _, atEnd := range []bool{false, true} {
		out := filepath.Join(folder, "out")
		if _, err := exportTo(t, Options{Notebooks: []string{path}, Out: out, SolutionsAtEnd: atEnd}); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(filepath.Join(out, "a.html"))
		if err != nil {
			t.Fatal(err)
		}
		if has := strings.Contains(string(data), `class="at-end"`); has != atEnd {
			t.Errorf("solutions at the end: %v, want %v", has, atEnd)
		}
		// The class solution is hidden in print, so the solutions at the end must not have it.
		_, end, _ := strings.Cut(string(data), `class="at-end"`)
		if atEnd && (!strings.Contains(end, "<h3>Worked solution: Exercise 1</h3>") || !strings.Contains(end, "The solution.") || strings.Contains(end, `class="solution"`)) {
			t.Errorf("the end of the page is %s", end)
		}
	}
}

func TestTheEstimateCountsAppendicesApartAndNothingFolded(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	words := strings.Repeat("word ", 150*10)
	path := write(t, filepath.Join(folder, "a.ipynb"), text("# A"), text(words),
		text("<details><summary>Hint</summary>\n\n"+words+"\n\n</details>"), named("exercise-1", code(strings.Repeat("x\n", 50))), text("## Appendix: B"), text(words+words))
	write(t, filepath.Join(folder, "solutions", "a.ipynb"), text("# S"),
		named("exercise-1-text", text("## Exercise 1\n\n"+strings.Repeat("$$x$$\n\n", 40))))
	other := write(t, filepath.Join(folder, "b.ipynb"), text("# B"))
	out := filepath.Join(folder, "out")
	if _, err := exportTo(t, Options{Notebooks: []string{path, other}, Out: out}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a.html", "index.html"} {
		data, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		// Ten minutes for the words, five for the code, five for the exercise.
		if want := "about 20 minutes, and 20 for the appendix"; !strings.Contains(string(data), want) {
			t.Errorf("%s does not contain %q: it says %s", name, want, regexp.MustCompile(`about \d+ [^<]*`).FindString(string(data)))
		}
	}
}
