package fix

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rnn101/internal/checkout"
	"rnn101/internal/notebook"
)

// code returns a notebook of code cells, as it was written.
func code(t *testing.T, sources ...string) *notebook.Notebook {
	t.Helper()
	var cells []map[string]any
	for _, source := range sources {
		cells = append(cells, map[string]any{"cell_type": "code", "metadata": map[string]any{}, "source": source})
	}
	data, err := json.Marshal(map[string]any{"nbformat": 4, "nbformat_minor": 5, "metadata": map[string]any{}, "cells": cells})
	if err != nil {
		t.Fatal(err)
	}
	nb, err := notebook.Parse("old.ipynb", data)
	if err != nil {
		t.Fatal(err)
	}
	return nb
}

func sources(nb *notebook.Notebook) []string {
	var all []string
	for _, c := range nb.Cells {
		all = append(all, c.Source)
	}
	return all
}

func texts(changes []Change) []string {
	var all []string
	for _, c := range changes {
		all = append(all, c.String())
	}
	return all
}

// The cells before and after, and a part of each reported change, in order.
var table = []struct {
	name    string
	before  []string
	after   []string // nil: as before
	changes []string
}{
	{
		"an import in a group",
		[]string{"%noautoget\nimport (\n\t\"fmt\"\n\n\t\"rnn101/data\"\n\t\"rnn101/rnnkit\"\n\t\"rnn101/show\"\n)", "%%\nnet := rnnkit.New()\nfmt.Println(rnnkit.Adam{}, net)"},
		[]string{"%noautoget\nimport (\n\t\"fmt\"\n\n\t\"rnn101/data\"\n\t\"rnn101/rnnkit\"\n\t\"rnn101/rnnkit/train\"\n\t\"rnn101/show\"\n)", "%%\nnet := rnnkit.New()\nfmt.Println(train.Adam{}, net)"},
		[]string{"cell 2: rnnkit.Adam is now train.Adam"},
	},
	{
		"a package of which nothing else is used",
		[]string{"import (\n\t\"rnn101/rnnkit\"\n)", "rnnkit.Save(rnnkit.MustVocabulary(words))"},
		[]string{"import (\n\t\"rnn101/rnnkit/safetensors\"\n\t\"rnn101/rnnkit/text\"\n)", "safetensors.Save(text.MustVocabulary(words))"},
		[]string{"rnnkit.Save is now safetensors.Save", "rnnkit.MustVocabulary is now text.MustVocabulary"},
	},
	{
		"a single import",
		[]string{"import \"rnn101/rnnkit\"\nvar net = rnnkit.New()\nvar o rnnkit.Optimizer = rnnkit.SGD{}"},
		[]string{"import \"rnn101/rnnkit\"\nimport \"rnn101/rnnkit/train\"\nvar net = rnnkit.New()\nvar o train.Optimizer = train.SGD{}"},
		[]string{"rnnkit.Optimizer is now train.Optimizer", "rnnkit.SGD is now train.SGD"},
	},
	{
		"an import with a comment behind it",
		[]string{"import (\n\t\"rnn101/rnnkit\" // nets\n)\nvar a = rnnkit.Adam{}\nvar n rnnkit.RNN"},
		[]string{"import (\n\t\"rnn101/rnnkit\"\n\t\"rnn101/rnnkit/train\" // nets\n)\nvar a = train.Adam{}\nvar n rnnkit.RNN"},
		[]string{"rnnkit.Adam is now train.Adam"},
	},
	{
		"imports on one line",
		[]string{"import (\"fmt\"; \"rnn101/rnnkit\")\nvar a = rnnkit.Adam{}"},
		[]string{"import (\"fmt\"; \"rnn101/rnnkit/train\")\nvar a = train.Adam{}"},
		[]string{"rnnkit.Adam is now train.Adam"},
	},
	{
		"the package is imported already",
		[]string{"import (\n\t\"rnn101/lang\"\n\t\"rnn101/show\"\n)\nfunc init_language() { lang.Set(lang.Korean) }"},
		[]string{"import (\n\t\"rnn101/show\"\n)\nfunc init_language() { show.Language(show.Korean) }"},
		[]string{"lang.Set is now show.Language", "lang.Korean is now show.Korean"},
	},
	{
		"another name in the same package",
		[]string{"import (\n\t\"rnn101/data\"\n\t\"rnn101/show\"\n)\nshow.Times(data.SunspotsFirst)"},
		[]string{"import (\n\t\"rnn101/data\"\n\t\"rnn101/show\"\n)\nshow.Hadamard(data.SunspotsFirstYear)"},
		[]string{"show.Times is now show.Hadamard", "data.SunspotsFirst is now data.SunspotsFirstYear"},
	},
	{
		"an import under another name",
		[]string{"import rk \"rnn101/rnnkit\"\nvar n rk.RNN\nvar a rk.Adam"},
		[]string{"import rk \"rnn101/rnnkit\"\nimport \"rnn101/rnnkit/train\"\nvar n rk.RNN\nvar a train.Adam"},
		[]string{"rk.Adam is now train.Adam"},
	},
	{
		"another name in a package under another name",
		[]string{"import (\n\ts \"rnn101/show\"\n)", "s.Times(a, b)"},
		[]string{"import (\n\ts \"rnn101/show\"\n)", "s.Hadamard(a, b)"},
		[]string{"s.Times is now s.Hadamard"},
	},
	{
		"no import, as the kernel allows",
		[]string{"%%\nfmt.Println(rnnkit.Adam{})"},
		[]string{"%%\nfmt.Println(train.Adam{})"},
		[]string{"cell 1: rnnkit.Adam is now train.Adam"},
	},
	{
		"a method that became a function",
		[]string{"import \"rnn101/rnnkit\"\nvar p = rnnkit.NewPass(n, 4)\nvar j = p.Jacobian(n, 4, 1)\nvar k = runs.best.Jacobian(nets[0], 2, f(1, 2))"},
		[]string{"import \"rnn101/rnnkit\"\nimport \"rnn101/rnnkit/gradcheck\"\nvar p = rnnkit.NewPass(n, 4)\nvar j = gradcheck.Jacobian(n, p, 4, 1)\nvar k = gradcheck.Jacobian(nets[0], runs.best, 2, f(1, 2))"},
		[]string{"Pass.Jacobian is now gradcheck.Jacobian", "Pass.Jacobian is now gradcheck.Jacobian"},
	},
	{
		"a moved name within the call of a method that became a function",
		[]string{"import \"rnn101/rnnkit\"\nvar p rnnkit.Pass\nvar s = rnnkit.SingularValues(p.Jacobian(net, 4, 1))"},
		[]string{"import \"rnn101/rnnkit\"\nimport \"rnn101/rnnkit/gradcheck\"\nvar p rnnkit.Pass\nvar s = gradcheck.SingularValues(gradcheck.Jacobian(net, p, 4, 1))"},
		[]string{"rnnkit.SingularValues is now gradcheck.SingularValues", "Pass.Jacobian is now gradcheck.Jacobian"},
	},
	{
		"a method of the learner's",
		[]string{"type model struct{}\nfunc (m model) Jacobian(x, y float64) float64 { return x * y }", "%%\nvar m model\nfmt.Println(m.Jacobian(a, b))"},
		nil,
		nil,
	},
	{
		"a method that became a function, of a value that is computed",
		[]string{"import \"rnn101/rnnkit\"\nvar j = passes()[0].Jacobian(n, 4, 1)"},
		nil,
		[]string{"Pass.Jacobian is gone. Write gradcheck.Jacobian"},
	},
	{
		"a name that has to be changed by hand",
		[]string{"import (\n\t\"rnn101/show\"\n\t\"rnn101/tones\"\n)\n%%\nshow.Sound(\"scale\", tones.Melody(notes, 120), tones.Rate)\nvar n tones.Note"},
		[]string{"import (\n\t\"rnn101/data\"\n\t\"rnn101/show\"\n)\n%%\nshow.Sound(\"scale\", tones.Melody(notes, 120), tones.Rate)\nvar n data.Note"},
		[]string{"tones.Melody is gone. Write show.Melody", "tones.Rate is gone", "tones.Note is now data.Note"},
	},
	{
		"a package in another folder",
		[]string{"import \"rnn101/classroom/visible\"\n%%\nvisible.Check(f)"},
		[]string{"import \"rnn101/assignments/visible\"\n%%\nvisible.Check(f)"},
		[]string{"rnn101/classroom/visible is now rnn101/assignments/visible"},
	},
	{
		"functions and methods of others with the name of a method that became a function",
		[]string{"import (\n\t\"gonum.org/v1/gonum/diff/fd\"\n\t\"rnn101/rnnkit\"\n)\nvar n rnnkit.RNN\n%%\nfd.Jacobian(dst, f, x)\nm.Jacobian(x, y)"},
		nil,
		nil,
	},
	{
		"a notebook that does not use the course",
		[]string{"%%\nm.Jacobian(x, y, z)"},
		nil,
		nil,
	},
	{
		"text and comments",
		[]string{"import \"rnn101/rnnkit\"\n// rnnkit.Adam is adaptive.\nvar text = \"rnnkit.Adam, p.Jacobian(net, 1, 2)\"\nvar n rnnkit.RNN"},
		nil,
		nil,
	},
	{
		"nothing to change",
		[]string{"import (\n\t\"rnn101/rnnkit/train\"\n\t\"rnn101/show\"\n)\n%%\nshow.Text(\"%v\", train.Adam{})"},
		nil,
		nil,
	},
	{
		"a field and a package of the learner's with the names of the course's",
		[]string{"import \"example.org/lang\"\nvar a = lang.Set(1)\nvar b = my.rnnkit.Adam"},
		nil,
		nil,
	},
	{
		"a variable of the learner's with the name of a package that is not imported",
		[]string{"%%\ntones, err := read()\nfmt.Println(tones.Note, err)"},
		nil,
		nil,
	},
	{
		"a function of the learner's with the name of a new package",
		[]string{"import \"rnn101/rnnkit\"\nfunc train() { rnnkit.Forward() }", "var a rnnkit.Adam"},
		[]string{"import \"rnn101/rnnkit\"\nimport \"rnn101/rnnkit/train\"\nfunc train() { rnnkit.Forward() }", "var a train.Adam"},
		[]string{"rnnkit.Adam is now train.Adam", "cell 1: train is now also the name of a package. Rename"},
	},
	{
		"variables and parameters of the learner's with the name of a new package",
		[]string{
			"import \"rnn101/rnnkit\"\nvar n rnnkit.RNN",
			"%%\ntext, err := read()\nv := rnnkit.MustVocabulary(text)",
			"func f(text string) { rnnkit.NewVocabulary(text) }",
			"%%\nvar a, text string\nrnnkit.NewVocabulary(text)",
			"%%\nfor text := range lines {\n}", // no use of the package in this cell
			"func g(v rnnkit.Vocabulary) {}",
		},
		[]string{
			"import \"rnn101/rnnkit\"\nimport \"rnn101/rnnkit/text\"\nvar n rnnkit.RNN",
			"%%\ntext, err := read()\nv := text.MustVocabulary(text)",
			"func f(text string) { text.NewVocabulary(text) }",
			"%%\nvar a, text string\ntext.NewVocabulary(text)",
			"%%\nfor text := range lines {\n}",
			"func g(v text.Vocabulary) {}",
		},
		[]string{"cell 2: rnnkit.Must", "cell 3: rnnkit.New", "cell 4: rnnkit.New", "cell 6: rnnkit.Vocabulary", "cell 2: text is", "cell 3: text is", "cell 4: text is"},
	},
}

