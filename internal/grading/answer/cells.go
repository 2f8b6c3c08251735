// Package answer compiles the cells that a student wrote to a program, and calls its
// functions in the sandbox.
//
// The cells are data: nothing in them runs in this process. Each is parsed separately, so
// that a syntax error in one does not affect the others. The latest declaration of a name
// wins, as in the kernel. Comments are removed, and with them all compiler directives. Only
// listed packages can be imported. Only what a graded function reaches is kept, so that an
// init function, a package variable that panics or a helper that does not compile affects
// only the functions that need it. Diagnostics of the compiler and traces of panics name the
// cell and line as the student sees them.
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

// Cell is a code cell.
type Cell struct {
	Name   string // its grade_id
	Source string
	Given  bool // it came with the assignment: what cannot be used in it is not reported
}

// allowed are the packages that answers may import: those that compute, and fmt, log and
// time for debugging. The list excludes the packages of the course, which have the answers,
// and those that are of no use in an answer. Safety is the task of the sandbox.
var allowed = []string{
	"bytes", "cmp", "errors", "fmt", "log", "maps", "math", "math/bits", "math/cmplx", "math/rand", "math/rand/v2", "slices", "sort",
	"strconv", "strings", "time", "unicode", "unicode/utf8",
	"gonum.org/v1/gonum/blas", "gonum.org/v1/gonum/blas/blas64", "gonum.org/v1/gonum/floats", "gonum.org/v1/gonum/mat", "gonum.org/v1/gonum/stat",
}

// maxSource is the size of the largest cell that is read, in bytes.
const maxSource = 256 << 10

// A Diagnostic says what is wrong in a cell, for the student to read.
type Diagnostic struct {
	Cell string // "": no cell is to blame
	Line int    // from 1; 0: the whole cell
	Text string
}

func (m Diagnostic) String() string {
	if m.Cell == "" {
		return m.Text
	}
	if m.Line == 0 {
		return fmt.Sprintf("cell %s: %s", m.Cell, m.Text)
	}
	return fmt.Sprintf("cell %s, line %d: %s", m.Cell, m.Line, m.Text)
}

// declaration is a top-level declaration in a cell: a function, one spec of a var or type
// declaration, or a whole group of constants, because iota depends on the group.
type declaration struct {
	cell     int // the index of the cell
	names    []string
	receiver string // the type that a method belongs to
	text     string
	line     int // the first line of the text in the cell
	last     int // the last line
	uses     map[string]bool
	mayFail  bool // a variable whose initialization may fail
}

// within reports whether one of these lines, which are sorted, is a line of the declaration.
func (d *declaration) within(lines []int) bool {
	i, _ := slices.BinarySearch(lines, d.line)
	return i < len(lines) && lines[i] <= d.last
}

// parsed is a parsed cell.
type parsed struct {
	declarations []*declaration
	imports      map[string]string // paths by the names under which they are imported
	diagnostics  []Diagnostic
}

// keepGo returns the declarations of a cell, on the same lines. It blanks the rest: the special
// lines of the kernel, the statements after %%, and comments, which may be compiler
// directives.
func keepGo(source string) string {
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
				rest = true // the rest is run once in the notebook, or is not Go
			}
			special = strings.HasSuffix(line, "\\")
			lines[i] = ""
		}
	}
	return blankComments(strings.Join(lines, "\n"))
}

// blankComments replaces comments by spaces.
func blankComments(source string) string {
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

// commentLength returns the length of the comment at the start of a text. The scanner's own
// text of the comment may be shorter, because it omits carriage returns.
func commentLength(text string) int {
	n := strings.Index(text, "\n")
	if strings.HasPrefix(text, "/*") {
		if n = strings.Index(text[2:], "*/"); n >= 0 {
			n += len("/**/")
		}
	}
	if n < 0 {
		return len(text) // not terminated
	}
	return n
}

// parseCell parses a cell.
func parseCell(number int, cell Cell) (p parsed) {
	p.imports = map[string]string{}
	if cell.Given {
		defer func() { p.diagnostics = nil }()
	}
	if len(cell.Source) > maxSource {
		p.diagnostics = append(p.diagnostics, Diagnostic{cell.Name, 0, fmt.Sprintf("it has %d bytes; at most %d are read", len(cell.Source), maxSource)})
		return p
	}
	const head = "package main\n"
	source := head + keepGo(cell.Source)
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
			p.diagnostics = append(p.diagnostics, Diagnostic{cell.Name, max(1, e.Pos.Line-1), e.Msg})
		}
		slices.Sort(broken)
	}
	free := freeNames(file)
	add := func(n ast.Node, before string, names ...string) {
		from, to, ok := span(in, n)
		if !ok {
			return
		}
		d := &declaration{cell: number, names: names, text: before + source[from:to], line: line(n.Pos()), last: line(n.End()), uses: map[string]bool{}}
		if d.within(broken) {
			return // it has a syntax error
		}
		if len(broken) > 0 && !isDeclaration(d.text) {
			return // so has this: the parser reports it further down
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
				d.receiver = receiver(n)
			}
		case *ast.ValueSpec:
			d.mayFail = slices.ContainsFunc(n.Values, mayFail)
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
			p.readGroup(declared, cell, line, add)
		}
	}
	return p
}

// span returns where a node is in its file. ok is false for a node with a syntax error whose
// positions are invalid: behind the file, or the end before the start.
func span(file *token.File, n ast.Node) (from, to int, ok bool) {
	if n.Pos() < token.Pos(file.Base()) || n.End() < n.Pos() || n.End() > token.Pos(file.Base()+file.Size()) {
		return 0, 0, false
	}
	return file.Offset(n.Pos()), file.Offset(n.End()), true
}

// isDeclaration reports whether a text is one complete declaration.
func isDeclaration(text string) bool {
	file, err := parser.ParseFile(token.NewFileSet(), "", "package main\n"+text, parser.SkipObjectResolution)
	return err == nil && len(file.Decls) == 1
}

// mayFail reports whether the evaluation of an expression may panic or not end: it has a
// call, an index or the like. A function literal is searched, too, since something else may
// call it.
func mayFail(value ast.Expr) (found bool) {
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

// freeNames returns a function that reports whether an identifier refers to a top-level
// declaration. The deprecated resolution of the parser is good enough for that. The type
// checker must not run on untrusted source in this process: a small source can keep it busy
// for ever.
func freeNames(file *ast.File) func(*ast.Ident) bool {
	unresolved := map[*ast.Ident]bool{}
	for _, id := range file.Unresolved {
		unresolved[id] = true
	}
	return func(id *ast.Ident) bool {
		return unresolved[id] || id.Obj != nil && file.Scope.Lookup(id.Name) == id.Obj
	}
}

// readGroup reads a declaration of imports, types, variables or constants.
func (p *parsed) readGroup(group *ast.GenDecl, cell Cell, line func(token.Pos) int, add func(ast.Node, string, ...string)) {
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
				p.diagnostics = append(p.diagnostics, Diagnostic{cell.Name, line(spec.Pos()), fmt.Sprintf("import . %q is ignored: write the name of the package before the names that you use", target)})
			case slices.Contains(allowed, target):
				p.imports[name] = target
			default:
				p.imports[name] = ""
				p.diagnostics = append(p.diagnostics, Diagnostic{cell.Name, line(spec.Pos()), fmt.Sprintf("the package %q cannot be used in an answer", target)})
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

// receiver returns the name of the type that a method belongs to.
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
