package selftest

import (
	"fmt"
	"go/ast"
	"go/build"
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

// mayImport lists what each package of the course may import besides the standard library.
// nil means anything.
var mayImport = map[string][]string{
	"rnnkit":                  {"gonum.org/v1/gonum", "rnnkit/internal/kernel", "rnnkit/internal/option"},
	"rnnkit/gradcheck":        {"gonum.org/v1/gonum", "rnnkit"},
	"rnnkit/internal/bench":   {"gonum.org/v1/gonum", "rnnkit", "rnnkit/internal/kernel", "rnnkit/train"},
	"rnnkit/internal/kernel":  {"golang.org/x/sys", "gonum.org/v1/gonum"},
	"rnnkit/internal/option":  {},
	"rnnkit/internal/rnntest": {"gonum.org/v1/gonum", "data", "rnnkit", "rnnkit/text"},
	"rnnkit/safetensors":      {"gonum.org/v1/gonum", "rnnkit", "rnnkit/text"},
	"rnnkit/text":             {"rnnkit"},
	"rnnkit/train":            {"gonum.org/v1/gonum", "rnnkit", "rnnkit/gradcheck", "rnnkit/internal/kernel", "rnnkit/internal/option"},

	"plots":                   {"internal/lang", "plots/internal/axes", "plots/internal/cells", "plots/internal/check", "plots/internal/figure", "plots/internal/format", "plots/internal/ticks", "plots/internal/unrolled"},
	"plots/internal/axes":     {"gonum.org/v1/plot", "plots/internal/format", "plots/internal/place", "plots/internal/render", "plots/internal/style", "plots/internal/ticks"},
	"plots/internal/cells":    {"plots/internal/diagram", "plots/internal/format", "plots/internal/render", "plots/internal/style", "plots/internal/ticks"},
	"plots/internal/check":    {},
	"plots/internal/diagram":  {"gonum.org/v1/plot", "plots/internal/render", "plots/internal/style"},
	"plots/internal/format":   {},
	"plots/internal/place":    {"gonum.org/v1/plot", "plots/internal/style"},
	"plots/internal/render":   {"gonum.org/v1/plot", "plots/internal/style", "plots/internal/typeface"},
	"plots/internal/style":    {"gonum.org/v1/plot", "plots/internal/typeface"},
	"plots/internal/ticks":    {"gonum.org/v1/plot", "plots/internal/format"},
	"plots/internal/typeface": {"golang.org/x/image", "gonum.org/v1/plot"},
	"plots/internal/unrolled": {"gonum.org/v1/plot", "plots/internal/diagram", "plots/internal/format", "plots/internal/render", "plots/internal/style"},

	"plots/diagrams":            {"internal/lang", "plots/internal/check", "plots/internal/circuit", "plots/internal/figure", "plots/internal/format", "plots/internal/tables", "plots/internal/tree", "plots/internal/unrolled"},
	"plots/internal/circuit":    {"plots/internal/diagram", "plots/internal/render", "plots/internal/style"},
	"plots/internal/figure":     {"plots/internal/render"},
	"plots/internal/figuretest": {"gonum.org/v1/plot", "internal/lang", "plots/internal/figure", "plots/internal/render"},
	"plots/internal/tables":     {"plots/internal/diagram", "plots/internal/render", "plots/internal/style"},
	"plots/internal/tree":       {"plots/internal/diagram", "plots/internal/render", "plots/internal/style"},

	"data":              {"internal/lang/tag"},
	"data/trained":      {},
	"data/trained/make": {"data", "rnnkit", "rnnkit/safetensors", "rnnkit/text", "rnnkit/train"},

	"exercise":                  {"exercise/internal/beyond", "exercise/internal/lecture", "exercise/internal/task", "show"},
	"exercise/internal/beyond":  {"gonum.org/v1/gonum", "data", "exercise/internal/task", "rnnkit", "rnnkit/gradcheck", "rnnkit/text", "rnnkit/train", "show"},
	"exercise/internal/lecture": {"gonum.org/v1/gonum", "data", "exercise/internal/task", "rnnkit", "rnnkit/gradcheck", "rnnkit/text", "rnnkit/train", "show"},
	"exercise/internal/task":    {"data", "internal/lang", "rnnkit", "rnnkit/text"},

	"show":                {"github.com/janpfeifer/gonb", "internal/lang", "show/internal/synth"},
	"show/internal/synth": {},

	"assignments/visible": {"internal/grading/answer", "internal/grading/assignment", "internal/lang", "show"},

	"internal/atomicfile":                            {"github.com/gofrs/flock"},
	"internal/atomicfile/modetest":                   {},
	"internal/checkout":                              {},
	"internal/fix":                                   {"internal/checkout", "internal/notebook"},
	"internal/grading":                               {"internal/checkout", "internal/grading/class", "internal/grading/collect", "internal/grading/feedback", "internal/grading/preview", "internal/grading/release", "internal/grading/sandbox", "internal/progress"},
	"internal/grading/answer":                        {"internal/grading/answer/caller", "internal/grading/answer/cells", "internal/grading/answer/gonb", "internal/grading/sandbox", "internal/lang"},
	"internal/grading/answer/caller":                 {},
	"internal/grading/answer/cells":                  {"internal/grading/answer/gonb", "internal/lang"},
	"internal/grading/answer/gonb":                   {"internal/lang"},
	"internal/grading/assignment":                    {"gonum.org/v1/gonum", "internal/grading/answer", "internal/grading/assignment/internal/check", "internal/grading/assignment/internal/nets", "rnnkit"},
	"internal/grading/assignment/internal/check":     {"internal/grading/answer", "internal/grading/assignment/internal/reference", "internal/grading/sandbox", "internal/lang"},
	"internal/grading/assignment/internal/nets":      {"gonum.org/v1/gonum", "data", "rnnkit", "rnnkit/text"},
	"internal/grading/assignment/internal/reference": {},
	"internal/grading/class":                         {"internal/atomicfile", "internal/grading/answer", "internal/grading/assignment", "internal/grading/collect", "internal/grading/sandbox", "internal/grading/sheet", "internal/grading/submission", "internal/panics"},
	"internal/grading/collect":                       {"golang.org/x/text", "internal/grading/roster", "internal/grading/submission", "internal/panics"},
	"internal/grading/feedback":                      {"internal/grading/assignment", "internal/grading/class", "internal/lang", "internal/notebook", "internal/panics", "internal/plain", "internal/setup", "internal/site"},
	"internal/grading/nbgrader":                      {"internal/checkout", "internal/grading/assignment", "internal/grading/class", "internal/grading/collect", "internal/grading/feedback", "internal/grading/release", "internal/grading/sandbox", "internal/notebook"},
	"internal/grading/preview":                       {"internal/checkout", "internal/grading/assignment", "internal/grading/class", "internal/grading/release", "internal/grading/sandbox", "internal/grading/submission", "internal/notebook", "internal/panics"},
	"internal/grading/release":                       {"internal/atomicfile", "internal/checkout", "internal/grading/assignment", "internal/grading/submission", "internal/lang", "internal/notebook"},
	"internal/grading/roster":                        {"golang.org/x/text"},
	"internal/grading/sandbox":                       {"internal/grading/sandbox/child", "internal/grading/sandbox/compiler", "internal/grading/sandbox/guest", "internal/process"},
	"internal/grading/sandbox/child":                 {"internal/process"},
	"internal/grading/sandbox/compiler":              {"internal/grading/sandbox/child"},
	"internal/grading/sandbox/guest":                 {"github.com/tetratelabs/wazero"},
	"internal/grading/sandbox/sandboxtest":           {"internal/grading/sandbox"},
	"internal/grading/selfcheck":                     {"internal/checkout", "internal/grading/class", "internal/grading/preview", "internal/grading/sandbox", "internal/lang", "internal/plain"},
	"internal/grading/sheet":                         {"internal/atomicfile", "golang.org/x/text", "internal/plain"},
	"internal/grading/submission":                    {"internal/lang"},
	"internal/jupyter":                               {"internal/atomicfile", "internal/checkout", "internal/fix", "internal/notebook", "internal/process", "internal/progress"},
	"internal/lang":                                  {"internal/lang/english", "internal/lang/korean", "internal/lang/korean/rules", "internal/lang/tag"},
	"internal/lang/english":                          {},
	"internal/lang/korean":                           {},
	"internal/lang/korean/rules":                     {},
	"internal/lang/system":                           {"golang.org/x/sys", "internal/lang"},
	"internal/lang/tag":                              {},
	"internal/notebook":                              {"internal/atomicfile", "internal/notebook/layout", "internal/notebook/picture", "internal/notebook/terminal"},
	"internal/notebook/layout":                       {},
	"internal/notebook/picture":                      {},
	"internal/notebook/terminal":                     {},
	"internal/panics":                                {"internal/atomicfile"},
	"internal/plain":                                 {},
	"internal/process":                               {},
	"internal/progress":                              {"golang.org/x/term", "internal/plain"},
	"internal/setup":                                 {"internal/atomicfile", "internal/checkout", "internal/notebook", "internal/process", "internal/progress"},
	"internal/site":                                  {"internal/checkout", "internal/lang", "internal/notebook", "internal/panics", "internal/progress", "internal/site/content", "internal/site/manifest", "internal/site/render"},
	"internal/site/content":                          {"internal/lang", "internal/notebook"},
	"internal/site/live":                             {"internal/atomicfile", "internal/checkout", "internal/lang", "internal/process", "internal/progress", "internal/site", "internal/site/render"},
	"internal/site/manifest":                         {"internal/atomicfile", "internal/checkout", "internal/setup", "internal/site/render"},
	"internal/site/net":                              {"data", "internal/atomicfile", "internal/checkout", "internal/lang", "internal/process", "internal/site/net/engine", "internal/site/net/explain"},
	"internal/site/net/engine":                       {"gonum.org/v1/gonum", "data", "rnnkit", "rnnkit/gradcheck"},
	"internal/site/net/engine/enginetest":            {"internal/site/net/engine"},
	"internal/site/net/explain":                      {"internal/site/net/engine"},
	"internal/site/render":                           {"internal/checkout", "internal/process"},
	"internal/worksheet":                             {"gonum.org/v1/gonum", "data", "internal/checkout", "internal/lang", "internal/notebook", "internal/progress", "internal/site", "rnnkit", "rnnkit/text"},

	"internal/selftest":          nil, // it tests all the others
	"internal/selftest/bench":    {"internal/checkout", "internal/grading/release", "internal/jupyter", "internal/notebook", "internal/process", "internal/progress", "internal/selftest/browser", "internal/setup"},
	"internal/selftest/cells":    {"internal/checkout", "internal/grading/assignment", "internal/lang", "internal/progress", "internal/selftest/browser", "internal/selftest/handout", "internal/site", "internal/site/live"},
	"internal/selftest/handout":  {"internal/checkout", "internal/grading/assignment", "internal/grading/release", "internal/process", "internal/progress", "internal/selftest/browser", "internal/site", "internal/site/live"},
	"internal/selftest/nbgrader": {"internal/checkout", "internal/grading/assignment", "internal/grading/release", "internal/lang", "internal/notebook", "internal/process", "internal/progress", "internal/selftest/browser"},
	"internal/selftest/browser":  {"internal/checkout", "internal/jupyter", "internal/notebook", "internal/process", "internal/progress", "internal/site", "internal/site/live", "internal/site/net"},

	"course": nil, // it calls all the others

	"tools/architecture": {"internal/atomicfile", "internal/checkout", "internal/notebook"},
	"tools/rename":       {"internal/atomicfile", "internal/checkout", "internal/notebook"},
}

// maxImports is how many packages of the course a package may import, unless it may import
// anything.
const maxImports = 8

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
			t.Errorf("package %s is not in mayImport: add it with what it may import", name)
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
		if allowed != nil && ours > maxImports {
			t.Errorf("%s imports %d packages of the course, at most %d are allowed", name, ours, maxImports)
		}
	}
	if seen != len(mayImport) {
		t.Errorf("found %d of the %d packages in mayImport: remove those that no longer exist", seen, len(mayImport))
	}
}

