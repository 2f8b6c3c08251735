// Package answer compiles the cells that a student wrote to a program, and calls its
// functions in the sandbox.
//
// The cells are data: nothing in them runs in this process. Each is parsed separately, so
// that a syntax error in one does not affect the others. What the kernel makes of the cells,
// this package makes of them: the latest declaration of a name wins, wherever it stands,
// functions named init_* run at the start, and missing imports are added. What the kernel
// would refuse may be accepted.
//
// Comments are removed, and with them all compiler directives. Only listed packages can be
// imported. Only what a graded function reaches is kept, so that an init function, a package
// variable that panics or a helper that does not compile affects only the functions that need
// it. Diagnostics of the compiler and traces of panics name the cell and line as the student
// sees them.
package answer

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
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
type Cell = cells.Cell

// A Diagnostic says what is wrong in a cell, for the student to read.
type Diagnostic = cells.Diagnostic

// Program is what the cells of a student declare.
type Program struct {
	cells       []Cell
	all         []*cells.Declaration          // those that count, in the order in which the kernel writes them
	latest      map[string]*cells.Declaration // by the key of a name: the one that counts
	earlier     []*cells.Declaration          // answers that do not count, because later ones do, in the order of the cells
	imports     map[string]string             // paths by name
	dots        []string                      // paths that are imported under the name .
	unused      map[string]bool               // paths that the compiler found to be unused
	diagnostics []Diagnostic
}

// New parses the cells of a student. It never fails: a syntax error is a diagnostic.
func New(code []Cell) *Program {
	p := &Program{cells: code, latest: map[string]*cells.Declaration{}, imports: map[string]string{}, unused: map[string]bool{}}
	var all []*cells.Declaration
	handedOut := map[string]bool{} // the texts of stubs
	for i, cell := range code {
		one := cells.Parse(i, cell)
		if cell.Stub {
			for _, d := range one.Declarations {
				handedOut[d.Bare()] = true
			}
			continue
		}
		all = append(all, one.Declarations...)
		maps.Copy(p.imports, one.Imports)
		p.dots = append(p.dots, one.Dots...)
		p.diagnostics = append(p.diagnostics, one.Diagnostics...)
	}
	for _, d := range all {
		d.Stub = handedOut[d.Bare()]
		for _, name := range d.Names {
			if old := p.latest[d.Key(name)]; old == nil || old.Stub || !d.Stub {
				p.latest[d.Key(name)] = d
			}
		}
	}
	for _, d := range all {
		switch {
		case slices.ContainsFunc(d.Names, func(name string) bool { return name == "_" || p.latest[d.Key(name)] == d }):
			p.all = append(p.all, d)
		case !d.Stub:
			p.earlier = append(p.earlier, d)
		}
	}
	p.sort()
	return p
}

// sort puts the declarations into the order in which the kernel writes them: it matters for
// variables and init functions.
func (p *Program) sort() {
	slices.SortStableFunc(p.all, cells.Compare)
}

// Diagnostics returns what is wrong in the cells, in their order.
func (p *Program) Diagnostics() []Diagnostic { return p.diagnostics }

// Declares reports whether a cell declares a function of this name, or a variable, which may
// hold one.
func (p *Program) Declares(function string) bool {
	return slices.ContainsFunc(p.all, func(d *cells.Declaration) bool {
		return d.Receiver == "" && (d.Kind == token.FUNC || d.Kind == token.VAR) && p.latest[function] == d
	})
}

// Unanswered reports whether a function is as it was handed out, or not there.
func (p *Program) Unanswered(function string) bool {
	d := p.latest[function]
	return d == nil || d.Stub
}

// Beside returns the names of functions that may be the answer instead of one that is
// unanswered: they have its type, and none of the wanted functions needs them.
func (p *Program) Beside(unanswered Signature, wanted ...Signature) (found []Diagnostic) {
	var names []string
	for _, s := range wanted {
		names = append(names, s.Name)
	}
	reached, _ := p.reach(names...)
	for _, d := range p.all {
		if cell := p.cells[d.Cell]; d.Form == unanswered.form() && !d.Stub && !cell.Given && !reached[d] {
			found = append(found, Diagnostic{Cell: cell.Name, Line: d.Line, Text: d.Names[0]})
		}
	}
	return found
}

