//go:build !js

package answer

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"unicode"

	"rnn101/internal/grading/answer/cells"
	"rnn101/internal/grading/sandbox"
)

// Variant is a function of the student's, to be called with the reference's functions in place of
// some of the student's own.
type Variant struct {
	Signature Signature
	Given     []string // the names of the functions that are replaced
}

// Uses reports whether a function reaches a name, also one that is not declared or does not
// compile.
func (c *Compiled) Uses(function, name string) bool {
	_, used := New(c.program.cells).reach(function)
	return used[name]
}

// variant is a Variant with the program that it is made of: all that the student declared but for what
// is replaced.
type variant struct {
	Variant
	program *Program
}

// WithReference compiles one further program for all variants. reference is the source of a package
// that has the function times under the name Times. A variant that does not compile is Unavailable.
//
// No way leads from a student's code to the reference but a call of a replaced function under the
// student's own name for it:
//
//   - Each variant is a package of its own, with what its function needs and none of the declarations
//     that are replaced. So a variant has a function of the reference only if an earlier task's
//     function is replaced in it, and the function that is called in it is always the student's.
//   - The reference is a package, too: what the student declares there, also a type or a built-in
//     function, does not change it.
//   - The file that binds its functions to the student's names imports it under a name that no other
//     file has, and answers cannot import it.
func (c *Compiled) WithReference(ctx context.Context, reference string, variants ...Variant) (*Compiled, error) {
	further := &Compiled{program: c.program, sandboxes: map[string]*sandbox.Program{}, signatures: map[string]Signature{}, Unavailable: map[string][]Diagnostic{}, declared: c.declared,
		builder: c.builder, limits: c.limits}
	for _, v := range variants {
		further.signatures[v.Signature.Name] = v.Signature
	}
	var alone, together []variant
	for _, v := range variants {
		program := New(c.program.cells) // also with what was removed because a replaced function did not compile
		program.all = slices.DeleteFunc(program.all, func(d *cells.Declaration) bool {
			return d.Receiver == "" && slices.ContainsFunc(d.Names, func(name string) bool { return slices.Contains(v.Given, name) })
		})
		// One whose package variables may fail at the start must not affect the others.
		if program.mayFailAtStart(v.Signature.Name) {
			alone = append(alone, variant{v, program})
		} else {
			together = append(together, variant{v, program})
		}
	}
	for _, v := range alone {
		if err := further.buildVariants(ctx, reference, []variant{v}); err != nil {
			return nil, err
		}
	}
	return further, further.buildVariants(ctx, reference, together)
}

// buildVariants compiles a program with the variants. Those that are rejected are left out.
func (c *Compiled) buildVariants(ctx context.Context, reference string, variants []variant) error {
	for range maxRounds {
		variants = slices.DeleteFunc(variants, func(v variant) bool {
			name := v.Signature.Name
			switch refused := v.program.Refused(name); {
			case c.Unavailable[name] != nil:
			case !v.program.Declares(name):
				c.Unavailable[name] = v.program.reasons(name, nil)
			case refused != nil:
				c.Unavailable[name] = refused
			}
			return c.Unavailable[name] != nil
		})
		if len(variants) == 0 {
			return nil
		}
		var functions []Signature
		for _, v := range variants {
			functions = append(functions, v.Signature)
		}
		rejected, err := c.build(ctx, variantFiles(reference, variants), functions)
		if err != nil || rejected == nil {
			return err
		}
		found := false
		for _, v := range variants {
			if messages := messagesOf(v, rejected.Messages); messages != "" {
				found = true
				if !v.program.RemoveRejected(messages) {
					c.Unavailable[v.Signature.Name] = []Diagnostic{notCompiled(messages)}
				}
			}
		}
		if !found { // no package is to blame
			break
		}
	}
	for _, v := range variants {
		if c.Unavailable[v.Signature.Name] == nil {
			c.Unavailable[v.Signature.Name] = []Diagnostic{notCompiled("")}
		}
	}
	return nil
}

// messagesOf returns the messages of the compiler about the package of a variant. They follow a line
// with its path.
func messagesOf(v variant, messages string) string {
	var own strings.Builder
	inside := false
	for line := range strings.Lines(messages) {
		if path, ok := strings.CutPrefix(line, "# "); ok {
			inside = strings.TrimSpace(path) == sandbox.Module+"/"+folder(v.Variant)
		} else if inside {
			own.WriteString(strings.TrimPrefix(strings.TrimPrefix(line, "./"), folder(v.Variant)+"/"))
		}
	}
	return own.String()
}

// folder is the name of a variant's package and of its folder.
func folder(v Variant) string { return "with_" + strings.ToLower(v.Signature.Name) }

// variantFiles returns the files of a program with the variants.
func variantFiles(reference string, variants []variant) map[string]string {
	files := map[string]string{
		"caller/caller.go":       callerSource,
		"reference/reference.go": reference,
		sandbox.GuestFile:        sandbox.Guest,
	}
	imports := ""
	for _, v := range variants {
		name, at := v.Signature.Name, folder(v.Variant)
		source := strings.Replace(v.program.Source(name), "package main\n", "package "+at+"\n", 1)
		suffix := suffixOf(source)
		bound := ""
		for _, given := range v.Given {
			bound += fmt.Sprintf("var %s = reference%s.%s\n", given, suffix, exported(given))
		}
		files[at+"/answer.go"] = source
		files[at+"/given.go"] = fmt.Sprintf("package %s\n\nimport reference%s %q\n\n%s", at, suffix, sandbox.Module+"/reference", bound)
		files[at+"/want_"+name+".go"] = want(at, v.Signature, "caller"+suffix)
		imports += fmt.Sprintf("\t_ %q\n", sandbox.Module+"/"+at)
	}
	files["main.go"] = mainFile("", imports)
	return files
}

// suffixOf returns a suffix for names that a source cannot contain: a hash of it.
func suffixOf(source string) string {
	h := fnv.New64a()
	h.Write([]byte(source))
	return fmt.Sprintf("x%016x", h.Sum64())
}

// exported returns the name that the reference has for a function.
func exported(name string) string {
	runes := []rune(name)
	runes[0] = unicode.ToUpper(runes[0])
	return string(runes)
}
