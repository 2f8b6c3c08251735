package answer

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"rnn101/internal/grading/answer/cells"
	"rnn101/internal/grading/sandbox"
	"rnn101/internal/grading/sandbox/sandboxtest"
)

func TestMain(m *testing.M) {
	sandbox.RunIfWorker()
	os.Exit(m.Run())
}

var double = Signature{Name: "double", In: []string{"[]float64"}, Out: []string{"[]float64"}}

func compile(t *testing.T, wanted []Signature, sources ...string) *Compiled {
	t.Helper()
	b := sandboxtest.Builder(t)
	var cells []Cell
	for i, source := range sources {
		cells = append(cells, Cell{Name: fmt.Sprintf("task-%d", i+1), Source: source})
	}
	c, err := New(cells).Compile(t.Context(), b, sandbox.Limits{Time: 3 * time.Second}, wanted...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

const right = "func double(x []float64) []float64 {\n\ty := make([]float64, len(x))\n\tfor i := range x {\n\t\ty[i] = 2 * x[i]\n\t}\n\treturn y\n}\n"

// Whatever else is in the cells, the function is called.
func TestARightAnswerIsCalled(t *testing.T) {
	for name, sources := range map[string][]string{
		"plain":                       {right},
		"Windows line ends":           {strings.ReplaceAll(right, "\n", "\r\n")},
		"a byte-order mark":           {"\ufeff" + right},
		"lines for the kernel":        {"%noautoget\n!echo x\n" + right + "%%\nshow.Matrix(\"y\", double(x))\nos.Exit(0)\n"},
		"the latest wins":             {"func double(x []float64) []float64 { return nil }", right},
		"redeclared by type":          {"type double []float64", right},
		"a cell that is not Go":       {"%%writefile x\nfunc (", right},
		"a broken cell beside it":     {"func other( {", right},
		"a broken function beside it": {right + "\nfunc other() int { return \"x\" }"},
		"unused variable elsewhere":   {right, "func other() { x := 1 }"},
		"helpers":                     {"var two = float64(len(pair{}))\n\ntype pair [2]int\n\nfunc (p pair) n() int { return len(p) }\n\nfunc twice(x float64) float64 { return two * x }", "func double(x []float64) []float64 {\n\ty := make([]float64, len(x))\n\tfor i := range y {\n\t\ty[i] = twice(x[i])\n\t}\n\treturn y\n}"},
		"iota":                        {"const (\n\tzero = iota\n\tone\n\ttwo\n)\n" + strings.Replace(right, "2 * x", "two * x", 1)},
		"gonum":                       {"import (\n\t\"gonum.org/v1/gonum/floats\"\n)\n\nfunc double(x []float64) []float64 { return floats.ScaleTo(make([]float64, len(x)), 2, x) }"},
		"an import of another cell":   {"import \"math\"", strings.Replace(right, "2 * x", "math.Sqrt(4) * x", 1)},
		"an import that is shadowed":  {"import \"math\"\n" + strings.Replace(right, "2 * x", "func() float64 { math := []float64{2}; return math[0] }() * x", 1)},
		"printing":                    {"import \"fmt\"\n" + strings.Replace(right, "\treturn", "\tfmt.Println(y)\n\tprintln(1)\n\treturn", 1)},
		"Korean":                      {"// 두 배로 만든다\nfunc double(입력 []float64) []float64 {\n\t출력 := []float64{}\n\tfor _, 값 := range 입력 { /* 더한다 */ 출력 = append(출력, 값+값) }\n\treturn 출력\n}"},
		"another name for a type":     {"type vector = []float64\n\nfunc double(x vector) vector { return append(x[:0:0], x[0]*2, x[1]*2, x[2]*2) }"},
		"an init that exits":          {"import \"os\"\nfunc init() { os.Exit(0) }", right},
		"a variable that panics":      {"var x = func() int { panic(1) }()", right},
		"directives":                  {"//go:build never\n\n//line x.go:1\n//go:linkname double runtime.exit\n" + right + "\n/*\n#include <x>\n*/\n"},
		"embed":                       {"import _ \"embed\"\n\n//go:embed x\nvar x string\n", right},
		"wasmimport":                  {"//go:wasmimport sandbox answer\nfunc host(p, n uint32)\n", right},
		"generics":                    {"func each[T any](x []T, f func(T) T) (y []T) {\n\tfor _, v := range x {\n\t\ty = append(y, f(v))\n\t}\n\treturn y\n}", "func double(x []float64) []float64 { return each(x, func(v float64) float64 { return 2 * v }) }"},
		"its own main":                {right + "\nfunc main() { panic(1) }"},
		"a len of its own":            {strings.Replace(right, "len(x)", "len(x, 1)", 1) + "\nfunc len(x []float64, n int) int { return n * cap(x[:3:3]) }\n"},
		"make and append":             {"func make(n int) (y []float64) { return []float64{0, 0, 0}[:n] }\n\nfunc append(y []float64, i int, v float64) []float64 { y[i] = v; return y }\n\nfunc double(x []float64) []float64 {\n\ty := make(len(x))\n\tfor i, v := range x {\n\t\ty = append(y, i, 2*v)\n\t}\n\treturn y\n}"},
		"types by other names":        {"type any = float64\n\ntype string = []any\n\ntype uint64 struct{}\n\nconst nil = 2\n\nfunc double(x string) (y string) {\n\t_ = uint64{}\n\tfor _, v := range x {\n\t\ty = append(y, nil*v)\n\t}\n\treturn y\n}"},
		"names of the caller":         {right + "\nvar json, os, unsafe, table, raw = 1, 2, 3, 4, 5\nfunc answer() {}\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := compile(t, []Signature{double}, sources...)
			if c.Unavailable["double"] != nil {
				t.Fatalf("it is unavailable: %v", c.Unavailable["double"])
			}
			r, err := c.Call(t.Context(), "double", []float64{1, -2, 0.1})
			if err != nil {
				t.Fatal(err)
			}
			if r.Status != sandbox.Answered {
				t.Fatalf("%+v", r)
			}
			if y, ok := r.Values[0].([]float64); !ok || !slices.Equal(y, []float64{2, -4, 0.2}) || r.Changed != nil {
				t.Errorf("%+v", r)
			}
		})
	}
}

// A function that is not declared or does not compile has diagnostics with the student's
// lines; the other function can be called.
func TestAnUnavailableFunctionHasItsReason(t *testing.T) {
	other := Signature{Name: "other", Out: []string{"int"}}
	for name, c := range map[string]struct{ source, says string }{
		"not there":            {"", "no cell declares func double"},
		"a word too many":      {"func double(x []float64) []float64 {\n\treturn x x\n}", "cell task-1, line 2: expected"},
		"a wrong type":         {"// a comment\nfunc double(x []float64) []float64 {\n\n\treturn 1\n}", "cell task-1, line 4: cannot use 1"},
		"an unused variable":   {"%noautoget\nfunc double(x []float64) []float64 {\n\ty := 1\n\treturn x\n}", "cell task-1, line 3: declared and not used: y"},
		"a helper that fails":  {"func double(x []float64) []float64 { return help(x) }\n\nfunc help(x []float64) []float64 { return 1 }", "cell task-1, line 3: cannot use 1"},
		"another type":         {"func double(x float64) float64 { return 2 * x }", "it must be declared as func double([]float64) []float64"},
		"a package for files":  {"import \"os\"\nfunc double(x []float64) []float64 { os.Exit(0); return x }", "cell task-1, line 2: os.Exit cannot be used in an answer: of the package \"os\" only Stderr, Stdout"},
		"the answers' package": {"import \"rnn101/rnnkit\"\nfunc double(x []float64) []float64 { rnnkit.Softmax(x, x); return x }", "\"rnn101/rnnkit\" cannot be used"},
		"unsafe":               {"import \"unsafe\"\nfunc double(x []float64) []float64 { _ = unsafe.Pointer(&x); return x }", "\"unsafe\" cannot be used"},
		"C":                    {"import \"C\"\nfunc double(x []float64) []float64 { C.exit(0); return x }", "\"C\" cannot be used"},
		"a dot import":         {"import . \"os\"\nfunc double(x []float64) []float64 { Exit(0); return x }", "of the package \"os\" only Stderr, Stdout can be used"},
		"a forgotten import":   {"func double(x []float64) []float64 {\n\tos.Exit(0)\n\treturn x\n}", "cell task-1, line 2: os.Exit cannot be used"},
		"by a helper":          {"import \"net/http\"\nfunc double(x []float64) []float64 { return help(x) }\nfunc help(x []float64) []float64 { http.Get(\"\"); return x }", "cell task-1, line 3: the package \"net/http\" cannot be used"},
		"no body":              {"func double(x []float64) []float64", "no cell declares func double"},
		"too long a cell":      {right + "// " + strings.Repeat("x", cells.MaxSource), "at most 262144 are read"},
		"a variable":           {"var double = 1", "it must be declared as func double([]float64) []float64"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			compiled := compile(t, []Signature{double, other}, c.source, "func other() int { return 7 }")
			reason := fmt.Sprint(compiled.Unavailable["double"])
			if !strings.Contains(reason, c.says) {
				t.Errorf("the reason is %s, want %q", reason, c.says)
			}
			if r, err := compiled.Call(t.Context(), "other"); err != nil || r.Status != sandbox.Answered || r.Values[0] != 7 {
				t.Errorf("the other function: %+v, %v", r, err)
			}
		})
	}
}

