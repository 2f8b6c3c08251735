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

// notebookWith returns a notebook with a Markdown cell and a code cell.
func notebookWith(t *testing.T, text, source string, outputs ...map[string]any) []byte {
	t.Helper()
	if outputs == nil {
		outputs = []map[string]any{}
	}
	lines := func(text string) []string { return strings.SplitAfter(text, "\n") }
	// In the layout in which JupyterLab saves it: another one would be a change.
	data, err := json.MarshalIndent(map[string]any{
		"nbformat": 4, "nbformat_minor": 5,
		"metadata": map[string]any{
			"kernelspec":    map[string]any{"name": "gonb", "display_name": "Go (gonb)", "language": "go"},
			"language_info": map[string]any{"name": "go", "file_extension": ".go", "mimetype": "text/x-go", "pygments_lexer": "go"},
		},
		"cells": []any{
			map[string]any{"cell_type": "markdown", "id": "text", "metadata": map[string]any{}, "source": lines(text)},
			map[string]any{"cell_type": "code", "id": "code", "metadata": map[string]any{}, "source": lines(source), "outputs": outputs, "execution_count": 1},
		},
	}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return append(data, '\n')
}

// htmlOutput returns an output of a code cell.
func htmlOutput(html string) map[string]any {
	return map[string]any{"output_type": "display_data", "metadata": map[string]any{}, "data": map[string]any{"text/html": html}}
}

// Each of these notebooks has one fault, except for the last two.
func TestTestNotebooksFindsEachFault(t *testing.T) {
	if os.Getenv("RNN101_SETUP") != "1" {
		t.Skip("needs the set-up: call go run ./course test")
	}
	chromium := Chromium.Find()
	if chromium == "" {
		t.Skip("needs Chromium or Chrome")
	}
	const (
		dot   = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
		quiet = "%noautoget\n%%\nx := 1\n_ = x"
	)
	real, err := os.ReadFile(filepath.Join("..", "..", "..", "notebooks", "02_one_hot_inputs.ipynb"))
	if err != nil {
		t.Fatal(err)
	}
	// The kernel reports another language_info, so opening this notebook changes it.
	reported := bytes.Replace(notebookWith(t, "Text.", quiet), []byte(`"pygments_lexer": "go"`), []byte(`"pygments_lexer": "",`+"\n"+`   "version": "go1.26.0"`), 1)
	cases := map[string]struct {
		content []byte
		want    []string // words of its problems; a fault may show before and after Run All
	}{
		"no-image.ipynb":      {notebookWith(t, "Text.", quiet, htmlOutput(`<img alt="a chart of nothing" src="data:image/png;base64,AAAA">`)), []string{"as cloned: 1 images are not decoded"}},
		"no-alt.ipynb":        {notebookWith(t, "Text.", quiet, htmlOutput(`<img src="data:image/png;base64,`+dot+`">`)), []string{"as cloned: 1 images have no alternative text"}},
		"bad-formula.ipynb":   {notebookWith(t, `A formula: $\frac{1}$`, quiet), []string{"formulas are not valid LaTeX"}},
		"failing-cell.ipynb":  {notebookWith(t, "Text.", "%noautoget\n%%\npanic(\"no bat\")"), []string{"after Run All: ", "outputs are errors"}},
		"lost-chart.ipynb":    {notebookWith(t, "Text.", quiet, htmlOutput(`<img alt="a chart of nothing" src="data:image/png;base64,`+dot+`">`)), []string{"after Run All: 0 charts are shown, want 1"}},
		"no-sound.ipynb":      {notebookWith(t, "Text.", quiet, htmlOutput(`<audio controls src="data:audio/wav;base64,AAAA"></audio>`)), []string{"as cloned: 0 sounds can be played, want 1"}},
		"new-output.ipynb":    {notebookWith(t, "Text.", "%noautoget\n%%\nfmt.Println(\"bat\")"), []string{"saved: cell code: the outputs are [stream stdout], committed are []"}},
		"unsaved.ipynb":       {reported, []string{"as cloned: it has unsaved changes", "saved: line"}},
		"real.ipynb":          {real, nil},
		"without-fault.ipynb": {notebookWith(t, "A formula: $\\frac12$\n\n| a | b |\n|:--|:--|\n| 1 | 2 |", quiet), nil},
	}
	repo, err := checkout.Find()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for name, c := range cases {
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
	err = TestNotebooks(ctx, repo, progress.New(null), chromium, folder, t.TempDir())
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
