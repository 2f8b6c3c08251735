// Package fix updates notebooks that were written for an earlier version of the course:
// names that have moved to another package, and imports. It knows notebooks and the
// module's path, and nothing of what the names mean.
package fix

import (
	"fmt"
	"slices"

	"rnn101/internal/checkout"
	"rnn101/internal/notebook"
)

// A Change is a change to a cell.
type Change struct {
	Cell   string // its id, or its number from 1
	What   string
	ByHand bool // Apply does not make it
}

func (c Change) String() string { return fmt.Sprintf("cell %s: %s", c.Cell, c.What) }

// Find returns the changes that a notebook needs.
func Find(nb *notebook.Notebook) []Change {
	changes, _ := update(nb)
	return changes
}

// Apply makes the changes that a notebook needs and returns them, together with those
// that the reader has to make by hand. Outputs are kept. They count as those of the new
// code if they counted as those of the old.
func Apply(nb *notebook.Notebook) []Change {
	changes, sources := update(nb)
	if len(changes) == 0 {
		return nil
	}
	current := nb.Executed() == nb.CodeHash()
	for i, source := range sources {
		nb.Cells[i].Source = source
	}
	if current {
		nb.MarkExecuted()
	}
	return changes
}

// File calls Apply on a notebook on disk. A dry run writes nothing.
func File(path string, dryRun bool) ([]Change, error) {
	old, err := notebook.Read(path)
	if err != nil {
		return nil, err
	}
	nb, err := notebook.Read(path)
	if err != nil {
		return nil, err
	}
	changes := Apply(nb)
	if dryRun || !slices.ContainsFunc(changes, func(c Change) bool { return !c.ByHand }) {
		return changes, nil
	}
	return changes, nb.WriteIfUnchanged(old)
}

// update returns the changes and the new sources of all cells.
func update(nb *notebook.Notebook) (changes []Change, sources []string) {
	u := newUpdater(nb)
	u.updateSelectors()
	u.updateCalls()
	u.findConflicts()
	u.updateImports()
	sources = make([]string, len(nb.Cells))
	for i, c := range nb.Cells {
		sources[i] = apply(c.Source, u.edits[i])
		if len(u.added[i]) > 0 {
			sources[i] = sortImports(sources[i], u.added[i])
		}
	}
	return u.changes, sources
}

// updater collects the changes to a notebook. Package paths are relative to the module.
type updater struct {
	cells    []*notebook.Cell
	tokens   [][]notebook.Token  // of each cell
	edits    [][]edit            // to each cell
	added    [][]string          // import paths added to each cell, with the module
	imported map[string]string   // local names of all cells: import path, with the module
	declared map[string]bool     // names that any cell declares
	used     map[string]bool     // packages that cells still use at their old path
	needed   map[string][]string // by the old package: those that its names have moved to
	changes  []Change
}

func newUpdater(nb *notebook.Notebook) *updater {
	n := len(nb.Cells)
	u := &updater{
		cells: nb.Cells, tokens: make([][]notebook.Token, n), edits: make([][]edit, n), added: make([][]string, n),
		imported: map[string]string{}, declared: map[string]bool{}, used: map[string]bool{}, needed: map[string][]string{},
	}
	for i, c := range nb.Cells {
		if c.Kind != "code" {
			continue
		}
		u.tokens[i] = notebook.Tokens(c.Source)
		for _, imp := range c.Imports() {
			u.imported[imp.LocalName()] = imp.Path
		}
		for name := range declarations(c.Source, u.tokens[i]) {
			u.declared[name] = true
		}
	}
	return u
}

// usesModule reports whether cells use packages of the module.
func (u *updater) usesModule() bool {
	for _, full := range u.imported {
		if _, ok := ours(full); ok {
			return true
		}
	}
	return len(u.used)+len(u.needed) > 0
}

