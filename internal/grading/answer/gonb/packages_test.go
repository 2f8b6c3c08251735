package gonb

import (
	"fmt"
	"go/ast"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"rnn101/internal/checkout"
)

// goimports is what the kernel calls. For every allowed package it adds the import that is added
// here.
func TestMissingImportsAreThoseOfGoimports(t *testing.T) {
	if os.Getenv("RNN101_SETUP") != "1" {
		t.Skip("needs the set-up: call go run ./course test")
	}
	repo, err := checkout.Find()
	if err != nil {
		t.Fatal(err)
	}
	uses := map[string]string{"context": "Background", "cmp": "Less[int]", "container/heap": "Init", "container/list": "New", "container/ring": "New", "encoding/binary": "LittleEndian",
		"encoding/json": "Marshal", "bufio": "NewWriter", "bytes": "Equal", "errors": "New", "fmt": "Sprint", "hash/fnv": "New64a", "io": "Discard", "iter": "Pull[int]", "log": "Print",
		"maps": "Keys[map[int]int]", "math": "Exp", "math/big": "NewInt", "math/bits": "Len", "math/cmplx": "Exp", "math/rand/v2": "Float64", "os": "Stderr", "reflect": "DeepEqual",
		"regexp": "MustCompile", "runtime": "GC", "slices": "Max[[]int]", "sort": "Float64s", "strconv": "Itoa", "strings": "Fields", "sync": "OnceFunc", "sync/atomic": "AddInt64",
		"text/tabwriter": "NewWriter", "time": "Now", "unicode": "IsLetter", "unicode/utf16": "Encode", "unicode/utf8": "RuneLen",
		gonum + "blas": "NoTrans", gonum + "blas/blas64": "Nrm2", gonum + "cmplxs": "Add", gonum + "diff/fd": "Derivative", gonum + "floats": "Sum",
		gonum + "floats/scalar": "Round", gonum + "mat": "NewDense", gonum + "stat": "Mean", gonum + "stat/distuv": "UnitNormal"}
	var source strings.Builder
	source.WriteString("package main\n\nfunc main() {\n")
	for target := range allowed {
		if target == "math/rand" { // only one of the two is added; the other below
			continue
		}
		if uses[target] == "" {
			t.Fatalf("no use of %s is known to this test", target)
		}
		fmt.Fprintf(&source, "\t_ = %s.%s\n", PackageName(target), uses[target])
	}
	source.WriteString("}\n")
	run := func(source string) string {
		folder := t.TempDir()
		file := filepath.Join(folder, "main.go")
		for name, text := range map[string]string{"main.go": source, "go.mod": "module gonb\n\ngo 1.26.0\n", // as the kernel's folder
			"go.work": fmt.Sprintf("go 1.26.0\n\nuse (\n\t.\n\t%q\n)\n", repo.Root)} {
			if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		cmd := exec.Command(repo.Program("goimports"), file)
		cmd.Dir = folder
		cmd.Env = append(os.Environ(), "GOWORK=", "PATH="+filepath.Dir(repo.GoTool())+string(os.PathListSeparator)+os.Getenv("PATH"))
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	imports := run(source.String())
	for target := range allowed {
		if added := strings.Contains(imports, fmt.Sprintf("%q\n", target)); added != (target != "math/rand") {
			t.Errorf("goimports adds %s: %v", target, added)
		}
		if ast.IsExported(PackageName(target)) || target != "math/rand" && MissingImport(PackageName(target), []string{uses[target]}) != target {
			t.Errorf("%s is not added here", target)
		}
	}
	for _, selected := range [][]string{{"Intn"}, {"IntN"}, {"Float64", "NewSource", "New"}, {"New", "NewPCG"}, {"Perm"}, {"Shuffle", "Seed"}} {
		text := "package main\n\nfunc main() {\n\t_ = rand." + strings.Join(selected, "\n\t_ = rand.") + "\n}\n"
		if want := MissingImport("rand", selected); !strings.Contains(run(text), fmt.Sprintf("%q", want)) {
			t.Errorf("for %v goimports adds another package than %s", selected, want)
		}
	}
}
