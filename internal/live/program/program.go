// Package program makes one Go program of the cells of a notebook, by the rules of the kernel GoNB:
// the declarations of all cells stay, the latest one of a name counts, functions named init_* run
// first, missing imports are added, and what stands after %% in the last cell is the body of main. It
// shares its reading of cells with the grader. Nothing is compiled or run.
package program

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"rnn101/internal/grading/answer/cells"
	"rnn101/internal/grading/answer/gonb"
	"rnn101/internal/lang"
)

// Cell is a code cell.
type Cell struct {
	ID     string `json:"id"`
	Source string `json:"source"`
}

// Mistake is a message about a line of a cell.
type Mistake struct {
	Cell string `json:"cell"`
	Line int    `json:"line"` // from 1; 0: the whole cell
	Text string `json:"text"`
}

// File is the name of the program's file. What stands on a line of it stands in no cell.
const File = "main.go"

// A Notebook holds the cells up to the one that is run.
type Notebook struct {
	cells []Cell
	read  []*part
	// forgotten has the cells that the kernel would have refused, by their index: it keeps nothing of them.
	forgotten map[int][]Mistake
	packages  map[string]string // the paths of the course's packages by their names
	unused    map[string]bool   // the paths of packages that nothing uses
}

// part is one parsed cell.
type part struct {
	cells.Parsed
	mistakes []Mistake
	body     string
	line     int // of the cell, where the body begins
	names    map[string]bool
	selects  map[string][]string
}

var texts = lang.For("program")

// New reads the cells; the last one is to be run. packages are the paths of packages that a cell may
// use without an import, besides those of the standard library and gonum that the grader knows.
func New(all []Cell, packages []string) *Notebook {
	n := &Notebook{cells: all, forgotten: map[int][]Mistake{}, packages: map[string]string{}, unused: map[string]bool{}}
	for _, target := range packages {
		n.packages[gonb.PackageName(target)] = target
	}
	for i, cell := range all {
		n.read = append(n.read, n.parse(i, cell))
	}
	for i, p := range n.read[:len(n.read)-1] {
		if len(p.mistakes) > 0 {
			n.forgotten[i] = p.mistakes
		}
	}
	return n
}

// Mistakes are those that the parser finds in the last cell.
func (n *Notebook) Mistakes() []Mistake { return n.read[len(n.read)-1].mistakes }

// Forgotten returns what is wrong in the cells above that count as if they were not there.
func (n *Notebook) Forgotten() (all []Mistake) {
	for _, i := range slices.Sorted(maps.Keys(n.forgotten)) {
		all = append(all, n.forgotten[i]...)
	}
	return all
}

// Forget removes a cell above the last one.
func (n *Notebook) Forget(cell int, why []Mistake) { n.forgotten[cell] = why }

// DropUnused removes the imports that messages of the compiler call unused: those of names that only
// variables have, which the kernel's goimports removes, too, and those without a name, which the kernel
// refuses. It reports whether there were any.
func (n *Notebook) DropUnused(mistakes []Mistake) (some bool) {
	for _, m := range mistakes {
		if found := unusedImport.FindStringSubmatch(m.Text); found != nil && m.Line == 0 {
			some = some || !n.unused[found[1]]
			n.unused[found[1]] = true
		}
	}
	return some
}

var unusedImport = regexp.MustCompile(`^"([^"]+)" imported (?:as \w+ )?and not used$`)

// Upto returns the cells up to an index as a notebook of their own, of which that one is run.
func (n *Notebook) Upto(cell int) *Notebook {
	return &Notebook{cells: n.cells[:cell+1], read: n.read[:cell+1], forgotten: n.forgotten, packages: n.packages, unused: map[string]bool{}}
}

// Len returns the number of cells.
func (n *Notebook) Len() int { return len(n.cells) }

