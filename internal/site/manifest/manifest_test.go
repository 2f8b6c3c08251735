package manifest

import (
	"os"
	"path/filepath"
	"testing"

	"rnn101/internal/checkout"
)

// The locks of the programs that make pages are in another folder.
func TestTheRendererKeyChangesWithEachLock(t *testing.T) {
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
	before, err := RendererKey(repo)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range locks {
		if err := os.WriteFile(filepath.Join(repo.Root, file), []byte("another version"), 0o644); err != nil {
			t.Fatal(err)
		}
		after, err := RendererKey(repo)
		if err != nil {
			t.Fatal(err)
		}
		if after == before {
			t.Errorf("the key does not change with %s", file)
		}
		before = after
	}
}
