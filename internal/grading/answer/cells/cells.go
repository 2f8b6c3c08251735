// Package cells reads what the code cells of a notebook declare: each declaration with its text,
// where it stands, and the names that it uses. Each cell is parsed separately, so that a syntax
// error in one does not affect the others. Nothing is compiled or run. It knows the rules of
// GoNB and nothing of assignments.
package cells

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"maps"
	"slices"
	"strconv"
	"strings"

	"rnn101/internal/grading/answer/gonb"
	"rnn101/internal/lang"
)

// Cell is a code cell.
type Cell struct {
	Name   string // its grade_id, or where it is in the notebook
	Source string
	Given  bool // it came with the assignment: what is wrong in it is not reported
	// Stub means that the cell is what an answer cell held when it was handed out. Its
	// declarations are not answers: a cell that still has one gives way to any other.
	Stub bool
}

// MaxSource is the size of the largest cell that is read, in bytes.
const MaxSource = 256 << 10

var texts = lang.For("answer")

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
		return texts.Text("cell", m.Cell, m.Text)
	}
	return texts.Text("line", m.Cell, m.Line, m.Text)
}

// Declaration is a top-level declaration in a cell: a function, one spec of a var or type
// declaration, or a whole group of constants, because iota depends on the group.
type Declaration struct {
	Cell     int         // the index of the cell
	Kind     token.Token // FUNC, TYPE, CONST or VAR
	Names    []string
	NamesAt  []int  // where they are in the text
	Receiver string // the type that a method belongs to
	Form     string // the types of a function that is no method
	Body     string // of a function
	Text     string
	Line     int // the first line of the text in the cell
	Last     int // the last line
	Uses     map[string]bool
	Needs    map[string]bool // those of uses that are surely no keys of a struct
	Selects  []Selection
	MayFail  bool // it runs at the start and may do anything: an init function, or a variable
	Init     bool // the kernel runs it at the start: init, or init_ and a name
	Stub     bool // it is as it was handed out
}

// Selection is a use of a name that may be that of a package: sort.Float64s.
type Selection struct {
	Name, Selected string
	Line           int
}

// Within reports whether one of these lines, which are sorted, is a line of the declaration.
func (d *Declaration) Within(lines []int) bool {
	i, _ := slices.BinarySearch(lines, d.Line)
	return i < len(lines) && lines[i] <= d.Last
}

// Key is what the kernel remembers a name of the declaration by.
func (d *Declaration) Key(name string) string {
	if d.Receiver != "" {
		return d.Receiver + "~" + name
	}
	return name
}

// Compare orders declarations as the kernel writes them: it matters for variables and init functions.
func Compare(a, b *Declaration) int {
	order := []token.Token{token.TYPE, token.CONST, token.VAR, token.FUNC}
	return cmp.Or(cmp.Compare(slices.Index(order, a.Kind), slices.Index(order, b.Kind)), cmp.Compare(a.Key(a.Names[0]), b.Key(b.Names[0])))
}

// Render returns the text of the declaration. The kernel renames what runs at the start, and taken reports
// whether a later declaration has taken over the name with an index, which is blank then.
func (d *Declaration) Render(taken func(i int) bool) string {
	var b strings.Builder
	rest := 0 // what is behind it is not written yet
	for i, name := range d.Names {
		other := name
		switch {
		case d.Init:
			other = "init"
		case taken(i):
			other = "_"
		}
		b.WriteString(d.Text[rest:d.NamesAt[i]])
		b.WriteString(other)
		rest = d.NamesAt[i] + len(name)
	}
	b.WriteString(d.Text[rest:])
	return b.String()
}

// Bare is what a stub is known by, without white space: a function's body is its own, and its
// parameters may have been renamed.
func (d *Declaration) Bare() string {
	text := d.Text
	if d.Kind == token.FUNC {
		text = d.Key(d.Names[0]) + " " + d.Body
	}
	return strings.Join(strings.Fields(text), " ")
}

// Parsed is a parsed cell.
type Parsed struct {
	Declarations []*Declaration
	Imports      map[string]string // paths by the names under which they are imported
	Dots         []string          // paths that are imported under the name .
	Diagnostics  []Diagnostic
}

