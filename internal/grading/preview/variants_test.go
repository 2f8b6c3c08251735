package preview

import (
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rnn101/internal/checkout"
	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/class"
	"rnn101/internal/grading/release"
	"rnn101/internal/grading/sandbox/sandboxtest"
	"rnn101/internal/grading/submission"
	"rnn101/internal/jupyter"
	"rnn101/internal/notebook"
)

// variant is an honest way to hand in a right answer. It edits the solution.
type variant struct {
	name string
	only string // the assignment, or "" for all
	edit func(h *handedIn)
	lost bool // it does what the assignment forbids: the check says so, and points are lost
}

// handedIn is the notebook of a student.
type handedIn struct {
	*notebook.Notebook
	source *release.Source
}

// answers calls change for each answer cell with code, from the first to the last.
func (h *handedIn) answers(change func(c *notebook.Cell)) {
	for _, c := range slices.Clone(h.Cells) {
		if release.Meta(c).Solution && c.Kind == "code" {
			change(c)
		}
	}
}

// own inserts a code cell of the student's own before or after a cell.
func (h *handedIn) own(at *notebook.Cell, after int, source string) {
	i := slices.Index(h.Cells, at) + after
	h.Cells = slices.Insert(h.Cells, i, &notebook.Cell{Kind: "code", Source: source, Metadata: map[string]any{}})
}

// above inserts cells of the student's own before the first answer.
func (h *handedIn) above(sources ...string) {
	first := true
	h.answers(func(c *notebook.Cell) {
		for _, source := range sources {
			if first {
				h.own(c, 0, source)
			}
		}
		first = false
	})
}

var functionHead = regexp.MustCompile(`(?m)^func (\w+)\((?s:.*?)\{\n`)

// insideEach adds lines at the beginning of every function of the answers.
func (h *handedIn) insideEach(lines string) {
	h.answers(func(c *notebook.Cell) { c.Source = functionHead.ReplaceAllString(c.Source, "${0}\t"+lines+"\n") })
}

// stub is what an answer cell held when it was handed out.
func (h *handedIn) stub(c *notebook.Cell) string {
	for _, other := range h.source.Edition.Cells {
		if release.Meta(other).GradeID == release.Meta(c).GradeID {
			return other.Source
		}
	}
	panic("no answer cell " + release.Meta(c).GradeID)
}

func (h *handedIn) cell(id string) *notebook.Cell {
	for _, c := range h.Cells {
		if release.Meta(c).GradeID == id {
			return c
		}
	}
	panic("no cell " + id)
}

func inside(lines string, above ...string) func(*handedIn) {
	return func(h *handedIn) { h.above(above...); h.insideEach(lines) }
}

func answered(id, source string) func(*handedIn) {
	return func(h *handedIn) { h.cell(id).Source = source }
}

