package answer

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"regexp"
	"slices"
	"strings"

	"rnn101/internal/grading/sandbox"
)

// Signature is a function that a student has to write: its name, and the types of what
// goes in and comes out. The types are int, float64, string and slices of them.
type Signature struct {
	Name    string
	In, Out []string
}

func (s Signature) String() string {
	out := strings.Join(s.Out, ", ")
	if len(s.Out) > 1 {
		out = "(" + out + ")"
	}
	return strings.TrimSpace(fmt.Sprintf("func %s(%s) %s", s.Name, strings.Join(s.In, ", "), out))
}

// Compiled is a student's program, ready to be called. Close ends it.
type Compiled struct {
	program    *Program
	sandboxes  map[string]*sandbox.Program // by function; most share one
	signatures map[string]Signature
	// Missing says of a function that cannot be called why: it is not declared, or does
	// not compile.
	Missing  map[string][]Mistake
	declared map[string]bool
}

// Declared tells whether a cell declares the function, be it with mistakes.
func (c *Compiled) Declared(function string) bool { return c.declared[function] }

// rounds bounds how often a program is compiled again without what did not compile.
const rounds = 12

// Compile makes a program of what the student declares of the functions that are wanted.
// What does not compile is taken out, with its message, so that the other functions can
// still be called. Its error means that the compiler could not be used at all.
func (p *Program) Compile(ctx context.Context, builder *sandbox.Builder, limits sandbox.Limits, wanted ...Signature) (*Compiled, error) {
	c := &Compiled{program: p, sandboxes: map[string]*sandbox.Program{}, signatures: map[string]Signature{}, Missing: map[string][]Mistake{}, declared: map[string]bool{}}
	var complaints []Mistake // all that the compiler has said
	for _, s := range wanted {
		c.signatures[s.Name] = s
		c.declared[s.Name] = p.Declares(s.Name) || p.tries(s.Name)
	}
	for range rounds {
		var present []Signature
		for _, s := range wanted {
			switch {
			case c.Missing[s.Name] != nil:
			case p.Declares(s.Name):
				present = append(present, s)
			default:
				c.Missing[s.Name] = p.whyNot(s.Name, complaints)
			}
		}
		if len(present) == 0 {
			return c, nil
		}
		rejected, err := c.open(ctx, builder, limits, present)
		if err != nil {
			return nil, err
		}
		if rejected == nil {
			return c, c.separate(ctx, builder, limits, present)
		}
		complaints = append(complaints, p.Explain(rejected.Messages)...)
		wrong := false
		for _, s := range present { // of another form than asked for
			if strings.Contains(rejected.Messages, "want_"+s.Name+".go:") {
				wrong = true
				c.Missing[s.Name] = []Mistake{{Text: "it has another form than " + s.String()}}
			}
		}
		if !p.Drop(rejected.Messages) && !wrong {
			return c, c.each(ctx, builder, limits, present) // no line of a cell is to blame
		}
	}
	for _, s := range wanted {
		if c.Missing[s.Name] == nil {
			c.Missing[s.Name] = []Mistake{{Text: "it does not compile, and neither does what is left without its mistakes"}}
		}
	}
	return c, nil
}

// open makes one program of functions, or says why the compiler refuses it.
func (c *Compiled) open(ctx context.Context, builder *sandbox.Builder, limits sandbox.Limits, functions []Signature) (*sandbox.Rejected, error) {
	file, err := builder.Build(ctx, c.program.files(functions))
	var rejected *sandbox.Rejected
	if errors.As(err, &rejected) {
		return rejected, nil
	}
	if err != nil {
		return nil, err
	}
	program := sandbox.Open(file, limits)
	for _, s := range functions {
		c.sandboxes[s.Name] = program
	}
	return nil, nil
}

