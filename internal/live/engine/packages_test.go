package engine

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The packages that cells import are registered by generated code. What is exported there and no longer
// registered would be missing on a page.
func TestTheRegisteredPackagesAreThoseOfTheCourse(t *testing.T) {
	source, err := os.ReadFile("packages.go")
	if err != nil {
		t.Fatal(err)
	}
	_, directive, _ := strings.Cut(string(source), "\n//go:generate go tool qexp -outdir ../export ")
	directive, _, _ = strings.Cut(directive, "\n")
	fresh := t.TempDir()
	generate := exec.Command("go", append([]string{"tool", "qexp", "-outdir", fresh}, strings.Fields(directive)...)...)
	output, err := generate.CombinedOutput()
	if err != nil || directive == "" {
		t.Fatalf("qexp failed (%v):\n%s", err, output)
	}
	for line := range strings.Lines(string(output)) {
		if strings.Contains(line, " skip ") && !strings.Contains(line, "rnn101/show.Melody[") { // see melody.go
			t.Errorf("a page would not have it: %s", line)
		}
	}
	const remedy = "call go generate ./engine in internal/live"
	committed := filepath.Join("..", "export")
	seen := 0
	for _, folder := range []string{fresh, committed} {
		err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(path) != ".go" {
				return err
			}
			name, _ := filepath.Rel(folder, path)
			want, errWant := os.ReadFile(filepath.Join(fresh, name))
			got, errGot := os.ReadFile(filepath.Join(committed, name))
			if errWant != nil || errGot != nil || !bytes.Equal(got, want) {
				t.Errorf("export/%s is not what qexp makes now: %s", name, remedy)
			}
			seen++
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if want := 2 * len(strings.Fields(directive)); seen != want {
		t.Errorf("%d files, want %d", seen, want)
	}
	for _, name := range strings.Fields(directive) {
		if !strings.Contains(string(source), "/export/"+name+"\"\n") {
			t.Errorf("packages.go does not import the registration of %s", name)
		}
	}
}
