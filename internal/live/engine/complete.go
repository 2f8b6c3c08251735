package engine

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"iter"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/goplus/ixgo"

	"rnn101/internal/grading/answer/gonb"
	"rnn101/internal/live/program"
)

// A Suggestion is a name that can stand at a place in a cell.
type Suggestion struct {
	Name string `json:"name"`
	Kind string `json:"kind"` // as the editor calls it: function, method, property, variable, constant, type, namespace, keyword
	Type string `json:"type,omitempty"`
	Rank int    `json:"rank"`           // higher: declared nearer to the place
	Text string `json:"text,omitempty"` // what the documentation says
	Key  bool   `json:"key,omitempty"`  // a field of a literal, to be followed by a colon and its value
}

// Documentation is what the sources say of the names of packages, a line for each: with tabs between them,
// package.Name or package.Type.Name, the names of the parameters and of the results, with commas between
// them, and a text. Without it suggestions have types alone.
var Documentation string

// said is what Documentation says of a name.
type said struct {
	parameters, results []string
	text                string
}

var documented = sync.OnceValue(func() map[string]said {
	all := map[string]said{}
	list := func(names string) []string {
		return strings.FieldsFunc(names, func(r rune) bool { return r == ',' })
	}
	for line := range strings.Lines(Documentation) {
		if f := strings.Split(strings.TrimSuffix(line, "\n"), "\t"); len(f) == 4 {
			all[f[0]] = said{list(f[1]), list(f[2]), f[3]}
		}
	}
	return all
})

// named returns a signature with names for its parameters and results.
func named(s *types.Signature, a said) *types.Signature {
	give := func(all *types.Tuple, names []string) *types.Tuple {
		if len(names) != all.Len() {
			return all
		}
		var vars []*types.Var
		for i := range all.Len() {
			vars = append(vars, types.NewParam(token.NoPos, nil, names[i], all.At(i).Type()))
		}
		return types.NewTuple(vars...)
	}
	return types.NewSignatureType(nil, nil, nil, give(s.Params(), a.parameters), give(s.Results(), a.results), s.Variadic())
}

// The ranks of suggestions.
const (
	ofLanguage = iota - 1
	ofPackage  // that can be imported
	ofUniverse
	ofCells
	ofBlock
	ofLiteral // a field that can be set
)

// marker is a name that stands for the one to complete. It is exported: then the package it is selected
// from is imported.
const marker = "Rnn101Complete"

// Complete returns what the name can be that the reader is writing at an offset in the last cell, in
// bytes: after a dot the fields and methods of what stands before it, or what the package exports,
// otherwise the names that are known there. The code around it may be unfinished, and lines above may have
// mistakes. Where no name can stand, as in a comment, there are no suggestions.
func Complete(cells []program.Cell, offset int) []Suggestion {
	last := cells[len(cells)-1]
	if offset < 0 || offset > len(last.Source) {
		return nil
	}
	before, after := last.Source[:offset], strings.TrimLeftFunc(last.Source[offset:], inName)
	name := before[len(strings.TrimRightFunc(before, inName)):]
	before = before[:len(before)-len(name)]
	if _, inText := opened(before); inText || name != "" && unicode.IsDigit(rune(name[0])) {
		return nil
	}
	for range maxMended {
		for source := range finished(before, after) {
			if len(mistakes(source)) > 0 {
				continue
			}
			last.Source = source
			if all, ok := at(program.New(append(slices.Clip(cells[:len(cells)-1]), last), Packages)); ok {
				return all
			}
		}
		mended, ok := withoutMistake(before)
		if !ok {
			break
		}
		before = mended
	}
	if closing, _ := opened(before); len(mistakes(before+marker+closing)) == 0 || strings.HasSuffix(before, ".") {
		return nil // it is a comment, or what stands before the dot is not understood
	}
	return keywords(func(token.Token) bool { return true }) // such as func or else
}