func TestApply(t *testing.T) {
	for _, c := range table {
		t.Run(c.name, func(t *testing.T) {
			if c.after == nil {
				c.after = c.before
			}
			nb := code(t, c.before...)
			found := texts(Find(nb))
			if got := sources(nb); !slices.Equal(got, c.before) {
				t.Errorf("Find changes the notebook to\n%s", strings.Join(got, "\n---\n"))
			}
			changes := texts(Apply(nb))
			if got := sources(nb); !slices.Equal(got, c.after) {
				t.Errorf("the cells are\n%s\nwant\n%s", strings.Join(got, "\n---\n"), strings.Join(c.after, "\n---\n"))
			}
			if !slices.Equal(found, changes) {
				t.Errorf("Find returns %q, Apply %q", found, changes)
			}
			if len(changes) != len(c.changes) {
				t.Fatalf("the changes are %q, want %q", changes, c.changes)
			}
			for i, want := range c.changes {
				if !strings.Contains(changes[i], want) {
					t.Errorf("change %d is %q, want %q in it", i+1, changes[i], want)
				}
			}
		})
	}
}

// What Apply has changed it does not change again; what is left is the learner's to do.
func TestApplyTwiceIsApplyOnce(t *testing.T) {
	for _, c := range table {
		t.Run(c.name, func(t *testing.T) {
			nb := code(t, c.before...)
			Apply(nb)
			once := sources(nb)
			for _, change := range Apply(nb) {
				if !change.ByHand {
					t.Errorf("the second time it changes: %v", change)
				}
			}
			if got := sources(nb); !slices.Equal(got, once) {
				t.Errorf("twice:\n%s\nonce:\n%s", strings.Join(got, "\n---\n"), strings.Join(once, "\n---\n"))
			}
		})
	}
}

