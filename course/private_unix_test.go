//go:build unix

package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"rnn101/internal/atomicfile/modetest"
)

// Files with names, answers, grades or the key are private whatever the umask. Files that
// are handed out follow the umask.
func TestFilesWithGradesAndTheKeyArePrivate(t *testing.T) {
	needsSetup(t)
	folder, here := t.TempDir(), root(t)
	solved, err := os.ReadFile(filepath.Join(here, "assignments", "a4", "a4.ipynb"))
	if err != nil {
		t.Fatal(err)
	}
	handed := filepath.Join(folder, "handed", "kim", "a4.ipynb")
	if err := os.MkdirAll(filepath.Dir(handed), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(handed, solved, 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "env", "GOPATH", "GOMODCACHE", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	places := strings.Split(strings.TrimSpace(string(out)), "\n")
	command := func(umask int, args ...string) {
		t.Helper()
		cmd := course(t, here, args...)
		cmd.Env = append(os.Environ(), "XDG_CONFIG_HOME="+filepath.Join(folder, "config"), "HOME="+folder,
			"GOPATH="+places[0], "GOMODCACHE="+places[1], "GOCACHE="+places[2]) // not those of that home
		old := syscall.Umask(umask)
		defer syscall.Umask(old)
		if status, output := run(t, cmd); status != 0 {
			t.Fatalf("%s: status %d\n%s", strings.Join(args, " "), status, output)
		}
	}
	grades := filepath.Join(folder, "grades")
	command(0o000, "grade", "a4", filepath.Join(folder, "handed"), "--out", grades)
	modetest.Check(t, grades, 0o600, 0o700)
	modetest.Check(t, filepath.Dir(findKey(t, folder)), 0o600, 0o700)
	for _, wanted := range []string{"grades.csv", "grades.json", "by-hand.csv", "feedback/kim.html"} {
		if _, err := os.Stat(filepath.Join(grades, filepath.FromSlash(wanted))); err != nil {
			t.Errorf("the file is missing: %v", err)
		}
	}
	if err := os.Chmod(findKey(t, folder), 0o644); err != nil {
		t.Fatal(err)
	}
	command(0o022, "grade", "a4", filepath.Join(folder, "handed"), "--out", grades, "--no-feedback")
	modetest.Check(t, filepath.Dir(findKey(t, folder)), 0o600, 0o700)

	released := filepath.Join(folder, "released")
	command(0o027, "release", "a4", "--out", released)
	modetest.Check(t, released, 0o640, 0o750)
	sheet := filepath.Join(folder, "sheet")
	command(0o002, "html", "--worksheet", "--out", sheet)
	modetest.Check(t, sheet, 0o664, 0o775)
}

// findKey returns the path of the key below a folder.
func findKey(t *testing.T, folder string) (file string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Name() == "grading-key" {
			file = path
		}
		return err
	})
	if err != nil || file == "" {
		t.Fatalf("no key in %s (%v)", folder, err)
	}
	return file
}
