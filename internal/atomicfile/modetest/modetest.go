// Package modetest checks the permissions of files that tests write.
package modetest

import (
	"io/fs"
	"path/filepath"
	"testing"
)

// Check reports every file and folder in a folder, and the folder itself, whose permissions
// differ from those given.
func Check(t *testing.T, folder string, files, folders fs.FileMode) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		want := files
		if info.IsDir() {
			want = folders
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
