package class

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"rnn101/internal/grading/roster"
	"rnn101/internal/grading/sandbox/sandboxtest"
)

// The points of a1: one-hot 3, product 4, step 6, forward 7. step calls product's function, forward
// all; they are also graded with right ones. A result of forward that is right has half of the points. Most hostile code runs in forward, in the visible example only, which has 2 points.
const (
	all            = 20.0
	withoutForward = 13.0
	withoutExample = 18.0
	withoutOneHot  = 17.0
	halfOfForward  = 16.5
	oneHotOnly     = 3.0
	nothing        = 0.0
)

// Which limit is reached first depends on the machine.
const memoryOrTime = "took too much memory|no answer in time"

// hostileSubmission is a submission that may harm the grader, or its student, and its expected
// grade.
type hostileSubmission struct {
	name   string
	put    func(t *testing.T, folder string) // writes it to the student's folder
	points float64
	human  bool
	says   string // part of the reason, a note or a failure
}

// edited submits the solution after an edit.
func edited(change func(p *draft)) func(*testing.T, string) {
	return func(t *testing.T, folder string) {
		p := solution(t, "a1")
		change(p)
		put(t, p.bytes(), folder, "a1.ipynb")
	}
}

// file submits the text of the solution's file after a change.
func file(change func(text string) string) func(*testing.T, string) {
	return func(t *testing.T, folder string) {
		put(t, []byte(change(string(solution(t, "a1").bytes()))), folder, "a1.ipynb")
	}
}

// appends adds declarations after forward.
func appends(source string) func(*testing.T, string) {
	return edited(func(p *draft) { p.append("forward", source) })
}

// forward adds lines at the beginning of forward, and perhaps an import.
func forward(imports, lines string) func(*testing.T, string) {
	return edited(func(p *draft) {
		const head = "(states, outputs [][]float64) {\n"
		p.replace("forward", head, head+lines+"\n")
		if imports != "" {
			c, _ := p.cell("forward")
			c["source"] = "import \"" + imports + "\"\n\n" + c["source"].(string)
		}
	})
}

// inExample adds lines that run in the visible example of forward only.
func inExample(imports, lines string) func(*testing.T, string) {
	return forward(imports, "\tif U[0][0] == 0.5 && len(words) == 2 {\n"+lines+"\n\t}")
}