// parse reads the cell with an index.
func (n *Notebook) parse(number int, cell Cell) *part {
	split := gonb.Split(cell.Source)
	p := &part{Parsed: cells.Parse(number, cells.Cell{Name: cell.ID, Source: cell.Source}), names: map[string]bool{}, selects: map[string][]string{}}
	for _, d := range p.Diagnostics {
		p.mistakes = append(p.mistakes, Mistake{cell.ID, d.Line, d.Text})
	}
	p.mistakes = append(p.mistakes, commands(cell, split)...)
	switch {
	case split.HasBody:
		p.body, p.line = split.Body, 1
	case len(p.mistakes) == 0:
		p.body, p.line = mainBody(split.Declarations)
	}
	if len(p.mistakes) == 0 && p.line > 0 {
		p.readBody(cell)
	}
	for _, d := range p.Declarations {
		for name := range d.Uses {
			p.names[name] = true
		}
		for _, s := range d.Selects {
			p.selects[s.Name] = append(p.selects[s.Name], s.Selected)
		}
	}
	return p
}

// readBody parses the body of main and notes the names that it uses.
func (p *part) readBody(cell Cell) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "", "package main\nfunc main() {\n//line "+File+":"+strconv.Itoa(p.line)+"\n"+p.body+"\n}\n", parser.AllErrors)
	if err != nil {
		list, _ := err.(scanner.ErrorList)
		list.RemoveMultiples()
		last := p.line + strings.Count(strings.TrimRight(p.body, " \t\n"), "\n")
		for _, e := range list {
			p.mistakes = append(p.mistakes, Mistake{cell.ID, min(e.Pos.Line, last), e.Msg})
		}
		return
	}
	for _, id := range file.Unresolved {
		p.names[id.Name] = true
	}
	ast.Inspect(file, func(node ast.Node) bool {
		if s, ok := node.(*ast.SelectorExpr); ok {
			if id, ok := s.X.(*ast.Ident); ok && id.Obj == nil {
				p.selects[id.Name] = append(p.selects[id.Name], s.Sel.Name)
			}
		}
		return true
	})
}

// mainBody returns the body of a function main that a cell without %% declares, which the kernel runs, and
// the line on which it begins, or 0.
func mainBody(declarations string) (body string, line int) {
	files := token.NewFileSet()
	const head = "package main\n"
	file, err := parser.ParseFile(files, "", head+declarations, parser.SkipObjectResolution)
	if err != nil {
		return "", 0
	}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Recv != nil || f.Name.Name != "main" || f.Body == nil {
			continue
		}
		from, to := files.Position(f.Body.Lbrace), files.Position(f.Body.Rbrace)
		return (head + declarations)[from.Offset+1 : to.Offset], from.Line - 1
	}
	return "", 0
}

// harmless are the commands of the kernel that change nothing on a page.
var harmless = []string{"%noautoget", "%autoget", "%goflags", "%gcflags", "%track", "%untrack", "%list", "%ls", "%reset", "%help", "%args"}

// commands returns the special lines that a page cannot obey.
func commands(cell Cell, split gonb.Parts) (all []Mistake) {
	lines := strings.Split(cell.Source, "\n")
	for _, command := range split.Commands {
		word, _, _ := strings.Cut(command, " ")
		if slices.Contains(harmless, word) {
			continue
		}
		at := slices.IndexFunc(lines, func(line string) bool { return strings.TrimSuffix(line, "\r") == command })
		all = append(all, Mistake{cell.ID, at + 1, texts.Text("command", word)})
	}
	return all
}

// declaration is one that counts.
type declaration struct {
	*cells.Declaration
	blank map[int]bool // the indices of the names that a later declaration has taken over
}

// counting returns the declarations of the cells that are not forgotten, as far as the latest ones of
// their names, in the order in which the kernel writes them.
func (n *Notebook) counting() (all []declaration, names map[string]bool) {
	latest := map[string]*cells.Declaration{}
	var declared []*cells.Declaration
	for i, p := range n.read {
		if n.forgotten[i] != nil && i < len(n.read)-1 {
			continue
		}
		for _, d := range p.Declarations {
			declared = append(declared, d)
			for _, name := range d.Names {
				latest[d.Key(name)] = d
			}
		}
	}
	names = map[string]bool{}
	for _, d := range declared {
		counts, blank := false, map[int]bool{}
		for i, name := range d.Names {
			switch {
			case name == "_" || latest[d.Key(name)] == d:
				counts = true
				if d.Receiver == "" && !d.Init {
					names[name] = true
				}
			default:
				blank[i] = true
			}
		}
		if counts {
			all = append(all, declaration{d, blank})
		}
	}
	slices.SortStableFunc(all, func(a, b declaration) int { return cells.Compare(a.Declaration, b.Declaration) })
	return all, names
}