// An error in a helper costs what needs it, through any number of others, in one round of the compiler.
func TestAChainOfHelpersCostsWhatNeedsIt(t *testing.T) {
	source := "var first, last = 1, 2\n\nfunc f0() float64 { unused := 1; return 2 }\n"
	for i := range 40 {
		source += fmt.Sprintf("func f%d() float64 { return f%d() }\n", i+1, i)
	}
	source += "type point struct{ f0 int }\n\nfunc key() point { return point{f0: 1} }\n\nfunc shadow(f40 int) int { return f40 }\n\nfunc max(x int) int { return \"x\" }\n"
	p := New([]Cell{{Name: "a", Source: source}, {Name: "b", Source: "func two() float64 { return f40() }\n\nfunc other() int { return first + shadow(max(1, 2)) }"}})
	if !p.RemoveRejected("# submission\n./cell0.go:3:23: declared and not used: unused\n./cell0.go:50:34: cannot use \"x\"\n") {
		t.Error("nothing was removed")
	}
	for name, want := range map[string]bool{"f0": false, "f40": false, "two": false, "key": true, "shadow": true, "other": true, "max": false} {
		if got := p.Declares(name); got != want {
			t.Errorf("%s is declared: %v, want %v", name, got, want)
		}
	}
	c := compile(t, []Signature{double, {Name: "other", Out: []string{"int"}}}, source[:strings.Index(source, "type point")]+strings.Replace(right, "2 * x", "f40() * x", 1), "func other() int { return first }")
	if reason := fmt.Sprint(c.Unavailable["double"]); !strings.Contains(reason, "cell task-1, line 3: declared and not used: unused") || c.Unavailable["other"] != nil {
		t.Errorf("double: %s, other: %v", reason, c.Unavailable["other"])
	}
}

