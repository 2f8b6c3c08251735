package site

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func outputOf(kind string, more object) object {
	o := object{"output_type": kind, "metadata": object{}}
	for key, value := range more {
		o[key] = value
	}
	return o
}

func attached(source string, files object) object {
	c := text(source)
	c["attachments"] = files
	return c
}

func raw(mime, source string) object {
	return object{"cell_type": "raw", "metadata": object{"raw_mimetype": mime}, "source": source}
}

const formula = `<span class="math `

// strange lists cells as people have them, what of each is on the page, and what is not. What is
// expected is what JupyterLab 4.6 shows.
var strange = map[string]struct {
	cell      object
	want, not []string
	warning   string // "" for none
}{
	"math-block":     {text("<div class=\"alert\">The loss $L = -\\log p$ falls.</div>"), []string{formula + `inline"`}, []string{"$"}, ""},
	"math-table":     {text("<table><tr><td>$\\alpha$</td><td>$x^2$</td></tr></table>"), []string{formula, "<table>"}, []string{"$"}, ""},
	"math-center":    {text("<center>\n$$E = mc^2$$\n</center>"), []string{formula + `display"`, "<center>"}, []string{"$"}, ""},
	"math-details":   {text("<details><summary>Hint $a+b$</summary>\n\nInside $c+d$ text\n\n</details>"), []string{formula, "</summary>"}, []string{"$"}, ""},
	"math-output":    {code("x", display("text/html", "<p>so $y_1$ and \\(y_2\\)<br>$$y_3$$</p>")), []string{formula + `display"`, "<br/>"}, []string{"$", `\(`}, ""},
	"math-latex":     {code("x", display("text/latex", "$\\displaystyle x < 1$")), []string{formula}, []string{"$"}, ""},
	"math-list":      {text("- one\n\n  $$x_1$$\n- two $$x_2$$\n\n> quoted\n> $$x_3$$"), []string{"<li>", "<blockquote>", formula + `display"`}, []string{"$"}, ""},
	"math-env":       {text("before\n\n\\begin{align}\nx &= 1 \\\\\ny &< 2\n\\end{align}\n\nafter"), []string{formula + `display"`, "after"}, []string{"begin{"}, ""},
	"math-brackets":  {text("inline \\\\(x_1\\\\) and \\\\[x_2\\\\]"), []string{formula + `inline"`, formula + `display"`}, []string{"x_1", "x_2"}, ""},
	"math-macro":     {text("$\\newcommand{\\loss}{\\mathcal{L}}$"), nil, nil, ""},
	"math-macro-use": {text("Then $\\loss$."), []string{formula}, []string{"$"}, ""},
	"math-code":      {text("`$x$` and\n\n```\n$y$\n\\begin{x}\n```"), []string{"<code>$x$</code>", "$y$", `\begin{x}`}, []string{formula}, ""},
	"math-lines":     {text("$$\n\\begin{pmatrix} a_1 & b_1 \\\\ c & d \\end{pmatrix}\n$$"), []string{formula + `display"`}, []string{"$", "&amp; b"}, ""},
	"math-heading":   {text("## The loss $L$ of *one* step"), []string{"<h2", formula}, []string{"$"}, ""},
	"math-require":   {text("$\\require{cancel}\\cancel{x}$"), []string{formula}, []string{"$"}, ""},
	"math-korean":    {text("$\\text{기울기}$"), []string{formula}, []string{"$"}, ""},
	"anchor-own":     {text("<h2 id=\"mine\">Two</h2>\n\n[to it](#mine)"), []string{`id="mine"`, `href="#mine"`}, nil, ""},
	"math-ml":        {code("x", display("text/html", "<math><mrow><msup><mi>x</mi><mn>2</mn></msup><mo stretchy=\"false\">)</mo><mtext><b onclick=\"p()\">so</b></mtext></mrow></math>")), []string{"<msup><mi>x</mi><mn>2</mn></msup>", "so"}, []string{"onclick"}, ""},
	"price":          {text("It costs $5."), []string{"It costs $5."}, []string{formula}, ""},
	"price-escaped":  {text("`x` costs \\\\$5 or \\\\$6."), []string{"costs $5 or $6."}, []string{formula}, ""},
	"table-bar":      {text("|s|m|\n|:-|:-|\n|$P(a|b)$|cond|\n|$\\|v\\|$|norm|"), []string{"<table>", formula, ">norm</td>"}, []string{"$", "|"}, ""},
	"table-code":     {text("|s|m|\n|:-|:-|\n|`a\\|b`|code|"), []string{"<code>a|b</code>", `<td class="left">code</td>`}, nil, ""},
	"table-ragged":   {text("|s|m|\n|:-|:-|\n|one|\n|one|two|three|"), []string{"<table>"}, []string{"|", "three"}, ""},
	"table-list":     {text("- item\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |"), []string{"<li>", "<table>"}, []string{"|"}, ""},
	"table-bare":     {text("F\ns|m\n-|-\none|two"), []string{"<table>", "<td>two</td>"}, []string{"|"}, ""},
	"tasks":          {text("- [ ] write softmax\n- [x] write oneHot"), []string{"☐", "☑"}, []string{"[x]", "<input"}, ""},
	"progress":       {code("x", stream("\r5%\r50%\r100%\nabc\b\b\bXYZ\x07\x00\n")), []string{"100%\nXYZ\n"}, []string{"50%", "abc", "\x07"}, ""},
	"colours":        {code("x", stream("\x1b[31mred\x1b[0m \x1b[38;5;202morange\x1b[0m \x1b[?25l\x1b]8;;http://e.org\x1b\\link\x1b]8;;\x1b\\")), []string{`<span class="ansi-red-fg">red</span>`, "orange", "link"}, []string{"\x1b", "25l", "e.org"}, ""},
	"windows":        {text("## W\r\n\r\n- one\r\n- two\r\n\r\n| a | b |\r\n|---|---|\r\n| 1 | 2 |"), []string{"<li>two</li>", "<table>"}, []string{"\r", "|"}, ""},
	"anchor":         {text("<a name=\"part\"></a>\n## The part"), []string{`<a id="part">`}, nil, ""},
	"anchor-link":    {text("[to part](#part) and [with spaces](#The-part)"), []string{`href="#part"`, `href="#The-part"`}, nil, ""},
	"attached-img":   {attached(`<img src="attachment:p.png" alt="a dot" width="20">`, object{"p.png": object{"image/png": dot}}), []string{`src="media/`, `alt="a dot"`}, []string{"attachment"}, ""},
	"attached-space": {attached("![a dot](attachment:my%20pic.png)", object{"my pic.png": object{"image/png": dot}}), []string{`src="media/`}, []string{"attachment"}, ""},
	"attached-ko":    {attached("![a dot](attachment:%EC%82%AC%EC%A7%84.png)", object{"사진.png": object{"image/png": dot}}), []string{`src="media/`}, []string{"attachment"}, ""},
	"attached-svg":   {attached("![a disc](attachment:d.svg)", object{"d.svg": object{"image/svg+xml": "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4="}}), []string{`.svg"`}, []string{"attachment"}, ""},
	"attached-lost":  {text("![a dot that is lost](attachment:lost.png)"), []string{"Not on this page: a dot that is lost"}, []string{"<img"}, "no attachment of this name"},
	"svg-output":     {code("x", display("text/html", `<svg width=40 height="40" viewBox="0 0 40 40" onload="p()"><title>a disc</title><script>p()</script><circle cx=20 cy="20" r="9"/></svg>`)), []string{`alt="a disc"`, `.svg"`, `width="40"`}, []string{"<svg", "onload"}, ""},
	"svg-mime":       {code("x", display("image/svg+xml", `<svg width="40"><circle r="9"/></svg>`)), []string{`.svg"`}, nil, "no alternative text"},
	"program-words":  {code("x", outputOf("display_data", object{"data": object{"text/html": `<div id="p"></div><script>draw()</script>`, "text/plain": "a chart of losses"}})), []string{"a chart of losses"}, []string{"draw()"}, "a program in JavaScript"},
	"program-alone":  {code("x", display("text/html", "<div></div><script>draw()</script>")), []string{"Here the notebook runs a program"}, []string{"draw()"}, "a program in JavaScript"},
	"program-mime":   {code("x", display("application/javascript", "draw()")), []string{"Here the notebook runs a program"}, []string{"draw()"}, "application/javascript"},
	"video-far":      {text("<video src=\"https://example.org/a.mp4\" controls></video>"), []string{"Not on this page:", "https://example.org/a.mp4"}, []string{"<video"}, "from the network"},
	"video":          {text("<video controls><source src=\"beside.mp4\" type=\"video/mp4\"></video>"), []string{"<video", `src="media/`}, nil, ""},
	"iframe":         {text("<iframe src=\"https://example.org/page\"></iframe>"), []string{"Here the notebook embeds another page.", `href="https://example.org/page"`}, []string{"<iframe"}, "iframe"},
	"field":          {text("<input type=\"text\" value=\"x\"> <button>Press</button>"), []string{"Here the notebook asks for input.", "Press"}, []string{"<input", "<button"}, "a form field"},
	"widget":         {code("x", outputOf("display_data", object{"data": object{"application/vnd.jupyter.widget-view+json": object{"model_id": "a"}, "text/plain": "HBox(children=())"}})), []string{"HBox(children=())"}, nil, "widget-view"},
	"pdf":            {code("x", display("application/pdf", "JVBERi0=")), []string{"cannot show (application/pdf)"}, []string{"JVBERi0"}, "application/pdf"},
	"json":           {code("x", outputOf("execute_result", object{"execution_count": 1, "data": object{"application/json": object{"k": []int{1}}}})), []string{`"k"`}, nil, ""},
	"webp":           {code("x", outputOf("display_data", object{"data": object{"image/webp": dot}, "metadata": object{"image/webp": object{"width": 30}}})), []string{`.webp"`, `width="30"`}, nil, "no alternative text"},
	"no-image":       {code("x", display("image/png", "bm8gaW1hZ2UgYXQgYWxs")), []string{"left-out", "Image without a description"}, []string{"<img"}, "its data are not those of an image"},
	"no-image-words": {code("x", outputOf("display_data", object{"data": object{"image/png": "bm8gaW1hZ2UgYXQgYWxs", "text/plain": "a chart in words"}})), []string{"a chart in words"}, []string{"left-out"}, "replaced by its text"},
	"program-text":   {code("x", display("text/javascript", "draw()")), []string{"Here the notebook runs a program"}, []string{"draw()"}, "text/javascript"},
	"link-file":      {text("<a href=\"file:///home/ann/a.txt\">mine</a> and <a href=\"https://e.org\">theirs</a>"), []string{"mine", `<a href="https://e.org"`}, []string{"<a>", "file:"}, "the link “mine” is to file:"},
	"word":           {text("<p>from Word<o:p></o:p> <w:sdt>kept</w:sdt></p>"), []string{"from Word", "kept"}, []string{"o:p", "w:sdt"}, ""},
	"several":        {code("x", outputOf("display_data", object{"data": object{"text/html": "<b>bold</b>", "text/plain": "plain", "image/png": dot}})), []string{"<b>bold</b>"}, []string{"plain", "<img"}, ""},
	"pandas":         {code("x", display("text/html", "<div><style scoped>td { top: 0 }</style><table border=\"1\"><tr><td>7</td></tr></table></div>")), []string{"<td>7</td>"}, []string{"top: 0"}, ""},
	"lines":          {code("x", display("text/html", "<div>one</div><div>two</div>")), []string{"<div>one</div><div>two</div>"}, nil, ""},
	"stderr":         {code("x", object{"output_type": "stream", "name": "stderr", "text": "a <warning>\n"}), []string{"a &lt;warning&gt;"}, nil, ""},
	"error":          {code("x", outputOf("error", object{"ename": "E", "evalue": "v", "traceback": []string{"\x1b[31mE\x1b[0m: no bat"}})), []string{"no bat", "ansi-red-fg"}, []string{"\x1b"}, "its output is an error"},
	"raw-text":       {raw("", "---\ntitle: a<b\n---"), []string{"title: a&lt;b"}, []string{"<hr"}, ""},
	"raw-html":       {raw("text/html", "<b>bold</b><form action=\"https://e.org\"></form><div><!-- open"), []string{"<b>bold</b>"}, []string{"<form", "<!--"}, ""},
	"raw-markdown":   {raw("text/markdown", "*so*"), []string{"<em>so</em>"}, nil, ""},
	"raw-latex":      {raw("text/latex", "\\section{x}"), []string{"\\section{x}"}, nil, ""},
	"after":          {text("still here"), []string{"<p>still here</p>"}, nil, ""},
	"script-link":    {text("[go](javascript:pwned())"), []string{"go"}, []string{"pwned", "<a"}, "not to a page"},
	"code-colours":   {text("```go\nfunc f() {}\n```"), []string{`class="highlight"`, `<span class="kd">func</span>`}, nil, ""},
	"no-description": {code("x", display("image/png", dot)), []string{`alt="Image without a description"`}, nil, "no alternative text"},
}

