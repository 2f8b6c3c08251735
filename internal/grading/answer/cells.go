// Package answer makes a Go program of the cells that a student wrote.
//
// The cells are data: nothing of them runs here. Each is parsed on its own, so that a
// mistake in one leaves the others standing; the latest declaration of a name wins, as
// in the kernel; comments go, and with them every directive to the compiler; imports are
// allowed by a list; and only what a graded function reaches is kept, so that an init, a
// package variable that panics or a helper that does not compile costs nothing that does
// not need it. The compiler's and the runtime's messages name cell and line as the
// student sees them.
package answer

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Cell is a cell as the student wrote it.
type Cell struct {
	Name   string // its grade_id
	Source string
	Given  bool // it came with the assignment: what cannot be used of it is nobody's mistake
}

// allowed are the packages that answers may import: those that compute, and fmt, log and
// time for traces. The list keeps the packages of the course out, which hold the answers,
// and what makes no sense in an answer; safety is the sandbox's.
var allowed = []string{
	"bytes", "cmp", "errors", "fmt", "log", "maps", "math", "math/bits", "math/cmplx", "math/rand", "math/rand/v2", "slices", "sort",
	"strconv", "strings", "time", "unicode", "unicode/utf8",
	"gonum.org/v1/gonum/blas", "gonum.org/v1/gonum/blas/blas64", "gonum.org/v1/gonum/floats", "gonum.org/v1/gonum/mat", "gonum.org/v1/gonum/stat",
}

// maxSource is what is read of a cell; nobody writes more by hand.
const maxSource = 256 << 10

// A Mistake is what is wrong in a cell, in words for the student.
type Mistake struct {
	Cell string // "": no cell is to blame
	Line int    // from 1; 0: the whole cell
	Text string
}

func (m Mistake) String() string {
	if m.Cell == "" {
		return m.Text
	}
	if m.Line == 0 {
		return fmt.Sprintf("cell %s: %s", m.Cell, m.Text)
	}
	return fmt.Sprintf("cell %s, line %d: %s", m.Cell, m.Line, m.Text)
}

// declaration is something that stands at the top of a cell: a function, or one spec of
// a var, type or import, or a whole group of constants (iota counts through it).
type declaration struct {
	cell  int // its place among the cells
	names []string
	owner string // of a method: its type
	text  string
	line  int // where the text begins in the cell
	last  int // where it ends
	uses  map[string]bool
	runs  bool // of a variable: its value is computed when the program starts
}

// parsed is a cell that was read.
type parsed struct {
	declarations []*declaration
	imports      map[string]string // by the name that stands for them
	mistakes     []Mistake
}

// goOf keeps the declarations of a cell in their lines and blanks everything else: the
// kernel's special lines, the commands after %%, and comments, in which the compiler
// would find directives.
func goOf(source string) string {
	source = strings.TrimPrefix(strings.ToValidUTF8(strings.ReplaceAll(source, "\r\n", "\n"), "\ufffd"), "\ufeff")
	lines := strings.Split(source, "\n")
	special, rest := false, false
	for i, line := range lines {
		switch {
		case rest:
			lines[i] = ""
		case special || strings.HasPrefix(line, "%") || strings.HasPrefix(line, "!"):
			command := strings.Fields(line + " ")
			if strings.HasPrefix(line, "%%") || len(command) > 0 && (command[0] == "%main" || command[0] == "%test") {
				rest = true // what is done once in the notebook, or no Go at all
			}
			special = strings.HasSuffix(line, "\\")
			lines[i] = ""
		}
	}
	return withoutComments(strings.Join(lines, "\n"))
}

// withoutComments puts blanks in the place of comments.
func withoutComments(source string) string {
	text := []byte(source)
	files := token.NewFileSet()
	file := files.AddFile("", files.Base(), len(text))
	var s scanner.Scanner
	s.Init(file, text, func(token.Position, string) {}, scanner.ScanComments)
	blanked := slices.Clone(text)
	for {
		at, kind, _ := s.Scan()
		if kind == token.EOF {
			return string(blanked)
		}
		if kind != token.COMMENT {
			continue
		}
		from := file.Offset(at)
		for i := from; i < from+commentLength(source[from:]); i++ {
			if blanked[i] != '\n' {
				blanked[i] = ' '
			}
		}
	}
}

// commentLength is the length of the comment that a text begins with. The text that the
// scanner gives for it may be shorter: carriage returns are left out there.
func commentLength(text string) int {
	n := strings.Index(text, "\n")
	if strings.HasPrefix(text, "/*") {
		if n = strings.Index(text[2:], "*/"); n >= 0 {
			n += len("/**/")
		}
	}
	if n < 0 {
		return len(text) // it has no end
	}
	return n
}