func (u *updater) report(i int, byHand bool, format string, args ...any) {
	cell := u.cells[i].ID
	if cell == "" {
		cell = fmt.Sprint(i + 1)
	}
	u.changes = append(u.changes, Change{cell, fmt.Sprintf(format, args...), byHand})
}

// resolve returns the path of the package that a name stands for, if it is one of the
// module that has changed. A package need not be imported: the kernel runs goimports.
func (u *updater) resolve(name string) (path string, ok bool) {
	if full, imported := u.imported[name]; imported {
		return ours(full)
	}
	path, ok = changedPackages[name]
	return path, ok && !u.declared[name]
}

// localName returns the name by which cells refer to a package.
func (u *updater) localName(path string) string {
	for name, full := range u.imported {
		if full == checkout.Module+"/"+path && name != "_" && name != "." {
			return name
		}
	}
	return base(path)
}

// need notes that a name of the package at the path was has moved to another package.
func (u *updater) need(was, path string) {
	if !slices.Contains(u.needed[was], path) {
		u.needed[was] = append(u.needed[was], path)
	}
}

// updateSelectors renames pkg.Name where the name has moved.
func (u *updater) updateSelectors() {
	for i, tokens := range u.tokens {
		for _, s := range selectors(tokens) {
			was, ok := u.resolve(s.pkg)
			if !ok {
				continue
			}
			if advice, gone := byHand[base(was)+"."+s.name]; gone {
				u.report(i, true, "%s.%s is gone. Write %s", s.pkg, s.name, advice)
			}
			path, name, moved := moved(was, s.name)
			if !moved || path == was {
				u.used[was] = true
			}
			if !moved {
				continue
			}
			now := s.pkg + "." + name
			if path != was {
				now = u.localName(path) + "." + name
				u.need(was, path)
			}
			u.report(i, false, "%s.%s is now %s", s.pkg, s.name, now)
			u.edits[i] = append(u.edits[i], edit{s.start, s.end, now})
		}
	}
}

// updateCalls turns calls of methods into calls of the functions that replace them.
func (u *updater) updateCalls() {
	if !u.usesModule() {
		return
	}
	for i, tokens := range u.tokens {
		for _, m := range methodsMoved {
			function := u.localName(m.path) + "." + m.name
			for _, call := range methodCalls(tokens, m.method) {
				_, pkg := u.imported[call.receiver]
				if pkg || call.receiver == base(m.path) || len(call.arguments) != m.arguments || u.declared["."+m.method] {
					continue // a function, or a method of another type
				}
				if call.receiver == "" {
					u.report(i, true, "%s is gone. Write %s", m.old, m.form)
					continue
				}
				u.report(i, false, "%s is now %s", m.old, function)
				receiver := u.cells[i].Source[call.start:call.dot]
				u.edits[i] = append(u.edits[i], edit{call.start, call.arguments[0].start, function + "("},
					edit{call.arguments[0].end, call.arguments[0].end, ", " + receiver})
				u.need("rnnkit", m.path)
			}
		}
	}
}

// findConflicts reports names that the reader declares and that are names of packages
// now: at the top level, or in a cell that uses the package.
func (u *updater) findConflicts() {
	names := map[string]bool{}
	for was, paths := range u.needed {
		for _, path := range paths {
			if _, imported := u.imported[u.localName(path)]; !imported && base(path) != base(was) {
				names[base(path)] = true
			}
		}
	}
	for i, tokens := range u.tokens {
		inUse := map[string]bool{}
		for _, s := range selectors(notebook.Tokens(apply(u.cells[i].Source, u.edits[i]))) {
			inUse[s.pkg] = true
		}
		declared := declarations(u.cells[i].Source, tokens)
		for _, name := range sorted(names) {
			if topLevel, ok := declared[name]; ok && (topLevel || inUse[name]) {
				u.report(i, true, "%s is now also the name of a package. Rename the %s that this cell declares", name, name)
			}
		}
	}
}