// The lecture's net and its words are in package data alone: a copy could differ and still
// pass its own tests.
func TestTheLecturesNetIsDefinedOnce(t *testing.T) {
	u, w, v := data.LectureWeights()
	definitions := map[string]string{
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
			what, found := definitions[elements(n)]
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
	if own != len(definitions) {
		t.Errorf("package data defines %d of these values, want %d", own, len(definitions))
	}
}

// elements formats the elements of a composite literal, or the arguments of a call, as
// fmt.Sprint formats a slice of them.
func elements(n ast.Node) string {
	var list []ast.Expr
	switch n := n.(type) {
	case *ast.CompositeLit:
		list = n.Elts
	case *ast.CallExpr:
		list = n.Args
	case *ast.UnaryExpr:
		if n.Op == token.SUB {
			return "-" + elements(n.X)
		}
		return ""
	case *ast.BasicLit:
		if s, err := strconv.Unquote(n.Value); err == nil {
			return s
		}
		return n.Value
	}
	if list == nil {
		return ""
	}
	printed := make([]string, len(list))
	for i, e := range list {
		printed[i] = elements(e)
	}
	return "[" + strings.Join(printed, " ") + "]"
}

// isStandard reports whether path is in the standard library: its first element has no dot, and
// is not the course's module.
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

// The root of the checkout holds only what a learner needs to see.
func TestTheRootHoldsOnlyKnownFiles(t *testing.T) {
	list := exec.Command("git", "ls-files", ":(glob)*")
	list.Dir = root(t)
	out, err := list.Output()
	if err != nil {
		t.Skip("git ls-files failed: ", err)
	}
	allowed := []string{"README.md", "README.ko.md", "CONTRIBUTING.md", "CITATION.cff", "LICENSE", "go.mod", "go.sum"}
	for _, name := range strings.Fields(string(out)) {
		if !strings.HasPrefix(name, ".") && !slices.Contains(allowed, name) {
			t.Errorf("%s is in the root of the checkout: move it to a folder, for example tools", name)
		}
	}
}

// Who cites the course reads its version in CITATION.cff; its pages have it from the code.
func TestTheCitationHasTheVersionOfTheCourse(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(root(t), "CITATION.cff"))
	if err != nil {
		t.Fatal(err)
	}
	got := regexp.MustCompile(`(?m)^version: *(\S+)`).FindSubmatch(data)
	if got == nil || string(got[1]) != checkout.Version {
		t.Errorf("CITATION.cff has the version %q, package checkout %q", got, checkout.Version)
	}
}