// order has the cells whose order matters; the others come after them.
var order = []string{"math-macro", "math-macro-use", "raw-text", "raw-html", "raw-markdown", "raw-latex", "after"}

func strangeCells() (cells []object) {
	seen := map[string]bool{}
	for _, name := range order {
		cells, seen[name] = append(cells, named(name, strange[name].cell)), true
	}
	for name, c := range strange {
		if !seen[name] {
			cells = append(cells, named(name, c.cell))
		}
	}
	return cells
}

func TestSomebodysNotebookComesOutAsInJupyterLab(t *testing.T) {
	t.Parallel()
	made := exported(t)
	data := made.page(t, "strange.html")
	if found := regexp.MustCompile(`(?i)<(script|iframe|form|object|input)\b`).FindAllString(data, -1); len(found) > 3 {
		t.Errorf("the page has %q, want the loader and two fields of the page itself", found)
	}
	if !strings.Contains(data, `translate(813.3,0)`) {
		t.Error("the second syllable of 기울기 in a formula is not 0.92 of the size of its text after the first")
	}
	shown := map[string]string{}
	for _, part := range regexp.MustCompile(`<div class="jp-Cell`).Split(data, -1)[1:] {
		part, _, _ = strings.Cut(part, "</article>")
		shown[regexp.MustCompile(`data-cell="([^"]*)"`).FindStringSubmatch(part)[1]] = regexp.MustCompile(`(?s)<mjx-container.*?</mjx-container>`).ReplaceAllString(part, "")
	}
	for name, c := range strange {
		for _, want := range c.want {
			if !strings.Contains(shown[name], want) {
				t.Errorf("cell %s lacks %q: %s", name, want, shown[name])
			}
		}
		for _, not := range c.not {
			if strings.Contains(shown[name], not) {
				t.Errorf("cell %s has %q: %s", name, not, shown[name])
			}
		}
		var said []string
		for _, w := range made.of("strange.ipynb") {
			if w.Cell == name {
				said = append(said, w.Text)
			}
		}
		if all := strings.Join(said, "\n"); c.warning == "" && all != "" || !strings.Contains(all, c.warning) {
			t.Errorf("cell %s: the warnings are %q, want %q", name, said, c.warning)
		}
	}
}