// read parses a cell.
func read(number int, cell Cell) (p parsed) {
	p.imports = map[string]string{}
	if cell.Given {
		defer func() { p.mistakes = nil }()
	}
	if len(cell.Source) > maxSource {
		p.mistakes = append(p.mistakes, Mistake{cell.Name, 0, fmt.Sprintf("it has %d letters; at most %d are read", len(cell.Source), maxSource)})
		return p
	}
	const head = "package main\n"
	source := head + goOf(cell.Source)
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, cell.Name, source, parser.AllErrors)
	if file == nil {
		return p
	}
	in := files.File(file.FileStart)
	line := func(at token.Pos) int { return in.Line(in.Pos(in.Offset(at))) - 1 }
	var broken []int
	if list, ok := err.(scanner.ErrorList); ok {
		list.RemoveMultiples()
		for _, e := range list {
			broken = append(broken, e.Pos.Line-1)
			p.mistakes = append(p.mistakes, Mistake{cell.Name, max(1, e.Pos.Line-1), e.Msg})
		}
	}
	free := freeNames(file)
	add := func(n ast.Node, before string, names ...string) {
		from, to, ok := span(in, n)
		if !ok {
			return
		}
		d := &declaration{cell: number, names: names, text: before + source[from:to], line: line(n.Pos()), last: line(n.End()), uses: map[string]bool{}}
		for _, at := range broken {
			if at >= d.line && at <= d.last {
				return // it was not read to its end
			}
		}
		if len(broken) > 0 && !alone(d.text) {
			return // nor was this: the parser complains of it further down
		}
		ast.Inspect(n, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && free(id) {
				d.uses[id.Name] = true
			}
			return true
		})
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Recv != nil {
				d.owner = receiver(n)
			}
		case *ast.ValueSpec:
			d.runs = slices.ContainsFunc(n.Values, computed)
		}
		p.declarations = append(p.declarations, d)
	}
	for _, declared := range file.Decls {
		switch declared := declared.(type) {
		case *ast.FuncDecl:
			if declared.Body != nil && (declared.Recv != nil || declared.Name.Name != "init" && declared.Name.Name != "main") {
				add(declared, "", declared.Name.Name)
			}
		case *ast.GenDecl:
			p.general(declared, cell, line, add)
		}
	}
	return p
}

// span finds a node in its file. A node that the parser could not read to its end may have
// none: it gives such nodes positions behind the file, or an end before their beginning.
func span(file *token.File, n ast.Node) (from, to int, ok bool) {
	if n.Pos() < token.Pos(file.Base()) || n.End() < n.Pos() || n.End() > token.Pos(file.Base()+file.Size()) {
		return 0, 0, false
	}
	return file.Offset(n.Pos()), file.Offset(n.End()), true
}

// alone tells whether a text is one declaration by itself.
func alone(text string) bool {
	file, err := parser.ParseFile(token.NewFileSet(), "", "package main\n"+text, parser.SkipObjectResolution)
	return err == nil && len(file.Decls) == 1
}

// computed tells whether a value can do more than be there: a call can have no end, an
// index can be out of range. A function literal does nothing before it is called, but by
// whom is not known here.
func computed(value ast.Expr) (found bool) {
	ast.Inspect(value, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr, *ast.IndexExpr, *ast.SliceExpr, *ast.StarExpr, *ast.SelectorExpr, *ast.TypeAssertExpr:
			found = true
		case *ast.BinaryExpr:
			found = found || n.Op == token.QUO || n.Op == token.REM || n.Op == token.SHL || n.Op == token.SHR
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		}
		return !found
	})
	return found
}

// freeNames tells which names in a file are not declared inside of the function they
// stand in. The parser's own resolution is enough for that; the type checker, which
// replaces it elsewhere, would work on a stranger's source in this process, and small
// sources can keep it busy for ever.
func freeNames(file *ast.File) func(*ast.Ident) bool {
	unresolved := map[*ast.Ident]bool{}
	for _, id := range file.Unresolved {
		unresolved[id] = true
	}
	return func(id *ast.Ident) bool {
		return unresolved[id] || id.Obj != nil && file.Scope.Lookup(id.Name) == id.Obj
	}
}

// general reads a group of imports, types, variables or constants.
func (p *parsed) general(group *ast.GenDecl, cell Cell, line func(token.Pos) int, add func(ast.Node, string, ...string)) {
	var constants []string
	for _, spec := range group.Specs {
		switch spec := spec.(type) {
		case *ast.ImportSpec:
			target, err := strconv.Unquote(spec.Path.Value)
			name := path.Base(target)
			if name == "v2" {
				name = path.Base(path.Dir(target))
			}
			if spec.Name != nil {
				name = spec.Name.Name
			}
			switch {
			case err != nil || name == "_":
			case name == ".":
				p.mistakes = append(p.mistakes, Mistake{cell.Name, line(spec.Pos()), fmt.Sprintf("import . %q is not read: write the package's name before what you use of it", target)})
			case slices.Contains(allowed, target):
				p.imports[name] = target
			default:
				p.imports[name] = ""
				p.mistakes = append(p.mistakes, Mistake{cell.Name, line(spec.Pos()), fmt.Sprintf("the package %q cannot be used in an answer", target)})
			}
		case *ast.TypeSpec:
			add(spec, "type ", spec.Name.Name)
		case *ast.ValueSpec:
			var names []string
			for _, id := range spec.Names {
				names = append(names, id.Name)
			}
			if group.Tok == token.VAR {
				add(spec, "var ", names...)
			} else {
				constants = append(constants, names...)
			}
		}
	}
	if len(constants) > 0 {
		add(group, "", constants...)
	}
}

// receiver is the name of the type that a method belongs to.
func receiver(f *ast.FuncDecl) string {
	if len(f.Recv.List) == 0 {
		return ""
	}
	kind := f.Recv.List[0].Type
	for {
		switch of := kind.(type) {
		case *ast.StarExpr:
			kind = of.X
		case *ast.ParenExpr:
			kind = of.X
		case *ast.IndexExpr:
			kind = of.X
		case *ast.IndexListExpr:
			kind = of.X
		case *ast.Ident:
			return of.Name
		default:
			return ""
		}
	}
}