// A list of Python packages contains the command that locks it; uv writes the command that was
// used into the lock.
func TestPythonLocksMatchTheCommandsOfTheirLists(t *testing.T) {
	var lists []string
	for _, pattern := range []string{"python", "bench"} {
		found, err := filepath.Glob(filepath.Join("..", "..", "tools", pattern, "*.in"))
		if err != nil {
			t.Fatal(err)
		}
		lists = append(lists, found...)
	}
	if len(lists) != 6 {
		t.Errorf("found %d lists, want 6: %v", len(lists), lists)
	}
	command := regexp.MustCompile(`(?m)^# +(uv pip compile .*)$`)
	address := regexp.MustCompile(`https?://|--(extra-)?index-url|--find-links`)
	for _, list := range lists {
		commands := map[string]string{}
		for _, file := range []string{list, strings.TrimSuffix(list, ".in") + ".txt"} {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			found := command.FindAllStringSubmatch(strings.ReplaceAll(string(data), "\r", ""), -1)
			if len(found) != 1 {
				t.Fatalf("%s contains %d commands that lock it, want 1", file, len(found))
			}
			commands[filepath.Ext(file)] = found[0][1]
			if at := address.Find(data); at != nil && filepath.Ext(file) == ".txt" {
				t.Errorf("%s contains an address: %s", file, at)
			}
		}
		if commands[".in"] != commands[".txt"] {
			t.Errorf("%s: the command of the list is\n%s\nand that of its lock\n%s", list, commands[".in"], commands[".txt"])
		}
	}
}