var hostileSubmissions = []hostileSubmission{
	// The container.
	{"empty", file(func(string) string { return "" }), nothing, true, "the file is empty"},
	{"not JSON", file(func(string) string { return "my answers: see my mail" }), nothing, true, "the file is not a notebook"},
	{"truncated", file(func(s string) string { return s[:len(s)/2] }), nothing, true, "the file is not a notebook"},
	{"a byte-order mark", file(func(s string) string { return "\ufeff" + s }), all, false, ""},
	{"UTF-16", file(func(s string) string { return "\xff\xfe{\x00" }), nothing, true, "UTF-16"},
	{"invalid UTF-8", file(func(s string) string { return strings.Replace(s, "// oneHot gives", "// \xb1\xe8 gives", 1) }), all, false, "not valid UTF-8"},
	{"a list", file(func(string) string { return "[]" }), nothing, true, "the file is not a notebook"},
	{"null", file(func(string) string { return "null" }), nothing, true, "no answer cell"},
	{"deeply nested", file(func(string) string { return strings.Repeat("[", 100_000) }), nothing, true, "the file is not a notebook"},
	{"cells as a string", file(func(string) string { return `{"nbformat":4,"cells":"none"}` }), nothing, true, "the file is not a notebook"},
	{"format 3", edited(func(p *draft) {
		for _, c := range p.cells() {
			if c.(object)["cell_type"] == "code" {
				c.(object)["input"] = c.(object)["source"]
				delete(c.(object), "source")
			}
		}
		p.nb["worksheets"], p.nb["nbformat"] = []any{object{"cells": p.cells()}}, 3
		delete(p.nb, "cells")
	}), all, false, "format 3"},
	{"source as lines", edited(func(p *draft) {
		for _, c := range p.cells() {
			c.(object)["source"] = strings.SplitAfter(c.(object)["source"].(string), "\n")
		}
	}), all, false, ""},
	{"source as a number", edited(func(p *draft) { c, _ := p.cell("one-hot"); c["source"] = 7 }), withoutOneHot, false, "neither text nor a list"},
	{"points that are NaN", file(func(s string) string { return strings.ReplaceAll(s, `"points":2`, `"points":NaN`) }), all, false, ""},
	{"100 MB of output", edited(func(p *draft) {
		c, _ := p.cell("one-hot-example")
		c["outputs"] = []any{object{"output_type": "stream", "name": "stdout", "text": strings.Repeat("all right\n", 10<<20)}}
	}), all, false, ""},
	{"300 MB", func(t *testing.T, folder string) {
		put(t, solution(t, "a1").bytes(), folder, "a1.ipynb")
		if err := os.Truncate(filepath.Join(folder, "a1.ipynb"), 300<<20); err != nil {
			t.Fatal(err)
		}
	}, nothing, true, "the file has 300 MB; at most 256 MB are read"},
	{"a folder instead of a file", func(t *testing.T, folder string) { put(t, nil, folder, "a1.ipynb", "x.txt") }, nothing, true, "no notebook among its files"},
	{"a link", func(t *testing.T, folder string) {
		put(t, solution(t, "a1").bytes(), filepath.Dir(filepath.Dir(folder)), "secret.ipynb")
		put(t, nil, folder, "x.txt")
		if err := os.Symlink(filepath.Join("..", "..", "secret.ipynb"), filepath.Join(folder, "a1.ipynb")); err != nil {
			t.Fatal(err)
		}
	}, nothing, true, "links are not followed"},

	// Which file counts.
	{"nothing handed in", func(t *testing.T, folder string) {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}, nothing, true, "nothing was handed in"},
	{"a document", func(t *testing.T, folder string) { put(t, []byte("x"), folder, "answers.docx") }, nothing, true, "no notebook among its files"},
	{"two drafts", func(t *testing.T, folder string) {
		put(t, solution(t, "a1").bytes(), folder, "draft.ipynb")
		put(t, solution(t, "a1").bytes(), folder, "draft 2.ipynb")
	}, nothing, true, "there are 2 notebooks"},
	{"a renamed file", func(t *testing.T, folder string) { put(t, solution(t, "a1").bytes(), folder, "끝판 (2).ipynb") }, all, false, ""},
	{"another notebook", func(t *testing.T, folder string) {
		put(t, draftOf(t, load(t, "a2").Solved).bytes(), folder, "a1.ipynb")
	}, nothing, true, "is it another notebook"},
	{"unchanged", func(t *testing.T, folder string) {
		put(t, draftOf(t, load(t, "a1").Edition).bytes(), folder, "a1.ipynb")
	}, nothing, false, "the cell one-hot is unchanged"},
	{"unchanged but for a comment", func(t *testing.T, folder string) {
		put(t, draftOf(t, load(t, "a1").Edition).answers(func(s string) string { return s + "\n// done" }).bytes(), folder, "a1.ipynb")
	}, nothing, false, "the cell one-hot is unchanged"},
	{"all metadata gone", edited((*draft).unmarked), all, false, "the functions were found by their names"},
	{"all metadata gone, and a function", edited(func(p *draft) { p.answer("one-hot", "").unmarked() }), withoutOneHot, true, "it has no answer cell of this assignment, and lacks oneHot"},
	{"all metadata and functions gone", edited(func(p *draft) { p.answers(func(string) string { return "" }).unmarked() }), nothing, true, "no answer cell"},
	{"another grade_id", edited(func(p *draft) { c, _ := p.cell("one-hot"); nbgraderOf(c)["grade_id"] = "one-hot2" }), all, false, "the answer cell one-hot is missing"},
	{"an answer deleted", edited(func(p *draft) { _, i := p.cell("one-hot"); p.nb["cells"] = append(p.cells()[:i:i], p.cells()[i+1:]...) }), withoutOneHot, false, "no cell declares func oneHot"},
	{"a check deleted", edited(func(p *draft) {
		_, i := p.cell("step-hidden")
		p.nb["cells"] = append(p.cells()[:i:i], p.cells()[i+1:]...)
	}), all, false, ""},
	{"a check rewritten", edited(func(p *draft) {
		p.answer("one-hot", "")
		c, _ := p.cell("one-hot-example")
		c["source"] = "func oneHot(n, i int) []float64 { return nil }"
	}), withoutOneHot, false, "it is nil"},
	{"a check with its own result", edited(func(p *draft) {
		p.answer("forward", "")
		for _, id := range []string{"forward-example", "forward-hidden"} {
			c, _ := p.cell(id)
			c["outputs"] = []any{object{"output_type": "execute_result", "execution_count": 1, "metadata": object{}, "data": object{"text/plain": "7"}}}
		}
	}), withoutForward, false, "no cell declares func forward"},
	{"an answer twice", edited(func(p *draft) { p.insert(-1, p.copyOf("one-hot", "func oneHot(n, i int) []float64 { return nil }")) }), withoutOneHot, false, "appears 2 times"},
	{"an answer in masses", edited(func(p *draft) {
		for range 30 {
			p.insert(-1, p.copyOf("one-hot", "x"))
		}
	}), nothing, true, "appears more than 20 times"},
	{"a check as an answer", edited(func(p *draft) { c, _ := p.cell("one-hot-example"); nbgraderOf(c)["solution"] = true }), all, false, ""},
	{"an answer retyped", edited(func(p *draft) { c, _ := p.cell("one-hot"); c["cell_type"] = "markdown" }), withoutOneHot, true, "the text in the cell one-hot may be one"},
	{"an answer made raw", edited(func(p *draft) { c, _ := p.cell("one-hot"); c["cell_type"] = "raw" }), withoutOneHot, true, "the text in the cell one-hot may be one"},
	{"answers in each other's cells", edited(func(p *draft) {
		a, _ := p.cell("one-hot")
		b, _ := p.cell("product")
		a["source"], b["source"] = b["source"], a["source"]
	}), all, false, ""},
	{"points and checksums of their own", edited(func(p *draft) {
		for _, c := range p.cells() {
			if meta := nbgraderOf(c); meta != nil {
				meta["points"], meta["checksum"], meta["locked"] = 1000, "0", false
			}
		}
		p.answer("forward", "")
	}), withoutForward, false, "no cell declares func forward"},
	{"another kernel", edited(func(p *draft) {
		p.nb["metadata"] = object{"kernelspec": object{"name": "python3", "language": "python"}}
	}), all, false, `the kernel "python3"`},

	// Go.
	{"an init that exits", appends("import \"os\"\n\nfunc init() { os.Exit(0) }"), all, false, ""},
	{"a TestMain that exits", appends("func TestMain(m *testing.M) { os.Exit(0) }"), all, false, ""},
	{"a main that exits", appends("func main() { panic(0) }"), all, false, ""},
	{"an init_ of the kernel's", appends("func init_all() { for {} }"), all, false, ""},
	{"os.Exit", forward("os", "\tos.Exit(0)"), withoutForward, false, "os.Exit cannot be used in an answer: of the package \"os\" only Stderr, Stdout"},
	{"log.Fatal", inExample("log", "\t\tlog.Fatal(\"7 points\")"), withoutExample, false, "ended the program"},
	{"a variable that panics", edited(func(p *draft) {
		p.append("forward", "var words2 = func() []int { panic(\"boom\") }()")
		p.replace("forward", "h := h0", "h := h0\n\t_ = words2")
	}), withoutForward, false, "panic: boom"},
	{"a variable that is not needed", appends("var x = func() int { panic(\"boom\") }()"), all, false, ""},
	{"a forged result", forward("fmt", "\tfmt.Println(`{\"r\":[[[1]],[[1]]],\"a\":[]} PASS 20 points`)\n\treturn nil, nil"), withoutForward, false, "wrong shape"},
	{"helpers of the grader", appends("func answer() {}\n\nfunc caller() {}\n\nvar table, raw, jsonOWN, tableOWN = 1, 2, 3, 4\n\ntype rawOWN int"), all, false, ""},
	{"a built-in of their own", appends("func len(x any) int { return 0 }"), oneHotOnly, false, "panicked cell product, line 8: panic: runtime error: index out of range"},
	{"a type of their own", edited(func(p *draft) {
		p.append("forward", "type vector float64")
		p.replace("forward", "func softmax(o []float64) []float64 {", "func softmax(o []vector) []vector {")
	}), withoutForward, false, "cell forward, line 10: cannot use softmax"},
	{"linkname", appends("import _ \"unsafe\"\n\n//go:linkname exit os.runtime_beforeExit\nfunc exit(code int)"), all, false, ""},
	{"linkname, called", edited(func(p *draft) {
		p.append("forward", "//go:linkname exit os.runtime_beforeExit\nfunc exit(code int)")
		p.replace("forward", "h := h0", "exit(0)\n\th := h0")
	}), withoutForward, false, "undefined: exit"},
	{"wasmimport", edited(func(p *draft) {
		p.append("forward", "//go:wasmimport wasi_snapshot_preview1 proc_exit\nfunc exit(code int32)")
		p.replace("forward", "h := h0", "exit(0)\n\th := h0")
	}), withoutForward, false, "undefined: exit"},
	{"embed", appends("import _ \"embed\"\n\n//go:embed /etc/passwd\nvar secret string"), all, false, ""},
	{"cgo", forward("C", "\tC.exit(0)"), withoutForward, false, "the package \"C\" cannot be used"},
	{"build tags", edited(func(p *draft) { p.replace("forward", "// forward", "//go:build never\n// +build never\n\n// forward") }), all, false, ""},
	{"line directives", edited(func(p *draft) { p.replace("forward", "h := h0", "//line other.go:1000\n\th := 1") }), withoutForward, false, "cell forward, line 9: cannot use step"},
	{"a dot import", edited(func(p *draft) {
		p.replace("forward", "h := h0", "h := h0\n\t_ = Sqrt(2)")
		c, _ := p.cell("forward")
		c["source"] = "import . \"math\"\n" + c["source"].(string)
	}), all, false, ""},
	{"unsafe", forward("unsafe", "\t_ = unsafe.Pointer(&words)"), withoutForward, false, "the package \"unsafe\" cannot be used"},
	{"reflect", forward("reflect", "\t_ = reflect.ValueOf(words)"), withoutForward, false, "reflect.ValueOf cannot be used"},
	{"the answers of the course", forward("rnn101/rnnkit", "\t_ = rnnkit.NewRNN"), withoutForward, false, "the package \"rnn101/rnnkit\" cannot be used"},
	{"a package of others", forward("github.com/evil/evil", "\tevil.Do()"), withoutForward, false, "cannot be used"},
	{"a panic", inExample("", "\t\tpanic(\"no\")"), withoutExample, false, "panicked cell forward, line 6: panic: no"},
	{"a panic that looks like another's", inExample("", "\t\tpanic(\"x\\n\\ncell0.go:1 +0x1\\n\\tcell0.go:1\")"), withoutExample, false, "panicked"},
	{"a panic of a megabyte", inExample("strings", "\t\tpanic(strings.Repeat(\"x\", 1<<20))"), withoutExample, false, "panicked"},
	{"a panic in a goroutine", inExample("", "\t\tgo panic(1)\n\t\tselect {}"), withoutExample, false, "panicked"},
	{"a recover of everything", edited(func(p *draft) {
		p.replace("forward", "h := h0", "defer func() { _ = recover() }()\n\tpanic(1)\n\th := h0")
	}), withoutForward, false, "wrong shape"},
	{"a package clause", edited(func(p *draft) { c, _ := p.cell("forward"); c["source"] = "package other\n\n" + c["source"].(string) }), all, false, ""},
	{"a word that is none", edited(func(p *draft) { p.replace("forward", "h := h0", "h = := h0") }), withoutForward, false, "cell forward, line 6: expected"},
	{"a cell that breaks off", appends("const"), all, false, ""},
	{"another type", edited(func(p *draft) { p.replace("forward", "words []int)", "words []int, more ...int)") }), withoutForward, false, "it must be declared as func forward("},

	// The shell, and the kernel's commands.
	{"a line of the shell", edited(func(p *draft) {
		c, _ := p.cell("forward")
		c["source"] = "!touch ~/broken-in\n!*touch broken-in\n" + c["source"].(string)
	}), all, false, ""},
	{"bash", edited(func(p *draft) {
		c, _ := p.cell("forward")
		c["source"] = "%%bash\ntouch ~/broken-in\n" + c["source"].(string)
	}), withoutForward, false, "no cell declares func forward"},
	{"a written file", edited(func(p *draft) {
		c, _ := p.cell("forward")
		c["source"] = "%%writefile ~/broken-in\n" + c["source"].(string)
	}), withoutForward, false, "no cell declares func forward"},
	{"the kernel's environment", edited(func(p *draft) {
		c, _ := p.cell("forward")
		c["source"] = "%env GOFLAGS=-toolexec=/bin/false\n%goflags -toolexec=/bin/false\n%cd /\n" + c["source"].(string)
	}), all, false, ""},
	{"wasm for the page", edited(func(p *draft) { c, _ := p.cell("forward"); c["source"] = "%wasm\n" + c["source"].(string) }), all, false, ""},

	// Time and memory.
	{"a loop without an end", inExample("", "\t\tfor {\n\t\t}"), withoutExample, false, "no answer in time"},
	{"a deadlock", inExample("", "\t\t<-make(chan int)"), withoutExample, false, "deadlock"},
	{"a recursion without an end", edited(func(p *draft) {
		p.append("forward", "func down(n int) int { return down(n+1) + 1 }")
		p.replace("forward", "h := h0", "if U[0][0] == 0.5 {\n\t\tdown(0)\n\t}\n\th := h0")
	}), withoutExample, false, memoryOrTime},
	{"a huge allocation", inExample("", "\t\tall := [][]byte{}\n\t\tfor {\n\t\t\tall = append(all, make([]byte, 1<<26))\n\t\t\tall[len(all)-1][1<<20] = 1\n\t\t}"), withoutExample, false, "took too much memory"},
	{"a slice too long", inExample("", "\t\tn := 1 << 40\n\t\t_ = make([]byte, n)"), withoutExample, false, "panicked"},
	{"goroutines without an end", inExample("", "\t\tfor {\n\t\t\tgo func() { select {} }()\n\t\t}"), withoutExample, false, memoryOrTime},
	{"printing without an end", inExample("fmt", "\t\tfor {\n\t\t\tfmt.Println(\"all right\")\n\t\t}"), withoutExample, false, "no answer in time"},
	{"a sleep", inExample("time", "\t\ttime.Sleep(1000 * time.Hour)"), withoutExample, false, "no answer in time"},
	{"a huge answer", inExample("slices", "\t\treturn [][]float64{slices.Repeat([]float64{0.1}, 200_000)}, nil"), withoutExample, false, "took too much memory"},
	{"a constant bomb", edited(func(p *draft) {
		p.append("forward", "const (\n\tc0 = \"xxxxxxxxxxxxxxxx\"\n"+doubling(26)+")")
		p.replace("forward", "h := h0", "_ = len(c26)\n\th := h0")
	}), withoutForward, false, "does not compile"},
	{"nested generics", edited(func(p *draft) {
		p.append("forward", "type nest[P any] struct{ f *nest[nest[P]] }")
		p.replace("forward", "h := h0", "var t nest[int]\n\t_ = t\n\th := h0")
	}), withoutForward, false, "does not compile"},
	{"a huge array", edited(func(p *draft) {
		p.append("forward", "var huge [1 << 40]byte")
		p.replace("forward", "h := h0", "huge[len(words)] = 1\n\th := h0")
	}), withoutForward, false, "does not compile"},
	{"a huge array of ones", edited(func(p *draft) {
		p.append("forward", "var ones = [1 << 28]int64{1<<28 - 1: 1}")
		p.replace("forward", "h := h0", "_ = ones[len(words)]\n\th := h0")
	}), withoutForward, false, "does not compile"},
	{"a megabyte of source", edited(func(p *draft) { p.append("forward", "// "+strings.Repeat("x", 1<<20)) }), withoutForward, false, "at most 262144 are read"},
	{"brackets without an end", edited(func(p *draft) { p.append("forward", "var deep = "+strings.Repeat("(", 100_000)) }), withoutForward, false, "does not compile"},

	// Numbers.
	{"NaN", edited(func(p *draft) {
		p.replace("forward", "return states, outputs", "outputs[0][0] = math.NaN()\n\treturn states, outputs")
	}), halfOfForward, false, "not a number"},
	{"infinity", edited(func(p *draft) {
		p.replace("forward", "return states, outputs", "outputs[0][0] = math.Inf(1)\n\treturn states, outputs")
	}), halfOfForward, false, "not a number"},
	{"nil", edited(func(p *draft) { p.replace("forward", "return states, outputs", "return nil, nil") }), withoutForward, false, "h: it is nil"},
	{"a row too many", edited(func(p *draft) {
		p.replace("forward", "return states, outputs", "return append([][]float64{h0}, states...), outputs")
	}), halfOfForward, false, "wrong shape"},
	{"a row that is nil", edited(func(p *draft) {
		p.replace("forward", "return states, outputs", "outputs[0] = nil\n\treturn states, outputs")
	}), halfOfForward, false, "all h are right, ŷ is not. ŷ: entry [0] is nil"},
	{"results exchanged", edited(func(p *draft) { p.replace("forward", "return states, outputs", "return outputs, states") }), withoutForward, false, "wrong"},
	// One of the five hidden sentences has one word: there both results are right.
	{"aliased rows", edited(func(p *draft) {
		p.replace("forward", "h := h0", "h := append([]float64{}, h0...)")
		p.replace("forward", "h = step(U, W, oneHot(len(U[0]), word), h)", "copy(h, step(U, W, oneHot(len(U[0]), word), h))")
	}), halfOfForward + 0.5, false, "h_2 is right, h_1 is not"},
	{"changed inputs", edited(func(p *draft) {
		p.replace("forward", "return states, outputs", "U[0][0] = 0\n\treturn states, outputs")
	}), all, false, ""},
	{"the example hard-coded", edited(func(p *draft) {
		p.answer("one-hot", "func oneHot(n, i int) []float64 { return []float64{0, 1, 0} }")
		p.answer("product", "func times(M [][]float64, x []float64) []float64 { return []float64{0.1, 0.2} }")
		p.answer("step", "")
		p.answer("forward", "")
	}), 2, false, "wrong shape"},
	{"rounded to two decimals", edited(func(p *draft) { p.replace("forward", "y[i] /= sum", "y[i] = math.Round(100*y[i]/sum) / 100") }), halfOfForward, false, "ŷ_1: entry [0] is 0.3500, expected 0.3490"},
	{"another random number each time", forward("math/rand", "\th0 = []float64{rand.Float64(), rand.Float64()}"), withoutForward, false, "wrong value"},
}