// mistakes returns what is wrong with the syntax of a cell.
func mistakes(source string) []program.Mistake {
	return program.New([]program.Cell{{Source: source}}, Packages).Mistakes()
}

// maxMended is how many mistakes in lines above are passed over.
const maxMended = 4

// withoutMistake leaves out the line above with the first mistake: the one before that which the parser
// names, since it reads on where a line is unfinished, or else that one.
func withoutMistake(before string) (mended string, ok bool) {
	first := func(text string) int {
		closing, _ := opened(text)
		if all := mistakes(text + marker + closing); len(all) > 0 {
			return all[0].Line
		}
		return math.MaxInt
	}
	lines, at := strings.Split(before, "\n"), first(before)
	named := min(at, len(lines)) - 1
	previous := named - 1
	for previous >= 0 && strings.TrimSpace(lines[previous]) == "" {
		previous--
	}
	for _, i := range []int{previous, named} {
		if i < 0 || i == len(lines)-1 || strings.HasPrefix(lines[i], "%") {
			continue
		}
		less := slices.Clone(lines)
		less[i] = ""
		if mended = strings.Join(less, "\n"); first(mended) > at {
			return mended, true
		}
	}
	return "", false
}

func inName(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// maxDepth is in how many of the brackets that are open around a name a statement may end: each is tried.
const maxDepth = 20

// finished returns texts with the marker between what stands before and after it, of which the first
// that parses is to be taken: all of it, and what stands before with the brackets closed that it leaves
// open and with an end that some statement can have, at some depth of the brackets.
func finished(before, after string) iter.Seq[string] {
	return func(yield func(string) bool) {
		if !yield(before + marker + after) {
			return
		}
		open, _ := opened(before)
		for depth := range min(len(open), maxDepth) + 1 {
			for _, end := range []string{"", "()", "{}", " {}", "{} {}", ":", " = 0", "; true {}", "; {}", "; true; {}", " f() {}", "int", "int{}"} {
				if !yield(before + marker + open[:depth] + end + open[depth:]) {
					return
				}
			}
		}
	}
}

// opened returns the closing brackets that the code lacks, and whether it ends in a text that does not end.
func opened(code string) (closing string, inText bool) {
	files := token.NewFileSet()
	var s scanner.Scanner
	s.Init(files.AddFile("", files.Base(), len(code)), []byte(code), func(_ token.Position, text string) {
		inText = inText || text == "raw string literal not terminated" || text == "comment not terminated"
	}, 0)
	for {
		switch _, tok, _ := s.Scan(); tok {
		case token.EOF:
			return closing, inText
		case token.LPAREN:
			closing = ")" + closing
		case token.LBRACK:
			closing = "]" + closing
		case token.LBRACE:
			closing = "}" + closing
		case token.RPAREN, token.RBRACK, token.RBRACE:
			closing = closing[min(1, len(closing)):]
		}
	}
}

// at returns what can stand where the marker does, if the program has it.
func at(n *program.Notebook) (list []Suggestion, ok bool) {
	c := newContext()
	file, err := parser.ParseFile(c.FileSet, program.File, n.Source(), parser.SkipObjectResolution)
	if err != nil {
		return nil, false
	}
	var path []ast.Node // to the marker
	ast.PreorderStack(file, nil, func(node ast.Node, stack []ast.Node) bool {
		if id, ok := node.(*ast.Ident); ok && id.Name == marker && path == nil {
			path = append(slices.Clone(stack), node)
		}
		return path == nil
	})
	if path == nil {
		return nil, false
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: c.Importer, Error: func(error) {}}
	pkg, _ := config.Check("main", c.FileSet, []*ast.File{file}, info)
	if pkg == nil {
		return nil, false
	}
	all := suggestions{of: pkg, seen: map[string]bool{marker: true, "_": true}}
	name, parent := path[len(path)-1].(*ast.Ident), path[len(path)-2]
	if s, ok := parent.(*ast.SelectorExpr); ok && s.Sel == name {
		all.members(s.X, info)
		return all.list, true
	}
	switch parent := parent.(type) {
	case *ast.BranchStmt:
		all.labels(path)
		return all.list, true
	case *ast.ValueSpec:
		if slices.Contains(parent.Names, name) {
			return nil, true // a new name
		}
	case *ast.Field:
		if slices.Contains(parent.Names, name) {
			return nil, true
		}
	}
	all.fieldsToSet(path, info)
	all.inScope(name.Pos())
	all.packages()
	_, statement := parent.(*ast.ExprStmt)
	_, ofSwitch := parent.(*ast.TypeAssertExpr)
	for _, s := range keywords(func(tok token.Token) bool { return statement || inExpression[tok] || ofSwitch && tok == token.TYPE }) {
		all.add(s)
	}
	return all.list, true
}

// inExpression has the keywords that an expression or a type can begin with.
var inExpression = map[token.Token]bool{token.CHAN: true, token.FUNC: true, token.INTERFACE: true, token.MAP: true, token.RANGE: true, token.STRUCT: true}

func keywords(some func(token.Token) bool) (all []Suggestion) {
	for tok := token.BREAK; tok <= token.VAR; tok++ {
		if some(tok) {
			all = append(all, Suggestion{Name: tok.String(), Kind: "keyword", Rank: ofLanguage})
		}
	}
	return all
}

// suggestions collects suggestions; the first of a name counts, as that of the innermost scope does.
type suggestions struct {
	of   *types.Package
	seen map[string]bool
	list []Suggestion
}

func (all *suggestions) add(s Suggestion) {
	if s.Name != "" && !all.seen[s.Name] {
		all.seen[s.Name] = true
		all.list = append(all.list, s)
	}
}

// object adds a name; of is the type that has the field or method, if it is one.
func (all *suggestions) object(o types.Object, of types.Type, rank int) {
	s, t, key := Suggestion{Name: o.Name(), Kind: "variable", Rank: rank}, o.Type(), ""
	if o.Pkg() != nil {
		key = o.Pkg().Path() + "." + o.Name()
	}
	if n, ok := of.(*types.Named); ok && n.Obj().Pkg() != nil {
		key = n.Obj().Pkg().Path() + "." + n.Obj().Name() + "." + o.Name()
	}
	switch o := o.(type) {
	case *types.PkgName:
		s.Kind, s.Type, t, key = "namespace", o.Imported().Path(), nil, o.Imported().Path()
	case *types.Const:
		s.Kind = "constant"
	case *types.TypeName:
		s.Kind = "type"
		switch t = o.Type().Underlying(); t.(type) {
		case *types.Struct:
			s.Type, t = "struct", nil
		case *types.Interface:
			s.Type, t = "interface", nil
		case *types.Basic:
			if o.Pkg() == nil { // int is int
				t = nil
			}
		}
	case *types.Func:
		s.Kind = "function"
		if of != nil {
			s.Kind = "method"
		}
		if sig := o.Signature(); sig.TypeParams() == nil {
			t = named(sig, documented()[key])
		}
	case *types.Builtin:
		s.Kind, t = "function", nil
	case *types.Nil:
		t = nil
	case *types.Var:
		if o.IsField() {
			s.Kind = "property"
		}
	}
	if t != nil && t != types.Typ[types.Invalid] {
		s.Type = all.typeString(t)
	}
	s.Text, s.Key = documented()[key].text, rank == ofLiteral
	all.add(s)
}

func (all *suggestions) typeString(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string {
		if p == all.of {
			return ""
		}
		return p.Name()
	})
}