// The .npmrc beside a lock keeps addresses out of it.
func TestNPMLocksContainNoAddresses(t *testing.T) {
	locks, err := filepath.Glob(filepath.Join("..", "..", "tools", "npm", "*", "package-lock.json"))
	if err != nil || len(locks) != 2 {
		t.Fatalf("the locks are %q (%v), want two", locks, err)
	}
	for _, lock := range locks {
		data, err := os.ReadFile(lock)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(data), `"resolved"`) {
			t.Errorf("%s contains addresses: run npm install in its folder, which has the .npmrc that omits them", lock)
		}
	}
}

// ./... does not cover nested modules, so the steps must list them.
func TestTheStepsListEveryModule(t *testing.T) {
	var got []string
	err := filepath.WalkDir(root(t), func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && path != root(t) && strings.HasPrefix(entry.Name(), ".") {
			return fs.SkipDir
		}
		if entry.Name() == "go.mod" {
			folder, err := filepath.Rel(root(t), filepath.Dir(path))
			got = append(got, folder)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := slices.Sorted(slices.Values(slices.Concat(modules, toolModules)))
	if slices.Sort(got); !slices.Equal(got, want) {
		t.Errorf("the modules of the checkout are %q, the steps list %q", got, want)
	}
}

// The step vet looks at the other modules as on this system only.
func TestTheOtherModulesHaveNoFilesForOneSystem(t *testing.T) {
	for _, module := range modules[1:] {
		err := filepath.WalkDir(filepath.Join(root(t), module), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" {
				return err
			}
			built := map[bool][]string{}
			for _, system := range []string{"linux", "windows", "darwin"} {
				context := build.Default
				context.GOOS = system
				match, err := context.MatchFile(filepath.Dir(path), entry.Name())
				if err != nil {
					return err
				}
				built[match] = append(built[match], system)
			}
			if len(built) > 1 {
				t.Errorf("%s is built on %v and not on %v: let vet look at %s on every system", path, built[true], built[false], module)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// root returns the root of the checkout.
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