func TestApplyKeepsTheOutputsAndWhetherTheyAreOfTheCode(t *testing.T) {
	for name, current := range map[string]bool{"outputs of this code": true, "outputs of other code": false} {
		t.Run(name, func(t *testing.T) {
			nb := code(t, "import \"rnn101/rnnkit\"", "var a rnnkit.Adam")
			nb.Cells[1].Outputs = []notebook.Output{{Kind: "stream", Name: "stdout", Text: "0.3333\n"}}
			nb.MarkExecuted()
			if !current {
				nb.Cells[1].Source += "\nvar b rnnkit.SGD"
			}
			Apply(nb)
			if got := nb.Cells[1].Outputs; len(got) != 1 || got[0].Text != "0.3333\n" {
				t.Errorf("the outputs are %v, want them unchanged", got)
			}
			if got := nb.Executed() == nb.CodeHash(); got != current {
				t.Errorf("the outputs count as those of the code: %v, want %v", got, current)
			}
		})
	}
}

func TestFileWritesOnlyWhatHasChanged(t *testing.T) {
	const old = `{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code", "metadata": {}, "source": "var a rnnkit.Adam"}]}`
	current := strings.Replace(old, "rnnkit.Adam", "train.Adam", 1)
	for _, c := range []struct {
		name, content string
		dryRun        bool
		changes       int
		written       bool
	}{
		{"an old notebook", old, false, 1, true},
		{"an old notebook, dry run", old, true, 1, false},
		{"a notebook that is up to date", current, false, 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "내 노트 1.ipynb")
			if err := os.WriteFile(path, []byte(c.content), 0o644); err != nil {
				t.Fatal(err)
			}
			changes, err := File(path, c.dryRun)
			if err != nil || len(changes) != c.changes {
				t.Errorf("the changes are %v (%v), want %d", changes, err, c.changes)
			}
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if written := string(data) != c.content; written != c.written {
				t.Errorf("written: %v, want %v", written, c.written)
			}
			if strings.Contains(string(data), "train.Adam") != (c.written || c.content == current) {
				t.Errorf("the file holds %s", data)
			}
		})
	}
	if _, err := File("no such.ipynb", false); err == nil || !strings.Contains(err.Error(), "no such.ipynb") {
		t.Errorf("the error is %v, want the file named", err)
	}
}

