package selftest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"path/filepath"
	"strings"
)

// listed is what checkTypes needs of a package that go list has listed.
type listed struct {
	ImportPath string
	Dir        string
	GoFiles    []string
	ImportMap  map[string]string // the packages that imports mean, where it is not what they say
	Module     *struct {
		Main      bool
		GoVersion string
	}
}

// checkTypes reports what a compiler for another system and processor would refuse in packages of the
// checkout's module and in their tests. It takes a tenth of the time of go vet, which compiles the
// dependencies first: of these only the declarations are looked at.
func (s *suite) checkTypes(ctx context.Context, system, processor, packages string) error {
	out, err := s.command(ctx, []string{"GOOS=" + system, "GOARCH=" + processor, "CGO_ENABLED=0"}, s.repo.GoTool(), "list", "-deps", "-test",
		"-json=ImportPath,Dir,GoFiles,ImportMap,Module", packages)
	if err != nil {
		return err
	}
	out = out[max(0, strings.Index(out, "{\n")):] // go reports downloads before
	var problems []error
	known := map[string]*types.Package{"unsafe": types.Unsafe}
	for decoder := json.NewDecoder(strings.NewReader(out)); ; { // dependencies come first
		var p listed
		if err := decoder.Decode(&p); err == io.EOF {
			return errors.Join(problems...)
		} else if err != nil {
			return err
		}
		if p.ImportPath == "unsafe" || strings.HasSuffix(p.ImportPath, ".test") { // the second is a main that go test writes
			continue
		}
		checked, err := p.check(known, types.SizesFor("gc", processor))
		known[p.ImportPath] = checked
		if err != nil {
			problems = append(problems, fmt.Errorf("GOOS=%s GOARCH=%s, %s: %w", system, processor, p.ImportPath, err))
		}
	}
}

// check checks a package whose dependencies are known.
func (p *listed) check(known map[string]*types.Package, sizes types.Sizes) (*types.Package, error) {
	ours := p.Module != nil && p.Module.Main
	var files []*ast.File
	set := token.NewFileSet()
	for _, name := range p.GoFiles {
		file, err := parser.ParseFile(set, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	var problems []error
	config := types.Config{
		Importer:         importer(func(path string) (*types.Package, error) { return p.imported(path, known) }),
		Sizes:            sizes,
		IgnoreFuncBodies: !ours,
		Error:            func(err error) { problems = append(problems, err) },
	}
	if p.Module != nil && p.Module.GoVersion != "" {
		config.GoVersion = "go" + p.Module.GoVersion
	}
	path, _, _ := strings.Cut(p.ImportPath, " ") // of a package with its tests: "p [p.test]"
	checked, _ := config.Check(path, set, files, nil)
	return checked, errors.Join(problems...)
}

// imported returns the package that an import of p means.
func (p *listed) imported(path string, known map[string]*types.Package) (*types.Package, error) {
	if mapped, ok := p.ImportMap[path]; ok {
		path = mapped
	}
	if found := known[path]; found != nil {
		return found, nil
	}
	return nil, fmt.Errorf("%s is not among the packages that go list names", path)
}

type importer func(string) (*types.Package, error)

func (i importer) Import(path string) (*types.Package, error) { return i(path) }