// declaring returns the declarations of each name: that itself, and the methods of that type.
func (p *Program) declaring() map[string][]*cells.Declaration {
	all := map[string][]*cells.Declaration{}
	for _, d := range p.all {
		if d.Receiver != "" {
			all[d.Receiver] = append(all[d.Receiver], d)
			continue
		}
		for _, name := range d.Names {
			all[name] = append(all[name], d)
		}
	}
	return all
}

// reach returns the declarations that functions need, including their own, and all names used
// in them. What runs at the start is needed if it can reach a variable that is: it may be what
// fills a table.
func (p *Program) reach(functions ...string) (reached map[*cells.Declaration]bool, used map[string]bool) {
	declaring := p.declaring()
	users := map[*cells.Declaration][]*cells.Declaration{} // those that use a declaration
	for _, d := range p.all {
		for name := range d.Uses {
			for _, needed := range declaring[name] {
				users[needed] = append(users[needed], d)
			}
		}
	}
	reached, used = map[*cells.Declaration]bool{}, map[string]bool{}
	toVariable := map[*cells.Declaration]bool{} // those that can reach a variable that is needed
	next := slices.Clone(functions)             // lists and no recursion: a chain may be long
	var back []*cells.Declaration
	take := func(d *cells.Declaration) {
		if reached[d] {
			return
		}
		reached[d] = true
		next = slices.AppendSeq(next, maps.Keys(d.Uses))
		if d.Kind == token.VAR {
			back = append(back, users[d]...)
		}
	}
	for len(next)+len(back) > 0 {
		if last := len(next) - 1; last >= 0 {
			name := next[last]
			next = next[:last]
			if !used[name] {
				used[name] = true
				for _, d := range declaring[name] {
					take(d)
				}
			}
			continue
		}
		d := back[len(back)-1]
		if back = back[:len(back)-1]; toVariable[d] {
			continue
		}
		toVariable[d] = true
		back = append(back, users[d]...)
		if d.MayFail {
			take(d)
		}
	}
	return reached, used
}

// mayFailAtStart reports whether a function needs something that runs at the start and may
// fail.
func (p *Program) mayFailAtStart(function string) bool {
	reached, _ := p.reach(function)
	for d := range reached {
		if d.MayFail {
			return true
		}
	}
	return false
}

// Source returns a file of package main with the wanted functions and all that they need.
func (p *Program) Source(wanted ...string) string {
	reached, used := p.reach(wanted...)
	var b strings.Builder
	b.WriteString("package main\n\n")
	imports, dots := p.importsOf(reached, used)
	for _, name := range slices.Sorted(maps.Keys(imports)) {
		if target := imports[name]; !p.unused[target] {
			fmt.Fprintf(&b, "import %s %q\n", name, target)
		}
	}
	for _, target := range dots {
		if !p.unused[target] {
			fmt.Fprintf(&b, "import . %q\n", target)
		}
	}
	for _, d := range p.all {
		if reached[d] {
			fmt.Fprintf(&b, "\n//line %s:%d\n%s\n", fileName(d.Cell), d.Line, p.render(d))
		}
	}
	return b.String()
}

// render returns the text of a declaration. Names that a later declaration has taken over
// are blank.
func (p *Program) render(d *cells.Declaration) string {
	return d.Render(func(i int) bool { return d.Names[i] != "_" && p.latest[d.Key(d.Names[i])] != d })
}

// importsOf returns the imports that declarations need, as far as they are allowed: those of the
// cells, and those that goimports would add. dots are the imports under the name . that they may
// need.
func (p *Program) importsOf(reached map[*cells.Declaration]bool, used map[string]bool) (imports map[string]string, dots []string) {
	imports = map[string]string{}
	selected := map[string][]string{}
	for d := range reached {
		for _, s := range d.Selects {
			selected[s.Name] = append(selected[s.Name], s.Selected)
		}
	}
	exported := false
	for name := range used {
		if p.declared(name) {
			continue
		}
		target, ok := p.imports[name]
		if !ok && len(selected[name]) > 0 {
			target = gonb.MissingImport(name, selected[name])
		}
		if _, ok := gonb.Allowed(target); ok {
			imports[name] = target
		}
		exported = exported || ast.IsExported(name)
	}
	for _, target := range p.dots {
		if whole, _ := gonb.Allowed(target); exported && whole && !slices.Contains(dots, target) {
			dots = append(dots, target)
		}
	}
	return imports, dots
}