// separate gives a program of its own to each function that reaches a variable whose
// value is computed when a program starts: if that panics or has no end, the others must
// not suffer.
func (c *Compiled) separate(ctx context.Context, builder *sandbox.Builder, limits sandbox.Limits, functions []Signature) error {
	var alone, together []Signature
	for _, s := range functions {
		if c.program.runsAtStart(s.Name) {
			alone = append(alone, s)
		} else {
			together = append(together, s)
		}
	}
	if len(alone) == 0 || len(functions) == 1 {
		return nil
	}
	if err := c.each(ctx, builder, limits, alone); err != nil || len(together) == 0 {
		return err
	}
	_, err := c.open(ctx, builder, limits, together)
	return err
}

// each makes a program of each function. One that the compiler refuses is missing.
func (c *Compiled) each(ctx context.Context, builder *sandbox.Builder, limits sandbox.Limits, functions []Signature) error {
	for _, s := range functions {
		rejected, err := c.open(ctx, builder, limits, []Signature{s})
		if err != nil {
			return err
		}
		if rejected != nil {
			c.Missing[s.Name] = []Mistake{{Text: "it does not compile: " + firstLine(rejected.Messages)}}
		}
	}
	return nil
}

// tries tells whether a cell that could not be read has the beginning of the function.
func (p *Program) tries(name string) bool {
	begin := regexp.MustCompile(`(?m)^func\s+` + regexp.QuoteMeta(name) + `\b`)
	for _, m := range p.mistakes {
		for _, cell := range p.cells {
			if cell.Name == m.Cell && begin.MatchString(cell.Source) {
				return true
			}
		}
	}
	return false
}

// whyNot is what is said of a function that is not there.
func (p *Program) whyNot(name string, complaints []Mistake) []Mistake {
	all := append(slices.Clone(p.mistakes), complaints...)
	if len(all) == 0 {
		return []Mistake{{Text: "no cell declares func " + name}}
	}
	return all
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}

// Close ends the program's sandboxes.
func (c *Compiled) Close() {
	for _, program := range c.sandboxes {
		program.Close()
	}
}

// Result is what came of a call.
type Result struct {
	Status  sandbox.Status
	Values  []any   // if Answered: int, float64, string or slices of them; nil for a nil slice
	Changed []int   // the arguments that the function has changed, from 0
	Where   Mistake // if Panicked: where, and what the panic says
}

// Call calls a function with arguments of its signature's types. An error means that the
// sandbox could not be used, or that the function is missing.
func (c *Compiled) Call(ctx context.Context, function string, arguments ...any) (Result, error) {
	s, ok := c.signatures[function]
	if !ok || c.Missing[function] != nil || len(arguments) != len(s.In) {
		return Result{}, fmt.Errorf("answer: %s cannot be called with %d arguments", function, len(arguments))
	}
	sent := make([]json.RawMessage, len(arguments))
	for i, a := range arguments {
		data, err := json.Marshal(encode(a))
		if err != nil {
			return Result{}, err
		}
		sent[i] = data
	}
	input, err := json.Marshal(map[string]any{"f": function, "a": sent})
	if err != nil {
		return Result{}, err
	}
	outcome, err := c.sandboxes[function].Call(ctx, input)
	if err != nil {
		return Result{}, err
	}
	r := Result{Status: outcome.Status}
	if r.Status == sandbox.Panicked {
		r.Where, _ = c.program.Where(outcome.Stderr)
	}
	if r.Status != sandbox.Answered {
		return r, nil
	}
	var back struct {
		Values    []json.RawMessage `json:"r"`
		Arguments []json.RawMessage `json:"a"`
	}
	if json.Unmarshal(outcome.Value, &back) != nil || len(back.Values) != len(s.Out) || len(back.Arguments) != len(s.In) {
		return Result{Status: sandbox.NoResult}, nil // not what the caller wrote: it was made up
	}
	for i, raw := range back.Arguments {
		if !bytes.Equal(raw, sent[i]) {
			r.Changed = append(r.Changed, i)
		}
	}
	for i, raw := range back.Values {
		value, err := decode(s.Out[i], raw)
		if err != nil {
			return Result{Status: sandbox.NoResult}, nil
		}
		r.Values = append(r.Values, value)
	}
	return r, nil
}

