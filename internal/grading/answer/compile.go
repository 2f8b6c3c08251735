//go:build !js

package answer

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"

	"rnn101/internal/grading/sandbox"
)

// Compiled is a student's program whose functions can be called. Close ends it.
type Compiled struct {
	program    *Program
	sandboxes  map[string]*sandbox.Program // by function; most share one
	signatures map[string]Signature
	// Unavailable says for each function that cannot be called why: it is not declared, or
	// does not compile.
	Unavailable map[string][]Diagnostic
	declared    map[string]bool

	builder *sandbox.Builder
	limits  sandbox.Limits
}

// Declared reports whether a cell declares the function, even if it does not compile.
func (c *Compiled) Declared(function string) bool { return c.declared[function] }

// maxRounds is how often a program is compiled, each time without what did not compile.
const maxRounds = 12

// Compile compiles the wanted functions, as far as the student declares them. A declaration
// that does not compile is removed, and its message kept, so that the other functions can
// still be called. An error means that the compiler itself could not be used.
func (p *Program) Compile(ctx context.Context, builder *sandbox.Builder, limits sandbox.Limits, wanted ...Signature) (*Compiled, error) {
	c := &Compiled{program: p, sandboxes: map[string]*sandbox.Program{}, signatures: map[string]Signature{}, Unavailable: map[string][]Diagnostic{}, declared: map[string]bool{},
		builder: builder, limits: limits}
	var diagnostics []Diagnostic // of the compiler, so far
	for _, s := range wanted {
		c.signatures[s.Name] = s
		c.declared[s.Name] = p.Declares(s.Name) && !p.Unanswered(s.Name) || p.Broken(s.Name)
		if p.Declares(s.Name) && p.Unanswered(s.Name) {
			c.Unavailable[s.Name] = p.reasons(s.Name, []Diagnostic{{Text: texts.Text("handed-out", s.Name)}})
		}
	}
	for range maxRounds {
		var present []Signature
		for _, s := range wanted {
			switch {
			case c.Unavailable[s.Name] != nil:
			case p.Declares(s.Name):
				if refused := p.Refused(s.Name); refused != nil {
					c.Unavailable[s.Name] = refused
					continue
				}
				present = append(present, s)
			default:
				c.Unavailable[s.Name] = p.reasons(s.Name, diagnostics)
			}
		}
		if len(present) == 0 {
			return c, nil
		}
		rejected, err := c.buildOne(ctx, present)
		if err != nil {
			return nil, err
		}
		if rejected == nil {
			return c, c.isolate(ctx, present)
		}
		diagnostics = append(diagnostics, p.Locate(rejected.Messages)...)
		mismatch := false
		for _, s := range present { // declared with another type
			if strings.Contains(rejected.Messages, "want_"+s.Name+".go:") {
				mismatch = true
				c.Unavailable[s.Name] = []Diagnostic{{Text: texts.Text("declared-as", s)}}
			}
		}
		if !p.RemoveRejected(rejected.Messages) && !mismatch {
			return c, c.buildEach(ctx, present) // no line of a cell is to blame
		}
	}
	var left []Signature
	for _, s := range wanted {
		switch {
		case c.Unavailable[s.Name] != nil:
		case p.Declares(s.Name):
			left = append(left, s)
		default:
			c.Unavailable[s.Name] = p.reasons(s.Name, diagnostics)
		}
	}
	return c, c.buildEach(ctx, left)
}

// buildOne compiles one program with the functions, or returns the rejection.
func (c *Compiled) buildOne(ctx context.Context, functions []Signature) (*sandbox.Rejected, error) {
	return c.build(ctx, c.program.files(functions), functions)
}

// build compiles files to one program with the functions, or returns the rejection.
func (c *Compiled) build(ctx context.Context, files map[string]string, functions []Signature) (*sandbox.Rejected, error) {
	program, err := c.builder.Interpret(ctx, files, c.limits)
	var rejected *sandbox.Rejected
	if errors.As(err, &rejected) {
		return rejected, nil
	}
	if err != nil {
		return nil, err
	}
	for _, s := range functions {
		c.sandboxes[s.Name] = program
	}
	return nil, nil
}

// isolate gives a program of its own to each function that needs a package variable whose
// initialization may fail: a panic or an endless loop in it must not affect the others.
func (c *Compiled) isolate(ctx context.Context, functions []Signature) error {
	var alone, together []Signature
	for _, s := range functions {
		if c.program.mayFailAtStart(s.Name) {
			alone = append(alone, s)
		} else {
			together = append(together, s)
		}
	}
	if len(alone) == 0 || len(functions) == 1 {
		return nil
	}
	if err := c.buildEach(ctx, alone); err != nil || len(together) == 0 {
		return err
	}
	_, err := c.buildOne(ctx, together)
	return err
}

// buildEach compiles a program for each function. One that is rejected is unavailable.
func (c *Compiled) buildEach(ctx context.Context, functions []Signature) error {
	for _, s := range functions {
		rejected, err := c.buildOne(ctx, []Signature{s})
		if err != nil {
			return err
		}
		if rejected != nil {
			c.Unavailable[s.Name] = []Diagnostic{notCompiled(rejected.Messages)}
		}
	}
	return nil
}

// Broken reports whether a cell with a syntax error has the beginning of the function.
func (p *Program) Broken(name string) bool {
	begin := beginning(name)
	broken := map[string]bool{}
	for _, m := range p.diagnostics {
		broken[m.Cell] = true
	}
	return slices.ContainsFunc(p.cells, func(c Cell) bool { return broken[c.Name] && begin.MatchString(c.Source) })
}

// beginning matches the beginning of a declaration of a function.
func beginning(name string) *regexp.Regexp {
	return regexp.MustCompile(`(?m)^\s*(func|var)\s+` + regexp.QuoteMeta(name) + `\b`)
}

// reasons returns why a function is not there: first what is wrong in the cells that begin it,
// then what the compiler said, then what is wrong elsewhere.
func (p *Program) reasons(name string, diagnostics []Diagnostic) []Diagnostic {
	begin := beginning(name)
	begun := map[string]bool{}
	for _, cell := range p.cells {
		if begin.MatchString(cell.Source) {
			begun[cell.Name] = true
		}
	}
	var here, elsewhere []Diagnostic
	for _, m := range p.diagnostics {
		if begun[m.Cell] {
			here = append(here, m)
		} else {
			elsewhere = append(elsewhere, m)
		}
	}
	all := slices.Concat(here, diagnostics, elsewhere)
	if len(all) == 0 {
		return []Diagnostic{{Text: texts.Text("undeclared", name)}}
	}
	return all
}

// notCompiled returns the first message of the compiler, for a rejection that no line of a cell is to
// blame for. A line such as "# submission" names the package and says nothing.
func notCompiled(messages string) Diagnostic {
	for line := range strings.Lines(messages) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			return Diagnostic{Text: texts.Text("uncompiled.why", line)}
		}
	}
	return Diagnostic{Text: texts.Text("uncompiled")}
}

// Close ends the program's sandboxes.
func (c *Compiled) Close() {
	for _, program := range c.sandboxes {
		program.Close()
	}
}
