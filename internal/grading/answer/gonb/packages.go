package gonb

import (
	"go/ast"
	"maps"
	"path"
	"slices"
	"strings"

	"rnn101/internal/lang"
)

// allowed are the packages that answers may import: those that compute, and what debugging
// needs. The list excludes the packages of the course, which have the answers, and those that
// are of no use in an answer. Safety is the task of the sandbox. A package with symbols is
// allowed as far as these go.
var allowed = map[string][]string{
	"bufio": nil, "bytes": nil, "cmp": nil, "container/heap": nil, "container/list": nil, "container/ring": nil, "context": nil,
	"encoding/binary": nil, "encoding/json": nil, "errors": nil, "fmt": nil, "hash/fnv": nil, "io": nil, "iter": nil, "log": nil,
	"maps": nil, "math": nil, "math/big": nil, "math/bits": nil, "math/cmplx": nil, "math/rand": nil, "math/rand/v2": nil,
	"regexp": nil, "slices": nil, "sort": nil, "strconv": nil, "strings": nil, "sync": nil, "sync/atomic": nil,
	"text/tabwriter": nil, "time": nil, "unicode": nil, "unicode/utf16": nil, "unicode/utf8": nil,
	"os":      {"Stderr", "Stdout"},
	"reflect": {"DeepEqual", "TypeOf"},
	"runtime": {"GC", "GOMAXPROCS", "Gosched", "NumCPU"},

	gonum + "blas": nil, gonum + "blas/blas64": nil, gonum + "cmplxs": nil, gonum + "diff/fd": nil,
	gonum + "floats": nil, gonum + "floats/scalar": nil, gonum + "mat": nil, gonum + "stat": nil, gonum + "stat/distuv": nil,
}

const gonum = "gonum.org/v1/gonum/"

// AllowedPackages returns the packages that answers may import, for the text of an assignment.
func AllowedPackages() string {
	var standard, ofGonum []string
	for _, target := range slices.Sorted(maps.Keys(allowed)) {
		name, inGonum := strings.CutPrefix(target, gonum)
		text := "`" + name + "`"
		if symbols := allowed[target]; symbols != nil {
			text += " (" + strings.Join(symbols, ", ") + ")"
		}
		if inGonum {
			ofGonum = append(ofGonum, text)
		} else {
			standard = append(standard, text)
		}
	}
	return strings.Join(standard, ", ") + "; of gonum " + strings.Join(ofGonum, ", ")
}

// PackageName is the name of a package with this path.
func PackageName(target string) string {
	name := path.Base(target)
	if name == "v2" {
		name = path.Base(path.Dir(target))
	}
	return name
}

// MissingImport returns the path that goimports, and so the kernel, adds for a name that no cell
// declares or imports, or "". selected are the names that are selected from it.
func MissingImport(name string, selected []string) string {
	if name == "rand" {
		// Of those that have all the names goimports takes the newest.
		onlyOld := []string{"Int31", "Int31n", "Int63", "Int63n", "Intn", "NewSource", "Read", "Seed", "Source64"}
		if slices.ContainsFunc(selected, func(s string) bool { return slices.Contains(onlyOld, s) }) {
			return "math/rand"
		}
		return "math/rand/v2"
	}
	if !slices.ContainsFunc(selected, ast.IsExported) {
		return "" // of no package
	}
	return byName[name]
}

// byName has the allowed packages by their names. Only rand is the name of two.
var byName = func() map[string]string {
	all := map[string]string{}
	for target := range allowed {
		all[PackageName(target)] = target
	}
	return all
}()

// Allowed reports whether an answer may import a package, or a part of it: whole is false if only
// some of its names can be used.
func Allowed(target string) (whole, ok bool) {
	symbols, ok := allowed[target]
	return ok && symbols == nil, ok
}

var texts = lang.For("answer")

// Refusal says why something of a package cannot be used in an answer, or is "".
func Refusal(target, selected string) string {
	symbols, ok := allowed[target]
	switch {
	case !ok:
		return texts.Text("package", target)
	case symbols == nil || slices.Contains(symbols, selected):
		return ""
	case selected == "":
		return texts.Text("package.only", target, strings.Join(symbols, ", "))
	}
	return texts.Text("package.symbol", PackageName(target), selected, target, strings.Join(symbols, ", "))
}
