package engine

import (
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"slices"
	"strings"

	"github.com/goplus/ixgo"
	_ "github.com/goplus/ixgo/pkg/runtime/debug"

	"rnn101/internal/live/program"
)

// ixgo does not know where a goroutine was whose panic comes from the Go runtime, and a panic in a goroutine that
// compiled code has started, as sync.WaitGroup.Go does, would end the engine. So each function literal that begins
// a goroutine defers a function of the program, rnn101caught, that looks where it is and panics with that in a
// goroutine which ixgo watches.

// panicsPath is the package of what that function calls. No cell can import it without knowing of it.
const panicsPath = "rnn101/internal/live/engine/panics"

const (
	panicsImports  = `; import rnn101debug "runtime/debug"; import rnn101panics "` + panicsPath + `"`
	panicsFunction = "\n//line " + program.File + ":1\nfunc rnn101caught() {\n\tif e := recover(); e != nil {\n\t\tstack := rnn101debug.Stack()\n\t\tgo rnn101panics.Raise(e, stack)\n\t\tselect {}\n\t}\n}\n"
)

func init() {
	ixgo.RegisterPackage(&ixgo.Package{
		Name: "panics", Path: panicsPath, Deps: map[string]string{},
		Funcs: map[string]reflect.Value{"Raise": reflect.ValueOf(raise)},
	})
}

// caught is a panic of a goroutine.
type caught struct {
	value any
	stack []byte
}

// exit returns the code if the goroutine has called os.Exit, which is a panic to ixgo.
func (c caught) exit() (code int, ok bool) {
	v := reflect.ValueOf(c.value)
	if v.Kind() != reflect.Int || v.Type().PkgPath() != reflect.TypeFor[ixgo.Context]().PkgPath() {
		return 0, false
	}
	return int(v.Int()), true
}

func raise(value any, stack []byte) { panic(caught{value, stack}) }

// guard returns a program whose goroutines do so. The lines of all else stay as they are. What cannot be parsed
// is left to the compiler.
func guard(source string) string {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "", source, parser.SkipObjectResolution)
	if err != nil {
		return source
	}
	started := map[string]bool{"Go": true, "AfterFunc": true} // by compiled code
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok {
			started[f.Name.Name] = false // the program's own, which may recover
		}
	}
	var places []int // offsets behind the braces of the literals
	begins := func(e ast.Expr) {
		if f, ok := e.(*ast.FuncLit); ok {
			places = append(places, files.PositionFor(f.Body.Lbrace, false).Offset+1)
		}
	}
	ast.Inspect(file, func(node ast.Node) bool {
		switch n := node.(type) {
		case *ast.GoStmt:
			begins(n.Call.Fun)
		case *ast.CallExpr:
			if s, ok := n.Fun.(*ast.SelectorExpr); ok && started[s.Sel.Name] {
				for _, argument := range n.Args {
					begins(argument)
				}
			}
		}
		return true
	})
	if len(places) == 0 {
		return source
	}
	slices.Sort(places) // in a chain of calls the last comes first
	var b strings.Builder
	from := files.PositionFor(file.Name.End(), false).Offset
	b.WriteString(source[:from] + panicsImports)
	for _, to := range places {
		b.WriteString(source[from:to] + " defer rnn101caught();")
		from = to
	}
	b.WriteString(source[from:] + panicsFunction)
	return b.String()
}