// doubling returns constants, each twice as long as the one before.
func doubling(n int) (lines string) {
	for i := range n {
		lines += fmt.Sprintf("\tc%d = c%d + c%d\n", i+1, i, i)
	}
	return lines
}

// oddNames are names of folders. Each has the solution.
var oddNames = []string{"-rf", "=HYPERLINK(1)", "a;b&c $(touch broken-in) `x`", "%s%d", "CON", "..x", "two\nlines", strings.Repeat("name", 50), norm.NFD.String("박쥐"), "🦇"}

// isLong skips a test in the step race: many submissions take minutes there, most of them in processes that
// are built without the detector. The other tests grade small classes with it.
func isLong(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("this is long")
	}
}

// grader builds the course command.
func grader(t *testing.T) string {
	t.Helper()
	isLong(t)
	program := filepath.Join(t.TempDir(), "course")
	build := exec.Command(sandboxtest.GoTool(), "build", "-o", program, "./course")
	build.Dir = repo.Root
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}

// readGrades returns the grades in grades.json by student.
func readGrades(t *testing.T, out string) map[string]Grade {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(out, "grades.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list []Grade
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	grades := map[string]Grade{}
	for _, g := range list {
		grades[g.Student] = g
	}
	return grades
}

// messages returns all messages of a grade.
func (g Grade) messages() string {
	text := g.Reason + "\n" + strings.Join(g.Notes, "\n")
	for _, check := range g.Checks {
		for _, v := range check.Cases {
			if !v.IsRight() {
				text += fmt.Sprintf("\n%s: %s %s", check.Check, v.Kind, v.Text)
			}
		}
	}
	return text
}

// Each hostile submission gets its points and its reason. The course command grades them as
// one class, and its system calls are watched.
func TestHostileSubmissionsGetTheirPointsAndReason(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("some of these files cannot be made on Windows")
	}
	program := grader(t)
	base, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	class, out := filepath.Join(base, "class", "제출 files"), filepath.Join(base, "grades")
	for _, m := range hostileSubmissions {
		m.put(t, filepath.Join(class, m.name))
	}
	for _, name := range oddNames {
		put(t, solution(t, "a1").bytes(), class, name, "a1.ipynb")
	}
	put(t, []byte("{}"), base, "first", "kim", "a1.ipynb")
	first := exec.Command(program, "grade", "a1", filepath.Join(base, "first"), "--out", filepath.Join(base, "first grades"), "--key", keyFile(t, base), "--no-feedback")
	first.Dir = repo.Root
	if output, err := first.CombinedOutput(); err != nil { // it keeps the compiled standard library in .venv
		t.Fatalf("%v\n%s", err, output)
	}
	w := watch(t, base, out)
	command := w.command(program, "grade", "a1", class, "--out", out, "--key", keyFile(t, base), "--no-feedback")
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	w.check(t)

	grades := readGrades(t, out)
	if n := len(hostileSubmissions) + len(oddNames); len(grades) != n {
		t.Errorf("%d grades for %d submissions", len(grades), n)
	}
	for _, m := range hostileSubmissions {
		g, ok := grades[m.name]
		switch {
		case !ok:
			t.Errorf("%s is not in the table", m.name)
		case g.Points != m.points || g.NeedsHuman != m.human:
			t.Errorf("%s: %v points, needs a human: %v; want %v, %v\n%.1000s", m.name, g.Points, g.NeedsHuman, m.points, m.human, g.messages())
		case !regexp.MustCompile(pattern(m.says)).MatchString(g.messages()):
			t.Errorf("%s: the messages are %.1000s\nwant %q", m.name, g.messages(), m.says)
		}
	}
	for _, name := range oddNames {
		if g := grades[roster.Printable(strings.TrimSpace(norm.NFC.String(name)))]; g.Points != all {
			t.Errorf("%q has %v points: %s", name, g.Points, g.messages())
		}
	}
}

