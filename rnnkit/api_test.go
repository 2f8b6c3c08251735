package rnnkit_test

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// sources parses the files of the package itself, without tests.
func sources(t *testing.T) map[string]*ast.File {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]*ast.File{}
	for _, entry := range entries {
		name := entry.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = file
	}
	if len(files) < 10 {
		t.Fatalf("only %d files found", len(files))
	}
	return files
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

func TestThePackageKnowsOnlyGonum(t *testing.T) {
	for name, file := range sources(t) {
		for _, spec := range file.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			_, err = os.Stat(filepath.Join(build.Default.GOROOT, "src", filepath.FromSlash(path)))
			if err != nil && !strings.HasPrefix(path, "gonum.org/v1/gonum/") && !strings.Contains(path, "/rnnkit/internal/") {
				t.Errorf("%s imports %s", name, path)
			}
		}
	}
}

// Whoever has the lecture in one window reads these files in the other.
func TestTheLecturesMainLineIsShort(t *testing.T) {
	const most = 400
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
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, entry := range entries {
		name := entry.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
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
	if seen < 60 {
		t.Errorf("only %d exported names were found", seen)
	}
}
