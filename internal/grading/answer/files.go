//go:build !js

package answer

import (
	_ "embed"
	"fmt"
	"strings"

	"rnn101/internal/grading/sandbox"
)

//go:embed caller/caller.go
var callerSource string

// files returns the files of a program: the student's source, package caller, and a file for
// each wanted function, so that a message about its type names the function. The names that
// these files add to the student's package contain a hash of the student's source, so that
// the source cannot contain them.
func (p *Program) files(wanted []Signature) map[string]string {
	names := make([]string, len(wanted))
	for i, s := range wanted {
		names[i] = s.Name
	}
	source := p.Source(names...)
	suffix := suffixOf(source)
	files := map[string]string{
		"answer.go":        source,
		"caller/caller.go": callerSource,
		sandbox.GuestFile:  sandbox.Guest,
		"main.go":          mainFile(suffix, ""),
	}
	for _, s := range wanted {
		files["want_"+s.Name+".go"] = want("main", s, "caller"+suffix)
	}
	return files
}

// mainFile returns the file with function main, and with the function that a library exports. The
// names that it adds to the package end with suffix. imports are further lines of its imports.
func mainFile(suffix, imports string) string {
	return strings.NewReplacer("SUFFIX", suffix, "CALLER", sandbox.Module+"/caller", "GUEST", sandbox.GuestPath, "FUNCTION", sandbox.GuestFunction, "IMPORTS", imports).Replace(`package main

import (
	callerSUFFIX "CALLER"
	guestSUFFIX "GUEST"
IMPORTS)

//go:wasmexport FUNCTION
func callSUFFIX() { callerSUFFIX.Main(guestSUFFIX.Input(), guestSUFFIX.Answer) }

func main() { callSUFFIX() }
`)
}

// want returns the file of a package that registers one function. caller is the name of package
// caller in it. The other names in it are those of the signature. A student who redeclares one of them
// has declared the function with another type.
func want(name string, s Signature, caller string) string {
	var arguments, results, read, written []string
	for i, kind := range s.In {
		argument := fmt.Sprintf("a%d", i)
		arguments = append(arguments, argument)
		read = append(read, fmt.Sprintf("%s := %s(in)", argument, codec(caller, "", kind)))
	}
	for i, kind := range s.Out {
		result := fmt.Sprintf("r%d", i)
		results = append(results, result)
		written = append(written, fmt.Sprintf("%s(out, %s)", codec(caller, "Write", kind), result))
	}
	for i, kind := range s.In {
		written = append(written, fmt.Sprintf("%s(out, %s)", codec(caller, "Write", kind), arguments[i]))
	}
	list := func(all []string) string { return strings.Join(all, ", ") }
	lines := func(all []string) string { return strings.Join(all, "\n\t\t") }
	return strings.NewReplacer("PACKAGE", name, "CALLER", caller, "PATH", sandbox.Module+"/caller", "NAME", s.Name, "FORM", "func("+list(s.In)+") ("+list(s.Out)+")",
		"READ", lines(read), "RESULTS", list(results), "ARGUMENTS", list(arguments), "WRITE", lines(written)).Replace(wantFile)
}

const wantFile = `package PACKAGE

import CALLER "PATH"

func init() {
	CALLER.Register("NAME", func(in *CALLER.Reader, out *CALLER.Writer) {
		var f FORM = NAME
		READ
		RESULTS := f(ARGUMENTS)
		WRITE
	})
}
`

// codec returns the expression for the function that reads or, with the prefix Write, writes a
// type.
func codec(caller, prefix, kind string) string {
	inner := strings.TrimLeft(kind, "[]")
	expression := caller + "." + prefix + map[string]string{"int": "Int", "string": "String", "float64": "Float"}[inner]
	for range (len(kind) - len(inner)) / len("[]") {
		expression = caller + "." + prefix + "Slice(" + expression + ")"
	}
	return expression
}
