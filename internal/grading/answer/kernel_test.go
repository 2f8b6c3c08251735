package answer

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"rnn101/internal/grading/sandbox"
	"rnn101/internal/grading/sandbox/sandboxtest"
)

// asInTheKernel are cells, which declare functions that return 7. Each function shows something
// that works in the kernel.
var asInTheKernel = []string{
	// Imports that goimports adds, and those of other cells, under other names.
	"func missing() int { return slices.Max([]int{7, len(strings.Repeat(\"x\", 2))}) }",
	"func missingGonum() int { return int(floats.Sum([]float64{3, 4})) + int(mat.Sum(mat.NewDense(1, 1, nil))) }",
	"import m \"math\"",
	"func otherName() int { return int(m.Sqrt(49)) }",
	"import (\n\t. \"strconv\"\n\t_ \"embed\"\n)",
	"func dotted() int { n, _ := Atoi(\"7\"); return n }",
	"func rand2() int { return 7 + rand.IntN(1) }",
	// What computes, and what is printed.
	"func packages() int {\n\tvar once sync.Once\n\tn := new(atomic.Int64)\n\tonce.Do(func() { n.Add(1) })\n\tl := list.New()\n\tl.PushBack(big.NewInt(6))\n" +
		"\tfmt.Fprintln(os.Stderr, scalar.Round(1.5, 0))\n\tfmt.Fprintln(os.Stdout, n)\n\tfor range iter.Seq[int](func(yield func(int) bool) { yield(1) }) {\n\t}\n" +
		"\treturn int(n.Load() + l.Front().Value.(*big.Int).Int64())\n}",
	// A function that is a variable, also one that an init function sets.
	"var variable = func() int { return 7 }",
	"var setLater func() int\nfunc init_variable() { setLater = func() int { return 7 } }",
	"var table [3]int",
	"func init_table() { fill() }",
	"func fill() {\n\tfor i := range table {\n\t\ttable[i] += 7\n\t}\n}",
	"func filled() int { return table[2] }",
	"var count int\nvar _ = func() int { count = 7; return 0 }()",
	"func counted() int { return count }",
	"func init_order_b() { steps = append(steps, 7) }\nvar steps []int\nfunc init_order_a() { steps = append(steps, 1) }\nfunc ordered() int { return steps[1] }",
	// The later declaration of a name counts.
	"var first, second = 7, 3\nconst (\n\tzero = iota\n\tone\n\ttwo\n)",
	"var second = 4\nconst one = 5",
	"func parts() int { return first + second + one + two + zero - 11 }",
	"var pair, other = strings.CutPrefix(\"x\", \"x\")",
	"var other = 7",
	"func tuple() int { return other }",
	"type box struct{ n int }\nfunc (b box) get() int { return 0 }",
	"func (b *box) get() int { return b.n }",
	"func method() int { return (&box{7}).get() }",
	"const place = 1",
	"func keyed() int { return [...]int{place: 7}[1] }",
	"package main\n\nimport \"fmt\"\n\nfunc wholeFile() int { return 7 }\n\nfunc main() { fmt.Println(wholeFile()) }",
	"//gonb:%%\nthis is not Go",
	"%test\nfunc tested() int { return 7 }\nfunc TestIt(t *testing.T) { if tested() != 7 { t.Fatal() } }",
	"func init_unrelated() { os.Exit(3) }",
	// The kernel forgets a cell that does not compile.
	"func rewritten() int { return 7 }",
	"func rewritten() int { return \"not yet\" }",
	"func stubAbove() int { return 7 }",
	"func stubAbove() int { panic(\"not written yet\") } // handed out, and left below the answer",
}

// All of them are one program, and are called.
func TestWhatRunsInTheKernelRunsHere(t *testing.T) {
	cells := []Cell{{Name: "stub", Source: "func stubAbove() int {\n\tpanic(\"not written yet\")\n}", Stub: true}}
	var wanted []Signature
	for i, source := range asInTheKernel {
		cells = append(cells, Cell{Name: fmt.Sprint(i), Source: source})
	}
	for _, name := range []string{"missing", "missingGonum", "otherName", "dotted", "rand2", "packages", "variable", "setLater", "filled", "counted", "ordered", "parts", "tuple",
		"method", "keyed", "rewritten", "wholeFile", "tested", "stubAbove"} {
		wanted = append(wanted, Signature{Name: name, Out: []string{"int"}})
	}
	builder := sandboxtest.Builder(t)
	program := New(cells)
	if program.Unanswered("stubAbove") {
		t.Error("the stub counts, and not the answer")
	}
	c, err := program.Compile(t.Context(), builder, sandbox.Limits{}, wanted...)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for _, s := range wanted {
		if c.Unavailable[s.Name] != nil {
			t.Errorf("%s is unavailable: %v", s.Name, c.Unavailable[s.Name])
			continue
		}
		if r, err := c.Call(t.Context(), s.Name); err != nil || r.Status != sandbox.Answered || r.Values[0] != 7 {
			t.Errorf("%s: %+v, %v", s.Name, r, err)
		}
	}
}

// A function beside a stub may be the answer.
func TestAFunctionBesideAStubIsFound(t *testing.T) {
	stub := "func double(x []float64) []float64 { panic(\"not written yet\") }"
	other := Signature{Name: "other", Out: []string{"int"}}
	cells := func(more ...string) []Cell {
		all := []Cell{{Name: "one", Source: stub, Stub: true}, {Name: "given", Source: "func given(x []float64) []float64 { return x }", Given: true}, {Name: "one", Source: stub}}
		for _, source := range more {
			all = append(all, Cell{Name: "no. 7", Source: source})
		}
		return all
	}
	for name, c := range map[string]struct {
		cells []Cell
		want  []string
	}{
		"nothing":                   {cells(), nil},
		"other names of parameters": {cells(strings.ReplaceAll(stub, "x []", "values []")), nil},
		"another name":              {cells("func Double(values []float64) []float64 {\n\treturn values\n}"), []string{"Double"}},
		"another type":              {cells("func Double(values, more []float64) []float64 { return values }"), nil},
		"a helper used":             {cells("func help(values []float64) []float64 { return values }\nfunc other() int { return len(help(nil)) }"), nil},
	} {
		p := New(c.cells)
		var got []string
		for _, found := range p.Beside(double, double, other) {
			got = append(got, found.Text)
		}
		if !p.Unanswered("double") || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
