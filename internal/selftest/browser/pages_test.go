package browser

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rnn101/internal/checkout"
	"rnn101/internal/progress"
)

// One page has all faults, each in an element of its own; the other has none.
func TestTestPagesFindsEachFault(t *testing.T) {
	if os.Getenv("RNN101_SETUP") != "1" {
		t.Skip("needs the set-up: call go run ./course test")
	}
	chromium := Chromium.Find()
	if chromium == "" {
		t.Skip("needs Chromium or Chrome")
	}
	repo, err := checkout.Find()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	null, err := os.Create(filepath.Join(t.TempDir(), "report"))
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()

	const notebook = `{"cells": [{"cell_type": "markdown", "source": "# Two formulas, $x$ and $y$"}]}`
	counted := filepath.Join(t.TempDir(), "counted.ipynb")
	if err := os.WriteFile(counted, []byte(notebook), 0o644); err != nil {
		t.Fatal(err)
	}
	visit := Visit{Site: folder, Pages: []string{"faults.html", "good.html"}, Pictures: t.TempDir(), Notebooks: map[string]string{"faults.html": counted}}
	// The numbers tell the elements apart: the image from elsewhere is not decoded either, and what is hardly
	// to be seen in any colours is so in dark ones.
	faults := []struct{ main, want string }{
		{`<img alt="a picture from elsewhere" src="http://127.0.0.1:9/a.png">`, "it requests http://127.0.0.1:9/a.png"},
		{`<script>console.error("a word")</script>`, "the console shows: a word"},
		{`<script>throw new Error("another word")</script>`, "a script fails: another word"},
		{`<p>$\frac12$</p>`, "formulas are shown as source: ['$\\\\frac12$'"},
		{`<p><span class="math">x</span></p>`, "1 formulas are not typeset"},
		{`<p><svg aria-hidden="true"><use href="#none"></use></svg></p>`, "1 glyphs are missing"},
		{``, "1 formulas are shown, want 2"},
		{`<img alt="a broken picture" src="data:image/png;base64,AAAA">`, "2 images are not decoded"},
		{`<img alt="" src="data:image/png;base64,` + dot + `">`, "1 images have no alternative text"},
		{`<audio controls src="data:audio/wav;base64,AAAA"></audio>`, "1 sounds cannot be played"},
		{`<div style="width: 3000px">x</div>`, "wider than the window"},
		{`<div class="box" style="width: 200px; overflow-x: auto" tabindex="-1"><div style="width: 4000px">x</div></div>`, "the keyboard cannot scroll ['box']"},
		{`<button tabindex="-1">unreached</button>`, "the Tab key does not reach 1 of 4 elements, the first: ['unreached']"},
		{`<p style="color: #ccc; background: #fff">hardly to be seen</p>`, "faults.html, wide, light: axe, color-contrast: Elements must meet minimum color contrast ratio thresholds (1 times"},
		{`<p style="color-scheme: light dark; color: light-dark(#000, #333); background: light-dark(#fff, #000)">hardly to be seen</p>`,
			"faults.html, wide, dark: axe, color-contrast: Elements must meet minimum color contrast ratio thresholds (2 times"},
		{`<p><a href="none.html">x</a></p>`, "none.html has no page as its target"},
		{`<p><a href="good.html#none">x</a></p>`, "good.html#none links to has no such id"},
		{`<p>야구</p>`, "1 Korean passages are not marked"},
	}
	write := func(name, main string) {
		page := `<!doctype html><html lang="en" data-ready><head><title>A page</title><meta charset="utf-8"></head><body><main id="text"><h1>A page</h1>` + main + `</main></body></html>`
		if err := os.WriteFile(filepath.Join(folder, name), []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	all := ""
	for _, fault := range faults {
		all += fault.main
	}
	write("faults.html", all)
	write("good.html", `<p><a href="faults.html#text">x</a> <span lang="ko">야구</span></p>`)
	var problems Problems
	if err := TestPages(ctx, repo, progress.New(null), chromium, visit); !errors.As(err, &problems) {
		t.Fatalf("the error is %v, want Problems", err)
	}
	found := strings.Join(problems, "\n")
	for _, fault := range faults {
		if !strings.Contains(found, fault.want) {
			t.Errorf("%s: the problems lack %q", fault.main, fault.want)
		}
	}
	if strings.Contains(found, "good.html: ") || strings.Contains(found, "good.html, ") {
		t.Error("good.html has no fault")
	}
	if t.Failed() {
		t.Logf("the problems are\n%s", found)
	}

	invalid := `<!doctype html><html lang="en"><head><title>A page</title></head><body><ul><p>x</p></ul></body></html>`
	if err := os.WriteFile(filepath.Join(folder, "invalid.html"), []byte(invalid), 0o644); err != nil {
		t.Fatal(err)
	}
	err = Validate(ctx, repo, progress.New(null), folder) // the other two are valid
	if !errors.As(err, &problems) || len(problems) != 1 || !strings.Contains(problems[0], "invalid.html, line 1: HTML: Element “p” not allowed") {
		t.Errorf("a paragraph directly in a list: Validate returns %v", err)
	}
}
