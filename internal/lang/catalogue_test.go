package lang

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"rnn101/internal/lang/korean/rules"
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
func TestALanguageOfTheCourseHasAllTexts(t *testing.T) {
	for _, l := range Languages() {
		for key := range catalogue[English] {
			if catalogue[l.Tag][key] == "" {
				t.Errorf("%s lacks %s", l.Tag, key)
			}
		}
	}
}

// A form that follows no argument would reach the reader with its braces.
func TestFormsFollowAnArgumentAndAreChosen(t *testing.T) {
	forms := regexp.MustCompile(`\{[^{}\\/]+/[^{}]+\}`)
	for _, l := range Languages() {
		for key, text := range catalogue[l.Tag] {
			if l.Choose == nil && choice.MatchString(text) {
				t.Errorf("%s: %s has forms, but the language has no function that chooses", l.Tag, key)
			}
			if left := forms.FindString(choice.ReplaceAllString(text, "")); left != "" {
				t.Errorf("%s: %s has %s, which follows no argument", l.Tag, key, left)
			}
			for _, m := range choice.FindAllStringSubmatch(text, -1) {
				if form := l.Choose("2", strings.Split(m[2], "/")); strings.ContainsAny(form, "/()") {
					t.Errorf("%s: %s cannot choose among %s", l.Tag, key, m[2])
				}
			}
		}
	}
}

// After an argument nobody can know which particle is right.
func TestAParticleAfterAnArgumentHasItsForms(t *testing.T) {
	fixed := regexp.MustCompile(verb.String() + `[”’"')\]*$` + "`" + `]*(은|는|이|가|을|를|과|와|으로|로|이나|나|이라고|라고|이라는|라는|이어야|여야|이지만|지만)([\s.,:;?)]|$)`)
	for key, text := range catalogue[Korean] {
		if particle := fixed.FindString(text); particle != "" {
			t.Errorf("%s has %q: write the forms for both sounds, as in %%s{을/를}", key, particle)
		}
	}
}

func TestTheKoreanTextsHaveTheCoursesTermsAndParticles(t *testing.T) {
	for key, text := range catalogue[Korean] {
		for _, mistake := range rules.Mistakes(text) {
			t.Errorf("%s: %s", key, mistake)
		}
	}
}

// Programs and options keep their names, but a sentence is translated.
func TestNoKoreanTextHasASentenceInEnglish(t *testing.T) {
	for key, text := range catalogue[Korean] {
		for _, passage := range rules.English(text, nil) {
			t.Errorf("%s is in English: %q", key, passage)
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
	byGroup := map[string]*usage{}
	for _, u := range usages(t) {
		if len(u.groups) != 1 {
			t.Errorf("%s uses the groups %q, want one", u.folder, u.groups)
			continue
		}
		group := u.groups[0]
		switch owner := byGroup[group]; {
		case owner == nil:
			byGroup[group] = u
		case strings.HasPrefix(u.folder, owner.folder+"/"): // a package and a part of it use texts together
			owner.merge(u)
		default:
			t.Errorf("%s uses the group %s, as %s does", u.folder, group, owner.folder)
		}
	}
	if len(byGroup) == 0 {
		t.Fatal("no package uses texts")
	}
	for group, u := range byGroup {
		for key, positions := range u.keys {
			if _, ok := catalogue[English][group+"."+key]; !ok {
				t.Errorf("%s: English lacks the key %s.%s", positions[0], group, key)
			}
		}
		for key := range catalogue[English] {
			own, ok := strings.CutPrefix(key, group+".")
			if !ok {
				continue
			}
			if !u.all && !u.has(own) {
				t.Errorf("%s does not use the text %s", u.folder, key)
			}
			for tag, texts := range catalogue {
				if u.all && choice.MatchString(texts[key]) {
					t.Errorf("%s: %s has forms, but %s passes it to a program that does not choose", tag, key, u.folder)
				}
			}
		}
	}
	unused := map[string]bool{}
	for key := range catalogue[English] {
		if group, _, _ := strings.Cut(key, "."); byGroup[group] == nil && !unused[group] {
			t.Errorf("no package uses the group %s, for example %s", group, key)
			unused[group] = true
		}
	}
}

// merge adds the usage of a part of the package.
func (u *usage) merge(part *usage) {
	for key, positions := range part.keys {
		u.keys[key] = append(u.keys[key], positions...)
	}
	maps.Copy(u.literals, part.literals)
	u.all = u.all || part.all
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
	slices.SortFunc(all, func(a, b *usage) int { return strings.Compare(a.folder, b.folder) }) // a package before its parts
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