// visible reports whether the cells can use a field, a method or a name of a package.
func (all *suggestions) visible(o types.Object) bool {
	return o.Exported() || o.Pkg() == all.of
}

// members adds what can be selected from an expression.
func (all *suggestions) members(x ast.Expr, info *types.Info) {
	if id, ok := x.(*ast.Ident); ok {
		if p, ok := info.Uses[id].(*types.PkgName); ok {
			for _, name := range p.Imported().Scope().Names() {
				if o := p.Imported().Scope().Lookup(name); all.visible(o) {
					all.object(o, nil, ofCells)
				}
			}
			return
		}
	}
	of := info.Types[x]
	if of.Type == nil || of.Type == types.Typ[types.Invalid] {
		return
	}
	if !of.IsType() {
		all.fields(of.Type, ofBlock)
	}
	t := of.Type
	if _, ok := t.Underlying().(*types.Pointer); !ok && !types.IsInterface(t) && !of.IsType() {
		t = types.NewPointer(t) // a variable has the methods of its address, too
	}
	methods := types.NewMethodSet(t)
	for i := range methods.Len() {
		if o := methods.At(i).Obj().(*types.Func); all.visible(o) {
			of := o.Signature().Recv().Type()
			if p, ok := of.(*types.Pointer); ok {
				of = p.Elem()
			}
			all.object(o, of, ofCells)
		}
	}
}