// Source returns the program.
func (n *Notebook) Source() string {
	all, declared := n.counting()
	last := n.read[len(n.read)-1]
	used, selected := map[string]bool{}, map[string][]string{}
	for name := range last.names {
		used[name] = true
	}
	for name, list := range last.selects {
		selected[name] = append(selected[name], list...)
	}
	for _, d := range all {
		for name := range d.Uses {
			used[name] = true
		}
		for _, s := range d.Selects {
			selected[s.Name] = append(selected[s.Name], s.Selected)
		}
	}
	imports, dots := map[string]string{}, []string{}
	for i, p := range n.read {
		if n.forgotten[i] == nil || i == len(n.read)-1 {
			maps.Copy(imports, p.Imports)
			dots = append(dots, p.Dots...)
		}
	}
	var b strings.Builder
	b.WriteString("package main\n\n")
	for _, name := range slices.Sorted(maps.Keys(used)) {
		if declared[name] {
			continue
		}
		target, ok := imports[name]
		if !ok && len(selected[name]) > 0 {
			if target = n.packages[name]; target == "" {
				target = gonb.MissingImport(name, selected[name])
			}
		}
		if target != "" && !n.unused[target] {
			fmt.Fprintf(&b, "import %s %q\n", name, target)
		}
	}
	slices.Sort(dots)
	for _, target := range slices.Compact(dots) {
		if !n.unused[target] {
			fmt.Fprintf(&b, "import . %q\n", target)
		}
	}
	for _, d := range all {
		fmt.Fprintf(&b, "\n//line %s:%d\n%s\n", fileName(d.Cell), d.Line, d.Render(func(i int) bool { return d.blank[i] }))
	}
	b.WriteString("\nfunc main() {\n")
	if last.line > 0 {
		fmt.Fprintf(&b, "//line %s:%d\n%s\n", fileName(len(n.read)-1), last.line, last.body)
	}
	b.WriteString("}\n")
	return b.String()
}

// fileName is the name of a cell for the compiler. The cell's own name may have any characters.
func fileName(cell int) string { return "cell" + strconv.Itoa(cell) + ".go" }

var cellFile = regexp.MustCompile(`(?:^|/)cell(\d+)\.go$`)

// Place returns the index of the cell that a position of the program is in, or -1.
func (n *Notebook) Place(at token.Position) int {
	found := cellFile.FindStringSubmatch(at.Filename)
	if found == nil {
		return -1
	}
	cell, err := strconv.Atoi(found[1])
	if err != nil || cell >= len(n.cells) {
		return -1
	}
	return cell
}

// Mistake returns a message about a position of the program.
func (n *Notebook) Mistake(at token.Position, text string) Mistake {
	if cell := n.Place(at); cell >= 0 {
		return Mistake{n.cells[cell].ID, at.Line, text}
	}
	return Mistake{n.cells[len(n.cells)-1].ID, 0, text}
}

// Import returns a message about the import of a package: about the last cell that imports it.
func (n *Notebook) Import(target, text string) Mistake {
	for i, p := range slices.Backward(n.read) {
		for _, path := range slices.Concat(slices.Collect(maps.Values(p.Imports)), p.Dots) {
			if path == target {
				return Mistake{n.cells[i].ID, lineOf(n.cells[i].Source, strconv.Quote(target)), text}
			}
		}
	}
	return n.Mistake(token.Position{}, text)
}

// lineOf returns the first line that contains a text, from 1, or 0.
func lineOf(source, text string) int {
	return 1 + slices.IndexFunc(strings.Split(source, "\n"), func(line string) bool { return strings.Contains(line, text) })
}

var stackLine = regexp.MustCompile(`(?m)^\s*(?:\S*/)?(cell\d+\.go):(\d+)`)

// Panic returns the message of a panic, about the first place in a cell that the stack or one of the
// positions names.
func (n *Notebook) Panic(text string, stack []byte, places []token.Position) Mistake {
	if found := stackLine.FindSubmatch(stack); found != nil {
		line, _ := strconv.Atoi(string(found[2]))
		places = append([]token.Position{{Filename: string(found[1]), Line: line}}, places...)
	}
	for _, at := range places {
		if n.Place(at) >= 0 {
			return n.Mistake(at, text)
		}
	}
	return n.Mistake(token.Position{}, text)
}
