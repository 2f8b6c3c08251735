package class

import (
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/collect"
)

// fair are solutions with a mistake, and the points that a teacher would give.
var fair = []struct {
	assignment, name string
	change           func(p *draft)
	points           float64
	given            string // the functions that are replaced in a task that is right but for them
	zero             string // a task that earns nothing
}{
	// A mistake costs its own task alone.
	{"a1", "times wrong", func(p *draft) { p.replace("product", "y[i] += M", "y[i] -= M") }, 16, "times", "product"},
	{"a1", "times does not compile", func(p *draft) { p.replace("product", "y[i] += M", "z[i] += M") }, 16, "times", "product"},
	{"a1", "one-hot from 1", func(p *draft) { p.replace("one-hot", "x[i] = 1", "x[i-1] = 1") }, 17, "oneHot", "one-hot"},
	{"a1", "times and step wrong", func(p *draft) {
		p.replace("product", "y[i] += M", "y[i] -= M").replace("step", "math.Tanh(past[i] + word[i])", "past[i] + word[i]")
	}, 10, "times step", "product"},
	{"a2", "the sign", func(p *draft) {
		p.replace("score-gradient", "slope[target]--", "slope[target]--\n\tfor i := range slope {\n\t\tslope[i] = -slope[i]\n\t}")
	}, 16, "scoreGradient", "score-gradient"},
	{"a3", "1 − h", func(p *draft) { p.replace("tanh-back", "1 - h[i]*h[i]", "1 - h[i]") }, 17, "tanhBack", "tanh-back"},
	{"a4", "the sign", func(p *draft) { p.replace("update", "- rate*G", "+ rate*G") }, 14, "update", "update"},

	{"a4", "truncated wrong, and called", func(p *draft) {
		p.replace("truncated", "return all", "for _, delta := range all {\n\t\tdelta[0] = -delta[0]\n\t}\n\treturn all").replace("train", "back(W, V, states, errors)", "truncatedDeltas(W, V, states, errors, len(words))")
	}, 11, "truncatedDeltas", "truncated"},

	// Each result has a part of the points.
	{"a1", "no probabilities", func(p *draft) { p.replace("forward", "softmax(times(V, h))", "times(V, h)") }, 16.5, "", ""},
	{"a3", "∂L/∂W wrong", func(p *draft) { p.replace("gradients", "dW[i][j] += delta[i] * before[j]", "dW[i][j] += before[j]") }, 17, "", ""},

	// Nothing earns nothing.
	{"a4", "clip returns its input", func(p *draft) {
		p.replace("clip", "factor = limit / length", "factor = 1")
	}, 12, "", "clip"},
	{"a4", "never updated", func(p *draft) {
		p.replace("train", "U, W, V = update(U, dU, rate), update(W, dW, rate), update(V, dV, rate)", "_, _, _ = update(U, dU, rate), update(W, dW, rate), update(V, dV, rate)")
	}, 11, "", "train"},

	// However many errors of the compiler, they cost what does not compile.
	{"a1", "a chain of 40 helpers", func(p *draft) {
		chain := "func f0(x int) int { unused := 1; return x }\n"
		for i := range 40 {
			chain += strings.NewReplacer("NEXT", string('a'+rune(i%26))+strings.Repeat("z", i/26+1), "BEFORE", map[bool]string{true: "f0", false: string('a'+rune((i+25)%26)) + strings.Repeat("z", (i+25)/26)}[i == 0]).Replace("func NEXT(x int) int { return BEFORE(x) }\n")
		}
		p.append("one-hot", chain).replace("one-hot", "x[i] = 1", "x[i] = float64(nzz(1))")
	}, 17, "oneHot", "one-hot"},

	// No way leads to the reference.
	{"a1", "an import of the reference", func(p *draft) {
		p.answer("one-hot", "import \"submission/reference\"\n\nfunc oneHot(n, i int) []float64 { return reference.OneHot(n, i) }")
	}, 17, "oneHot", "one-hot"},
	{"a1", "a later function for an earlier one", func(p *draft) {
		p.answer("product", "func times(M [][]float64, x []float64) []float64 {\n\tif len(x) == 0 {\n\t\treturn nil\n\t}\n\treturn before(M, x)\n}\n\nvar before = func(M [][]float64, x []float64) []float64 { return step(M, M, x, x) }")
	}, 16, "times", "product"},
	{"a1", "what they are given, and no more", func(p *draft) {
		p.answer("product", "func times(M [][]float64, x []float64) []float64 { return nil }")
		p.answer("step", "func step(U, W [][]float64, x, h []float64) []float64 { return times(U, x) }")
		p.answer("forward", "func forward(U, W, V [][]float64, h []float64, words []int) (a, b [][]float64) { return nil, [][]float64{step(U, W, times(U, h), h)} }")
	}, 3, "", "product"},
	{"a1", "built-ins and types of their own", func(p *draft) {
		p.append("step", "func len(x []float64) int { return 2 }\n\nfunc make(x any, n int) []float64 { return nil }").replace("product", "y := make", "y := other")
	}, 0, "", "product"},
}

// Each mistake costs what a teacher would take for it.
func TestPointsAreThoseOfATeacher(t *testing.T) {
	isLong(t)
	for _, a := range assignment.All {
		s := load(t, a.Name)
		c := class(t)
		c.Assignment, c.Frame = s.Assignment, s.Frame
		folder := t.TempDir()
		var handed []collect.Submission
		for _, test := range fair {
			if test.assignment == a.Name {
				p := solution(t, a.Name)
				test.change(p)
				file := filepath.Join(folder, test.name+".ipynb")
				put(t, p.bytes(), file)
				handed = append(handed, collect.Submission{Student: test.name, File: file})
			}
		}
		all, err := c.Run(t.Context(), handed, func(int, int, string) {})
		if err != nil {
			t.Fatal(err)
		}
		for _, test := range fair {
			i := slices.IndexFunc(all, func(g Grade) bool { return g.Student == test.name })
			if test.assignment != a.Name {
				continue
			}
			g, given, line := all[i], []string{}, ""
			for _, check := range g.Checks {
				for _, v := range check.Cases {
					for _, name := range v.Given {
						if line = v.Text; !slices.Contains(given, name) {
							given = append(given, name)
						}
					}
				}
			}
			if math.Abs(g.Points-test.points) > 1e-9 {
				t.Errorf("%s, %s: %v points, want %v: %s", a.Name, test.name, g.Points, test.points, g.FirstFailure())
			}
			if test.points > 0 && strings.Join(given, " ") != test.given || test.given != "" && !strings.Contains(line, "right, given your `") {
				t.Errorf("%s, %s: it is right given %q, want %q: %s", a.Name, test.name, given, test.given, line)
			}
			for _, task := range a.Tasks {
				if got := g.PointsOf(task); task.ID == test.zero && got != 0 {
					t.Errorf("%s, %s: %s has %v points", a.Name, test.name, task.ID, got)
				}
			}
		}
	}
}
