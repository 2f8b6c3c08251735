//go:build unix

package site

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"rnn101/internal/atomicfile/modetest"
	"rnn101/internal/notebook"
	"rnn101/internal/progress"
)

func TestPagesHaveThePermissionsOfTheUmask(t *testing.T) {
	repo(t)
	source := t.TempDir()
	a := write(t, filepath.Join(source, "a.ipynb"), text("# A"))
	for _, umask := range []int{0o000, 0o027, 0o077} {
		t.Run(fmt.Sprintf("umask %03o", umask), func(t *testing.T) {
			old := syscall.Umask(umask)
			defer syscall.Umask(old)
			out := filepath.Join(t.TempDir(), "site")
			if _, err := exportTo(t, Options{Notebooks: []string{a}, Out: out}); err != nil {
				t.Fatal(err)
			}
			modetest.Check(t, out, 0o666&^fs.FileMode(umask), 0o777&^fs.FileMode(umask))
		})
	}
}

// Private pages ignore the umask, and a page that others could read before becomes private.
func TestOnlyTheOwnerCanReadPrivatePages(t *testing.T) {
	p := repo(t)
	nb, err := notebook.Read(write(t, filepath.Join(t.TempDir(), "a.ipynb"), text("# A")))
	if err != nil {
		t.Fatal(err)
	}
	nb.MarkExecuted() // it has no code
	old := syscall.Umask(0)
	defer syscall.Umask(old)
	out := filepath.Join(t.TempDir(), "feedback")
	for range 2 {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
		defer cancel()
		sheets := []Sheet{{Name: "kim", Language: "en", Notebook: nb}}
		if _, err := ExportSheets(ctx, p, sheets, Options{Out: out, Private: true}, progress.New(os.Stderr)); err != nil {
			t.Fatal(err)
		}
		modetest.Check(t, out, 0o600, 0o700)
		if err := os.Chmod(filepath.Join(out, "kim.html"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAPageKeepsItsPermissionsWhenItIsMadeAgain(t *testing.T) {
	repo(t)
	folder := t.TempDir()
	a, out := write(t, filepath.Join(folder, "a.ipynb"), text("# A")), filepath.Join(folder, "site")
	if _, err := exportTo(t, Options{Notebooks: []string{a}, Out: out}); err != nil {
		t.Fatal(err)
	}
	page := filepath.Join(out, "a.html")
	if err := os.Chmod(page, 0o600); err != nil {
		t.Fatal(err)
	}
	write(t, a, text("# A\n\nchanged"))
	if _, err := exportTo(t, Options{Notebooks: []string{a}, Out: out}); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(page); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%s: %v, %v; want -rw-------", page, info.Mode(), err)
	}
}
