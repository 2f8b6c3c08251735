package rnnkit_test

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// sources parses the files of this package and of those below it, without tests, by
// path.
func sources(t *testing.T) map[string]*ast.File {
	t.Helper()
	files := map[string]*ast.File{}
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && exists(filepath.Join(path, "go.mod")) {
			return filepath.SkipDir // a module of its own, which no program needs
		}
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		files[filepath.ToSlash(path)], err = parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 25 {
		t.Fatalf("only %d files found", len(files))
	}
	return files
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// The kernel and readers without much Go are served best by plain functions.
func TestNothingExportedIsGeneric(t *testing.T) {
	for name, file := range sources(t) {
		for _, declaration := range file.Decls {
			switch d := declaration.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && d.Type.TypeParams != nil {
					t.Errorf("%s: the function %s is generic", name, d.Name)
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					if ts, ok := spec.(*ast.TypeSpec); ok && ts.Name.IsExported() && ts.TypeParams != nil {
						t.Errorf("%s: the type %s is generic", name, ts.Name)
					}
				}
			}
		}
	}
}

func TestThePackagesKnowOnlyGonumAndEachOther(t *testing.T) {
	for name, file := range sources(t) {
		if file.Name.Name == "rnntest" { // for tests alone
			continue
		}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			_, err = os.Stat(filepath.Join(build.Default.GOROOT, "src", filepath.FromSlash(imported)))
			if imported == "golang.org/x/sys/cpu" && path.Dir(name) == "internal/kernel" {
				continue // it names the instructions that the processor has
			}
			if err != nil && !strings.HasPrefix(imported, "gonum.org/v1/gonum/") && !strings.Contains(imported+"/", "/rnnkit/") {
				t.Errorf("%s imports %s", name, imported)
			}
		}
	}
}

// Whoever has the lecture in one window reads these files in the other.
func TestTheLecturesMainLineIsShort(t *testing.T) {
	const most = 300
	lines := 0
	for _, name := range []string{"onehot.go", "params.go", "cell.go", "forward.go", "loss.go", "backward.go", "update.go"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(data), "\n") {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
				lines++
			}
		}
	}
	if lines > most {
		t.Errorf("from one-hot to update there are %d lines of code, want %d at most", lines, most)
	}
}

func TestEveryExportedNameIsDocumented(t *testing.T) {
	seen := 0
	for name, file := range sources(t) {
		for _, declaration := range file.Decls {
			switch d := declaration.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() {
					seen++
					if !strings.HasPrefix(d.Doc.Text(), d.Name.Name+" ") {
						t.Errorf("%s: the comment of %s does not begin with its name: %q", name, d.Name, d.Doc.Text())
					}
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					if ts, ok := spec.(*ast.TypeSpec); ok && ts.Name.IsExported() {
						seen++
						if !strings.HasPrefix(d.Doc.Text(), ts.Name.Name+" ") {
							t.Errorf("%s: the comment of %s does not begin with its name", name, ts.Name)
						}
					}
				}
			}
		}
	}
	if seen < 100 {
		t.Errorf("only %d exported names were found", seen)
	}
}

func TestEveryPackageHasAComment(t *testing.T) {
	documented := map[string]bool{}
	for name, file := range sources(t) {
		folder := path.Dir(name)
		begin := "Package " + file.Name.Name + " "
		if file.Name.Name == "main" {
			begin = "Command " + path.Base(folder) + " "
		}
		documented[folder] = documented[folder] || strings.HasPrefix(file.Doc.Text(), begin)
	}
	for folder, ok := range documented {
		if !ok {
			t.Errorf("the package in %s has no comment that begins with its name", folder)
		}
	}
}
