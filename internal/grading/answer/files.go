package answer

import (
	_ "embed"
	"fmt"
	"hash/fnv"
	"strings"

	"rnn101/internal/grading/sandbox"
)

//go:embed caller/caller.go
var caller string

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
	h := fnv.New64a()
	h.Write([]byte(source))
	suffix := fmt.Sprintf("x%016x", h.Sum64())
	files := map[string]string{
		"answer.go":        source,
		"caller/caller.go": caller,
		sandbox.GuestFile:  sandbox.Guest,
		"main.go":          fmt.Sprintf("package main\n\nimport (\n\tcaller%[1]s %[2]q\n\tguest%[1]s %[3]q\n)\n\nfunc main() { caller%[1]s.Main(guest%[1]s.Answer) }\n", suffix, sandbox.Module+"/caller", sandbox.GuestPath),
	}
	for _, s := range wanted {
		files["want_"+s.Name+".go"] = want(s, "caller"+suffix)
	}
	return files
}

// want returns the file that registers one function. caller is the name of that package in
// it. The other names in it are those of the signature. A student who redeclares one of them
// has declared the function with another type.
func want(s Signature, caller string) string {
	var decoded, in, out, results, after []string
	for i, kind := range s.In {
		name := fmt.Sprintf("a%d", i)
		in = append(in, name)
		decoded = append(decoded, fmt.Sprintf("%s := %s(raw[%d])", name, codec("Decode", kind, caller), i))
		after = append(after, codec("Encode", kind, caller)+"("+name+")")
	}
	for i, kind := range s.Out {
		name := fmt.Sprintf("r%d", i)
		out = append(out, name)
		results = append(results, codec("Encode", kind, caller)+"("+name+")")
	}
	list := func(all []string) string { return strings.Join(all, ", ") }
	return strings.NewReplacer("CALLER", caller, "PATH", sandbox.Module+"/caller", "NAME", s.Name, "FORM", "func("+list(s.In)+") ("+list(s.Out)+")",
		"DECODED", strings.Join(decoded, "\n\t\t"), "OUT", list(out), "IN", list(in), "RESULTS", list(results), "AFTER", list(after)).Replace(wantFile)
}

const wantFile = `package main

import CALLER "PATH"

func init() {
	var f FORM = NAME
	CALLER.Register("NAME", func(raw []CALLER.Raw) (results, after []CALLER.Any) {
		DECODED
		OUT := f(IN)
		return []CALLER.Any{RESULTS}, []CALLER.Any{AFTER}
	})
}
`

// codec returns the expression for the function that encodes or decodes a type.
func codec(way, kind, caller string) string {
	inner := strings.TrimLeft(kind, "[]")
	expression := caller + "." + way + "Plain[" + inner + "]"
	if inner == "float64" {
		expression = caller + "." + way + "Float"
	}
	for range (len(kind) - len(inner)) / len("[]") {
		expression = caller + "." + way + "Slice(" + expression + ")"
	}
	return expression
}
