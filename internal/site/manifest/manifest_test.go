package manifest

import (
	"os"
	"path/filepath"
	"testing"

	"rnn101/internal/checkout"
)

// The programs that make pages are pinned in locks that stand outside this folder.
func TestPagesAreMadeAnewByOtherVersionsOfTheirPrograms(t *testing.T) {
	locks := []string{"tools/python/requirements.txt", "tools/python/requirements-html.txt", "tools/npm/site/package-lock.json"}
	repo := &checkout.Checkout{Root: t.TempDir()}
	for _, file := range append(locks, "internal/site/render/convert.py") {
		path := filepath.Join(repo.Root, file)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("one version"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	before, err := ProgramKey(repo)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range locks {
		if err := os.WriteFile(filepath.Join(repo.Root, file), []byte("another version"), 0o644); err != nil {
			t.Fatal(err)
		}
		after, err := ProgramKey(repo)
		if err != nil {
			t.Fatal(err)
		}
		if after == before {
			t.Errorf("with another %s the pages of the last export still count as current", file)
		}
		before = after
	}
}
