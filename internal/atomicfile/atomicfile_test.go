package atomicfile

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWriteFileReplacesTheFileOrLeavesItUnchanged(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "야구 방망이.ipynb")
	for _, content := range []string{"old", "new"} {
		if err := WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
		wantContent(t, path, content)
	}
	// A folder that is not empty cannot be replaced: the write fails at its last step.
	occupied := filepath.Join(folder, "occupied")
	if err := os.MkdirAll(filepath.Join(occupied, "inner"), 0o755); err != nil {
		t.Fatal(err)
	}
	err := WriteFile(occupied, []byte("new"), 0o666)
	if err == nil || !strings.Contains(err.Error(), occupied) {
		t.Errorf("the error is %v, want the file named", err)
	}
	staged := filepath.Join(folder, "staged")
	if err := os.WriteFile(staged, []byte("moved"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := Rename(staged, occupied, 0o666); err == nil || !strings.Contains(err.Error(), occupied) {
		t.Errorf("the error of Rename is %v, want the file named", err)
	}
	if err := Rename(staged, path, 0o666); err != nil {
		t.Fatal(err)
	}
	wantContent(t, path, "moved")
	left, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	if len(left) != 2 {
		t.Errorf("after failed writes the folder holds %v, want the two that were there", left)
	}
}

func TestCompareAndSwapKeepsTheWriteOfAnother(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "table")
	swap := func(old []byte, content string, changed bool) {
		t.Helper()
		err := CompareAndSwap(path, old, []byte(content), 0o666)
		if errors.Is(err, ErrChanged) != changed || !changed && err != nil {
			t.Fatalf("%q for %q: %v, want it refused: %v", content, old, err, changed)
		}
	}
	swap([]byte("old"), "x", true) // there is no file
	swap([]byte{}, "x", true)
	swap(nil, "", false)
	swap(nil, "x", true) // there is one
	swap([]byte{}, "mine", false)
	if err := os.WriteFile(path, []byte("another's"), 0o666); err != nil {
		t.Fatal(err)
	}
	swap([]byte("mine"), "lost", true)
	wantContent(t, path, "another's")
	swap([]byte("another's"), "both", false)
	wantContent(t, path, "both")
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
		t.Errorf("the folder holds %v (%v), want the file alone", left, err)
	}
}

func wantContent(t *testing.T, path, want string) {
	t.Helper()
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("%s holds %q, %v; want %q", path, got, err, want)
	}
}
