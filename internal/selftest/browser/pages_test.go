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

// Each of these pages has one fault, except for the last.
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

	const notebook = `{"cells": [{"cell_type": "markdown", "source": "# A formula $x$"}]}`
	counted := filepath.Join(t.TempDir(), "counted.ipynb")
	if err := os.WriteFile(counted, []byte(notebook), 0o644); err != nil {
		t.Fatal(err)
	}
	visit := Visit{Site: folder, Pictures: t.TempDir(), Notebooks: map[string]string{"count.html": counted}}
	faults := map[string]struct{ main, want string }{
		"request.html":  {`<img alt="a picture from elsewhere" src="http://127.0.0.1:9/a.png">`, "it requests http://127.0.0.1:9/a.png"},
		"console.html":  {`<p>x</p><script>console.error("a word")</script>`, "the console shows: a word"},
		"fails.html":    {`<p>x</p><script>throw new Error("a word")</script>`, "a script fails: a word"},
		"raw.html":      {`<p>$\frac12$</p>`, "formulas are shown as source"},
		"flat.html":     {`<p><span class="math">x</span></p>`, "formulas are not typeset"},
		"glyph.html":    {`<p><svg aria-hidden="true"><use href="#none"></use></svg></p>`, "glyphs are missing"},
		"count.html":    {`<p>x</p>`, "0 formulas are shown, want 1"},
		"broken.html":   {`<img alt="a broken picture" src="data:image/png;base64,AAAA">`, "images are not decoded"},
		"unnamed.html":  {`<img alt="" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">`, "have no alternative text"},
		"silent.html":   {`<audio controls src="data:audio/wav;base64,AAAA"></audio>`, "sounds cannot be played"},
		"wide.html":     {`<div style="width: 3000px">x</div>`, "wider than the window"},
		"stuck.html":    {`<div style="overflow-x: auto" tabindex="-1"><div style="width: 3000px">x</div></div>`, "the keyboard cannot scroll"},
		"missed.html":   {`<button tabindex="-1">x</button>`, "the Tab key does not reach 1 of 1 elements"},
		"contrast.html": {`<p style="color: #ccc; background: #fff">hardly to be seen</p>`, "axe, color-contrast"},
		"dark.html":     {`<p style="color-scheme: light dark; color: light-dark(#000, #333); background: light-dark(#fff, #000)">hardly to be seen</p>`, "dark.html, wide, dark: axe, color-contrast"},
		"link.html":     {`<p><a href="none.html">x</a></p>`, "none.html has no page as its target"},
		"place.html":    {`<p><a href="wide.html#none">x</a></p>`, "has no such id"},
		"korean.html":   {`<p>야구</p>`, "Korean passages are not marked"},
		"good.html":     {`<p><a href="wide.html#text">x</a> <span lang="ko">야구</span></p>`, ""},
	}
	for name, fault := range faults {
		page := `<!doctype html><html lang="en" data-ready><head><title>A page</title><meta charset="utf-8"></head><body><main id="text"><h1>A page</h1>` + fault.main + `</main></body></html>`
		if err := os.WriteFile(filepath.Join(folder, name), []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
		visit.Pages = append(visit.Pages, name)
	}
	var problems Problems
	if err := TestPages(ctx, repo, progress.New(null), chromium, visit); !errors.As(err, &problems) {
		t.Fatalf("the error is %v, want Problems", err)
	}
	for name, fault := range faults {
		found := ""
		for _, problem := range problems {
			if strings.HasPrefix(problem, name) {
				found += problem + "\n"
			}
		}
		if !strings.Contains(found, fault.want) || fault.want == "" && found != "" {
			t.Errorf("%s: the problems are %q, want %q", name, found, fault.want)
		}
	}

	if err := Validate(ctx, repo, progress.New(null), folder); err != nil {
		t.Errorf("these pages are valid HTML, but Validate returns %v", err)
	}
	invalid := `<!doctype html><html lang="en"><head><title>A page</title></head><body><ul><p>x</p></ul></body></html>`
	if err := os.WriteFile(filepath.Join(folder, "invalid.html"), []byte(invalid), 0o644); err != nil {
		t.Fatal(err)
	}
	err = Validate(ctx, repo, progress.New(null), folder)
	if !errors.As(err, &problems) || len(problems) != 1 || !strings.Contains(problems[0], "invalid.html, line 1: HTML: Element “p” not allowed") {
		t.Errorf("a paragraph directly in a list: Validate returns %v", err)
	}
}
