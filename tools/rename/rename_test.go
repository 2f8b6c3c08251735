package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"rnn101/internal/checkout"
	"rnn101/internal/notebook"
)

// copyCheckout copies the checkout without hidden folders.
func copyCheckout(t *testing.T) string {
	t.Helper()
	from, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "rnn 강의")
	err = filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if name != "." && strings.HasPrefix(entry.Name(), ".") {
				return filepath.SkipDir
			}
			return os.MkdirAll(filepath.Join(to, name), 0o755)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, name), data, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	return to
}

func TestTheModuleCanBeRenamed(t *testing.T) {
	const to = "example.org/lecture/rnn"
	folder := copyCheckout(t)
	if _, err := renameModule(folder, checkout.Module, to); err != nil {
		t.Fatal(err)
	}
	// What a rename can break is an import: listing the packages with all that they and their tests
	// import finds each, in a hundredth of the time that it takes to compile them.
	for _, module := range []string{".", filepath.Join("internal", "live"), filepath.Join("rnnkit", "internal", "kernel", "generate")} {
		load := exec.Command("go", "-C", module, "list", "-deps", "-test", "./...")
		load.Dir = folder
		if out, err := load.CombinedOutput(); err != nil {
			t.Errorf("after the rename the packages of %s cannot be loaded: %v\n%s", module, err, out)
		}
	}
	list := exec.Command("go", "list", "./rnnkit")
	list.Dir = folder
	if out, err := list.Output(); err != nil || strings.TrimSpace(string(out)) != to+"/rnnkit" {
		t.Errorf("go list ./rnnkit prints %q (%v), want %s/rnnkit", out, err, to)
	}
	old := regexp.MustCompile(`(?m)"` + checkout.Module + `/(data|lang|plots|rnnkit|show)["/]`)
	for _, pattern := range []string{"notebooks/*.ipynb", "notebooks/solutions/*.ipynb", "notebooks/ko/*.ipynb", "notebooks/ko/solutions/*.ipynb"} {
		paths, err := filepath.Glob(filepath.Join(folder, filepath.FromSlash(pattern)))
		if err != nil || len(paths) == 0 {
			t.Fatalf("no notebooks in the copy (%v)", err)
		}
		for _, path := range paths {
			nb, err := notebook.Read(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range nb.Cells {
				if found := old.FindString(c.Source); c.Kind == "code" && found != "" {
					t.Errorf("%s, cell %s still imports %s", filepath.Base(path), c.ID, found)
				}
			}
			if nb.Executed() != nb.CodeHash() {
				t.Errorf("%s: the hash of the executed code was not updated", filepath.Base(path))
			}
		}
	}
}

func TestInvalidPathsAreRefusedBeforeAnyChange(t *testing.T) {
	folder := t.TempDir()
	goMod := filepath.Join(folder, "go.mod")
	if err := os.WriteFile(goMod, []byte("module "+checkout.Module+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{"", "Bad Path", "a//b", "/a", "a/", `a"b`, "야구", checkout.Module} {
		if _, err := renameModule(folder, checkout.Module, to); err == nil {
			t.Errorf("the path %q is accepted", to)
		}
	}
	// A notebook that cannot be read stops it before the first file is written.
	if err := os.WriteFile(filepath.Join(folder, "broken.ipynb"), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := renameModule(folder, checkout.Module, "example.org/rnn"); err == nil || !strings.Contains(err.Error(), "broken.ipynb") {
		t.Errorf("the error is %v, want the broken notebook named", err)
	}
	if data, _ := os.ReadFile(goMod); string(data) != "module "+checkout.Module+"\n" {
		t.Errorf("go.mod was changed to %q", data)
	}
}
