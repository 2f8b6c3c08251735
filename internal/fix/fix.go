// Package fix brings notebooks that were written for an earlier version of the course up
// to date: names that cells use and that have moved since, and the packages they import.
// It knows notebooks and the module's path, and nothing of what the names mean.
package fix

import (
	"cmp"
	"fmt"
	"go/token"
	"maps"
	"regexp"
	"slices"
	"strings"

	"rnn101/internal/checkout"
	"rnn101/internal/notebook"
)

// A Change is a name in a cell that has moved, or that is gone.
type Change struct {
	Cell     string // its id, or its place from 1
	Old, New string // "rnnkit.Adam", "train.Adam"; or paths of imports
	ByHand   bool   // New is advice: the reader has to change it
}

func (c Change) String() string {
	if c.ByHand {
		return fmt.Sprintf("cell %s: %s is gone. Write %s", c.Cell, c.Old, c.New)
	}
	return fmt.Sprintf("cell %s: %s is now %s", c.Cell, c.Old, c.New)
}

// Find returns what has moved of the names that a notebook uses.
func Find(nb *notebook.Notebook) []Change {
	changes, _ := apply(nb)
	return changes
}

// Apply renames in the code cells what has moved, mends their imports, and returns what it
// changed, and what is left to be changed by hand. The outputs stay, and stay those of this
// code if they were before.
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
	need := map[string][]string{} // by the old import path: those of the new names
	used := map[string]bool{}     // packages that cells use under their old path
	for i, c := range nb.Cells {
		sources[i] = c.Source
		if c.Kind != "code" {
			continue
		}
		var replaced []replacement
		for _, use := range uses(c.Source) {
			if advice, gone := byHand[use.name]; gone {
				changes = append(changes, Change{cellName(c, i), use.name, advice, true})
			}
			to, ok := moved[use.name]
			if !ok {
				pkg, _, _ := strings.Cut(use.name, ".")
				used[pkg] = true
				continue
			}
			changes = append(changes, Change{cellName(c, i), use.name, to.name, false})
			replaced = append(replaced, replacement{use.from, use.to, to.name})
			need[to.was] = append(need[to.was], to.path)
		}
		sources[i] = replace(c.Source, replaced)
		for _, call := range calls {
			if changed := call.apply(sources[i]); changed != sources[i] {
				changes = append(changes, Change{cellName(c, i), call.old, base(call.path) + "." + call.name, false})
				sources[i] = changed
				need["rnnkit"] = append(need["rnnkit"], call.path)
			}
		}
	}
	for i, c := range nb.Cells {
		for name, top := range declared(c) {
			for _, path := range slices.Concat(slices.Collect(maps.Values(need))...) {
				if base(path) == name && (top || slices.ContainsFunc(uses(sources[i]), func(u use) bool { return strings.HasPrefix(u.name, name+".") })) {
					changes = append(changes, Change{cellName(c, i), name, "another name for it: " + name + " is the name of a package now", true})
					break
				}
			}
		}
	}
	return append(changes, mendImports(nb, sources, need, used)...), sources
}

// mendImports replaces in the sources the imports of packages whose names have moved.
func mendImports(nb *notebook.Notebook, sources []string, need map[string][]string, used map[string]bool) (changes []Change) {
	imported := map[string]bool{}
	for _, c := range nb.Cells {
		for _, path := range c.Imports() {
			imported[path] = true
		}
	}
	for i, c := range nb.Cells {
		for _, path := range c.Imports() {
			was, ours := strings.CutPrefix(path, checkout.Module+"/")
			if !ours {
				continue
			}
			var paths []string
			instead, gone := gonePackages[was]
			switch {
			case gone && instead != "":
				paths = append(paths, instead)
			case !gone && (used[base(was)] || len(need[was]) == 0):
				paths = append(paths, was)
			}
			for _, path := range need[was] {
				if !imported[checkout.Module+"/"+path] && !slices.Contains(paths, path) {
					paths = append(paths, path)
				}
			}
			if slices.Equal(paths, []string{was}) {
				continue
			}
			for _, path := range paths {
				imported[checkout.Module+"/"+path] = true
			}
			if gone && len(need[was]) == 0 {
				changes = append(changes, Change{cellName(c, i), path, "in " + cmp.Or(instead, "package show"), false})
			}
			sources[i] = replaceImport(sources[i], path, paths)
		}
	}
	return changes
}

func cellName(c *notebook.Cell, i int) string {
	if c.ID != "" {
		return c.ID
	}
	return fmt.Sprint(i + 1)
}

func base(path string) string { return path[strings.LastIndex(path, "/")+1:] }

// declared are the names that a code cell declares, and whether at its top level, as far as
// the tokens tell: after func, var, const or type at the beginning of a line, and before :=.
func declared(c *notebook.Cell) map[string]bool {
	names := map[string]bool{}
	if c.Kind != "code" {
		return names
	}
	var before notebook.Token
	notebook.Scan(c.Source, func(t notebook.Token) {
		switch {
		case t.Kind == token.IDENT && slices.Contains([]token.Token{token.FUNC, token.VAR, token.CONST, token.TYPE}, before.Kind):
			top := before.At == 0 || c.Source[before.At-1] == '\n'
			names[t.Text] = names[t.Text] || top
		case t.Kind == token.DEFINE && before.Kind == token.IDENT:
			names[before.Text] = names[before.Text]
		}
		before = t
	})
	return names
}

// apply makes of each call of the method one of the function.
func (c methodCall) apply(source string) string {
	function := base(c.path)
	call := regexp.MustCompile(`\b(\w+)\.` + c.method + `\((\w+), `)
	return call.ReplaceAllStringFunc(source, func(found string) string {
		parts := call.FindStringSubmatch(found)
		if parts[1] == function {
			return found // it is the function already
		}
		return fmt.Sprintf("%s.%s(%s, %s, ", function, c.name, parts[2], parts[1])
	})
}

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
	group := slices.Compact(slices.Sorted(slices.Values(lines[first:last])))
	return strings.Join(slices.Replace(lines, first, last, group...), "\n")
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