// declared reports whether a cell declares the name, other than as that of a package.
func (p *Program) declared(name string) bool {
	d := p.latest[name]
	return d != nil && !d.Init
}

var texts = lang.For("answer")

// maxDeclarations is how many declarations an answer may need. What a program writes may need more, and
// whether the compiler ends in time would depend on the machine.
const maxDeclarations = 2000

// Refused returns why a function cannot be an answer though it may compile: what it needs of
// packages that are not allowed, or too many declarations.
func (p *Program) Refused(function string) (all []Diagnostic) {
	reached, used := p.reach(function)
	if n := len(reached); n > maxDeclarations {
		return []Diagnostic{{Text: texts.Text("declarations", function, n, maxDeclarations)}}
	}
	said := map[string]bool{}
	add := func(cell, line int, text string) {
		if text != "" && !said[text] {
			said[text] = true
			all = append(all, Diagnostic{Cell: p.cells[cell].Name, Line: line, Text: text})
		}
	}
	for _, d := range p.all {
		if !reached[d] {
			continue
		}
		for _, s := range d.Selects {
			if p.declared(s.Name) {
				continue
			}
			target, ok := p.imports[s.Name]
			if !ok {
				target = gonb.MissingImport(s.Name, []string{s.Selected})
			}
			if target != "" {
				add(d.Cell, s.Line, gonb.Refusal(target, s.Selected))
			}
		}
	}
	for name := range used {
		if ast.IsExported(name) && !p.declared(name) {
			for _, target := range p.dots {
				if text := gonb.Refusal(target, ""); text != "" && !said[text] {
					said[text] = true
					all = append(all, Diagnostic{Text: text})
				}
			}
			break
		}
	}
	return all
}

// fileName is the name of a cell for the compiler. The cell's own name may have any characters.
func fileName(cell int) string { return "cell" + strconv.Itoa(cell) + ".go" }

var compilerLine = regexp.MustCompile(`(?m)^(?:\./)?cell(\d+)\.go:(\d+)(?::\d+)?: (.*)$`)

// Locate returns the messages of the compiler as diagnostics in cells.
func (p *Program) Locate(messages string) []Diagnostic {
	var all []Diagnostic
	p.eachMessage(messages, func(cell, line int, text string) {
		all = append(all, Diagnostic{Cell: p.cells[cell].Name, Line: line, Text: text})
	})
	return all
}

// eachMessage calls f for each message of the compiler about a line of a cell.
func (p *Program) eachMessage(messages string, f func(cell, line int, text string)) {
	for _, m := range compilerLine.FindAllStringSubmatch(messages, -1) {
		cell, _ := strconv.Atoi(m[1])
		line, _ := strconv.Atoi(m[2])
		if cell < len(p.cells) {
			f(cell, line, m[3])
		}
	}
}

var unusedImport = regexp.MustCompile(`"([^"]+)" imported (?:as \w+ )?and not used`)

// RemoveRejected removes the declarations that messages of the compiler are about, so that the
// rest may compile. An earlier declaration of the same name counts again, as in the kernel,
// which forgets a cell that does not compile. What needs a name that nothing declares any more is
// removed, too: without that, each round of the compiler would remove one link of a chain. It reports
// whether there were any.
func (p *Program) RemoveRejected(messages string) bool {
	unused := len(p.unused)
	for _, m := range unusedImport.FindAllStringSubmatch(messages, -1) { // its name is used, but for a variable
		p.unused[m[1]] = true
	}
	lines := map[int][]int{} // by cell: those with a message
	p.eachMessage(messages, func(cell, line int, _ string) { lines[cell] = append(lines[cell], line) })
	for _, list := range lines {
		slices.Sort(list)
	}
	some := p.remove(func(d *cells.Declaration) bool { return d.Within(lines[d.Cell]) })
	return some || len(p.unused) > unused
}

