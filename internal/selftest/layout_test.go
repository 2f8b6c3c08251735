package selftest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"rnn101/data"
	"rnn101/internal/checkout"
)

// Imports point one way: what a package of the course may know besides the standard
// library.
var mayImport = map[string][]string{
	"rnnkit":                  {"gonum.org/v1/gonum", "rnnkit/internal/kernel", "rnnkit/internal/option"},
	"rnnkit/gradcheck":        {"gonum.org/v1/gonum", "rnnkit"},
	"rnnkit/internal/kernel":  {"gonum.org/v1/gonum"},
	"rnnkit/internal/option":  {},
	"rnnkit/internal/rnntest": {"gonum.org/v1/gonum", "data", "rnnkit", "rnnkit/text"},
	"rnnkit/safetensors":      {"gonum.org/v1/gonum", "rnnkit", "rnnkit/text"},
	"rnnkit/text":             {"rnnkit"},
	"rnnkit/train":            {"gonum.org/v1/gonum", "rnnkit", "rnnkit/gradcheck", "rnnkit/internal/kernel", "rnnkit/internal/option"},

	"plots":                   {"internal/lang", "plots/internal/axes", "plots/internal/cells", "plots/internal/check", "plots/internal/format", "plots/internal/render", "plots/internal/ticks", "plots/internal/unrolled"},
	"plots/internal/axes":     {"gonum.org/v1/plot", "plots/internal/format", "plots/internal/render", "plots/internal/style", "plots/internal/ticks"},
	"plots/internal/cells":    {"plots/internal/diagram", "plots/internal/format", "plots/internal/render", "plots/internal/style", "plots/internal/ticks"},
	"plots/internal/check":    {},
	"plots/internal/diagram":  {"gonum.org/v1/plot", "plots/internal/render", "plots/internal/style"},
	"plots/internal/format":   {},
	"plots/internal/render":   {"gonum.org/v1/plot", "plots/internal/style", "plots/internal/typeface"},
	"plots/internal/style":    {"gonum.org/v1/plot", "plots/internal/typeface"},
	"plots/internal/ticks":    {"gonum.org/v1/plot", "plots/internal/format"},
	"plots/internal/typeface": {"golang.org/x/image", "gonum.org/v1/plot"},
	"plots/internal/unrolled": {"gonum.org/v1/plot", "plots/internal/diagram", "plots/internal/format", "plots/internal/render", "plots/internal/style"},

	"data":              {},
	"data/trained":      {},
	"data/trained/make": {"data", "rnnkit", "rnnkit/safetensors", "rnnkit/text", "rnnkit/train"},

	"show": {"github.com/janpfeifer/gonb", "internal/lang"},

	"assignments/visible": {"internal/grading/assignment", "internal/lang", "show"},

	"internal/atomicfile":          {"github.com/gofrs/flock"},
	"internal/atomicfile/modetest": {},
	"internal/checkout":            {},
	"internal/fix":                 {"internal/checkout", "internal/notebook"},
	"internal/jupyter":             {"internal/checkout", "internal/fix", "internal/notebook", "internal/process", "internal/progress"},
	"internal/lang":                {},
	"internal/notebook":            {"internal/atomicfile"},
	"internal/panics":              {"internal/atomicfile"},
	"internal/process":             {},
	"internal/progress":            {"golang.org/x/term"},
	"internal/setup":               {"internal/atomicfile", "internal/checkout", "internal/notebook", "internal/process", "internal/progress"},
	"internal/site":                {"internal/atomicfile", "internal/checkout", "internal/lang", "internal/notebook", "internal/panics", "internal/progress", "internal/site/manifest", "internal/site/render"},
	"internal/site/manifest":       {"internal/atomicfile", "internal/checkout", "internal/setup", "internal/site/render"},
	"internal/site/render":         {"internal/checkout", "internal/process"},
	"internal/worksheet":           {"gonum.org/v1/gonum", "data", "internal/checkout", "internal/lang", "internal/notebook", "internal/progress", "internal/site", "rnnkit", "rnnkit/text"},

	"internal/grading":                     {"internal/checkout", "internal/grading/class", "internal/grading/collect", "internal/grading/feedback", "internal/grading/preview", "internal/grading/release", "internal/grading/sandbox", "internal/progress"},
	"internal/grading/answer":              {"internal/grading/sandbox"},
	"internal/grading/answer/caller":       {},
	"internal/grading/assignment":          {"gonum.org/v1/gonum", "data", "internal/grading/answer", "internal/grading/sandbox", "rnnkit", "rnnkit/text"},
	"internal/grading/class":               {"internal/atomicfile", "internal/checkout", "internal/grading/answer", "internal/grading/assignment", "internal/grading/collect", "internal/grading/sandbox", "internal/grading/submission", "internal/panics"},
	"internal/grading/collect":             {"golang.org/x/text", "internal/grading/submission", "internal/panics"},
	"internal/grading/feedback":            {"internal/grading/assignment", "internal/grading/class", "internal/lang", "internal/notebook", "internal/panics", "internal/setup", "internal/site"},
	"internal/grading/nbgrader":            {"internal/checkout", "internal/grading/assignment", "internal/grading/class", "internal/grading/collect", "internal/grading/feedback", "internal/grading/release", "internal/grading/sandbox", "internal/notebook"},
	"internal/grading/preview":             {"internal/atomicfile", "internal/grading/assignment", "internal/grading/class", "internal/grading/collect", "internal/grading/release", "internal/grading/sandbox", "internal/notebook"},
	"internal/grading/release":             {"internal/atomicfile", "internal/checkout", "internal/grading/assignment", "internal/grading/submission", "internal/notebook", "internal/panics"},
	"internal/grading/sandbox":             {"github.com/tetratelabs/wazero", "internal/process"},
	"internal/grading/sandbox/sandboxtest": {"internal/grading/sandbox"},
	"internal/grading/submission":          {},

	"internal/selftest":         nil, // it proves all the others, and may know them
	"internal/selftest/bench":   {"internal/checkout", "internal/grading/release", "internal/jupyter", "internal/notebook", "internal/process", "internal/progress", "internal/setup"},
	"internal/selftest/browser": {"internal/checkout", "internal/jupyter", "internal/notebook", "internal/process", "internal/progress"},

	"course": nil, // the command calls them

	"tools/architecture": {"internal/atomicfile", "internal/checkout", "internal/notebook"},
	"tools/rename":       {"internal/atomicfile", "internal/checkout", "internal/notebook"},
}