// Files as other programs write them, also against the rules of the format.
func TestEveryFormOfAFileBecomesAPage(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	var all []string
	for name, content := range map[string]string{
		"no heading":    `{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "findme"}]}`,
		"no cells":      `{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}`,
		"nothing":       `{"nbformat": 4}`,
		"empty cells":   `{"nbformat": 4, "nbformat_minor": 2, "metadata": {}, "cells": [{"cell_type": "markdown"}, {"cell_type": "code"}, {"cell_type": "raw"}, {"cell_type": "markdown", "source": "findme"}]}`,
		"wrong types":   `{"nbformat": 4, "nbformat_minor": 9, "metadata": {"language_info": {"name": 3, "pygments_lexer": []}, "kernelspec": []}, "cells": [{"cell_type": "code", "id": "한 글", "metadata": {"tags": "cover", "jupyter": []}, "source": "findme", "outputs": [{"output_type": "stream", "text": "x"}, {"output_type": "future", "data": {"text/plain": "y"}}, {"output_type": "execute_result", "metadata": []}]}, {"cell_type": "markdown", "attachments": [], "metadata": {"tags": ["a,b", "a,b"]}, "source": "![x](attachment:y)"}]}`,
		"Colab":         `{"nbformat": 4, "nbformat_minor": 0, "metadata": {"kernelspec": {"name": "python3"}, "widgets": {"application/vnd.jupyter.widget-state+json": {"a": {"model_name": "HBoxModel"}}}}, "cells": [{"cell_type": "code", "metadata": {"id": "x"}, "source": ["findme"], "execution_count": null, "outputs": []}]}`,
		"same ids":      `{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "x"}, {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "findme"}]}`,
		"format 3":      `{"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": "old"}, "worksheets": [{"cells": [{"cell_type": "heading", "level": 1, "source": "Old"}, {"cell_type": "code", "input": "findme", "language": "python", "outputs": [{"output_type": "pyout", "text": "3", "prompt_number": 1}], "prompt_number": 1}]}]}`,
		"format 3 bare": `{"nbformat": 3, "worksheets": [{}]}`,
		"format 2":      `{"nbformat": 2, "metadata": {"name": "old"}, "worksheets": [{"cells": [{"cell_type": "markdown", "source": "findme"}]}]}`,
		"picture title": `{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# <img src='data:image/png;base64,` + dot + `' alt='a dot'>\n\nfindme"}]}`,
		"empty title":   `{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "#\n\n## <a name='x'></a>\n\nfindme"}]}`,
		"careless":      `{"nbformat": "4", "nbformat_minor": "2", "metadata": {}, "cells": [{"cell_type": "code", "source": "findme", "outputs": [{"output_type": "display_data", "data": {"text/html": {"a": 1}, "text/plain": null}}, {"output_type": "display_data", "data": {"image/png": ["x", 3], "text/plain": 7}}, {"output_type": "display_data", "data": {"text/markdown": true}, "metadata": {"image/png": 3}}, {"output_type": "error", "traceback": "findme"}]}]}`,
		"NaN":           `{"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [{"cell_type": "code", "metadata": {"NaN": NaN}, "source": "findme", "outputs": [{"output_type": "display_data", "data": {"application/json": {"a": [-Infinity, "NaN"]}}}]}]}`,
		"format 3 code": `{"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": ["findme"], "x": NaN}, {"cell_type": "heading"}]}]}`,
		"mark":          "\ufeff" + `{"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [{"cell_type": "markdown", "metadata": {}, "source": "findme"}]}`,
	} {
		path := filepath.Join(folder, name+".ipynb")
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		all = append(all, path)
	}
	out := filepath.Join(folder, "out")
	if _, err := exportTo(t, Options{Notebooks: all, Out: out}); err != nil {
		t.Fatal(err)
	}
	for _, path := range all {
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(path), ".ipynb")
		page, err := os.ReadFile(filepath.Join(out, name+".html"))
		if err != nil {
			t.Error(err)
		} else if strings.Contains(string(source), "findme") && !strings.Contains(string(page), "findme") {
			t.Errorf("the page of %q lacks the text of its cell", name)
		}
	}
}