// Parse parses the cell of this number. It never fails: a syntax error is a diagnostic.
func Parse(number int, cell Cell) (p Parsed) {
	p.Imports = map[string]string{}
	if cell.Given {
		defer func() { p.Diagnostics = nil }()
	}
	if len(cell.Source) > MaxSource {
		p.Diagnostics = append(p.Diagnostics, Diagnostic{cell.Name, 0, texts.Text("long", MaxSource)})
		return p
	}
	const head = "package main\n"
	source := head + gonb.KeepGo(cell.Source)
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
			p.Diagnostics = append(p.Diagnostics, Diagnostic{cell.Name, max(1, e.Pos.Line-1), e.Msg})
		}
		slices.Sort(broken)
	}
	free := freeNames(file)
	add := func(kind token.Token, n ast.Node, names ...*ast.Ident) *Declaration {
		from, to, ok := span(in, n)
		if !ok {
			return nil
		}
		before := ""
		if _, spec := n.(ast.Spec); spec {
			before = kind.String() + " "
		}
		d := &Declaration{Cell: number, Kind: kind, Text: before + source[from:to], Line: line(n.Pos()), Last: line(n.End()), Uses: map[string]bool{}, Needs: map[string]bool{}}
		if d.Within(broken) {
			return nil // it has a syntax error
		}
		if len(broken) > 0 && !isDeclaration(d.Text) {
			return nil // so has this: the parser reports it further down
		}
		for _, id := range names {
			d.Names = append(d.Names, id.Name)
			d.NamesAt = append(d.NamesAt, len(before)+in.Offset(id.Pos())-from)
		}
		keys := map[ast.Expr]bool{}
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				if free(n) {
					d.Uses[n.Name] = true
					d.Needs[n.Name] = d.Needs[n.Name] || !keys[n]
				}
			case *ast.KeyValueExpr:
				keys[n.Key] = true
				// The parser does not resolve a key: it may be a constant, or a field.
				if id, ok := n.Key.(*ast.Ident); ok && id.Obj == nil {
					d.Uses[id.Name] = true
				}
			case *ast.SelectorExpr:
				if id, ok := n.X.(*ast.Ident); ok && free(id) {
					d.Selects = append(d.Selects, Selection{id.Name, n.Sel.Name, line(id.Pos())})
				}
			}
			return true
		})
		maps.DeleteFunc(d.Needs, func(_ string, sure bool) bool { return !sure })
		p.Declarations = append(p.Declarations, d)
		return d
	}
	for _, declared := range file.Decls {
		switch declared := declared.(type) {
		case *ast.FuncDecl:
			if declared.Body == nil || declared.Recv == nil && declared.Name.Name == "main" {
				continue
			}
			d := add(token.FUNC, declared, declared.Name)
			if d == nil {
				continue
			}
			text := func(n ast.Node) string {
				from, to, _ := span(in, n)
				return source[from:to]
			}
			d.Body = text(declared.Body)
			if declared.Recv != nil {
				d.Receiver = receiver(declared)
			} else {
				d.Form = formOf(declared.Type, func(n ast.Node) string { return strings.Join(strings.Fields(text(n)), "") })
				named := declared.Name.Name == "init" || strings.HasPrefix(declared.Name.Name, "init_")
				d.Init = named && d.Form == "func()()"
				d.MayFail = d.Init
			}
		case *ast.GenDecl:
			p.readGroup(declared, add)
		}
	}
	return p
}

// formOf returns the types of a function without the names of its parameters, as
// Signature.form does.
func formOf(f *ast.FuncType, text func(ast.Node) string) string {
	list := func(fields *ast.FieldList) string {
		var kinds []string
		if fields != nil {
			for _, field := range fields.List {
				for range max(1, len(field.Names)) {
					kinds = append(kinds, text(field.Type))
				}
			}
		}
		return "(" + strings.Join(kinds, ",") + ")"
	}
	return "func" + list(f.Params) + list(f.Results)
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
func (p *Parsed) readGroup(group *ast.GenDecl, add func(token.Token, ast.Node, ...*ast.Ident) *Declaration) {
	var constants []*ast.Ident
	for _, spec := range group.Specs {
		switch spec := spec.(type) {
		case *ast.ImportSpec:
			target, err := strconv.Unquote(spec.Path.Value)
			name := gonb.PackageName(target)
			if spec.Name != nil {
				name = spec.Name.Name
			}
			switch {
			case err != nil || name == "_":
			case name == ".":
				p.Dots = append(p.Dots, target)
			default:
				p.Imports[name] = target
			}
		case *ast.TypeSpec:
			add(token.TYPE, spec, spec.Name)
		case *ast.ValueSpec:
			if group.Tok == token.CONST {
				constants = append(constants, spec.Names...)
				continue
			}
			if d := add(token.VAR, spec, spec.Names...); d != nil {
				d.MayFail = slices.ContainsFunc(spec.Values, mayFail)
			}
		}
	}
	if len(constants) > 0 {
		add(token.CONST, group, constants...)
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