// Only these two may know more of the project's packages than a reader keeps in mind.
const mostImports = 8

func TestImportsPointOneWay(t *testing.T) {
	list := exec.Command("go", "list", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, "./...")
	list.Dir = root(t)
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		fields := strings.Fields(line)
		name := strings.TrimPrefix(fields[0], checkout.Module+"/")
		allowed, ok := mayImport[name]
		if !ok {
			t.Errorf("the package %s is new: write in mayImport what it may import", name)
			continue
		}
		seen++
		ours := 0
		for _, path := range fields[1:] {
			own, inside := strings.CutPrefix(path, checkout.Module+"/")
			if inside {
				ours++
			}
			if allowed != nil && !isStandard(path) && !within(own, allowed) {
				t.Errorf("%s imports %s", name, own)
			}
		}
		if allowed != nil && ours > mostImports {
			t.Errorf("%s imports %d packages of the course, more than %d", name, ours, mostImports)
		}
	}
	if seen != len(mayImport) {
		t.Errorf("%d packages seen, mayImport knows %d", seen, len(mayImport))
	}
}

// The lecture's net and its words are in package data; who needs them takes them from
// there. A second copy could differ from the first and pass its own tests.
func TestTheLecturesNetIsWrittenDownOnce(t *testing.T) {
	u, w, v := data.LectureWeights()
	once := map[string]string{
		fmt.Sprint(u):                  "U of the lecture: call data.LectureWeights",
		fmt.Sprint(w):                  "W of the lecture: call data.LectureWeights",
		fmt.Sprint(v):                  "V of the lecture: call data.LectureWeights",
		fmt.Sprint(data.InputWords()):  "the lecture's input words: call data.InputWords",
		fmt.Sprint(data.OutputWords()): "the lecture's output words: call data.OutputWords",
	}
	root := root(t)
	own := 0
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != root && strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir
		case entry.IsDir() || filepath.Ext(path) != ".go":
			return nil
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			what, found := once[written(n)]
			switch {
			case found && file.Name.Name == "data":
				own++
			case found:
				t.Errorf("%s is %s", files.Position(n.Pos()), what)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if own != len(once) {
		t.Errorf("package data writes down %d of the %d, or one of them twice", own, len(once))
	}
}

// written prints the elements of a composite literal, or the arguments of a call, as fmt
// prints the value that they make: numbers, strings and lists of them.
func written(n ast.Node) string {
	var elements []ast.Expr
	switch n := n.(type) {
	case *ast.CompositeLit:
		elements = n.Elts
	case *ast.CallExpr:
		elements = n.Args
	case *ast.UnaryExpr:
		if n.Op == token.SUB {
			return "-" + written(n.X)
		}
		return ""
	case *ast.BasicLit:
		if s, err := strconv.Unquote(n.Value); err == nil {
			return s
		}
		return n.Value
	}
	if elements == nil {
		return ""
	}
	printed := make([]string, len(elements))
	for i, e := range elements {
		printed[i] = written(e)
	}
	return "[" + strings.Join(printed, " ") + "]"
}

// isStandard tells by the path: those of the standard library have no dot in their
// first part, and the course's begin with its module.
func isStandard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".") && path != checkout.Module && !strings.HasPrefix(path, checkout.Module+"/")
}

func within(path string, allowed []string) bool {
	for _, a := range allowed {
		if path == a || strings.Contains(a, ".") && strings.HasPrefix(path, a+"/") {
			return true
		}
	}
	return false
}

