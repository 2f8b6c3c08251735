package sandbox_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rnn101/internal/grading/sandbox"
	"rnn101/internal/grading/sandbox/sandboxtest"
)

// filesIn returns the files below a folder, by their path in it.
func filesIn(t *testing.T, folder string) map[string]fs.FileInfo {
	t.Helper()
	all := map[string]fs.FileInfo{}
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err == nil {
			all[name], err = d.Info()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// A folder that cannot be used is no obstacle.
func TestWhatIsPreparedIsKeptForLaterRuns(t *testing.T) {
	kept := t.TempDir()
	if err := os.Mkdir(filepath.Join(kept, "of another version"), 0o700); err != nil {
		t.Fatal(err)
	}
	given := map[string]string{"given/given.go": "package given\n\nconst One = 1\n"}
	run := func() *sandbox.Builder {
		t.Helper()
		b := sandboxtest.Builder(t)
		b.Cache, b.Kept = filepath.Join(b.Folder, "cache"), kept
		if err := b.Prepare(t.Context(), given, nil); err != nil {
			t.Fatal(err)
		}
		return b
	}
	run()
	first := filesIn(t, kept)
	if len(first) < 20 {
		t.Fatalf("%d files are kept, want those of the runtime", len(first))
	}
	if entries, _ := os.ReadDir(kept); len(entries) != 1 {
		t.Errorf("the folder has %v, want what was kept alone", entries)
	}
	second := run()
	config, err := second.Config(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := config.Builder(nil).Build(t.Context(), map[string]string{"main.go": "package main\n\nimport _ \"submission/given\"\n\nfunc main() { println(1) }\n", "given/given.go": given["given/given.go"]}); err != nil {
		t.Fatal(err)
	}
	after := filesIn(t, kept)
	for name, info := range after {
		if before := first[name]; before == nil || before.Size() != info.Size() {
			t.Errorf("%s was not there when the first run ended", name)
		}
	}
	shared := 0
	for name, info := range filesIn(t, second.Cache) {
		_, inCache, _ := strings.Cut(name, string(filepath.Separator))
		for other, before := range first {
			if strings.HasSuffix(other, inCache) && os.SameFile(before, info) {
				shared++
				break
			}
		}
	}
	if shared < 20 {
		t.Errorf("%d files of the second run are those of the first", shared)
	}
	second.Kept = filepath.Join(kept, "a file")
	if err := os.WriteFile(second.Kept, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := second.Prepare(t.Context(), given, nil); err != nil {
		t.Errorf("with a file where the folder should be: %v", err)
	}
}
