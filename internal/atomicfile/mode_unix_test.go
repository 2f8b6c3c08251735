//go:build unix

package atomicfile

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestPermissionsRespectPermAndUmask(t *testing.T) {
	for _, test := range []struct {
		umask     int
		old, perm fs.FileMode // old 0: no file
		want      fs.FileMode
	}{
		{0o022, 0, 0o666, 0o644},
		{0o002, 0, 0o666, 0o664},
		{0o077, 0, 0o666, 0o600},
		{0o000, 0, 0o666, 0o666},
		{0o022, 0o600, 0o666, 0o600}, // private before
		{0o077, 0o644, 0o666, 0o644},
		{0o000, 0, 0o600, 0o600},
		{0o022, 0, 0o600, 0o600},
		{0o077, 0o644, 0o600, 0o600}, // readable by everybody before
		{0o000, 0o666, 0o600, 0o600},
	} {
		folder := t.TempDir()
		old := syscall.Umask(test.umask)
		t.Cleanup(func() { syscall.Umask(old) })
		for name, write := range map[string]func(path string) error{
			"WriteFile":      func(path string) error { return WriteFile(path, []byte("new"), test.perm) },
			"CompareAndSwap": func(path string) error { return CompareAndSwap(path, content(path), []byte("new"), test.perm) },
			"Rename": func(path string) error {
				staged := filepath.Join(folder, "staged")
				if err := os.WriteFile(staged, []byte("new"), 0o666); err != nil {
					return err
				}
				return Rename(staged, path, test.perm)
			},
		} {
			path := filepath.Join(folder, name)
			if test.old != 0 {
				if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
					t.Fatal(err)
				}
				if err := os.Chmod(path, test.old); err != nil {
					t.Fatal(err)
				}
			}
			if err := write(path); err != nil {
				t.Fatal(err)
			}
			info, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			if got := info.Mode().Perm(); got != test.want {
				t.Errorf("%s with %v, umask %03o, %s: %v, want %v", name, test.perm, test.umask, was(test.old), got, test.want)
			}
		}
		syscall.Umask(old)
	}
}

func TestRestrictKeepsThePermissionsOfTheOwner(t *testing.T) {
	folder := t.TempDir()
	outside := filepath.Join(t.TempDir(), "outside")
	create := func(path string, mode fs.FileMode) {
		t.Helper()
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	inner := filepath.Join(folder, "inner")
	if err := os.Mkdir(inner, 0o755); err != nil {
		t.Fatal(err)
	}
	create(outside, 0o644)
	create(filepath.Join(inner, "open"), 0o664)
	create(filepath.Join(inner, "read-only"), 0o444)
	if err := os.Symlink(outside, filepath.Join(inner, "link")); err != nil {
		t.Fatal(err)
	}
	if err := Restrict(inner); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]fs.FileMode{
		inner: 0o700, filepath.Join(inner, "open"): 0o600, filepath.Join(inner, "read-only"): 0o400, outside: 0o644,
	} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v; want %v", path, info.Mode(), err, want)
		}
	}
	if err := Restrict(filepath.Join(folder, "missing")); err != nil {
		t.Errorf("for a missing file: %v", err)
	}
}

func was(mode fs.FileMode) string {
	if mode == 0 {
		return "a new file"
	}
	return fmt.Sprintf("a file that was %v", mode)
}

func content(path string) []byte {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	return data
}
