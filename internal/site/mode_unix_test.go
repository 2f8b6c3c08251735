//go:build unix

package site

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"rnn101/internal/atomicfile/modetest"
	"rnn101/internal/notebook"
	"rnn101/internal/progress"
)

// A page that is made again keeps the permissions that somebody has given it.
func TestPagesHaveThePermissionsOfTheUmask(t *testing.T) {
	repo(t)
	source := t.TempDir()
	a := write(t, filepath.Join(source, "a.ipynb"), text("# A"))
	export := func(t *testing.T, umask int, out string) {
		t.Helper()
		old := syscall.Umask(umask)
		defer syscall.Umask(old)
		if _, err := exportTo(t, Options{Notebooks: []string{a}, Out: out}); err != nil {
			t.Fatal(err)
		}
	}
	out := ""
	for _, umask := range []int{0o000, 0o027} {
		t.Run(fmt.Sprintf("umask %03o", umask), func(t *testing.T) {
			out = filepath.Join(source, fmt.Sprintf("%03o", umask))
			export(t, umask, out)
			modetest.Check(t, out, 0o666&^fs.FileMode(umask), 0o777&^fs.FileMode(umask))
		})
	}
	t.Run("made again", func(t *testing.T) {
		page := filepath.Join(out, "a.html")
		if err := os.Chmod(page, 0o600); err != nil {
			t.Fatal(err)
		}
		write(t, a, text("# A\n\nchanged"))
		export(t, 0o022, out)
		if info, err := os.Stat(page); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v; want -rw-------", page, info.Mode(), err)
		}
		if made := readString(t, page); !strings.Contains(made, "changed") {
			t.Error("the page was not made again")
		}
	})
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
