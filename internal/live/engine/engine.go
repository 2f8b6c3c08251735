// Package engine runs the cells of a notebook with ixgo, an interpreter of Go.
package engine

import (
	"context"
	"errors"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"github.com/goplus/ixgo"

	"rnn101/internal/lang"
	"rnn101/internal/live/program"
)

// Reply is what a run came to.
type Reply struct {
	OK       bool              `json:"ok"`
	Mistakes []program.Mistake `json:"mistakes,omitempty"` // of the compiler, or of a panic, by cell and line
	Text     string            `json:"text,omitempty"`     // what belongs to no cell
}

var texts = lang.For("engine")

// Starting is called with the source of each program before it runs, for what looks at the code of the
// cells as in the kernel: package visible.
var Starting = func(source string) {}

// Run runs the last of the cells; there is at least one. What it shows goes through package show, and what
// it prints to standard output.
func Run(cells []program.Cell) Reply {
	notebook := program.New(cells, Packages)
	if mistakes := notebook.Mistakes(); len(mistakes) > 0 {
		return Reply{Mistakes: mistakes}
	}
	c, mistakes := compile(notebook)
	if last := cells[len(cells)-1].ID; len(mistakes) > 0 && about(mistakes, last) < len(mistakes) {
		// A cell above is wrong. The kernel would have refused it, and kept nothing of it.
		for i := range notebook.Len() - 1 {
			if above := notebook.Upto(i); len(above.Mistakes()) == 0 {
				_, wrong := check(above)
				if above.DropUnused(wrong) {
					_, wrong = check(above)
				}
				if len(wrong) > 0 {
					notebook.Forget(i, wrong)
				}
			}
		}
		c, mistakes = compile(notebook)
	}
	if len(mistakes) > 0 {
		return Reply{Mistakes: append(mistakes, notebook.Forgotten()...)}
	}
	return c.run(notebook)
}

// about returns how many of the mistakes are those of a cell.
func about(mistakes []program.Mistake, cell string) (n int) {
	for _, m := range mistakes {
		if m.Cell == cell {
			n++
		}
	}
	return n
}

// compiled is a program that can be run.
type compiled struct {
	context *ixgo.Context
	interp  *ixgo.Interp
}

// newContext returns a context of the interpreter that captures panics of goroutines, too.
func newContext() *ixgo.Context {
	c := ixgo.NewContext(0)
	c.RunContext = context.Background()
	c.Lookup = nil // only registered packages
	return c
}

func compile(n *program.Notebook) (*compiled, []program.Mistake) {
	c := newContext()
	file, mistakes := parse(c, n)
	if mistakes != nil {
		return nil, mistakes
	}
	pkg, err := c.LoadAstFile("main", file)
	if err != nil {
		_, all := check(n)
		if n.DropUnused(all) {
			return compile(n)
		}
		if len(all) > 0 {
			return nil, all
		}
		return nil, []program.Mistake{n.Mistake(token.Position{}, err.Error())}
	}
	interp, err := c.NewInterp(pkg)
	if err != nil {
		return nil, []program.Mistake{n.Mistake(token.Position{}, err.Error())}
	}
	return &compiled{c, interp}, nil
}

func parse(c *ixgo.Context, n *program.Notebook) (*ast.File, []program.Mistake) {
	file, err := c.ParseFile(program.File, guard(n.Source()))
	if err != nil { // the parts were parsed before
		return nil, []program.Mistake{n.Mistake(token.Position{}, err.Error())}
	}
	var mistakes []program.Mistake
	for _, spec := range file.Imports {
		target, _ := strconv.Unquote(spec.Path.Value)
		if _, ok := ixgo.LookupPackage(target); !ok {
			mistakes = append(mistakes, n.Import(target, texts.Text("import", target)))
		}
	}
	return file, mistakes
}

// maxMistakes is how many messages of the compiler are returned.
const maxMistakes = 10

// check returns what the type checker finds: all that it finds, where the interpreter stops at the first.
func check(n *program.Notebook) (*types.Package, []program.Mistake) {
	c := newContext()
	file, mistakes := parse(c, n)
	if mistakes != nil {
		return nil, mistakes
	}
	said := map[program.Mistake]bool{}
	config := types.Config{
		Importer: c.Importer,
		Error: func(err error) {
			m := n.Mistake(token.Position{}, err.Error())
			if e, ok := errors.AsType[types.Error](err); ok {
				if strings.HasPrefix(e.Msg, "\t") { // the rest of the message before
					return
				}
				m = n.Mistake(e.Fset.Position(e.Pos), e.Msg)
			}
			if !said[m] && len(mistakes) < maxMistakes {
				said[m] = true
				mistakes = append(mistakes, m)
			}
		},
	}
	pkg, _ := config.Check("main", c.FileSet, []*ast.File{file}, nil)
	return pkg, mistakes
}

// run runs a program.
func (c *compiled) run(n *program.Notebook) Reply {
	defer c.interp.UnsafeRelease()
	var at []token.Position
	c.context.SetPanic(func(info *ixgo.PanicInfo) {
		if p := info.Position(); p.IsValid() {
			at = append(at, p)
		}
	})
	Starting(n.Source())
	code, err := c.context.RunInterp(c.interp, program.File, nil)
	if err == nil {
		return exited(code)
	}
	var stack []byte
	if e, ok := errors.AsType[ixgo.PanicError](err); ok {
		stack = e.Stack()
		if of, ok := e.Value.(caught); ok { // of a goroutine
			if code, ok := of.exit(); ok {
				return exited(code)
			}
			e.Value, stack = of.value, of.stack
			err = e
		}
		if own, ok := e.Value.(ixgo.PanicError); ok {
			err, stack = own, own.Stack()
		}
	} else if e, ok := errors.AsType[ixgo.FatalError](err); ok {
		stack = e.Stack()
	}
	return Reply{Mistakes: []program.Mistake{n.Panic("panic: "+err.Error(), stack, at)}}
}

func exited(code int) Reply {
	if code == 0 {
		return Reply{OK: true}
	}
	return Reply{Text: texts.Text("exit", code)}
}