// declaredIn returns the exported names of a package of the module.
func declaredIn(t *testing.T, path string) map[string]bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", filepath.FromSlash(path), "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range parsed.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil {
					names[d.Name.Name] = true
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					switch s := s.(type) {
					case *ast.TypeSpec:
						names[s.Name.Name] = true
					case *ast.ValueSpec:
						for _, n := range s.Names {
							names[n.Name] = true
						}
					}
				}
			}
		}
	}
	return names
}

func TestNamesAreWhereTheTablesSay(t *testing.T) {
	for was, names := range movedNames {
		before := declaredIn(t, was)
		for old, to := range names {
			path, name, _ := strings.Cut(to, " ")
			if !declaredIn(t, path)[name] {
				t.Errorf("%s.%s is to become %s in %s, which does not declare it", was, old, name, path)
			}
			if before[old] {
				t.Errorf("%s still declares %s", was, old)
			}
		}
	}
	for was, now := range gonePackages {
		if now != "" && len(declaredIn(t, now)) == 0 {
			t.Errorf("%s is to become %s, which is not there", was, now)
		}
		if len(declaredIn(t, was)) > 0 {
			t.Errorf("the package %s is still there", was)
		}
	}
	for _, call := range methodsMoved {
		if !declaredIn(t, call.path)[call.name] {
			t.Errorf("%s is to become %s in %s, which does not declare it", call.old, call.name, call.path)
		}
	}
	show := declaredIn(t, "show")
	for old, advice := range byHand {
		if name, found := strings.CutPrefix(advice, "show."); found {
			if name, _, _ = strings.Cut(name, "("); !show[name] {
				t.Errorf("the advice for %s names show.%s, which is not there", old, name)
			}
		}
	}
}

// The notebooks of the course are up to date.
func TestTheNotebooksOfTheCourseNeedNoFix(t *testing.T) {
	repo := &checkout.Checkout{Root: filepath.Join("..", "..")}
	lecture, err := repo.Notebooks()
	if err != nil {
		t.Fatal(err)
	}
	assignments, err := repo.Assignments()
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range append(lecture, assignments...) {
		nb, err := notebook.Read(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, change := range Find(nb) {
			t.Errorf("%s, %v", path, change)
		}
	}
}