var variants = []variant{
	{name: "as the solution", edit: func(h *handedIn) {}},
	{name: "imports left out", edit: inside("_, _, _ = slices.Max([]int{1}), strings.Repeat(\"x\", 2), sort.IsSorted(sort.IntSlice{})")},
	{name: "imports of gonum left out", edit: inside("_, _ = floats.Sum([]float64{1}), mat.NewDense(1, 1, nil)")},
	{name: "an import in a cell of its own", edit: inside("_, _ = str.Repeat(\"x\", 2), Sqrt(4)", "import (\n\tstr \"strings\"\n\t. \"math\"\n\t_ \"embed\"\n)")},
	{name: "printing", edit: inside("fmt.Fprintln(os.Stderr, \"here\"); fmt.Println(1); println(2); log.Println(3)")},
	{name: "what computes", edit: inside("_, _, _, _ = new(sync.Mutex), new(atomic.Int64), list.New(), big.NewInt(scalarOf(1))", "import \"gonum.org/v1/gonum/floats/scalar\"\n\nfunc scalarOf(x float64) int64 { return int64(scalar.Round(x, 0)) }")},
	{name: "iterators and goroutines", edit: inside("count(func(yield func(int) bool) { _ = yield(1) && yield(2) })",
		"func count(numbers iter.Seq[int]) (n int) {\n\tvar all sync.WaitGroup\n\tfound := make(chan int, 9)\n\tfor x := range numbers {\n\t\tall.Go(func() { found <- x })\n\t}\n\tall.Wait()\n\tclose(found)\n\tfor range found {\n\t\tn++\n\t}\n\treturn n\n}")},
	{name: "answers below the stubs", edit: func(h *handedIn) {
		h.answers(func(c *notebook.Cell) {
			h.own(c, 1, c.Source)
			c.Source = h.stub(c)
		})
	}},
	{name: "all in the last answer cell", edit: func(h *handedIn) {
		var whole []string
		var last *notebook.Cell
		h.answers(func(c *notebook.Cell) { whole, last = append(whole, c.Source), c })
		h.answers(func(c *notebook.Cell) { c.Source = h.stub(c) })
		last.Source = strings.Join(whole, "\n\n")
	}},
	{name: "all in a cell at the end", edit: func(h *handedIn) {
		var whole []string
		var last *notebook.Cell
		h.answers(func(c *notebook.Cell) {
			whole, last = append(whole, c.Source), c
			c.Source = h.stub(c)
		})
		h.own(last, 1, strings.Join(whole, "\n\n"))
	}},
	{name: "functions that are variables", edit: func(h *handedIn) {
		h.answers(func(c *notebook.Cell) {
			c.Source = regexp.MustCompile(`(?m)^func (\w+)\(`).ReplaceAllString(c.Source, "var $1 = func(")
		})
	}},
	{name: "init functions", edit: inside("if ready[1] != 1 || !last { panic(\"not ready\") }",
		"var ready [2]int\n\nfunc init_ready() {\n\tfor i := range ready {\n\t\tready[i] = i\n\t}\n}\n\nvar last bool\n\nfunc init_zz() { last = ready[1] == 1 }")},
	{name: "a variable that is filled", edit: inside("if seen[1] == 0 { panic(\"not filled\") }", "var seen = map[int]int{}\n\nvar _ = func() int { seen[1]++; return 1 }()")},
	{name: "type aliases and methods", edit: func(h *handedIn) {
		h.above("type vec = []float64\n\ntype counter struct{ n int }", "func (c *counter) add(n int) *counter { c.n += n; return c }\n\nfunc each[T any](all []T, f func(T) T) (out []T) {\n\tfor _, x := range all {\n\t\tout = append(out, f(x))\n\t}\n\treturn out\n}")
		h.answers(func(c *notebook.Cell) { c.Source = strings.ReplaceAll(c.Source, "[]float64", "vec") })
		h.insideEach("_, _ = new(counter).add(2), each(vec{1}, func(x float64) float64 { return x })")
	}},
	{name: "whole files", edit: func(h *handedIn) {
		h.answers(func(c *notebook.Cell) {
			c.Source = "package main\n\nimport \"fmt\"\n\n" + c.Source + "\n\nfunc main() { fmt.Println(\"my test\") }"
		})
	}},
	{name: "tests of their own", edit: func(h *handedIn) {
		h.answers(func(c *notebook.Cell) { c.Source += "\n%%\nfmt.Println(\"my test\")" })
		h.above("%test\nfunc one() int { return 1 }\n\nfunc TestOne(t *testing.T) {\n\tif one() != 1 {\n\t\tt.Fatal()\n\t}\n}", "!echo hello", "%args x\n//gonb:%%\nfmt.Println(2)")
		h.insideEach("_ = one()")
	}},
	{name: "declared twice", edit: func(h *handedIn) {
		h.above("func once() int { return 0 }\n\nconst (\n\ta0 = iota\n\ta1\n\ta2\n)\n\nvar p, q = 1, 2", "func once() int { return 1 }\n\nvar q = 3")
		h.answers(func(c *notebook.Cell) { h.own(c, 0, h.stub(c)) })
		h.insideEach("_ = [...]int{a2: once() + p + q}")
	}},
	{name: "Windows line ends and Korean", edit: func(h *handedIn) {
		h.insideEach("길이 := 1 // 여기서 센다\n\t_ = 길이 /* 끝 */")
		h.answers(func(c *notebook.Cell) { c.Source = strings.ReplaceAll(c.Source, "\n", "\r\n") })
	}},
	{name: "in the given cells", edit: func(h *handedIn) {
		setup := h.cell("setup")
		setup.Source = strings.Replace(setup.Source, "\t\"math\"\n", "\t\"math\"\n\t\"slices\"\n\tw \"strings\"\n", 1)
		given := h.cell("given")
		given.Source = "func helper() string { return w.Repeat(\"x\", slices.Max([]int{1})) }\n\n" + given.Source
		h.insideEach("_ = helper()")
	}},
	{name: "in place", only: "a1", edit: func(h *handedIn) {
		c := h.cell("step")
		c.Source = strings.Replace(c.Source, "next := make", "for i := range x {\n\t\tx[i] = 0\n\t}\n\tnext := make", 1)
	}},
	{name: "in place", only: "a2", edit: answered("score-gradient", "func scoreGradient(y []float64, target int) []float64 {\n\ty[target]--\n\treturn y\n}")},
	{name: "in place", only: "a3", edit: answered("tanh-back", "func tanhBack(h, dh []float64) []float64 {\n\tfor i := range h {\n\t\tdh[i] *= 1 - h[i]*h[i]\n\t}\n\treturn dh\n}")},
	{name: "in place", only: "a4", edit: answered("clip", "func clip(dU, dW, dV [][]float64, limit float64) (a, b, c [][]float64) {\n\tlength := 0.0\n\tfor _, M := range [][][]float64{dU, dW, dV} {\n\t\tfor _, row := range M {\n\t\t\tlength = math.Hypot(length, floats.Norm(row, 2))\n\t\t}\n\t}\n"+
		"\tfor _, M := range [][][]float64{dU, dW, dV} {\n\t\tfor _, row := range M {\n\t\t\tif length > limit {\n\t\t\t\tfloats.Scale(limit/length, row)\n\t\t\t}\n\t\t}\n\t}\n\treturn dU, dW, dV\n}")},
	{name: "in place, and forbidden", only: "a4", lost: true, edit: answered("update", "func update(M, G [][]float64, rate float64) [][]float64 {\n\tfor i := range M {\n\t\tfloats.AddScaled(M[i], -rate, G[i])\n\t}\n\treturn M\n}")},
	{name: "a package that is refused", only: "a1", lost: true, edit: func(h *handedIn) {
		h.above("func debug() { os.WriteFile(\"/dev/null\", nil, 0o600) }")
		h.cell("product").Source = functionHead.ReplaceAllString(h.cell("product").Source, "${0}\tdebug()\n")
	}},
}

