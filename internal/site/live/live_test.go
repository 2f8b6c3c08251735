package live

import (
	"context"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rnn101/internal/checkout"
	"rnn101/internal/lang"
)

// scripts returns all scripts of the folder page as one text.
func scripts(t *testing.T) string {
	t.Helper()
	all := ""
	err := fs.WalkDir(files, "page", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".js") {
			return err
		}
		data, err := files.ReadFile(name)
		all += string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEachTextOfTheScriptsIsUsedAndExists(t *testing.T) {
	all, known := scripts(t), texts.In(lang.English).All()
	literals := map[string]bool{}
	for _, m := range regexp.MustCompile(`"([a-z_]+)"`).FindAllStringSubmatch(all, -1) {
		literals[m[1]] = true
	}
	for _, key := range slices.Sorted(maps.Keys(known)) {
		if !literals[key] && !literals[strings.TrimSuffix(key, "_label")] {
			t.Errorf("no script uses the text live.%s", key)
		}
	}
	calls := regexp.MustCompile(`\btext\((?:[^"()]* \? )?"([a-z_]+)"`).FindAllStringSubmatch(all, -1)
	if len(calls) < 25 {
		t.Errorf("the scripts look up %d texts: has the way they do it changed?", len(calls))
	}
	for _, m := range calls {
		if known[m[1]] == "" {
			t.Errorf("there is no text live.%s", m[1])
		}
	}
}

// What a page loads before the reader runs anything must be small; what it loads then comes with its licences.
func TestWhatPagesLoad(t *testing.T) {
	if os.Getenv("RNN101_SETUP") != "1" {
		t.Skip("needs the set-up: call go run ./course test")
	}
	repo, err := checkout.Find()
	if err != nil {
		t.Fatal(err)
	}
	made, err := assemble(context.Background(), repo, []byte("\x00asm\x01\x00\x00\x00"))
	if err != nil {
		t.Fatal(err)
	}
	if size := len(made.Script) + len(made.Style); size < 10_000 || size > 39_000 {
		t.Errorf("a page loads %d bytes more before the first run, want at most 39000", size)
	}
	for _, key := range []string{"engine.wasm", "engine.js", "worker.js", "typeset.js", "editor.js", "licences.txt"} {
		if len(made.Files[made.Load[key]]) == 0 {
			t.Errorf("%s is missing", key)
		}
	}
	licences := string(made.Files[made.Load["licences.txt"]])
	for _, want := range []string{"\n@codemirror/view\n", "\ndompurify\n", "\nmarked\n", "\nmathjax-full\n", "The Go Authors"} {
		if !strings.Contains(licences, want) {
			t.Errorf("the licences lack %q", want)
		}
	}
}
