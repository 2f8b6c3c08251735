package class

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/collect"
)

var (
	functionHead = regexp.MustCompile(`(?m)^func (\w+)\((?s:.*?)\{\n`)
	indent       = regexp.MustCompile(`(?m)^\t+`)
)

// insideEach adds lines at the beginning of every function.
func insideEach(lines string) func(string) string {
	return func(source string) string { return functionHead.ReplaceAllString(source, "$0"+lines) }
}

// honest are harmless changes of a right answer. They must not change the points.
var honest = map[string]func(p *draft) *draft{
	"unchanged": func(p *draft) *draft { return p },
	"Windows line ends": func(p *draft) *draft {
		return p.answers(func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") })
	},
	"indented with spaces": func(p *draft) *draft {
		return p.answers(func(s string) string { return strings.ReplaceAll(s, "\t", "    ") })
	},
	"no indentation": func(p *draft) *draft {
		return p.answers(func(s string) string { return indent.ReplaceAllString(s, "") })
	},
	"debug printing": func(p *draft) *draft {
		return p.answers(with("fmt", insideEach("\tfmt.Println(\"here\")\n\tprintln(1)\n")))
	},
	"log output":            func(p *draft) *draft { return p.answers(with("log", insideEach("\tlog.Printf(\"%d\", 1)\n"))) },
	"a defer and a recover": func(p *draft) *draft { return p.answers(insideEach("\tdefer func() { _ = recover() }()\n")) },
	"a block and a shadow":  func(p *draft) *draft { return p.answers(insideEach("\t{\n\t\tmath := 1.0\n\t\t_ = math\n\t}\n")) },
	"Korean comments": func(p *draft) *draft {
		return p.answers(insideEach("\t// 여기서 계산한다 /* 끝 \n\t/* 방망이 */\n"))
	},
	"Korean identifiers": func(p *draft) *draft {
		return p.answers(insideEach("\t길이, 합계 := 0, 0.0\n\t_, _ = 길이, 합계\n"))
	},
	"an unused variable": func(p *draft) *draft { return p.insert(-1, code("func other() {\n\tx := 1\n}")) },
	"a broken cell":      func(p *draft) *draft { return p.insert(2, code("func other( {")) },
	"a test of their own": func(p *draft) *draft {
		return p.answers(func(s string) string { return s + "\n%%\nshow.Text(\"my test\")\nos.Exit(1)\n" })
	},
	"a test function": func(p *draft) *draft {
		return p.answers(func(s string) string { return s + "\n%test\nfunc TestIt(t *testing.T) { t.Fatal() }\n" })
	},
	"a shell command": func(p *draft) *draft {
		return p.answers(func(s string) string { return "%noautoget\n!go version\n" + s })
	},
	"imports in every cell": func(p *draft) *draft {
		return p.answers(func(s string) string { return "import (\n\t\"fmt\"\n\t\"math\"\n\t\"slices\"\n\t\"time\"\n)\n\n" + s })
	},
	"a helper of their own": func(p *draft) *draft {
		return p.answers(numbered("\ntype point%[1]d struct{ x, y float64 }\n\nfunc (p point%[1]d) sum() float64 { return p.x + p.y }\n\nvar unit%[1]d = point%[1]d{1, 0}\n", "\tif unit%[1]d.sum() != 1 {\n\t\tpanic(\"no unit\")\n\t}\n"))
	},
	"a generic helper": func(p *draft) *draft {
		return p.answers(numbered("\nfunc each%[1]d[T any](all []T, f func(T) T) (out []T) {\n\tfor _, x := range all {\n\t\tout = append(out, f(x))\n\t}\n\treturn out\n}\n", "\t_ = each%[1]d([]int{1}, func(x int) int { return x })\n"))
	},
	"cells reordered": func(p *draft) *draft {
		all := p.cells()
		for i, j := 0, len(all)-1; i < j; i, j = i+1, j-1 {
			all[i], all[j] = all[j], all[i]
		}
		return p
	},
	"all in one cell": func(p *draft) *draft {
		whole, first := "", ""
		p.answers(func(s string) string { whole += s + "\n\n"; return "// see above" })
		for _, c := range p.cells() {
			if meta := nbgraderOf(c); first == "" && meta != nil && meta["solution"] == true {
				first = meta["grade_id"].(string)
			}
		}
		return p.answer(first, whole)
	},
	"the checks deleted": func(p *draft) *draft {
		var kept []any
		for _, c := range p.cells() {
			if meta := nbgraderOf(c); meta == nil || meta["grade"] != true || meta["solution"] == true {
				kept = append(kept, c)
			}
		}
		p.nb["cells"] = kept
		return p
	},
	"an earlier attempt above it": func(p *draft) *draft {
		for _, task := range assignment.A1.Tasks {
			for _, c := range p.cells() {
				if meta := nbgraderOf(c); meta != nil && meta["grade_id"] == task.ID {
					return p.insert(0, p.copyOf(task.ID, "func "+task.Signature.Name+"() { panic(\"an earlier attempt\") }"))
				}
			}
		}
		return p.insert(0, code("func older() {}"))
	},
	"outputs of a run": func(p *draft) *draft {
		for _, c := range p.cells() {
			if c.(object)["cell_type"] == "code" {
				c.(object)["execution_count"] = 7
				c.(object)["outputs"] = []any{object{"output_type": "stream", "name": "stdout", "text": strings.Repeat("x\n", 5000)}, object{"output_type": "display_data", "metadata": object{}, "data": object{"image/png": strings.Repeat("QUJD", 20000)}}}
			}
		}
		return p
	},
	"saved by Colab": func(p *draft) *draft {
		p.nb["metadata"] = object{"colab": object{"provenance": []any{}}, "kernelspec": object{"name": "gonb", "display_name": "Go"}}
		p.nb["nbformat_minor"] = 0
		for _, c := range p.cells() {
			delete(c.(object), "id")
			c.(object)["metadata"].(object)["id"] = "a1B2"
		}
		return p
	},
}

// with adds an import to a change of a cell.
func with(path string, change func(string) string) func(string) string {
	return func(source string) string { return "import \"" + path + "\"\n\n" + change(source) }
}

// numbered adds declarations to each cell, with unique names, and lines that use them to its
// functions.
func numbered(declared, used string) func(string) string {
	n := 0
	return func(source string) string {
		n++
		return insideEach(fmt.Sprintf(used, n))(source) + fmt.Sprintf(declared, n)
	}
}

// otherWays are other right answers.
var otherWays = []struct{ name, assignment, id, source string }{
	{"gonum's product", "a1", "product", "import \"gonum.org/v1/gonum/mat\"\n\nfunc times(M [][]float64, x []float64) []float64 {\n\tA := mat.NewDense(len(M), len(x), nil)\n\tfor i, row := range M {\n\t\tA.SetRow(i, row)\n\t}\n\tvar y mat.VecDense\n\ty.MulVec(A, mat.NewVecDense(len(x), x))\n\treturn y.RawVector().Data\n}"},
	{"summed from the other end", "a1", "product", "func times(M [][]float64, x []float64) (y []float64) {\n\tfor _, row := range M {\n\t\tsum := 0.0\n\t\tfor j := len(x) - 1; j >= 0; j-- {\n\t\t\tsum += x[j] * row[j]\n\t\t}\n\t\ty = append(y, sum)\n\t}\n\treturn\n}"},
	{"tanh by exponentials", "a1", "step", "import \"math\"\n\nfunc step(U, W [][]float64, x, h []float64) []float64 {\n\tout := []float64{}\n\tfor i := range h {\n\t\ta := 0.0\n\t\tfor j := range x {\n\t\t\ta += U[i][j] * x[j]\n\t\t}\n\t\tfor j := range h {\n\t\t\ta += W[i][j] * h[j]\n\t\t}\n\t\tout = append(out, (math.Exp(2*a)-1)/(math.Exp(2*a)+1))\n\t}\n\treturn out\n}"},
	{"a max of their own", "a2", "softmax", "import \"math\"\n\nfunc max(all []float64) float64 {\n\tm := all[0]\n\tfor _, x := range all {\n\t\tif x > m {\n\t\t\tm = x\n\t\t}\n\t}\n\treturn m\n}\n\nfunc softmax(o []float64) []float64 {\n\ty, sum, m := make([]float64, len(o)), 0.0, max(o)\n\tfor i, v := range o {\n\t\ty[i] = math.Exp(v - m)\n\t\tsum += y[i]\n\t}\n\tfor i := range y {\n\t\ty[i] /= sum\n\t}\n\treturn y\n}"},
	{"softmax by log-sum-exp", "a2", "softmax", "import (\n\t\"math\"\n\n\t\"gonum.org/v1/gonum/floats\"\n)\n\nfunc softmax(o []float64) []float64 {\n\ty := make([]float64, len(o))\n\tz := floats.LogSumExp(o)\n\tfor i, v := range o {\n\t\ty[i] = math.Exp(v - z)\n\t}\n\treturn y\n}"},
	{"outer products of gonum", "a2", "gradient-v", "import \"gonum.org/v1/gonum/mat\"\n\nfunc gradientV(outputs, states [][]float64, targets []int) [][]float64 {\n\trows, columns := len(outputs[0]), len(states[0])\n\tsum := mat.NewDense(rows, columns, nil)\n\tfor t := range outputs {\n\t\tsum.RankOne(sum, 1, mat.NewVecDense(rows, scoreGradient(outputs[t], targets[t])), mat.NewVecDense(columns, states[t]))\n\t}\n\tout := make([][]float64, rows)\n\tfor i := range out {\n\t\tout[i] = mat.Row(nil, i, sum)\n\t}\n\treturn out\n}"},
	{"one recursion", "a3", "deltas", "func deltas(W, V, states, errors [][]float64) [][]float64 {\n\tif len(states) == 0 {\n\t\treturn nil\n\t}\n\trest := deltas(W, V, states[1:], errors[1:])\n\th := states[0]\n\td := make([]float64, len(h))\n\tfor j := range d {\n\t\tfor i := range V {\n\t\t\td[j] += V[i][j] * errors[0][i]\n\t\t}\n\t\tif len(rest) > 0 {\n\t\t\tfor i := range W {\n\t\t\t\td[j] += W[i][j] * rest[0][i]\n\t\t\t}\n\t\t}\n\t\td[j] *= (1 - h[j]) * (1 + h[j])\n\t}\n\treturn append([][]float64{d}, rest...)\n}"},
	{"cut inside one loop", "a4", "truncated", "func truncatedDeltas(W, V, states, errors [][]float64, k int) [][]float64 {\n\tall := make([][]float64, len(states))\n\tfor t := len(states) - 1; t >= 0; t-- {\n\t\td := make([]float64, len(W))\n\t\tfor j := range d {\n\t\t\tfor i := range V {\n\t\t\t\td[j] += V[i][j] * errors[t][i]\n\t\t\t}\n\t\t\tif (t+1)%k != 0 && t+1 < len(states) {\n\t\t\t\tfor i := range W {\n\t\t\t\t\td[j] += W[i][j] * all[t+1][i]\n\t\t\t\t}\n\t\t\t}\n\t\t\td[j] *= 1 - states[t][j]*states[t][j]\n\t\t}\n\t\tall[t] = d\n\t}\n\treturn all\n}"},
}

// In every assignment each of them gets all points of the checks.
func TestHonestWorkGetsAllPoints(t *testing.T) {
	isLong(t)
	for _, a := range assignment.All {
		s := load(t, a.Name)
		c := class(t)
		c.Assignment, c.Frame = s.Assignment, s.Frame
		folder := t.TempDir()
		var handed []collect.Submission
		add := func(name string, p *draft) {
			file := filepath.Join(folder, name+".ipynb")
			put(t, p.bytes(), file)
			handed = append(handed, collect.Submission{Student: name, File: file})
		}
		for name, change := range honest {
			add(name, change(solution(t, a.Name)))
		}
		for _, way := range otherWays {
			if way.assignment == a.Name {
				add(way.name, solution(t, a.Name).answer(way.id, way.source))
			}
		}
		all, err := c.Run(t.Context(), handed, func(int, int, string) {})
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range all {
			if g.Points != a.PointsOfChecks() {
				t.Errorf("%s, %s: %v of %v points: %s", a.Name, g.Student, g.Points, a.PointsOfChecks(), g.FirstFailure())
			}
		}
		t.Logf("%s: %d", a.Name, len(all))
	}
}
