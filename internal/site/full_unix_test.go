//go:build unix

package site

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// A limit for the size of a file stands in for a disk that is full in the middle of a page.
func TestAFullDiskLeavesNoHalfPage(t *testing.T) {
	folder := t.TempDir()
	path := write(t, filepath.Join(folder, "a.ipynb"), text("# A"))
	out := filepath.Join(folder, "out")
	if _, err := exportTo(t, Options{Notebooks: []string{path}, Out: out}); err != nil {
		t.Fatal(err)
	}
	before, left := read0(t, filepath.Join(out, "a.html")), files(t, out)

	write(t, path, text("# A\n\n"+strings.Repeat("a word ", 50_000)))
	var old syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		t.Fatal(err)
	}
	// What all pages share (87 KB) and the copy of the notebook fit, the page does not.
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 350_300, Max: old.Max}); err != nil {
		t.Fatal(err)
	}
	_, err := exportTo(t, Options{Notebooks: []string{path}, Out: out})
	if back := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old); back != nil {
		t.Fatal(back)
	}
	if err == nil || !strings.Contains(err.Error(), "File too large") && !strings.Contains(err.Error(), "file too large") {
		t.Fatalf("the error is %v, want that of a file too large", err)
	}
	if after := read0(t, filepath.Join(out, "a.html")); after != before {
		t.Error("the page that stood there has changed")
	}
	if now := files(t, out); !slices.Equal(now, left) {
		t.Errorf("the folder holds %v, before %v", now, left)
	}
}

func read0(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
