package answer

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Program is what the cells of a student declare.
type Program struct {
	cells       []Cell
	all         []*declaration    // the latest of each name
	imports     map[string]string // "" for one that is not allowed
	diagnostics []Diagnostic
}

// New parses the cells of a student. It never fails: a syntax error is a diagnostic.
func New(cells []Cell) *Program {
	p := &Program{cells: cells, imports: map[string]string{}}
	var all []*declaration
	for i, cell := range cells {
		one := parseCell(i, cell)
		all = append(all, one.declarations...)
		maps.Copy(p.imports, one.imports)
		p.diagnostics = append(p.diagnostics, one.diagnostics...)
	}
	latest := map[string]int{}
	for i, d := range all {
		for _, name := range d.names {
			if name != "_" {
				latest[d.receiver+"."+name] = i
			}
		}
	}
	for i, d := range all {
		// A declaration of several names is kept if one of them is still the latest.
		if slices.ContainsFunc(d.names, func(name string) bool { return latest[d.receiver+"."+name] == i && name != "_" }) {
			p.all = append(p.all, d)
		}
	}
	return p
}

// Diagnostics returns what is wrong in the cells, in their order.
func (p *Program) Diagnostics() []Diagnostic { return p.diagnostics }

// Declares reports whether a cell declares a function of this name.
func (p *Program) Declares(function string) bool {
	return slices.ContainsFunc(p.all, func(d *declaration) bool {
		return d.receiver == "" && slices.Contains(d.names, function) && strings.HasPrefix(d.text, "func")
	})
}

// reach returns the declarations that functions need, including their own, and all names used
// in them.
func (p *Program) reach(functions ...string) (reached map[*declaration]bool, used map[string]bool) {
	declaring := map[string][]*declaration{} // a name: that itself, and the methods of that type
	for _, d := range p.all {
		if d.receiver != "" {
			declaring[d.receiver] = append(declaring[d.receiver], d)
			continue
		}
		for _, name := range d.names {
			declaring[name] = append(declaring[name], d)
		}
	}
	reached, used = map[*declaration]bool{}, map[string]bool{}
	next := slices.Clone(functions) // a list and no recursion: a chain may be long
	for len(next) > 0 {
		name := next[len(next)-1]
		next = next[:len(next)-1]
		if used[name] {
			continue
		}
		used[name] = true
		for _, d := range declaring[name] {
			if !reached[d] {
				reached[d] = true
				next = slices.AppendSeq(next, maps.Keys(d.uses))
			}
		}
	}
	return reached, used
}

// mayFailAtStart reports whether a function needs a package variable whose initialization may
// fail.
func (p *Program) mayFailAtStart(function string) bool {
	reached, _ := p.reach(function)
	for d := range reached {
		if d.mayFail {
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
	for _, name := range slices.Sorted(maps.Keys(p.imports)) {
		if target := p.imports[name]; used[name] && target != "" {
			fmt.Fprintf(&b, "import %s %q\n", name, target)
		}
	}
	for _, d := range p.all {
		if reached[d] {
			fmt.Fprintf(&b, "\n//line %s:%d\n%s\n", fileName(d.cell), d.line, d.text)
		}
	}
	return b.String()
}

// fileName is the name of a cell for the compiler. The cell's own name may have any characters.
func fileName(cell int) string { return "cell" + strconv.Itoa(cell) + ".go" }

var compilerLine = regexp.MustCompile(`(?m)^(?:\./)?cell(\d+)\.go:(\d+)(?::\d+)?: (.*)$`)

// Locate returns the messages of the compiler as diagnostics in cells.
func (p *Program) Locate(messages string) []Diagnostic {
	var all []Diagnostic
	for _, m := range compilerLine.FindAllStringSubmatch(messages, -1) {
		cell, _ := strconv.Atoi(m[1])
		line, _ := strconv.Atoi(m[2])
		if cell < len(p.cells) {
			all = append(all, Diagnostic{p.cells[cell].Name, line, m[3]})
		}
	}
	return all
}

var unusedImport = regexp.MustCompile(`"([^"]+)" imported (?:as \w+ )?and not used`)

// RemoveRejected removes the declarations that messages of the compiler are about, so that the
// rest may compile. It reports whether there were any.
func (p *Program) RemoveRejected(messages string) bool {
	before := len(p.all) + len(p.imports)
	for _, m := range unusedImport.FindAllStringSubmatch(messages, -1) { // its name is used, but for a variable
		maps.DeleteFunc(p.imports, func(_, target string) bool { return target == m[1] })
	}
	lines := map[string][]int{} // by cell: those with a message
	for _, m := range p.Locate(messages) {
		lines[m.Cell] = append(lines[m.Cell], m.Line)
	}
	for _, list := range lines {
		slices.Sort(list)
	}
	p.all = slices.DeleteFunc(p.all, func(d *declaration) bool { return d.within(lines[p.cells[d.cell].Name]) })
	return len(p.all)+len(p.imports) < before
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
	return Diagnostic{p.cells[cell].Name, line, strings.TrimSpace(message)}, true
}