// fields adds the fields of a struct, also those of the structs in it without a name of their own.
func (all *suggestions) fields(t types.Type, rank int) {
	known := map[types.Type]bool{}
	for level := []types.Type{t}; len(level) > 0; {
		var next []types.Type
		for _, t := range level {
			if p, ok := t.Underlying().(*types.Pointer); ok {
				t = p.Elem()
			}
			s, ok := t.Underlying().(*types.Struct)
			if !ok || known[t] {
				continue
			}
			known[t] = true
			for f := range s.Fields() {
				if all.visible(f) {
					all.object(f, t, rank)
				}
				if f.Embedded() {
					next = append(next, f.Type())
				}
			}
		}
		level = next
	}
}

// fieldsToSet adds the fields of the struct whose value the marker stands in, in the place of a key.
func (all *suggestions) fieldsToSet(path []ast.Node, info *types.Info) {
	i := len(path) - 2
	if pair, ok := path[i].(*ast.KeyValueExpr); ok && pair.Key == path[i+1] {
		i--
	}
	literal, ok := path[i].(*ast.CompositeLit)
	if !ok || info.Types[literal].Type == nil {
		return
	}
	t := info.Types[literal].Type
	if p, ok := t.Underlying().(*types.Pointer); ok { // of an element without its type
		t = p.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return
	}
	set := map[string]bool{}
	for _, element := range literal.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok {
			if id, ok := pair.Key.(*ast.Ident); ok {
				set[id.Name] = true
			}
		}
	}
	for f := range s.Fields() {
		if all.visible(f) && !set[f.Name()] {
			all.object(f, t, ofLiteral)
		}
	}
}

// labels adds those of the statements around the marker.
func (all *suggestions) labels(path []ast.Node) {
	for _, node := range path {
		if of, ok := node.(*ast.LabeledStmt); ok {
			all.add(Suggestion{Name: of.Label.Name, Kind: "variable", Rank: ofBlock})
		}
	}
}

// inScope adds the names that are known at a place.
func (all *suggestions) inScope(pos token.Pos) {
	inner := all.of.Scope().Innermost(pos)
	for scope := inner; scope != nil; scope = scope.Parent() {
		rank := ofBlock
		switch {
		case scope == types.Universe:
			rank = ofUniverse
		case scope == all.of.Scope() || scope.Parent() == all.of.Scope():
			rank = ofCells
		}
		for _, name := range scope.Names() {
			// A variable is not known in the statement that declares it.
			if of, o := inner.LookupParent(name, pos); of == scope && name != "main" {
				all.object(o, nil, rank)
			}
		}
	}
}

// packages adds those that a cell gets without an import.
func (all *suggestions) packages() {
	for _, target := range ixgo.PackageList() {
		if name := gonb.PackageName(target); slices.Contains(Packages, target) || gonb.MissingImport(name, []string{marker}) == target {
			all.add(Suggestion{Name: name, Kind: "namespace", Type: target, Rank: ofPackage, Text: documented()[target].text})
		}
	}
}
