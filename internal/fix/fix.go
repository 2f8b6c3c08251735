// Package fix brings notebooks that were written for an earlier version of the course up
// to date: names that cells use and that have moved since, and the packages they import.
// It knows notebooks and the module's path, and nothing of what the names mean.
package fix

import (
	"fmt"
	"go/token"
	"maps"
	"slices"
	"strings"

	"rnn101/internal/checkout"
	"rnn101/internal/notebook"
)

// A Change is a name in a cell that has moved.
type Change struct {
	Cell     string // its id, or its place from 1
	Old, New string // "rnnkit.Adam", "train.Adam"; or paths of imports
}

func (c Change) String() string {
	return fmt.Sprintf("cell %s: %s is now %s", c.Cell, c.Old, c.New)
}

// Find returns what has moved of the names that a notebook uses.
func Find(nb *notebook.Notebook) []Change {
	changes, _ := apply(nb)
	return changes
}

// Apply renames in the code cells what has moved, mends their imports, and returns what it
// changed. The outputs stay, and stay those of this code if they were before.
func Apply(nb *notebook.Notebook) []Change {
	changes, sources := apply(nb)
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

// apply returns the changes, and the sources of all cells after them.
func apply(nb *notebook.Notebook) (changes []Change, sources []string) {
	sources = make([]string, len(nb.Cells))
	need := map[string][]string{} // old import path: those of the new names
	keep := map[string]bool{}     // packages that are still used under their old path
	imported := map[string]bool{}
	for i, c := range nb.Cells {
		sources[i] = c.Source
		if c.Kind != "code" {
			continue
		}
		for _, path := range c.Imports() {
			imported[path] = true
		}
		var replaced []replacement
		for _, use := range uses(c.Source) {
			to, ok := moved[use.name]
			if !ok {
				pkg, _, _ := strings.Cut(use.name, ".")
				keep[pkg] = true
				continue
			}
			changes = append(changes, Change{cellName(c, i), use.name, to.name})
			replaced = append(replaced, replacement{use.from, use.to, to.name})
			need[to.was] = append(need[to.was], to.path)
		}
		sources[i] = replace(c.Source, replaced)
	}
	for i, c := range nb.Cells {
		if c.Kind != "code" {
			continue
		}
		for _, path := range c.Imports() {
			short, ours := strings.CutPrefix(path, checkout.Module+"/")
			if !ours {
				continue
			}
			var to []string
			gone, whole := gonePackages[short]
			switch {
			case whole && gone != "":
				to = append(to, gone)
			case !whole && (keep[base(short)] || len(need[short]) == 0):
				to = append(to, short)
			}
			for _, path := range need[short] {
				if full := checkout.Module + "/" + path; !imported[full] && !slices.Contains(to, path) {
					to = append(to, path)
				}
			}
			if slices.Equal(to, []string{short}) {
				continue
			}
			for _, path := range to {
				imported[checkout.Module+"/"+path] = true
			}
			if whole {
				changes = append(changes, Change{cellName(c, i), path, checkout.Module + "/" + strings.Join(append(to, ""), "")})
			}
			sources[i] = replaceImport(sources[i], path, to)
		}
	}
	return changes, sources
}

func cellName(c *notebook.Cell, i int) string {
	if c.ID != "" {
		return c.ID
	}
	return fmt.Sprint(i + 1)
}

func base(path string) string { return path[strings.LastIndex(path, "/")+1:] }

// use is a selector expression pkg.Name in a source, by its bytes.
type use struct {
	name     string
	from, to int
}

// uses finds the selectors of a cell. It only scans: a cell holds lines for the kernel
// that no Go parser takes, and the scanner goes on behind them.
func uses(source string) (all []use) {
	var before [2]notebook.Token // the two tokens before
	notebook.Scan(source, func(w notebook.Token) {
		if w.Kind == token.IDENT && before[1].Kind == token.PERIOD && before[0].Kind == token.IDENT {
			all = append(all, use{before[0].Text + "." + w.Text, before[0].At, w.At + len(w.Text)})
			w.Kind = token.ILLEGAL // a.b.c is no selector b.c of a package
		}
		before[0], before[1] = before[1], w
	})
	return all
}

type replacement struct {
	from, to int
	text     string
}

func replace(source string, all []replacement) string {
	for _, r := range slices.Backward(all) {
		source = source[:r.from] + r.text + source[r.to:]
	}
	return source
}

// replaceImport puts other paths, those of the module, in the place of an import. In a
// group the lines around it stay in order, as gofmt has them.
func replaceImport(source, path string, to []string) string {
	lines := strings.Split(source, "\n")
	quoted := `"` + path + `"`
	at := slices.IndexFunc(lines, func(line string) bool { return strings.HasSuffix(strings.TrimSpace(line), quoted) })
	if at < 0 {
		return source
	}
	head, _, _ := strings.Cut(lines[at], quoted)
	var put []string
	for _, p := range to {
		put = append(put, head+`"`+checkout.Module+"/"+p+`"`)
	}
	if len(put) == 0 && strings.HasPrefix(strings.TrimSpace(head), "import") {
		return strings.Join(slices.Delete(lines, at, at+1), "\n")
	}
	lines = slices.Replace(lines, at, at+1, put...)
	first, last := at, at+len(put)
	isPath := func(line string) bool {
		line = strings.TrimSpace(line)
		return strings.HasPrefix(line, `"`) && strings.HasSuffix(line, `"`)
	}
	for first > 0 && isPath(lines[first-1]) {
		first--
	}
	for last < len(lines) && isPath(lines[last]) {
		last++
	}
	slices.Sort(lines[first:last])
	return strings.Join(slices.Insert(slices.Delete(lines, first, last), first, slices.Compact(slices.Clone(lines[first:last]))...), "\n")
}

// target is where a name is now.
type target struct {
	was  string // the package's path in the module, before
	name string // with the name of its package
	path string // of the package in the module
}

// moved is the table of tables.go by the old name with its package: "rnnkit.Adam".
var moved = func() map[string]target {
	all := map[string]target{}
	for was, names := range movedNames {
		for old, to := range names {
			path, name, _ := strings.Cut(to, " ")
			all[base(was)+"."+old] = target{was, base(path) + "." + name, path}
		}
	}
	return all
}()

// Old returns the old names that Apply knows, sorted.
func Old() []string { return slices.Sorted(maps.Keys(moved)) }

// File applies Apply to a notebook on disk. With dry it writes nothing.
func File(path string, dry bool) ([]Change, error) {
	old, err := notebook.Read(path)
	if err != nil {
		return nil, err
	}
	nb, err := notebook.Read(path)
	if err != nil {
		return nil, err
	}
	changes := Apply(nb)
	if dry || len(changes) == 0 {
		return changes, nil
	}
	return changes, nb.WriteOver(old)
}
