package sandbox

import (
	"context"
	"errors"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Config is what a Builder for one student needs. It can be sent to another process.
type Config struct {
	Go, Root string
	Folder   string // for this student alone; the caller removes it
	Modules  string // the module cache
	Cache    string // the build cache of all students
	Private  bool   // the student has a copy of it: it is no other program's
	Prepared string // the folder with a file for each package that was prepared
}

// Config returns the configuration of a Builder for one student, which works in folder. If b has a
// build cache of its own, what the student's programs add to it is in that folder, too, and goes with
// the student.
func (b *Builder) Config(folder string) (Config, error) {
	_, err := b.environment()
	return Config{Go: b.Go, Root: b.Root, Folder: folder, Modules: b.caches[0], Cache: b.cache(), Private: b.Cache != "", Prepared: b.preparedFolder()}, err
}

// Builder returns the Builder for one student, within the budget. It tries once: only the caller
// can see to it that a second try runs alone.
func (c Config) Builder(budget *Budget) *Builder {
	b := &Builder{Go: c.Go, Root: c.Root, Folder: c.Folder, Cache: c.Cache, modules: c.Modules, prepared: c.Prepared, Budget: budget, once: true}
	if c.Private {
		b.shared, b.Cache = c.Cache, filepath.Join(c.Folder, "cache")
	}
	return b
}

// Prepare compiles packages into the build cache, so that no student's budget pays for them. given
// are files of the module, as for Build, of packages without package main. If b.Kept is a folder,
// what was compiled is kept there for later runs.
func (b *Builder) Prepare(ctx context.Context, given map[string]string, imports []string) error {
	files := maps.Clone(given)
	if files == nil {
		files = map[string]string{}
	}
	list := slices.Clone(imports)
	for name := range given {
		list = append(list, Module+"/"+filepath.ToSlash(filepath.Dir(name)))
	}
	slices.Sort(list)
	main := "package main\n\n"
	for _, path := range slices.Compact(list) {
		main += "import _ " + strconv.Quote(path) + "\n"
	}
	files["main.go"] = main + "\nfunc main() {}\n"
	if b.Kept == "" || b.Cache == "" || !b.prepareFromKept(ctx, files) {
		if err := b.compilePackages(ctx, files); err != nil {
			return err
		}
	}
	return b.mark(imports)
}

// compilePackages compiles a program for the packages that remain in the cache.
func (b *Builder) compilePackages(ctx context.Context, files map[string]string) error {
	target := filepath.Join(b.Folder, ".prepared.wasm")
	defer os.Remove(target)
	_, err := retry(ctx, b.once, func(bool) (string, error) { return target, b.compile(ctx, files, target, true, true) })
	return err
}

// prepareImports prepares the packages that files import and no earlier program did, in the cache
// that is shared.
func (b *Builder) prepareImports(ctx context.Context, files map[string]string) error {
	imports := map[string]bool{}
	for name, source := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.ImportsOnly)
		if file == nil || err != nil {
			continue // the compiler will say so
		}
		for _, spec := range file.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err == nil && path != "C" && path != "unsafe" && !strings.HasPrefix(path, Module+"/") {
				imports[path] = true
			}
		}
	}
	maps.DeleteFunc(imports, func(path string, _ bool) bool { return b.marked(path) })
	if len(imports) == 0 {
		return nil
	}
	shared := Builder{Go: b.Go, Root: b.Root, Folder: b.Folder, Cache: b.shared, modules: b.modules, prepared: b.prepared, once: true}
	if b.shared == "" {
		shared.Cache = b.Cache
	}
	var rejected *Rejected
	if err := shared.Prepare(ctx, nil, slices.Sorted(maps.Keys(imports))); err != nil && !errors.As(err, &rejected) {
		return err
	}
	return nil
}

// preparedFolder returns the folder with an empty file for each package that was prepared.
func (b *Builder) preparedFolder() string {
	if b.prepared == "" {
		return filepath.Join(b.Folder, "prepared")
	}
	return b.prepared
}

func (b *Builder) markFile(path string) string {
	return filepath.Join(b.preparedFolder(), strings.ReplaceAll(path, "/", "+"))
}

func (b *Builder) marked(path string) bool {
	_, err := os.Stat(b.markFile(path))
	return err == nil
}

func (b *Builder) mark(imports []string) error {
	for _, path := range imports {
		file := b.markFile(path)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// linkCache makes a cache with the files of another one, as links: the go command adds files to its
// cache, and changes none that is right. Where links are impossible, the shared cache is used.
func linkCache(from, to string) (cache string, err error) {
	err = filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		switch target := filepath.Join(to, name); {
		case d.IsDir():
			return os.MkdirAll(target, 0o700)
		case d.Type().IsRegular():
			if err := os.Link(path, target); err != nil && !errors.Is(err, fs.ErrExist) && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
		return nil
	})
	var link *os.LinkError
	if errors.As(err, &link) {
		return from, os.RemoveAll(to)
	}
	return to, err
}