// sampled are the names of the variants of the ordinary run. One assignment has them all.
var sampled = []string{"imports left out", "answers below the stubs", "functions that are variables", "init functions", "in place"}

// line is a line of the kernel's program below which nothing is declared.
var statements = regexp.MustCompile(`(?ms)^%%\s*$.*`)

// kernelCells returns the code of a notebook as few cells, in order: the checks are last. A
// cell takes a second, and what two cells declare is what they declare as one, if that is Go.
func (h *handedIn) kernelCells() (sources []string) {
	for _, c := range h.Cells {
		meta := release.Meta(c)
		if c.Kind != "code" || meta.Grade {
			continue
		}
		source := c.Source
		if meta.GradeID != "" && !meta.Solution {
			source = statements.ReplaceAllString(source, "")
		}
		if n := len(sources); n > 0 {
			both := sources[n-1] + "\n\n" + source
			if _, err := parser.ParseFile(token.NewFileSet(), "", "package main\n"+both, parser.SkipObjectResolution); err == nil && !strings.Contains(source, "//gonb:") {
				sources[n-1] = both
				continue
			}
		}
		sources = append(sources, source)
	}
	check := "%%\n"
	for _, task := range h.source.Assignment.Tasks {
		check += fmt.Sprintf("visible.Check(%q, %s)\n", task.ID, task.Signature.Name)
	}
	return append(sources, check)
}

