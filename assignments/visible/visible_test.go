package visible

import (
	"math"
	"slices"
	"strings"
	"testing"

	"rnn101/internal/lang"
	"rnn101/show"
)

// In the dummy language each text of the catalogue is in brackets.
func TestEveryLineComesFromTheCatalogue(t *testing.T) {
	show.Language(lang.Dummy)
	defer show.Language(show.English)
	product := func(y []float64) any { return func(M [][]float64, x []float64) []float64 { return y } }
	for name, got := range map[string][]string{
		"right":   lines("product", product([]float64{0.1, 0.2}), ""),
		"wrong":   lines("product", product([]float64{0, 0}), ""),
		"panic":   lines("product", func(M [][]float64, x []float64) []float64 { return x[5:] }, ""),
		"type":    lines("product", func(x float64) float64 { return x }, ""),
		"no task": lines("nine", nil, ""),
	} {
		for _, line := range got {
			if !strings.HasPrefix(line, "⟦") || !strings.HasSuffix(line, "⟧") {
				t.Errorf("%s: %q is not one text of the catalogue", name, line)
			}
		}
	}
}

func TestAStudentSeesWhatDiffers(t *testing.T) {
	times := func(M [][]float64, x []float64) []float64 {
		y := make([]float64, len(M))
		for i := range M {
			for j := range x {
				y[i] += M[i][j] * x[j]
			}
		}
		return y
	}
	tanh := func(a []float64) []float64 {
		for i := range a {
			a[i] = math.Tanh(a[i])
		}
		return a
	}
	for name, c := range map[string]struct {
		task     string
		function any
		want     []string // the beginnings of the lines
	}{
		"right":     {"product", times, []string{"✓ Ux for the word bat"}},
		"forgotten": {"step", func(U, W [][]float64, x, h []float64) []float64 { return tanh(times(U, x)) }, []string{"✓ baseball, from the state zero", "✗ bat, after baseball: entry [0] is 0.0997, expected 0.3303 (relative error 0.7). That is tanh(Ux): did you add Wh?"}},
		"panic":     {"product", func(M [][]float64, x []float64) []float64 { return x[5:] }, []string{"✗ Ux for the word bat: the function panics: runtime error: slice bounds"}},
		"form":      {"product", func(x float64) float64 { return x }, []string{"✗ `times` has the type `func(float64) float64`; the task asks for `func([][]float64, []float64) []float64`."}},
		"two back":  {"forward", func(U, W, V [][]float64, h []float64, words []int) (a, b [][]float64) { return nil, nil }, []string{"✗ baseball bat: h: it is nil, expected 2 entries"}},
		"no task":   {"nine", times, []string{"✗ There is no task \"nine\"."}},
	} {
		got := lines(c.task, c.function, "")
		if !slices.EqualFunc(got, c.want, strings.HasPrefix) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// What the grader will refuse is refused here, in the same words, and what it does not mind is
// right here.
func TestACheckFindsWhatTheGraderFinds(t *testing.T) {
	changes := func(M, G [][]float64, rate float64) [][]float64 {
		for i := range M {
			for j := range M[i] {
				M[i][j] -= rate * G[i][j]
			}
		}
		return M
	}
	gradient := func(y []float64, target int) []float64 { y[target]--; return y }
	const main = "package main\n\nimport (\n\t\"flag\"\n\t\"net/http\"\n\t\"os\"\n\t\"rnn101/show\"\n)\n\nfunc init() { show.Language(show.English) }\n" +
		"func scoreGradient(y []float64, target int) []float64 { return help(y) }\nfunc help(y []float64) []float64 { %s; return y }\nfunc main() { flag.Parse() }\n"
	program := func(statement string) string { return strings.Replace(main, "%s", statement, 1) }
	for name, c := range map[string]struct {
		task     string
		function any
		program  string
		want     string // the beginning of the line
	}{
		"changed, and forbidden":     {"update", changes, "", "✗ W of the lecture, after baseball bat, learning rate 0.5: the function changes its argument 1, and the task asks that it stays as it is: make a new slice"},
		"changed, and not forbidden": {"score-gradient", gradient, program("_ = 1"), "✓ "},
		"changed, a second time":     {"score-gradient", gradient, "", "✓ "},
		"debugging":                  {"score-gradient", gradient, program("os.Stderr.WriteString(\"y\")"), "✓ "},
		"another package":            {"score-gradient", gradient, program("http.Get(y)"), "✗ the grader cannot call `scoreGradient` as it is: the package \"net/http\" cannot be used in an answer"},
		"a part of a package":        {"score-gradient", gradient, program("os.Exit(0)"), "✗ the grader cannot call `scoreGradient` as it is: os.Exit cannot be used in an answer: of the package \"os\" only Stderr, Stdout"},
		"the course's":               {"score-gradient", gradient, program("show.Text(\"\")"), "✗ the grader cannot call `scoreGradient` as it is: the package \"rnn101/show\" cannot be used in an answer"},
	} {
		got := lines(c.task, c.function, c.program)
		if len(got) != 1 || !strings.HasPrefix(got[0], c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
