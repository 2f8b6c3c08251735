package answer

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Program is what the cells of a student declare, and what of it can be used.
type Program struct {
	cells    []Cell
	all      []*declaration    // of each name the latest
	imports  map[string]string // "" for one that is not allowed
	mistakes []Mistake
}

// New reads the cells of a student. It never fails: what cannot be read is a mistake.
func New(cells []Cell) *Program {
	p := &Program{cells: cells, imports: map[string]string{}}
	var all []*declaration
	for i, cell := range cells {
		one := read(i, cell)
		all = append(all, one.declarations...)
		maps.Copy(p.imports, one.imports)
		p.mistakes = append(p.mistakes, one.mistakes...)
	}
	latest := map[string]int{}
	for i, d := range all {
		for _, name := range d.names {
			if name != "_" {
				latest[d.owner+"."+name] = i
			}
		}
	}
	for i, d := range all {
		// Of a declaration of several names it takes one that is still the latest.
		if slices.ContainsFunc(d.names, func(name string) bool { return latest[d.owner+"."+name] == i && name != "_" }) {
			p.all = append(p.all, d)
		}
	}
	return p
}

// Mistakes are what could not be read, in the order of the cells.
func (p *Program) Mistakes() []Mistake { return p.mistakes }

// Declares tells whether a cell declares a function of this name.
func (p *Program) Declares(function string) bool {
	return slices.ContainsFunc(p.all, func(d *declaration) bool {
		return d.owner == "" && slices.Contains(d.names, function) && strings.HasPrefix(d.text, "func")
	})
}

// reach finds the declarations that functions need, themselves included, and the names
// that are used in them.
func (p *Program) reach(functions ...string) (reached map[*declaration]bool, used map[string]bool) {
	reached, used = map[*declaration]bool{}, map[string]bool{}
	var follow func(name string)
	follow = func(name string) {
		if used[name] {
			return
		}
		used[name] = true
		for _, d := range p.all {
			if reached[d] || d.owner != name && (d.owner != "" || !slices.Contains(d.names, name)) {
				continue
			}
			reached[d] = true
			for _, name := range slices.Sorted(maps.Keys(d.uses)) {
				follow(name)
			}
		}
	}
	for _, name := range functions {
		follow(name)
	}
	return reached, used
}

// runsAtStart tells whether a function reaches a variable whose value is computed when
// the program starts.
func (p *Program) runsAtStart(function string) bool {
	reached, _ := p.reach(function)
	for d := range reached {
		if d.runs {
			return true
		}
	}
	return false
}

// Source returns one file of package main with the functions that are wanted and all
// that they reach.
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

// A cell's name may be anything; the compiler gets one that it can print.
func fileName(cell int) string { return "cell" + strconv.Itoa(cell) + ".go" }

var compilerLine = regexp.MustCompile(`(?m)^(?:\./)?cell(\d+)\.go:(\d+)(?::\d+)?: (.*)$`)

// Explain translates what the compiler says into mistakes in cells.
func (p *Program) Explain(messages string) []Mistake {
	var all []Mistake
	for _, m := range compilerLine.FindAllStringSubmatch(messages, -1) {
		cell, _ := strconv.Atoi(m[1])
		line, _ := strconv.Atoi(m[2])
		if cell < len(p.cells) {
			all = append(all, Mistake{p.cells[cell].Name, line, m[3]})
		}
	}
	return all
}

var unusedImport = regexp.MustCompile(`"([^"]+)" imported (?:as \w+ )?and not used`)

// Drop takes out the declarations that the compiler complains of, so that the rest may
// compile. It tells whether there was one.
func (p *Program) Drop(messages string) bool {
	before := len(p.all) + len(p.imports)
	for _, m := range unusedImport.FindAllStringSubmatch(messages, -1) { // its name is a variable's, where it is used
		maps.DeleteFunc(p.imports, func(_, target string) bool { return target == m[1] })
	}
	for _, m := range p.Explain(messages) {
		p.all = slices.DeleteFunc(p.all, func(d *declaration) bool {
			return p.cells[d.cell].Name == m.Cell && m.Line >= d.line && m.Line <= d.last
		})
	}
	return len(p.all)+len(p.imports) < before
}

var traceLine = regexp.MustCompile(`(?m)^\s+(?:\S*/)?cell(\d+)\.go:(\d+)(?: |$)`)

// Where finds the place in a cell that a panic's trace names first.
func (p *Program) Where(trace string) (m Mistake, ok bool) {
	found := traceLine.FindStringSubmatch(trace)
	if found == nil {
		return Mistake{}, false
	}
	cell, _ := strconv.Atoi(found[1])
	line, _ := strconv.Atoi(found[2])
	if cell >= len(p.cells) {
		return Mistake{}, false
	}
	said, _, _ := strings.Cut(trace[max(0, strings.Index(trace, "panic: ")):], "\n")
	return Mistake{p.cells[cell].Name, line, strings.TrimSpace(said)}, true
}
