package site

import (
	"context"
	"encoding/json"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"rnn101/internal/checkout"
	"rnn101/internal/lang"
)

// fakeLive stands for what package live makes.
func fakeLive(context.Context, *checkout.Checkout) (*Live, error) {
	return &Live{Script: []byte("/* runs cells */"), Style: []byte("/* of cells that run */"), Packed: 7_000_000, Unpacked: 30_000_000,
		Files: map[string][]byte{"assets/engine-1.js": []byte("engine")}, Load: map[string]string{"engine.js": "assets/engine-1.js"}}, nil
}

func TestOnlyPagesOfGoCellsRunThem(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	o := Options{Out: filepath.Join(folder, "out"), Live: fakeLive, Notebooks: []string{
		write(t, filepath.Join(folder, "ko", "go.ipynb"), text("# A\n\n가나다라마"), named("first", code("x := 1", stream("1")))),
		write(t, filepath.Join(folder, "ko", "second.ipynb"), text("# C\n\n가나다라마"), code("x := 1")),
		writeWith(t, filepath.Join(folder, "python.ipynb"), "python3", text("# B"), code("x = 1")),
		writeWith(t, filepath.Join(folder, "python2.ipynb"), "python3", text("# D"), code("x = 1")),
	}}
	summary, err := exportTo(t, o)
	if err != nil {
		t.Fatal(err)
	}
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join(o.Out, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		return html.UnescapeString(string(data))
	}
	own, other := read("ko/go.html"), read("python.html")
	for _, mark := range []string{"data-live=", "'wasm-unsafe-eval'; worker-src blob:; connect-src 'self';"} {
		if !strings.Contains(own, mark) || strings.Contains(other, mark) {
			t.Errorf("the page in Go has %q: %v, want true; that in Python: %v, want false", mark, strings.Contains(own, mark), strings.Contains(other, mark))
		}
	}
	if front := read("ko/index.html"); !strings.Contains(front, texts.In(lang.Korean).Text("runs")) {
		t.Error("the front page of the pages in Go does not say that they run")
	}
	if front := read("index.html"); strings.Contains(front, texts.In(lang.English).Text("runs")) {
		t.Error("the front page of the pages in Python says that they run")
	}
	var known struct {
		Engine   string `json:"engine.js"`
		Size     string
		Notebook string
	}
	if m := regexp.MustCompile(`data-live="(\{.*?\})" data-texts`).FindStringSubmatch(own); m == nil || json.Unmarshal([]byte(m[1]), &known) != nil {
		t.Fatalf("the page does not tell its scripts what to load: %v", m)
	}
	if known.Engine != "../assets/engine-1.js" || known.Size != "7.0 MB" {
		t.Errorf("the page loads %s of %s, want ../assets/engine-1.js of 7.0 MB", known.Engine, known.Size)
	}
	script := strings.NewReplacer("var rnn101Notebook = {...{", "{", `}, "notebook"`, `, "notebook"`, ";\n", "").Replace(read(strings.TrimPrefix(known.Notebook, "../")))
	var work struct {
		File     string
		Cells    []string
		Notebook struct{ Cells []struct{ Outputs []any } }
	}
	if err := json.Unmarshal([]byte(script), &work); err != nil {
		t.Fatal(err)
	}
	if work.File != "go.ipynb" || len(work.Cells) != 2 || work.Cells[1] != "first" || len(work.Notebook.Cells[1].Outputs) != 0 {
		t.Errorf("the script of the notebook holds %+v", work)
	}
	if summary.Live.Engine != 7_000_000 {
		t.Errorf("the summary says that the engine has %d bytes, want 7000000", summary.Live.Engine)
	}
	o.Live = nil // the same site again, without cells that run
	if _, err := exportTo(t, o); err != nil {
		t.Fatal(err)
	}
	for _, name := range files(t, o.Out) {
		if strings.Contains(name, "engine") || strings.HasPrefix(name, "assets/notebooks") || strings.HasSuffix(name, ".html") && strings.Contains(read(name), "data-live") {
			t.Errorf("without cells that run the site has %s", name)
		}
	}
}
