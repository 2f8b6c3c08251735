package fix

import (
	"path"
	"slices"
	"strings"

	"rnn101/internal/checkout"
	"rnn101/internal/notebook"
)

// ours returns the path of a package relative to the module.
func ours(full string) (path string, ok bool) {
	return strings.CutPrefix(full, checkout.Module+"/")
}

func base(p string) string { return path.Base(p) }

// updateImports replaces the imports of packages from which names have moved.
func (u *updater) updateImports() {
	present := map[string]bool{} // the imports of the new notebook, so far
	for _, full := range u.imported {
		if path, ok := ours(full); ok {
			if _, gone := gonePackages[path]; !gone {
				present[path] = true
			}
		}
	}
	for i, c := range u.cells {
		for _, imp := range c.Imports() {
			was, ok := ours(imp.Path)
			if !ok || imp.Name == "." || imp.Name == "_" {
				continue
			}
			var paths []string
			successor, gone := gonePackages[was]
			switch {
			case gone && successor == "" && len(u.needed[was]) == 0:
				u.report(i, false, "the import of %s is removed, the package is gone", imp.Path)
			case gone && successor != "":
				u.report(i, false, "%s is now %s", imp.Path, checkout.Module+"/"+successor)
				if !present[successor] {
					paths = append(paths, successor)
				}
			case !gone && (u.used[was] || len(u.needed[was]) == 0):
				paths = append(paths, was)
			}
			for _, path := range u.needed[was] {
				if !present[path] {
					paths = append(paths, path)
				}
			}
			if slices.Equal(paths, []string{was}) {
				continue
			}
			for _, path := range paths {
				present[path] = true
				u.added[i] = append(u.added[i], checkout.Module+"/"+path)
			}
			u.edits[i] = append(u.edits[i], replaceImport(c.Source, imp, paths))
		}
	}
}

// replaceImport returns the edit that puts other packages of the module in the place of
// an import. The package at the same path, or of the same name, keeps its local name.
func replaceImport(source string, imp notebook.Import, paths []string) edit {
	var specs []string
	for _, p := range paths {
		spec := `"` + checkout.Module + "/" + p + `"`
		if imp.Name != "" && base(p) == base(imp.Path) {
			spec = imp.Name + " " + spec
		}
		specs = append(specs, spec)
	}
	lineStart := strings.LastIndexByte(source[:imp.Start], '\n') + 1
	before := source[lineStart:imp.Start]
	after, _, _ := strings.Cut(source[imp.End:], "\n")
	e := edit{start: imp.Start, end: imp.End}
	if len(specs) == 0 {
		if !imp.Grouped {
			e.start = strings.LastIndex(source[:imp.Start], "import")
			before = source[lineStart:e.start]
		}
		if semicolon := strings.TrimSpace(after); strings.HasPrefix(semicolon, ";") {
			e.end += strings.Index(after, ";") + 1
			after = strings.TrimPrefix(semicolon, ";")
		}
		if strings.TrimSpace(before) == "" && strings.TrimSpace(after) == "" { // the whole line
			e.start, e.end = lineStart, min(len(source), imp.End+len(after)+1)
		}
		return e
	}
	switch {
	case !imp.Grouped:
		e.text = strings.Join(specs, "\nimport ")
	case strings.TrimSpace(before) == "":
		e.text = strings.Join(specs, "\n"+before)
	default:
		e.text = strings.Join(specs, "; ")
	}
	return e
}

// sortImports sorts the imports around those that were added, as gofmt does.
func sortImports(source string, added []string) string {
	lines := strings.Split(source, "\n")
	isPath := func(line string) bool {
		line = strings.TrimSpace(line)
		return len(line) > 2 && line[0] == '"' && strings.IndexByte(line[1:], '"') == len(line)-2
	}
	for i := 0; i < len(lines); i++ {
		first := i
		for i < len(lines) && isPath(lines[i]) {
			i++
		}
		group := lines[first:i]
		if slices.ContainsFunc(group, func(line string) bool { return slices.Contains(added, strings.Trim(line, " \t\"")) }) {
			slices.Sort(group)
		}
	}
	return strings.Join(lines, "\n")
}