// The name of the package is no message.
func TestARejectionIsNamedByItsFirstMessage(t *testing.T) {
	for messages, want := range map[string]string{
		"# submission\n./main.go:1:2: too large\n": "it does not compile: ./main.go:1:2: too large", "# submission\n": "it does not compile", "the compiler needs more than 20s": "it does not compile: the compiler needs more than 20s",
	} {
		if got := notCompiled(messages).Text; got != want {
			t.Errorf("%q: %q, want %q", messages, got, want)
		}
	}
}

// In the further program a function calls the reference in place of what is replaced, whatever the
// student declares there, and nothing else can.
func TestOnlyWhatIsReplacedIsTheReference(t *testing.T) {
	const reference = "package reference\n\nfunc Half(x float64) float64 { return x / 2 }\n\nfunc Third(x float64) float64 { return x / 3 }\n"
	number := func(name string) Signature {
		return Signature{Name: name, In: []string{"float64"}, Out: []string{"float64"}}
	}
	c := compile(t, []Signature{number("half"), number("third"), number("sixth"), number("broken"), number("alone")},
		"type T = float64\n\nfunc half(x float64) float64 { return -1 }\n\nfunc third(x float64) float64 { unused := 1; return half(x) }",
		"func sixth(x T) T { return half(third(x)) }\n\nfunc broken(x float64) float64 { return half(x) + reference.Third(x) + x0.Half(x) }\n\nvar slow = func() float64 { panic(1) }()\n\nfunc alone(x float64) float64 { return half(x) * slow }")
	further, err := c.WithReference(t.Context(), reference, Variant{number("sixth"), []string{"half", "third"}}, Variant{number("third"), []string{"half"}}, Variant{number("broken"), []string{"half"}}, Variant{number("alone"), []string{"half"}})
	if err != nil {
		t.Fatal(err)
	}
	defer further.Close()
	if r, err := further.Call(t.Context(), "sixth", 12.0); err != nil || r.Status != sandbox.Answered || r.Values[0] != 2.0 {
		t.Errorf("sixth: %+v, %v, %v", r, err, further.Unavailable)
	}
	if r, err := further.Call(t.Context(), "alone", 1.0); err != nil || r.Status != sandbox.Panicked {
		t.Errorf("alone: %+v, %v, %v", r, err, further.Unavailable)
	}
	for _, name := range []string{"third", "broken"} {
		if further.Unavailable[name] == nil {
			t.Errorf("%s can be called", name)
		}
	}
	if _, err := further.Call(t.Context(), "half", 1.0); err == nil {
		t.Error("the function of the reference can be called itself")
	}
	if !c.Uses("sixth", "half") || c.Uses("half", "third") {
		t.Error("Uses is wrong")
	}
}