// remove removes declarations, and then those that need a name which nothing declares any more. It
// reports whether there were any. Its time grows with the number of uses, also for a chain.
func (p *Program) remove(rejected func(*cells.Declaration) bool) bool {
	needing := map[string][]*cells.Declaration{} // by key
	index := func(all []*cells.Declaration) {
		for _, d := range all {
			for name := range d.Needs {
				needing[name] = append(needing[name], d)
			}
		}
	}
	index(p.all)
	earlier := map[string]bool{} // keys of earlier declarations
	for _, d := range p.earlier {
		for _, name := range d.Names {
			earlier[d.Key(name)] = true
		}
	}
	removed := map[*cells.Declaration]bool{}
	open := map[string]bool{} // keys that an earlier declaration may have
	gone := map[string]bool{} // keys that nothing declares
	var queue []string        // those of gone whose uses are not removed yet
	lose := func(key string) {
		if types.Universe.Lookup(key) == nil && p.imports[key] == "" {
			gone[key] = true
			queue = append(queue, key)
		}
	}
	remove := func(d *cells.Declaration) {
		if removed[d] {
			return
		}
		removed[d] = true
		for _, name := range d.Names {
			key := d.Key(name)
			if p.latest[key] != d {
				continue
			}
			delete(p.latest, key)
			if earlier[key] {
				open[key] = true
			} else {
				lose(key)
			}
		}
	}
	for _, d := range p.all {
		if rejected(d) {
			remove(d)
		}
	}
	for len(queue)+len(open) > 0 {
		for len(queue) > 0 {
			key := queue[len(queue)-1]
			queue = queue[:len(queue)-1]
			for _, d := range needing[key] {
				remove(d)
			}
		}
		if len(open) == 0 {
			break
		}
		restored := p.restore(open, gone)
		index(restored)
		for key := range open {
			lose(key)
		}
		clear(open)
		for _, d := range restored {
			if needsOneOf(d, gone) {
				remove(d)
			}
		}
	}
	p.all = slices.DeleteFunc(p.all, func(d *cells.Declaration) bool { return removed[d] })
	return len(removed) > 0
}

// restore makes the earlier declarations of names count that have none any more. It returns them, and
// deletes their names from those. One that needs a name which is gone for good is forgotten: it would be
// removed at once, and the next one tried, one after the other.
func (p *Program) restore(removed, gone map[string]bool) (restored []*cells.Declaration) {
	var kept []*cells.Declaration
	for _, d := range slices.Backward(p.earlier) {
		free := len(d.Names) > 0 && !slices.ContainsFunc(d.Names, func(name string) bool { return name != "_" && !removed[d.Key(name)] })
		if !free {
			kept = append(kept, d)
			continue
		}
		if needsOneOf(d, gone) {
			continue
		}
		for _, name := range d.Names {
			p.latest[d.Key(name)] = d
			delete(removed, d.Key(name))
		}
		restored = append(restored, d)
	}
	slices.Reverse(kept)
	p.earlier = kept
	if len(restored) > 0 {
		p.all = append(p.all, restored...)
		p.sort()
	}
	return restored
}

// needsOneOf reports whether a declaration needs one of the names.
func needsOneOf(d *cells.Declaration, names map[string]bool) bool {
	for name := range d.Needs {
		if names[name] {
			return true
		}
	}
	return false
}

var traceLine = regexp.MustCompile(`(?m)^\s+(?:\S*/)?cell(\d+)\.go:(\d+)(?: |$)`)

// PanicLocation returns the first place in a cell that the trace of a panic names, and the
// message of the panic.
func (p *Program) PanicLocation(trace string) (m Diagnostic, ok bool) {
	found := traceLine.FindStringSubmatch(trace)
	if found == nil {
		return Diagnostic{}, false
	}
	cell, _ := strconv.Atoi(found[1])
	line, _ := strconv.Atoi(found[2])
	if cell >= len(p.cells) {
		return Diagnostic{}, false
	}
	message, _, _ := strings.Cut(trace[max(0, strings.Index(trace, "panic: ")):], "\n")
	return Diagnostic{Cell: p.cells[cell].Name, Line: line, Text: strings.TrimSpace(message)}, true
}