// encode brings a value into the form in which it travels: floating-point numbers as
// their bits, so that NaN, infinities and the last digit arrive as they are.
func encode(value any) any {
	switch v := value.(type) {
	case float64:
		return math.Float64bits(v)
	case []float64:
		return encodeAll(v)
	case [][]float64:
		return encodeAll(v)
	case [][][]float64:
		return encodeAll(v)
	case int, string, []int, []string, [][]int:
		return v
	}
	panic(fmt.Sprintf("answer: a value of type %T cannot travel", value))
}

func encodeAll[T any](values []T) any {
	if values == nil {
		return nil
	}
	all := make([]any, len(values))
	for i, v := range values {
		all[i] = encode(v)
	}
	return all
}

// decode is the way back, for a type by its name.
func decode(kind string, raw json.RawMessage) (any, error) {
	switch kind {
	case "int":
		return decodeAs[int](raw)
	case "string":
		return decodeAs[string](raw)
	case "[]int":
		return decodeAs[[]int](raw)
	case "[]string":
		return decodeAs[[]string](raw)
	case "float64":
		return decodeFloat(raw)
	case "[]float64":
		return decodeAll(raw, decodeFloat)
	case "[][]float64":
		return decodeAll(raw, func(raw json.RawMessage) ([]float64, error) { return decodeAll(raw, decodeFloat) })
	case "[][][]float64":
		return decodeAll(raw, func(raw json.RawMessage) ([][]float64, error) {
			return decodeAll(raw, func(raw json.RawMessage) ([]float64, error) { return decodeAll(raw, decodeFloat) })
		})
	}
	panic("answer: a value of type " + kind + " cannot travel")
}

func decodeAs[T any](raw json.RawMessage) (value T, err error) {
	err = json.Unmarshal(raw, &value)
	return value, err
}

func decodeFloat(raw json.RawMessage) (float64, error) {
	bits, err := decodeAs[uint64](raw)
	return math.Float64frombits(bits), err
}

func decodeAll[T any](raw json.RawMessage, each func(json.RawMessage) (T, error)) ([]T, error) {
	parts, err := decodeAs[[]json.RawMessage](raw)
	if err != nil || parts == nil {
		return nil, err
	}
	all := make([]T, len(parts))
	for i, part := range parts {
		if all[i], err = each(part); err != nil {
			return nil, err
		}
	}
	return all, nil
}

//go:embed caller/caller.go
var caller string

// files are the program with what calls it: a file for each function that is wanted, so
// that one of another form can be told by its file, and the caller. The names that they
// bring into the student's package have a hash of the student's source in them, which no
// source can hold.
func (p *Program) files(wanted []Signature) map[string]string {
	names := make([]string, len(wanted))
	for i, s := range wanted {
		names[i] = s.Name
	}
	source := p.Source(names...)
	h := fnv.New64a()
	h.Write([]byte(source))
	own := fmt.Sprintf("x%016x", h.Sum64())
	files := map[string]string{
		"answer.go":        source,
		"caller/caller.go": caller,
		sandbox.GuestFile:  sandbox.Guest,
		"main.go":          fmt.Sprintf("package main\n\nimport (\n\tcaller%[1]s %[2]q\n\tguest%[1]s %[3]q\n)\n\nfunc main() { caller%[1]s.Main(guest%[1]s.Answer) }\n", own, sandbox.Module+"/caller", sandbox.GuestPath),
	}
	for _, s := range wanted {
		files["want_"+s.Name+".go"] = want(s, "caller"+own)
	}
	return files
}

// want is the file that calls one function. caller is the name of that package in it. The
// only names that a student can have declared are those of the signature: are they, the
// function has another form.
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

// codec is the function that encodes or decodes a type.
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
