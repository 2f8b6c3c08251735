//go:build unix

package class

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"rnn101/internal/atomicfile/modetest"
	"rnn101/internal/grading/collect"
)

// Whatever the umask, and whatever modes an earlier version used, nobody else can read what a
// run writes.
func TestOnlyTheOwnerCanReadTheGrades(t *testing.T) {
	c, folder := classWithWords(t), t.TempDir()
	handed := []collect.Submission{handIn(t, folder, "kim", right, "the state"), handIn(t, folder, "lee", right, "the past")}
	for _, umask := range []int{0o000, 0o022, 0o077} {
		t.Run(fmt.Sprintf("umask %03o", umask), func(t *testing.T) {
			old := syscall.Umask(umask)
			defer syscall.Umask(old)
			c.Out = filepath.Join(t.TempDir(), "new", "grades")
			run := func() {
				t.Helper()
				unlock, err := Lock(c.Out)
				if err != nil {
					t.Fatal(err)
				}
				defer unlock()
				if _, err := c.Run(t.Context(), handed, func(int, int, string) {}); err != nil {
					t.Fatal(err)
				}
			}
			run()
			modetest.Check(t, c.Out, 0o600, 0o700)

			// As an earlier version left it, a page and a work folder too.
			for _, name := range []string{"feedback", ".rnn101-work-1"} {
				if err := os.Mkdir(filepath.Join(c.Out, name), 0o755); err != nil {
					t.Fatal(err)
				}
				save(t, filepath.Join(c.Out, name, "kim.html"), "<!doctype html>")
			}
			table := filepath.Join(c.Out, ByHand)
			save(t, table, strings.Replace(content(t, table), "lee,why,4,,,", "lee,why,4,3,good,", 1)+"gone,why,4,1,,x\n")
			err := filepath.WalkDir(c.Out, func(path string, entry fs.DirEntry, err error) error {
				if err != nil || path == c.Out {
					return err
				}
				if entry.IsDir() {
					return os.Chmod(path, 0o755)
				}
				return os.Chmod(path, 0o644)
			})
			if err != nil {
				t.Fatal(err)
			}
			handIn(t, folder, "kim", right, "something else")
			run()
			if _, err := os.Stat(filepath.Join(c.Out, ByHandBefore)); err != nil {
				t.Errorf("nothing has changed in the table: %v", err)
			}
			modetest.Check(t, c.Out, 0o600, 0o700)
			handIn(t, folder, "kim", right, "the state")
		})
	}
}

// A folder that existed before keeps its mode.
func TestTheFolderForGradesKeepsItsPermissions(t *testing.T) {
	out := t.TempDir()
	if err := os.Chmod(out, 0o755); err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(out, "other")
	save(t, other, "another file")
	if err := os.Chmod(other, 0o644); err != nil {
		t.Fatal(err)
	}
	unlock, err := Lock(out)
	if err != nil {
		t.Fatal(err)
	}
	unlock()
	for path, want := range map[string]fs.FileMode{out: 0o755, other: 0o644} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v; want %v", path, info.Mode(), err, want)
		}
	}
}
