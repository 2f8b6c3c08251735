//go:build unix

package site

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"rnn101/internal/site/manifest"
)

// A limit for the size of a file simulates a disk that becomes full while a page is written.
func TestAFullDiskChangesNoPage(t *testing.T) {
	folder := t.TempDir()
	path := write(t, filepath.Join(folder, "a.ipynb"), text("# A\n\n"+strings.Repeat("a word ", 50_000)))
	out := filepath.Join(folder, "out")
	if err := os.Mkdir(out, 0o777); err != nil {
		t.Fatal(err)
	}
	before := "<!doctype html>" + manifest.Generator // a page of an earlier export
	if err := os.WriteFile(filepath.Join(out, "a.html"), []byte(before), 0o666); err != nil {
		t.Fatal(err)
	}
	left := files(t, out)

	var old syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		t.Fatal(err)
	}
	// The shared files (87 KB) and the copy of the notebook fit, the page does not.
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 350_300, Max: old.Max}); err != nil {
		t.Fatal(err)
	}
	restore := func() {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(restore) // exportTo skips the test without the set-up
	_, err := exportTo(t, Options{Notebooks: []string{path}, Out: out})
	restore()
	if err == nil || !strings.Contains(err.Error(), "File too large") && !strings.Contains(err.Error(), "file too large") {
		t.Fatalf("the error is %v, want file too large", err)
	}
	if after := readString(t, filepath.Join(out, "a.html")); after != before {
		t.Error("the page has changed")
	}
	if now := files(t, out); !slices.Equal(now, left) {
		t.Errorf("the folder contains %v, before it was %v", now, left)
	}
}

func readString(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