// keyFile writes a teacher's key and returns its file.
func keyFile(t *testing.T, base string) string {
	t.Helper()
	put(t, []byte("the key of these tests\n"), base, "key")
	return filepath.Join(base, "key")
}

// In a zip, an entry that leads out of the folder or is too large needs a human. The others are
// graded.
func TestHostileZip(t *testing.T) {
	program, good, base := grader(t), solution(t, "a1").bytes(), t.TempDir()
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	add := func(name string, mode os.FileMode, data []byte) {
		t.Helper()
		h := &zip.FileHeader{Name: name, Method: zip.Deflate}
		h.SetMode(mode)
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	add("김하늘_123_assignsubmission_file/a1.ipynb", 0o644, good)
	add("../slip/a1.ipynb", 0o644, good)
	add("slip2/../../../a1.ipynb", 0o644, good)
	add("/absolute/a1.ipynb", 0o644, good)
	add("C:\\windows\\a1.ipynb", 0o644, good)
	add("link/a1.ipynb", 0o644|os.ModeSymlink, []byte("/etc/passwd"))
	add("bomb/a1.ipynb", 0o644, make([]byte, 400<<20))
	add(norm.NFD.String("박쥐")+"/a1.ipynb", 0o644, good)
	add("twice/a1.ipynb", 0o644, good)
	add("twice/a1.ipynb", 0o644, good[:len(good)/2])
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	put(t, file.Bytes(), base, "class.zip")
	out := filepath.Join(base, "grades")
	command := exec.Command(program, "grade", "a1", filepath.Join(base, "class.zip"), "--out", out, "--key", keyFile(t, base), "--no-feedback")
	command.Dir = repo.Root
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	grades := readGrades(t, out)
	for student, want := range map[string]struct {
		points float64
		says   string // the reason why it needs a human, or ""
	}{
		"김하늘_123":  {all, ""},
		"박쥐":       {all, ""},
		"slip":     {nothing, "its name leads out of the folder"},
		"a1":       {nothing, "its name leads out of the folder"},
		"absolute": {nothing, "its name is an absolute path"},
		"C:":       {nothing, "its name is an absolute path"},
		"link":     {nothing, "links are not followed"},
		"bomb":     {nothing, "it has 400 MB unpacked; at most 256 MB are read"},
		"twice":    {nothing, "there are 2 notebooks"},
	} {
		g, ok := grades[student]
		if !ok || g.Points != want.points || g.NeedsHuman != (want.says != "") || !strings.Contains(g.Reason, want.says) {
			t.Errorf("%s, in the table: %v: %v points, %s; want %v, %q", student, ok, g.Points, g.messages(), want.points, want.says)
		}
		delete(grades, student)
	}
	if len(grades) > 0 {
		t.Errorf("unexpected students: %v", grades)
	}
}

// pattern returns a regular expression for a literal text; "|" separates alternatives.
func pattern(says string) string {
	return strings.ReplaceAll(regexp.QuoteMeta(says), `\|`, "|")
}
