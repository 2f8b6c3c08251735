// Command rename changes the path of the course's module:
//
//	go run ./tools/rename example.org/lecture/rnn
//
// It changes the go.mod files and the imports of Go files and notebooks. Nothing else
// contains the path. Review the change with git diff, then call go run ./course test.
package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"rnn101/internal/atomicfile"
	"rnn101/internal/checkout"
	"rnn101/internal/notebook"
)

const usage = `usage: go run ./tools/rename PATH

Changes the path of the course's module, for example to example.org/lecture/rnn.
`

func main() {
	if len(os.Args) != 2 || strings.HasPrefix(os.Args[1], "-") {
		fmt.Fprint(os.Stderr, usage)
		os.Exit(2)
	}
	if err := rename(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "rename:", err)
		os.Exit(1)
	}
}

func rename(to string) error {
	repo, err := checkout.Find()
	if err != nil {
		return err
	}
	changed, err := renameModule(repo.Root, checkout.Module, to)
	if err != nil {
		return err
	}
	fmt.Printf("%s is now %s, in %d files. Call: go run ./course test\n", checkout.Module, to, changed)
	return nil
}

var modulePath = regexp.MustCompile(`^[a-z0-9][a-z0-9._~-]*(/[A-Za-z0-9][A-Za-z0-9._~-]*)*$`)

// renameModule changes the module's path in the checkout and returns the number of changed
// files. It reads all files before it writes the first.
func renameModule(root, from, to string) (int, error) {
	if !modulePath.MatchString(to) {
		return 0, fmt.Errorf("%q is not a module path: want one such as example.org/lecture/rnn", to)
	}
	if to == from {
		return 0, fmt.Errorf("the module path is already %s", from)
	}
	type change struct{ before, after []byte }
	content := map[string]change{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if path != root && strings.HasPrefix(entry.Name(), ".") {
				return filepath.SkipDir
			}
			return nil
		}
		before, after, err := renamed(path, from, to)
		if err == nil && !bytes.Equal(before, after) {
			content[path] = change{before, after}
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	if len(content) == 0 {
		return 0, fmt.Errorf("no file in %s contains the module path %s", root, from)
	}
	for path, c := range content {
		if err := atomicfile.CompareAndSwap(path, c.before, c.after, 0o666); err != nil {
			return 0, fmt.Errorf("%w. Some files have been changed: restore them from git and call again", err)
		}
	}
	return len(content), nil
}

// renamed returns the content of a file before and after the rename, or nil for a file that
// cannot contain the path.
func renamed(path, from, to string) (before, after []byte, err error) {
	replace := func(text string) string {
		return strings.NewReplacer(`"`+from+`/`, `"`+to+`/`, `"`+from+`"`, `"`+to+`"`).Replace(text)
	}
	switch filepath.Ext(path) {
	case ".mod": // of the course and of the modules in tools
		before, err = os.ReadFile(path)
		inMod := regexp.MustCompile(`(?m)(^|[ \t])` + regexp.QuoteMeta(from) + `(/|[ \t]|$)`)
		return before, inMod.ReplaceAll(before, []byte("${1}"+to+"${2}")), err
	case ".go":
		before, err = os.ReadFile(path)
		if bytes.HasPrefix(before, []byte(registration)) {
			return before, []byte(replace(string(before))), err
		}
		inDirective := regexp.MustCompile(` ` + regexp.QuoteMeta(from) + `/`)
		after = importLine.ReplaceAllFunc(before, func(b []byte) []byte { return []byte(replace(string(b))) })
		return before, generateLine.ReplaceAllFunc(after, func(b []byte) []byte { return inDirective.ReplaceAll(b, []byte(" "+to+"/")) }), err
	case ".ipynb":
		nb, err := notebook.Read(path)
		if err != nil {
			return nil, nil, err
		}
		current := nb.Executed() == nb.CodeHash()
		for _, c := range nb.Cells {
			if c.Kind == "code" {
				c.Source = string(importLine.ReplaceAllFunc([]byte(c.Source), func(b []byte) []byte { return []byte(replace(string(b))) }))
			}
		}
		if current { // the outputs are still those of the code
			nb.MarkExecuted()
		}
		if before, err = os.ReadFile(path); err != nil {
			return nil, nil, err
		}
		after, err = nb.Encode()
		return before, after, err
	}
	return nil, nil, nil
}

// registration begins a file that registers a package with the interpreter of pages that run: it has
// the path as a text.
const registration = "// export by github.com/goplus/ixgo/"

// generateLine matches a directive of go generate, which may name packages.
var generateLine = regexp.MustCompile(`(?m)^//go:generate .*$`)

// importLine matches a line of an import declaration.
var importLine = regexp.MustCompile(`(?m)^\s*(import\s+)?([A-Za-z_.]\w*\s+)?"[^"\n]+"[ \t]*(//.*)?$`)
