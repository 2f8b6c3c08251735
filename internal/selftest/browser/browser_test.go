package browser

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rnn101/internal/checkout"
	"rnn101/internal/progress"
)

// dot is a PNG of one pixel.
const dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

// notebookWith returns a notebook with a Markdown cell and code cells.
func notebookWith(t *testing.T, text string, cells ...map[string]any) []byte {
	t.Helper()
	all := []any{map[string]any{"cell_type": "markdown", "id": "text", "metadata": map[string]any{}, "source": strings.SplitAfter(text, "\n")}}
	for _, c := range cells {
		all = append(all, c)
	}
	// In the layout in which JupyterLab saves it: another one would be a change.
	data, err := json.MarshalIndent(map[string]any{
		"nbformat": 4, "nbformat_minor": 5,
		"metadata": map[string]any{
			"kernelspec":    map[string]any{"name": "gonb", "display_name": "Go (gonb)", "language": "go"},
			"language_info": map[string]any{"name": "go", "file_extension": ".go", "mimetype": "text/x-go", "pygments_lexer": "go"},
		},
		"cells": all,
	}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return append(data, '\n')
}

// codeCell returns a code cell.
func codeCell(id, source string, outputs ...map[string]any) map[string]any {
	if outputs == nil {
		outputs = []map[string]any{}
	}
	return map[string]any{"cell_type": "code", "id": id, "metadata": map[string]any{}, "source": strings.SplitAfter(source, "\n"), "outputs": outputs, "execution_count": 1}
}

// htmlOutput returns an output of a code cell.
func htmlOutput(html string) map[string]any {
	return map[string]any{"output_type": "display_data", "metadata": map[string]any{}, "data": map[string]any{"text/html": html}}
}

// The first of these notebooks has a fault in each cell, the second one in its metadata, the last none.
func TestTestNotebooksFindsEachFault(t *testing.T) {
	if os.Getenv("RNN101_SETUP") != "1" {
		t.Skip("needs the set-up: call go run ./course test")
	}
	chromium := Chromium.Find()
	if chromium == "" {
		t.Skip("needs Chromium or Chrome")
	}
	const quiet = "%noautoget\n%%\nx := 1\n_ = x"
	real, err := os.ReadFile(filepath.Join("..", "..", "..", "notebooks", "00_start_here.ipynb"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"data:image/png", `$\\hat y`, "|:--"} {
		if !bytes.Contains(real, []byte(part)) {
			t.Fatalf("the notebook without a fault lacks %s: this test would prove less", part)
		}
	}
	faults := notebookWith(t, `A formula: $\frac{1}$`,
		codeCell("new-output", "%noautoget\n%%\nfmt.Println(\"bat\")"), // the first whose outputs change
		codeCell("no-image", quiet, htmlOutput(`<img alt="a chart of nothing" src="data:image/png;base64,AAAA">`)),
		codeCell("no-alt", quiet, htmlOutput(`<img src="data:image/png;base64,`+dot+`">`)),
		codeCell("lost-chart", quiet, htmlOutput(`<img alt="a chart of nothing" src="data:image/png;base64,`+dot+`">`)),
		codeCell("no-sound", quiet, htmlOutput(`<audio controls src="data:audio/wav;base64,AAAA"></audio>`)),
		codeCell("fails", "%noautoget\n%%\npanic(\"no bat\")")) // no cell after it would run
	// The kernel reports another language_info, so opening this notebook changes it.
	reported := bytes.Replace(notebookWith(t, "Text.", codeCell("code", quiet)), []byte(`"pygments_lexer": "go"`), []byte(`"pygments_lexer": "",`+"\n"+`   "version": "go1.26.0"`), 1)
	cases := map[string]struct {
		content []byte
		want    []string // words of its problems; a fault may show before and after Run All
	}{
		"faults.ipynb": {faults, []string{
			"as cloned: 1 images are not decoded", "as cloned: 1 images have no alternative text", "1 formulas are not valid LaTeX",
			"outputs are errors", "after Run All: 0 charts are shown, want 3", "as cloned: 0 sounds can be played, want 1",
			"saved: cell new-output: the outputs are [stream stdout], committed are []",
		}},
		"unsaved.ipynb": {reported, []string{"as cloned: it has unsaved changes", "saved: line"}},
		"real.ipynb":    {real, nil},
	}
	repo, err := checkout.Find()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	var files []string
	for name, c := range cases {
		files = append(files, filepath.Join(folder, name))
		if err := os.WriteFile(filepath.Join(folder, name), c.content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	null, err := os.Create(filepath.Join(folder, "report"))
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 9*time.Minute)
	defer cancel()
	err = TestNotebooks(ctx, repo, progress.New(null), chromium, folder, files, t.TempDir())
	var problems Problems
	if !errors.As(err, &problems) {
		t.Fatalf("the error is %v, want Problems", err)
	}
	for name, c := range cases {
		var own []string
		for _, problem := range problems {
			if strings.HasPrefix(problem, name) {
				own = append(own, problem)
			}
		}
		found := strings.Join(own, "\n")
		if c.want == nil && len(own) > 0 {
			t.Errorf("%s has no fault, but the problems:\n%s", name, found)
		}
		for _, word := range c.want {
			if !strings.Contains(found, word) {
				t.Errorf("the problems of %s lack %q:\n%s", name, word, found)
			}
		}
	}
}

func TestFindUsesTheVariable(t *testing.T) {
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []Program{Chromium, Firefox} {
		t.Setenv(p.Variable, own)
		if got := p.Find(); got != own {
			t.Errorf("with %s=%s Find returns %q", p.Variable, own, got)
		}
		t.Setenv(p.Variable, filepath.Join(t.TempDir(), "no such program"))
		if got := p.Find(); got != "" {
			t.Errorf("with a %s that does not exist Find returns %q, want none", p.Variable, got)
		}
	}
}