// Whatever earns a tick in the kernel earns its points in the grader, and the other way round:
// the two are compared check by check. All variants of an assignment run in one kernel.
func TestHonestVariants(t *testing.T) {
	if os.Getenv("RNN101_SETUP") != "1" {
		t.Skip("needs the set-up: call go run ./course test")
	}
	choose := os.Getenv("RNN101_VARIANTS") // a pattern of "a2, in place" and the like; by default a few
	pattern, err := regexp.Compile(choose)
	if err != nil {
		t.Fatal(err)
	}
	repo, err := checkout.Find()
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, a := range assignment.All {
		s := load(t, a.Name)
		var chosen []*handedIn
		var names []string
		var losing []bool
		kernel := s.Solved.Clone()
		kernel.Cells = nil
		for _, v := range variants {
			name := a.Name + ", " + v.name
			if v.only != "" && v.only != a.Name || choose == "" && (a != assignment.A2 || !slices.Contains(sampled, v.name)) || !pattern.MatchString(name) {
				continue
			}
			h := &handedIn{s.Solved.Clone(), s}
			v.edit(h)
			chosen, names, losing = append(chosen, h), append(names, name), append(losing, v.lost)
			cells := append([]string{"%reset"}, h.kernelCells()...)
			for i, source := range cells {
				id := fmt.Sprintf("variant-%d-cell-%d", len(chosen), i)
				if i == len(cells)-1 {
					id = fmt.Sprintf("variant-%d", len(chosen))
				}
				kernel.Cells = append(kernel.Cells, &notebook.Cell{ID: id, Kind: "code", Source: source, Metadata: map[string]any{"tags": []any{"raises-exception"}}})
			}
		}
		if len(chosen) == 0 {
			continue
		}
		kernel.Path = filepath.Join(t.TempDir(), "variants.ipynb")
		if err := kernel.Write(); err != nil {
			t.Fatal(err)
		}
		result, err := jupyter.Execute(t.Context(), repo, kernel.Path, nil)
		if err != nil {
			t.Fatal(err)
		}
		shown := map[string]string{} // by cell
		for _, c := range result.Cells {
			for _, o := range c.Outputs {
				shown[c.ID] += o.Data["text/markdown"] + o.Text + "\n"
			}
		}
		key := []byte("variants")
		grader := &class.Class{Assignment: a, Frame: s.Frame, Key: key, Builder: sandboxtest.Builder(t), Jobs: 1}
		for i, h := range chosen {
			ran++
			inKernel := ticks(shown[fmt.Sprintf("variant-%d", i+1)])
			h.Path = ""
			data, err := h.Encode()
			if err != nil {
				t.Fatal(err)
			}
			g := grader.GradeFile(t.Context(), names[i], submission.Parse(data))
			var inGrader []string
			for _, check := range g.Checks {
				for _, v := range check.Cases {
					// What is right given a wrong function before it has no counterpart in the
					// kernel, which has no right one to put in its place.
					if !check.Hidden && v.IsRight() && len(v.Given) == 0 {
						inGrader = append(inGrader, v.Line())
					}
				}
			}
			if !slices.Equal(inKernel, inGrader) {
				t.Errorf("%s: the kernel shows\n%s\nthe grader finds\n%s%s", names[i], shown[fmt.Sprintf("variant-%d", i+1)], strings.Join(inGrader, "\n"), failures(shown, i+1))
			}
			if lost := g.Points != a.PointsOfChecks(); lost != losing[i] || g.NeedsHuman {
				t.Errorf("%s: %v of %v points, needs a human: %v: %s", names[i], g.Points, a.PointsOfChecks(), g.NeedsHuman, g.FirstFailure())
			}
		}
	}
	t.Logf("%d variants", ran)
}

// ticks returns the lines of the visible checks that are right.
func ticks(shown string) (lines []string) {
	for _, line := range strings.Split(shown, "\n") {
		if strings.HasPrefix(line, "✓") {
			lines = append(lines, line)
		}
	}
	return lines
}

// failures returns what the kernel shows of the other cells of a variant.
func failures(shown map[string]string, n int) (text string) {
	for id, what := range shown {
		if strings.HasPrefix(id, fmt.Sprintf("variant-%d-", n)) && strings.Contains(strings.ToLower(what), "error") {
			text += "\n" + id + ": " + what[:min(len(what), 1500)]
		}
	}
	return text
}
