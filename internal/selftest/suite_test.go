package selftest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestTheRaceStepCoversEveryPackageThatStartsGoroutines(t *testing.T) {
	list := func(patterns ...string) []string {
		cmd := exec.Command("go", append([]string{"list", "-f", "{{.Dir}}"}, patterns...)...)
		cmd.Dir = root(t)
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		return strings.Split(strings.TrimSpace(string(out)), "\n")
	}
	covered, concurrent := list(racePackages...), 0
	for _, folder := range list("./...") {
		if !startsGoroutines(t, folder) {
			continue
		}
		concurrent++
		if !slices.Contains(covered, folder) {
			t.Errorf("%s starts goroutines, but the step race does not test it", folder)
		}
	}
	if concurrent < 3 { // rnnkit, the sandbox and the grader at least
		t.Errorf("found only %d packages that start goroutines", concurrent)
	}
}

// startsGoroutines looks for go statements, and for calls of methods named Go.
func startsGoroutines(t *testing.T, folder string) bool {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, entry := range entries {
		if filepath.Ext(entry.Name()) != ".go" {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(folder, entry.Name()), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				found = true
			case *ast.CallExpr:
				method, ok := n.Fun.(*ast.SelectorExpr)
				found = found || ok && method.Sel.Name == "Go"
			}
			return true
		})
	}
	return found
}
