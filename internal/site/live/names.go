package live

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"strings"

	"rnn101/internal/checkout"
)

// documentation returns what the sources say of the names that cells can use from packages: the compiled
// engine knows their types, but not what parameters are called. Each name has a line, with tabs between
// package.Name or package.Type.Name, its parameters, its results and the first paragraph about it.
func documentation(ctx context.Context, repo *checkout.Checkout) ([]byte, error) {
	output, err := engineCommand(ctx, repo, "list", "-e", "-deps", "-f", "{{.ImportPath}}\t{{.Dir}}\t{{join .GoFiles \"\t\"}}", "./engine").Output()
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		said := ""
		if exit, ok := errors.AsType[*exec.ExitError](err); ok {
			said = strings.TrimSpace(string(exit.Stderr))
		}
		return nil, &EngineError{err, said}
	}
	sources, registered := map[string][]string{}, []string{}
	for line := range strings.Lines(string(output)) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		for _, of := range []string{"/internal/live/export/", "github.com/goplus/ixgo/pkg/"} {
			if _, target, ok := strings.Cut(fields[0], of); ok {
				registered = append(registered, target)
			}
		}
		if len(fields) > 2 {
			for _, name := range fields[2:] {
				sources[fields[0]] = append(sources[fields[0]], filepath.Join(fields[1], name))
			}
		}
	}
	var d documented
	for _, target := range registered {
		if err := d.add(target, sources[target]); err != nil {
			return nil, err
		}
	}
	return d.Bytes(), nil
}

type documented struct{ bytes.Buffer }

// add adds the lines of a package.
func (d *documented) add(target string, sources []string) error {
	files, set := []*ast.File{}, token.NewFileSet()
	for _, name := range sources {
		file, err := parser.ParseFile(set, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return fmt.Errorf("cannot read the documentation of the package %s: %w", target, err)
		}
		files = append(files, file)
	}
	if len(files) == 0 {
		return nil
	}
	p, err := doc.NewFromFiles(set, files, target)
	if err != nil {
		return fmt.Errorf("cannot read the documentation of the package %s: %w", target, err)
	}
	d.line(target, nil, nil, p.Doc)
	d.values(target, p.Consts, p.Vars)
	d.functions(target, p.Funcs)
	for _, t := range p.Types {
		d.line(target+"."+t.Name, nil, nil, t.Doc)
		d.values(target, t.Consts, t.Vars)
		d.functions(target, t.Funcs)
		d.functions(target+"."+t.Name, t.Methods)
		for _, spec := range t.Decl.Specs {
			switch of := spec.(*ast.TypeSpec).Type.(type) {
			case *ast.StructType:
				d.fields(target+"."+t.Name, of.Fields)
			case *ast.InterfaceType:
				d.fields(target+"."+t.Name, of.Methods)
			}
		}
	}
	return nil
}

func (d *documented) line(name string, parameters, results []string, text string) {
	paragraph, rest, _ := strings.Cut(strings.TrimSpace(text), "\n\n")
	paragraph = strings.Join(strings.Fields(paragraph), " ")
	if strings.HasPrefix(rest, "\t") { // a formula goes on with the sentence
		paragraph += " …"
	}
	fmt.Fprintf(d, "%s\t%s\t%s\t%s\n", name, strings.Join(parameters, ","), strings.Join(results, ","), paragraph)
}

// values adds constants and variables: of a group, what is said of each one, or else of all.
func (d *documented) values(target string, groups ...[]*doc.Value) {
	for _, group := range groups {
		for _, v := range group {
			for _, spec := range v.Decl.Specs {
				of := spec.(*ast.ValueSpec)
				text := of.Doc.Text() + of.Comment.Text()
				if text == "" {
					text = v.Doc
				}
				for _, name := range of.Names {
					d.line(target+"."+name.Name, nil, nil, text)
				}
			}
		}
	}
}

func (d *documented) functions(of string, all []*doc.Func) {
	for _, f := range all {
		d.line(of+"."+f.Name, names(f.Decl.Type.Params), names(f.Decl.Type.Results), f.Doc)
	}
}

// fields adds the fields of a struct, or the methods of an interface.
func (d *documented) fields(of string, list *ast.FieldList) {
	for _, field := range list.List {
		var parameters, results []string
		if f, ok := field.Type.(*ast.FuncType); ok {
			parameters, results = names(f.Params), names(f.Results)
		}
		for _, name := range field.Names {
			d.line(of+"."+name.Name, parameters, results, field.Doc.Text()+field.Comment.Text())
		}
	}
}

// names returns the names of parameters or results, if they have any.
func names(list *ast.FieldList) (all []string) {
	if list == nil {
		return nil
	}
	for _, field := range list.List {
		for _, name := range field.Names {
			all = append(all, name.Name)
		}
	}
	return all
}