// One function may need something that ends every program, or is too much for the compiler.
// The other function can be called.
func TestAFailureDoesNotAffectOtherFunctions(t *testing.T) {
	other := Signature{Name: "other", Out: []string{"int"}}
	for name, c := range map[string]struct {
		source string
		want   sandbox.Status // of double; "" if it is unavailable
	}{
		"a variable that panics":    {"var two = func() float64 { panic(1) }()", sandbox.Panicked},
		"a variable out of range":   {"var none []float64\n\nvar two = none[0]", sandbox.Panicked},
		"a variable without an end": {"func loop() float64 { for { } }\n\nvar two = loop()", sandbox.TimedOut},
		"too large a program":       {"var all [1 << 35]float64\n\nvar two = 2 * all[1]", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			compiled := compile(t, []Signature{double, other}, c.source+"\n\n"+strings.Replace(right, "2 * x", "two * x", 1), "var seven = 7\n\nfunc other() int { return seven }")
			if reason := compiled.Unavailable["double"]; (reason != nil) != (c.want == "") {
				t.Fatalf("unavailable: %v", reason)
			}
			if c.want != "" {
				if r, err := compiled.Call(t.Context(), "double", []float64{1}); err != nil || r.Status != c.want {
					t.Errorf("double: %+v, %v; want %s", r, err, c.want)
				}
			}
			if r, err := compiled.Call(t.Context(), "other"); err != nil || r.Status != sandbox.Answered || r.Values[0] != 7 {
				t.Errorf("the other function: %+v, %v, %v", r, err, compiled.Unavailable["other"])
			}
		})
	}
}

// Code of the assignment can be used. What is not allowed in it is no diagnostic.
func TestGivenCodeIsUsed(t *testing.T) {
	given := Cell{Name: "given", Given: true, Source: "import (\n\t\"math\"\n\t\"rnn101/show\"\n)\n\nvar two = math.Sqrt(4)\n%%\nshow.Text(\"x\")"}
	p := New([]Cell{given, {Name: "task-1", Source: strings.Replace(right, "2 * x", "math.Abs(two) * x", 1)}})
	if len(p.Diagnostics()) > 0 {
		t.Errorf("%v", p.Diagnostics())
	}
	if source := p.Source("double"); !strings.Contains(source, "var two") || !strings.Contains(source, "import math") || strings.Contains(source, "show") {
		t.Error(source)
	}
}

func TestAPanicNamesCellAndLine(t *testing.T) {
	c := compile(t, []Signature{double}, "func help(x []float64) float64 {\n\t// too far\n\treturn x[len(x)]\n}", "%noautoget\n\nfunc double(x []float64) []float64 { return []float64{help(x)} }")
	r, err := c.Call(t.Context(), "double", []float64{1})
	if err != nil {
		t.Fatal(err)
	}
	if r.Status != sandbox.Panicked || r.Panic.Cell != "task-1" || r.Panic.Line != 3 || !strings.Contains(r.Panic.Text, "index out of range [1] with length 1") {
		t.Errorf("%+v", r)
	}
}

func TestAChangedArgumentIsReported(t *testing.T) {
	c := compile(t, []Signature{{Name: "f", In: []string{"[]float64", "[][]float64", "int"}, Out: []string{"int"}}}, "func f(x []float64, m [][]float64, n int) int { m[1][0] = 9; n++; return n }")
	r, err := c.Call(t.Context(), "f", []float64{1}, [][]float64{{1}, {2}}, 3)
	if err != nil || r.Values[0] != 4 || !slices.Equal(r.Changed, []int{1}) {
		t.Errorf("%+v, %v", r, err)
	}
}

// Arguments and results keep every bit.
func TestValuesAreEncodedWithoutLoss(t *testing.T) {
	kinds := []string{"float64", "[]float64", "[][]float64", "[][][]float64", "int", "[]int", "string", "[]string"}
	values := []any{math.Inf(-1), []float64{math.NaN(), 0.1, math.Copysign(0, -1)}, [][]float64{{1, 2}, nil, {}}, [][][]float64{{{5e-324}}},
		math.MaxInt, []int{-1}, "방망이\x00", []string(nil)}
	var parameters []string
	for i, kind := range kinds {
		parameters = append(parameters, fmt.Sprintf("p%d %s", i, kind))
	}
	c := compile(t, []Signature{{Name: "same", In: kinds, Out: kinds}}, fmt.Sprintf("func same(%s) (%s) { return p0, p1, p2, p3, p4, p5, p6, p7 }", strings.Join(parameters, ", "), strings.Join(kinds, ", ")))
	r, err := c.Call(t.Context(), "same", values...)
	if err != nil || r.Status != sandbox.Answered || r.Changed != nil {
		t.Fatalf("%+v, %v, %v", r, err, c.Unavailable)
	}
	if got, want := fmt.Sprintf("%#v", r.Values), fmt.Sprintf("%#v", values); got != want {
		t.Errorf("the results are\n%s, the arguments were\n%s", got, want)
	}
}
