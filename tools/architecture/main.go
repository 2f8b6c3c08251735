// Command architecture draws which parts of the checkout import which, as
// docs/architecture.svg:
//
//	go run ./tools/architecture
//
// A part is a folder that a reader thinks of as one thing. It is above everything that it
// imports. An arrow points from a part to one that it imports; it is left out if a longer
// path of arrows leads there too.
package main

import (
	"flag"
	"fmt"
	"log"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"rnn101/internal/atomicfile"
	"rnn101/internal/checkout"
	"rnn101/internal/notebook"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("architecture: ")
	out := flag.String("out", filepath.Join("docs", "architecture.svg"), "write the drawing to `FILE`, relative to the checkout")
	flag.Parse()
	repo, err := checkout.Find()
	if err != nil {
		log.Fatal(err)
	}
	svg, err := drawing(repo)
	if err != nil {
		log.Fatal(err)
	}
	if err := atomicfile.WriteFile(filepath.Join(repo.Root, *out), svg, 0o666); err != nil {
		log.Fatal(err)
	}
}

// drawing returns the SVG for a checkout.
func drawing(repo *checkout.Checkout) ([]byte, error) {
	packages, err := packageImports(repo)
	if err != nil {
		return nil, err
	}
	imports := partImports(packages)
	for part := range imports {
		if descriptions[part] == "" {
			return nil, fmt.Errorf("the part %s is new: describe it in descriptions, in tools/architecture/main.go", part)
		}
	}
	rows, err := levels(imports)
	if err != nil {
		return nil, err
	}
	delete(imports, "internal/selftest") // its arrows, to nearly all, would hide those of course
	return draw(newLayout(rows, reduce(imports))), nil
}

// shared is the part of the small packages that nearly all others import.
const shared = "internal/checkout, …"

// descriptions say what each part is, in a line of its box.
var descriptions = map[string]string{
	"assignments":        "graded work for students",
	"course":             "the command: options, one call",
	"data":               "sequences, the lecture’s net",
	"internal/fix":       "updates old notebooks",
	"internal/grading":   "collects, runs, grades",
	"internal/jupyter":   "serves and runs notebooks",
	"exercise":           "checks the readers’ answers",
	"internal/lang":      "texts, by language",
	"internal/notebook":  "reads, compares, writes .ipynb",
	"internal/panics":    "keeps a panic’s report",
	"internal/selftest":  "tests and measures all others",
	"internal/setup":     "installs into .venv",
	"internal/site":      "notebooks as HTML pages",
	"internal/worksheet": "the example, on paper",
	"notebooks":          "the lecture, to run",
	"plots":              "charts",
	"rnnkit":             "the mathematics",
	"show":               "output of a cell",
	shared:               "process, progress, atomicfile",
}

// part is the part that a package belongs to.
func part(path string) string {
	first, rest, _ := strings.Cut(path, "/")
	second, _, _ := strings.Cut(rest, "/")
	switch {
	case first == "internal" && slices.Contains([]string{"atomicfile", "process", "progress", "plain", "checkout"}, second):
		return shared
	case first == "internal":
		return "internal/" + second
	}
	return first
}

// graph has the nodes that each node has an edge to.
type graph map[string]map[string]bool

func (g graph) add(from, to string) {
	if g[from] == nil {
		g[from] = map[string]bool{}
	}
	g[from][to] = true
}

// packageImports returns what each package of the module imports of the others. The
// notebooks count as a package, and each assignment: their cells import.
func packageImports(repo *checkout.Checkout) (graph, error) {
	list := exec.Command(repo.GoTool(), "list", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, "./...")
	list.Dir = repo.Root
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	packages := graph{}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		fields := strings.Fields(line)
		for _, path := range fields[1:] {
			if own, ok := strings.CutPrefix(path, checkout.Module+"/"); ok {
				packages.add(strings.TrimPrefix(fields[0], checkout.Module+"/"), own)
			}
		}
	}
	for name, list := range map[string]func() ([]string, error){"notebooks": repo.Notebooks, "assignments": repo.Assignments} {
		files, err := list()
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			nb, err := notebook.Read(file)
			if err != nil {
				return nil, err
			}
			for _, c := range nb.Cells {
				for _, i := range c.Imports() {
					if own, ok := strings.CutPrefix(i.Path, checkout.Module+"/"); ok {
						packages.add(name, own)
					}
				}
			}
		}
	}
	return packages, nil
}

// partImports returns what each part imports of the others. It leaves out packages that
// only tests and tools use: those that neither the command nor a notebook reaches.
func partImports(packages graph) graph {
	parts, seen := graph{}, map[string]bool{}
	var visit func(from string)
	visit = func(from string) {
		if seen[from] {
			return
		}
		seen[from] = true
		if parts[part(from)] == nil {
			parts[part(from)] = map[string]bool{}
		}
		for to := range packages[from] {
			if part(to) != part(from) {
				parts.add(part(from), part(to))
			}
			visit(to)
		}
	}
	for _, from := range []string{"course", "notebooks", "assignments"} {
		visit(from)
	}
	return parts
}

// levels returns the parts in rows, the top row first: each part is one row above the
// highest that it imports.
func levels(imports graph) ([][]string, error) {
	const visiting = -1
	level := map[string]int{}
	var visit func(name string) (int, error)
	visit = func(name string) (int, error) {
		if n, ok := level[name]; ok {
			if n == visiting {
				return 0, fmt.Errorf("%s imports a part that imports it: the drawing needs an order", name)
			}
			return n, nil
		}
		level[name] = visiting
		n := 0
		for _, to := range slices.Sorted(maps.Keys(imports[name])) {
			below, err := visit(to)
			if err != nil {
				return 0, err
			}
			n = max(n, below+1)
		}
		level[name] = n
		return n, nil
	}
	var rows [][]string
	for _, name := range slices.Sorted(maps.Keys(imports)) {
		n, err := visit(name)
		if err != nil {
			return nil, err
		}
		for len(rows) <= n {
			rows = append(rows, nil)
		}
		rows[n] = append(rows[n], name)
	}
	slices.Reverse(rows)
	return rows, nil
}

// reduce returns the graph without the edges that a longer path stands for, its
// transitive reduction.
func reduce(imports graph) graph {
	var reaches func(from, to string) bool
	reaches = func(from, to string) bool {
		if imports[from][to] {
			return true
		}
		for next := range imports[from] {
			if reaches(next, to) {
				return true
			}
		}
		return false
	}
	kept := graph{}
	for from, all := range imports {
		for to := range all {
			longer := false
			for next := range all {
				longer = longer || next != to && reaches(next, to)
			}
			if !longer {
				kept.add(from, to)
			}
		}
	}
	return kept
}
