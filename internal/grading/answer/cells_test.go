package answer

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"rnn101/internal/grading/answer/gonb"
)

// In a cell that breaks off the parser returns nodes with invalid positions: behind the file,
// or the end before the start.
func TestATruncatedCellDoesNotAffectOthers(t *testing.T) {
	for _, word := range []string{"const", "var", "type", "func", "import", "const (", "var (", "type (", "import (", "type t", "var x", "const c =", "var x =",
		"func f", "func f(", "func (", "func (x", "func f(x []", "func f() {", "func f() { if", "func f() { switch {", "func f() { go", "func f() { x.", "func f() { x[",
		"var x = func", "var x = []int{", "var x = map[", "type t struct {", "type t interface {", "type t[", "type t = ", "const a, ", "var a, b ", "package", "goto", "var x = `", "var x = '", "/*"} {
		for _, cell := range []string{word, word + "\n", right + word, "\n\n" + word + " ", word + "\r\n", word + "\n" + word, word + " const"} {
			p := New([]Cell{{Name: "first", Source: right}, {Name: "second", Source: cell}})
			if !p.Declares("double") {
				t.Errorf("%q: the function of the cell before is gone", cell)
			}
			checkProgram(t, p)
		}
	}
}

// A comment is removed to its end, though the scanner's text of it is shorter: it omits
// carriage returns.
func TestCommentsAreRemovedToTheirEnd(t *testing.T) {
	for _, source := range []string{"/*\r\r\r\r*/ " + right, "//\r\r\r go:noinline\n" + right, "/*\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\n//go:noinline\n*/\n" + right, strings.ReplaceAll("/* a comment\nof two lines */\n"+right, "\n", "\r\r\n"), "/*\r\r\r*/\r\r/*\r/"} {
		p := New([]Cell{{Name: "first", Source: source}})
		checkProgram(t, p)
		if blank := strings.Count(source, "/*") > 1; !blank && (len(p.Diagnostics()) > 0 || !p.Declares("double")) {
			t.Errorf("%q: %v", source, p.Diagnostics())
		}
	}
}

var lineDirective = regexp.MustCompile(`^//line cell\d+\.go:[1-9]\d*$`)

// checkProgram checks what must be true of a program from any cells: its source is valid Go,
// with the students' declarations literally and none of their comments, and diagnostics name
// lines that exist.
func checkProgram(t *testing.T, p *Program) {
	t.Helper()
	var names []string
	for _, d := range p.all {
		names = append(names, d.Names...)
		names = append(names, d.Receiver)
		source := gonb.KeepGo(p.cells[d.Cell].Source)
		lines := strings.Count(source, "\n") + 1
		if d.Line < 1 || d.Last < d.Line || d.Last > lines {
			t.Errorf("%q has the lines %d to %d, of %d", d.Text, d.Line, d.Last, lines)
		}
		text := d.Text
		for _, keyword := range []string{"type ", "var "} { // added to a spec of a group
			text = strings.TrimPrefix(text, keyword)
		}
		if !strings.Contains(source, text) {
			t.Errorf("%q is not in its cell %q", d.Text, source)
		}
	}
	source := p.Source(names...)
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "", source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatalf("the program is not valid Go: %v\n%s", err, source)
	}
	declared := 0
	for _, decl := range file.Decls {
		if group, ok := decl.(*ast.GenDecl); !ok || group.Tok != token.IMPORT {
			declared++
		}
	}
	if declared != len(p.all) {
		t.Errorf("the program has %d declarations, the cells have %d\n%s", declared, len(p.all), source)
	}
	for _, spec := range file.Imports {
		target, err := strconv.Unquote(spec.Path.Value)
		if _, ok := gonb.Allowed(target); err != nil || !ok {
			t.Errorf("the program imports %s", spec.Path.Value)
		}
	}
	var s scanner.Scanner
	s.Init(token.NewFileSet().AddFile("", 1, len(source)), []byte(source), nil, scanner.ScanComments)
	for {
		_, kind, literal := s.Scan()
		if kind == token.EOF {
			break
		}
		if kind == token.COMMENT && !lineDirective.MatchString(literal) {
			t.Errorf("the program has the comment %q", literal)
		}
	}
	for _, m := range p.diagnostics {
		if m.Line < 0 || m.Cell == "" || m.Text == "" {
			t.Errorf("the diagnostic %+v", m)
		}
		if !slices.ContainsFunc(p.cells, func(c Cell) bool {
			return c.Name == m.Cell && m.Line <= strings.Count(c.Source, "\n")+2
		}) {
			t.Errorf("the diagnostic %+v is in no cell", m)
		}
	}
}

// Any two cells give a program that is valid Go.
func FuzzProgram(f *testing.F) {
	for _, seed := range [][2]string{
		{"", right},
		{right, "const"},
		{"%noautoget\n!echo x\n" + right + "%%\nos.Exit(0)\n", "\ufefffunc f() {}"},
		{"%%writefile x\nfunc (", "import (\n\tm \"math\"\n\t. \"fmt\"\n\t\"os\"\n)\n\nfunc f() float64 { return m.Sqrt(2) }"},
		{"const (\n\tzero = iota\n\tone\n)\n\nvar a, b = 1, 2\n\ntype (\n\tpair [2]int\n\tlist[T any] []T\n)", "func (p *pair) n() int { return len(p) }\n\nfunc (l list[T]) n() int { return 0 }"},
		{"//go:build never\n\n//line x.go:1\n//go:linkname double runtime.exit\n" + right + "\n/*\n#include <x>\n*/\n", "/*\r\r\r*/\r\r//go:noinline\n"},
		{"// 두 배로 만든다\nfunc double(입력 []float64) []float64 { return nil }", "var x = `\n//go:embed x\n`"},
		{"func (f *((((((T)", "var deep = ((((((((((((((((((((((((((((((("},
		{"package other\n\nimport \"math\"", "%args \\\nfunc f() {\n}\nvar x, = 1"},
		{"func f() { // a comment\n\t/* another\r\r\r\n//go:noinline\n*/ /**/ x /* y */ := 1 //line x.go:7\r\n}", "const c = /* 1 */ 2 // 3"},
		{"var x = `\r\n%%\n`\x00", "type T = struct{ x int \"tag\" }; func f(){}; func g(){}"},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		if len(first)+len(second) > 1<<14 {
			return // for speed
		}
		p := New([]Cell{{Name: "given", Source: "import \"math\"\n\nvar two = math.Sqrt(4)", Given: true}, {Name: "first", Source: first}, {Name: "second", Source: second}})
		checkProgram(t, p)
		p.Broken("double")
		for name, source := range p.files([]Signature{double}) {
			if _, err := parser.ParseFile(token.NewFileSet(), name, source, parser.SkipObjectResolution); err != nil {
				t.Errorf("%s is not valid Go: %v", name, err)
			}
		}
		// If the compiler rejects each declaration, nothing is left in the end.
		for len(p.all) > 0 {
			before, d := len(p.all)+len(p.earlier), p.all[0]
			if !p.RemoveRejected(fileName(d.Cell)+":"+strconv.Itoa(d.Line)+":1: "+first) || len(p.all)+len(p.earlier) >= before {
				t.Fatalf("%q is still there after the compiler has rejected it", d.Text)
			}
		}
		checkProgram(t, p)
	})
}