// A learner who opens the checkout sees what is for learners; the rest is in tools.
func TestTheRootHoldsNoOtherFiles(t *testing.T) {
	list := exec.Command("git", "ls-files", ":(glob)*")
	list.Dir = root(t)
	out, err := list.Output()
	if err != nil {
		t.Skip("this is no checkout of git's: ", err)
	}
	allowed := []string{"README.md", "README.png", "CONTRIBUTING.md", "LICENSE", "go.mod", "go.sum"}
	for _, name := range strings.Fields(string(out)) {
		if !strings.HasPrefix(name, ".") && !slices.Contains(allowed, name) {
			t.Errorf("%s is in the root of the checkout: move it into the folder it belongs to, tools perhaps", name)
		}
	}
}

// How a list of Python packages is locked stands in the list; uv writes into the lock
// how it was.
func TestPythonLocksAreMadeAsTheirListsSay(t *testing.T) {
	var lists []string
	for _, pattern := range []string{"python", "bench"} {
		found, err := filepath.Glob(filepath.Join("..", "..", "tools", pattern, "*.in"))
		if err != nil {
			t.Fatal(err)
		}
		lists = append(lists, found...)
	}
	if len(lists) != 6 {
		t.Errorf("there are %d lists, not 6: %v", len(lists), lists)
	}
	command := regexp.MustCompile(`(?m)^# +(uv pip compile .*)$`)
	address := regexp.MustCompile(`https?://|--(extra-)?index-url|--find-links`)
	for _, list := range lists {
		said := map[string]string{}
		for _, file := range []string{list, strings.TrimSuffix(list, ".in") + ".txt"} {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			found := command.FindAllStringSubmatch(strings.ReplaceAll(string(data), "\r", ""), -1)
			if len(found) != 1 {
				t.Fatalf("%s says %d times how it is locked, not once", file, len(found))
			}
			said[filepath.Ext(file)] = found[0][1]
			if at := address.Find(data); at != nil && filepath.Ext(file) == ".txt" {
				t.Errorf("%s holds an address: %s", file, at)
			}
		}
		if said[".in"] != said[".txt"] {
			t.Errorf("%s: the list says\n%s\nand its lock\n%s", list, said[".in"], said[".txt"])
		}
	}
}

// npm writes no address into a lock where .npmrc says so.
func TestLocksOfNPMHoldNoAddresses(t *testing.T) {
	locks, err := filepath.Glob(filepath.Join("..", "..", "tools", "npm", "*", "package-lock.json"))
	if err != nil || len(locks) != 2 {
		t.Fatalf("the locks are %q (%v), not two", locks, err)
	}
	for _, lock := range locks {
		data, err := os.ReadFile(lock)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(data), `"resolved"`) {
			t.Errorf("%s holds addresses: renew it in its own folder, where .npmrc leaves them out", lock)
		}
	}
}

// A module below the checkout is no part of ./...: the test must name it.
func TestEveryModuleIsNamedInTheSteps(t *testing.T) {
	var there []string
	err := filepath.WalkDir(root(t), func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && path != root(t) && strings.HasPrefix(entry.Name(), ".") {
			return fs.SkipDir
		}
		if entry.Name() == "go.mod" {
			folder, err := filepath.Rel(root(t), filepath.Dir(path))
			there = append(there, folder)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	named := slices.Sorted(slices.Values(slices.Concat(modules, pinned)))
	if slices.Sort(there); !slices.Equal(there, named) {
		t.Errorf("the modules of the checkout are %q, vet and vulnerabilities know %q", there, named)
	}
}

// root is the checkout that the tests are in.
func root(t *testing.T) string {
	t.Helper()
	folder, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// A package that a reader cannot hold in mind is split; the command itself only reads
// options.
func TestNoPackageIsTooLarge(t *testing.T) {
	const most, mostCommand, mostNames = 1200, 800, 18
	list := exec.Command("go", "list", "-f", "{{.ImportPath}}\t{{.Dir}}\t{{range .GoFiles}}{{.}}\t{{end}}{{range .IgnoredGoFiles}}{{.}}\t{{end}}", "./...")
	list.Dir = root(t)
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		name, lines := strings.TrimPrefix(fields[0], checkout.Module+"/"), 0
		for _, file := range fields[2:] {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			data, err := os.ReadFile(filepath.Join(fields[1], file))
			if err != nil {
				t.Fatal(err)
			}
			lines += strings.Count(string(data), "\n")
		}
		if limit := map[bool]int{true: mostCommand, false: most}[name == "course"]; lines > limit {
			t.Errorf("%s has %d lines without its tests, more than %d: split it", name, lines, limit)
		}
	}
	list = exec.Command("git", "ls-tree", "--name-only", "HEAD")
	list.Dir = root(t)
	if out, err = list.Output(); err != nil {
		t.Skip("not a git checkout: ", err)
	}
	names := slices.DeleteFunc(strings.Fields(string(out)), func(name string) bool { return strings.HasPrefix(name, ".") })
	if len(names) > mostNames {
		t.Errorf("the root holds %d names, more than %d: %s", len(names), mostNames, names)
	}
}
