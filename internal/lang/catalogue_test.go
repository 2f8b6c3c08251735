package lang

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var verb = regexp.MustCompile(`%[-+# 0]*\d*(?:\.\d+)?(?:\[(\d+)\])?([a-zA-Z%])`)

// verbs returns the numbers and verbs of a format's arguments.
func verbs(format string) string {
	var all []string
	next := 1
	for _, m := range verb.FindAllStringSubmatch(format, -1) {
		if m[2] == "%" {
			continue
		}
		if m[1] != "" {
			next, _ = strconv.Atoi(m[1])
		}
		all = append(all, fmt.Sprintf("%02d%s", next, m[2]))
		next++
	}
	slices.Sort(all)
	return strings.Join(slices.Compact(all), " ")
}

func TestVerbs(t *testing.T) {
	for format, want := range map[string]string{
		"%s: %.2f":                "01s 02f",
		"%.1[2]f, %.1[1]f, 100%%": "01f 02f",
		"%[4]s: %[1]d of %[1]d":   "01d 04s",
		"none":                    "",
	} {
		if got := verbs(format); got != want {
			t.Errorf("%q takes %q, want %q", format, got, want)
		}
	}
}

func TestTranslationsTakeTheArgumentsOfTheEnglishTexts(t *testing.T) {
	for tag, texts := range catalogue {
		for key, text := range texts {
			switch english, ok := catalogue[English][key]; {
			case !ok:
				t.Errorf("%s: English lacks the key %s", tag, key)
			case verbs(text) != verbs(english):
				t.Errorf("%s: %s takes the arguments %q, in English %q", tag, key, verbs(text), verbs(english))
			case tag != English && text == english && regexp.MustCompile(`\p{L}`).MatchString(verb.ReplaceAllString(text, "")):
				t.Errorf("%s: %s is the English text", tag, key)
			case strings.TrimSpace(text) == "":
				t.Errorf("%s: %s is empty", tag, key)
			}
		}
	}
}

// A page in two languages is worse than one in English.
func TestALanguageHasAllTextsOfAGroupOrNone(t *testing.T) {
	for tag, texts := range catalogue {
		groups := map[string]bool{}
		for key := range texts {
			group, _, _ := strings.Cut(key, ".")
			groups[group] = true
		}
		for key := range catalogue[English] {
			if group, _, _ := strings.Cut(key, "."); groups[group] && texts[key] == "" {
				t.Errorf("%s has texts of %s, but lacks %s", tag, group, key)
			}
		}
	}
}

// usage describes how a package uses texts.
type usage struct {
	folder   string
	groups   []string            // the arguments of lang.For
	keys     map[string][]string // positions of the calls of texts.Text, by literal key
	literals map[string]bool     // all string literals of the package
	all      bool                // it passes all texts to another program
}

func TestEachKeyIsUsedByOnePackageAndEachUsedKeyExists(t *testing.T) {
	used := map[string]bool{}
	for _, u := range usages(t) {
		if len(u.groups) != 1 {
			t.Errorf("%s uses the groups %q, want one", u.folder, u.groups)
			continue
		}
		group := u.groups[0]
		if used[group] {
			t.Errorf("%s uses the group %s, as another package does", u.folder, group)
		}
		used[group] = true
		for key, positions := range u.keys {
			if _, ok := catalogue[English][group+"."+key]; !ok {
				t.Errorf("%s: English lacks the key %s.%s", positions[0], group, key)
			}
		}
		for key := range catalogue[English] {
			own, ok := strings.CutPrefix(key, group+".")
			if ok && !u.all && !u.has(own) {
				t.Errorf("%s does not use the text %s", u.folder, key)
			}
		}
	}
	if len(used) == 0 {
		t.Fatal("no package uses texts")
	}
	for key := range catalogue[English] {
		if group, _, _ := strings.Cut(key, "."); !used[group] {
			t.Errorf("no package uses the group %s, for example %s", group, key)
			used[group] = true
		}
	}
}

// has reports whether the package contains the key as a string literal, or as two that it may join.
func (u *usage) has(key string) bool {
	if u.literals[key] {
		return true
	}
	for i := 1; i < len(key); i++ {
		if (u.literals[key[:i]] || u.literals[strings.TrimSuffix(key[:i], ".")]) && u.literals[key[i:]] {
			return true
		}
	}
	return false
}

// usages returns the usage of each package that has a variable or a field named texts.
func usages(t *testing.T) []*usage {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
		t.Fatal(err)
	}
	byFolder := map[string]*usage{}
	files := token.NewFileSet()
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != root && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata"):
			return fs.SkipDir
		case entry.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		folder, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		folder = filepath.ToSlash(folder)
		if owner, _, inside := strings.Cut(folder, "/internal/"); inside {
			folder = owner // a package and those that only it may import use texts together
		}
		u := byFolder[folder]
		if u == nil {
			u = &usage{folder: folder, keys: map[string][]string{}, literals: map[string]bool{}}
			byFolder[folder] = u
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := literal(n); ok {
				u.literals[s] = true
			}
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			receiver, method := selector(call.Fun)
			switch {
			case receiver == "lang" && method == "For":
				if group, ok := literal(call.Args[0]); ok && !slices.Contains(u.groups, group) {
					u.groups = append(u.groups, group)
				}
			case receiver == "texts" && method == "Text":
				if key, ok := literal(call.Args[0]); ok {
					at := files.Position(call.Pos())
					u.keys[key] = append(u.keys[key], fmt.Sprintf("%s/%s:%d", u.folder, filepath.Base(at.Filename), at.Line))
				}
			case receiver == "texts" && method == "All":
				u.all = true
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var all []*usage
	for _, u := range byFolder {
		if len(u.groups) > 0 || len(u.keys) > 0 {
			all = append(all, u)
		}
	}
	return all
}

func literal(n ast.Node) (string, bool) {
	l, ok := n.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(l.Value)
	return s, err == nil
}

// selector returns texts and Text for texts.Text, s.texts.Text and texts.In(tag).Text.
func selector(e ast.Expr) (receiver, name string) {
	s, ok := e.(*ast.SelectorExpr)
	if !ok {
		return "", ""
	}
	switch x := s.X.(type) {
	case *ast.Ident:
		return x.Name, s.Sel.Name
	case *ast.SelectorExpr:
		return x.Sel.Name, s.Sel.Name
	case *ast.CallExpr:
		receiver, _ := selector(x.Fun)
		return receiver, s.Sel.Name
	}
	return "", s.Sel.Name
}
