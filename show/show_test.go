package show

import (
	"errors"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"rnn101/data"
	"rnn101/internal/lang"
)

// withDecimals sets the number of decimals during a test.
func withDecimals(t *testing.T, n int) {
	t.Helper()
	before := decimals
	Decimals(n)
	t.Cleanup(func() { decimals = before })
}

// inLanguage sets the language during a test.
func inLanguage(t *testing.T, tag string) {
	t.Helper()
	before := lang.Tag()
	if err := lang.Set(tag); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = lang.Set(before) })
}

// mustPanic fails unless f panics with all of the words.
func mustPanic(t *testing.T, f func(), words ...string) {
	t.Helper()
	defer func() {
		t.Helper()
		message, ok := recover().(string)
		if !ok {
			t.Errorf("no panic with a string, want one with %q", words)
			return
		}
		for _, word := range words {
			if !strings.Contains(message, word) {
				t.Errorf("the panic is %q, want one with %q", message, word)
			}
		}
	}()
	f()
}

func named(name string, value any) term { return terms("test", []any{name, value})[0] }

func TestNumber(t *testing.T) {
	for _, c := range []struct {
		v        float64
		decimals int
		want     string
	}{
		{0, 4, "0"},
		{0.5, 4, "0.5"},
		{0.1 + 0.2, 4, "0.3"}, // a rounding error in the last bit does not count
		{1.0 / 3, 4, "0.3333"},
		{0.33025, 4, "0.3302"}, // the double below 0.33025 is nearer
		{0.99999, 4, "1.0000"}, // rounded, so it keeps its decimals
		{1, 4, "1"},
		{-0.4, 4, "−0.4"},
		{2.380429579406214, 15, "2.380429579406214"},
		{2.380429579406214, 6, "2.380430"},
		{1234567, 4, "1234567"},
		{-0.00004, 4, "−4.0·10⁻⁵"}, // only zero is shown as zero
		{1e-300, 4, "1.0·10⁻³⁰⁰"},
		{12.5, 0, "12"}, // half to even, as strconv rounds
		{math.NaN(), 4, "NaN"},
		{math.Inf(1), 4, "∞"},
		{math.Inf(-1), 4, "−∞"},
	} {
		withDecimals(t, c.decimals)
		if got := Number(c.v); got != c.want {
			t.Errorf("Number(%v) with %d decimals is %q, want %q", c.v, c.decimals, got, c.want)
		}
	}
}

func TestLatexOfInfinityAndNaN(t *testing.T) {
	for v, want := range map[float64]string{
		math.Inf(1):  `\infty`,
		math.Inf(-1): `-\infty`,
		-4e-5:        `-4.0\cdot 10^{-5}`,
		-0.5:         `-0.5`,
	} {
		if got := latex(v); got != want {
			t.Errorf("latex(%v) is %q, want %q", v, got, want)
		}
	}
	if got := latex(math.NaN()); got != `\text{NaN}` {
		t.Errorf("latex(NaN) is %q", got)
	}
}

func TestDecimalsRejectsOtherThanZeroToFifteen(t *testing.T) {
	mustPanic(t, func() { Decimals(16) }, "16", "0 to 15")
	mustPanic(t, func() { Decimals(-1) }, "-1", "0 to 15")
}

func TestTextFormatsFloatsAsNumberDoes(t *testing.T) {
	for _, c := range []struct {
		format string
		args   []any
		want   string
	}{
		{"the loss is %v", []any{2.380429579406214}, "the loss is 2.3804"},
		{"%v of %d", []any{-0.5, 3}, "−0.5 of 3"},
		{"%.2f and %.1e", []any{-1.0 / 3, 12345.0}, "−0.33 and 1.2e+04"},
		{"100%%", nil, "100%"},
		{"a word: %s", []any{"bat"}, "a word: bat"},
	} {
		if got := paragraph(c.format, c.args...); got != c.want {
			t.Errorf("Text(%q, %v) shows %q, want %q", c.format, c.args, got, c.want)
		}
	}
}

func TestMatrixTypesetsEachKindOfValue(t *testing.T) {
	for _, c := range []struct {
		value any
		want  string
	}{
		{2, `A = 2`},
		{-0.5, `A = -0.5`},
		{[]float64{1, 0}, `A = \begin{bmatrix} 1 \\ 0 \end{bmatrix}`},
		{[][]float64{{0.5, -0.4}, {-0.3, 0.6}}, `A = \begin{bmatrix} 0.5 & -0.4 \\ -0.3 & 0.6 \end{bmatrix}`},
		{mat.NewDense(1, 2, []float64{1, 2}), `A = \begin{bmatrix} 1 & 2 \end{bmatrix}`},
		{mat.NewDense(2, 2, []float64{1, 2, 3, 4}).T(), `A = \begin{bmatrix} 1 & 3 \\ 2 & 4 \end{bmatrix}`},
		{mat.NewVecDense(2, []float64{1, 2}), `A = \begin{bmatrix} 1 \\ 2 \end{bmatrix}`},
	} {
		if got := matrices([]any{"A", c.value}); got != c.want {
			t.Errorf("Matrix of a %T shows %s, want %s", c.value, got, c.want)
		}
	}
	if got, want := matrices([]any{"ŷ", 1, "b", 2}), `\hat y = 1 \qquad b = 2`; got != want {
		t.Errorf("two values show %s, want %s", got, want)
	}
}

func TestLanguageSetsTheLanguageOfAllTexts(t *testing.T) {
	inLanguage(t, English)
	Language(Korean)
	if lang.Tag() != "ko" {
		t.Errorf("the language is %s, want ko", lang.Tag())
	}
	mustPanic(t, func() { Language("korean") }, "show: Language", `"korean"`, `"en" (English)`, `"ko" (한국어)`)
}

func TestMatrixRefusesWhatItCannotShow(t *testing.T) {
	mustPanic(t, func() { Matrix() }, "Matrix", "0 arguments")
	//lint:ignore SA5012 a name without its value is what it must refuse
	mustPanic(t, func() { Matrix("U") }, "Matrix", "1 arguments")
	mustPanic(t, func() { Matrix(1, 2) }, "argument 1", "name")
	mustPanic(t, func() { Matrix("U", "bat") }, "U is a string")
	mustPanic(t, func() { Matrix("U", [][]float64{{1, 2}, {3}}) }, "row 2 of U has 1 entries, row 1 has 2")
}

// aligned wraps the lines as worked does.
func aligned(lines ...string) string {
	return `$$\begin{aligned} ` + strings.Join(lines, ` \\ &= `) + ` \end{aligned}$$`
}

func TestProductWritesOutEveryMultiplication(t *testing.T) {
	u, _, _ := data.LectureWeights()
	got := product(named("a", []float64{0.5, -0.3}), named("U", u), named("x", []float64{1, 0, 0}))
	want := aligned(`a &= U\,x`,
		`\begin{bmatrix} 0.5 & -0.4 & 0.1 \\ -0.3 & 0.6 & 0.2 \end{bmatrix} \begin{bmatrix} 1 \\ 0 \\ 0 \end{bmatrix}`,
		`\begin{bmatrix} 0.5 \cdot 1 + (-0.4) \cdot 0 + 0.1 \cdot 0 \\ (-0.3) \cdot 1 + 0.6 \cdot 0 + 0.2 \cdot 0 \end{bmatrix}`,
		`\begin{bmatrix} 0.5 \\ -0.3 \end{bmatrix}`)
	if got != want {
		t.Errorf("Product shows\n%s\nwant\n%s", got, want)
	}
}

func TestTheOtherOperationsAreWrittenOut(t *testing.T) {
	v, w := []float64{0.5, -2}, []float64{4, 3}
	for name, c := range map[string]struct{ got, want string }{
		"Product of numbers": {product(named("s", 2.0), named("a", 0.5), named("b", 4.0)),
			aligned(`s &= a\,b`, `0.5 \cdot 4`, `2`)},
		"Outer": {outer(named("M", [][]float64{{2, 1.5}, {-8, -6}}), named("v", v), named("w", w)),
			aligned(`M &= v\,w^⊤`,
				`\begin{bmatrix} 0.5 \\ -2 \end{bmatrix} \begin{bmatrix} 4 & 3 \end{bmatrix}`,
				`\begin{bmatrix} 0.5 \cdot 4 & 0.5 \cdot 3 \\ (-2) \cdot 4 & (-2) \cdot 3 \end{bmatrix}`,
				`\begin{bmatrix} 2 & 1.5 \\ -8 & -6 \end{bmatrix}`)},
		"Hadamard": {entrywise("Hadamard", [3]term{named("p", []float64{2, -6}), named("v", v), named("w", w)}, ` \odot `, ` \cdot `, func(a, b float64) float64 { return a * b }),
			aligned(`p &= v \odot w`,
				`\begin{bmatrix} 0.5 \\ -2 \end{bmatrix} \odot \begin{bmatrix} 4 \\ 3 \end{bmatrix}`,
				`\begin{bmatrix} 0.5 \cdot 4 \\ (-2) \cdot 3 \end{bmatrix}`,
				`\begin{bmatrix} 2 \\ -6 \end{bmatrix}`)},
		"Minus of numbers": {entrywise("Minus", [3]term{named("d", 0.75), named("a", 0.5), named("b", -0.25)}, " - ", " - ", func(a, b float64) float64 { return a - b }),
			aligned(`d &= a - b`, `0.5 - (-0.25)`, `0.75`)},
		"Scale": {scale(named(`2\,v`, []float64{1, -4}), named("2", 2), named("v", v)),
			aligned(`2\,v &= 2 \, \begin{bmatrix} 0.5 \\ -2 \end{bmatrix}`,
				`\begin{bmatrix} 2 \cdot 0.5 \\ 2 \cdot (-2) \end{bmatrix}`,
				`\begin{bmatrix} 1 \\ -4 \end{bmatrix}`)},
		"Sum": {sum(named("s", []float64{4.5, 1}), []term{named("v", v), named("w", w)}),
			aligned(`s &= v + w`,
				`\begin{bmatrix} 0.5 \\ -2 \end{bmatrix} + \begin{bmatrix} 4 \\ 3 \end{bmatrix}`,
				`\begin{bmatrix} 4.5 \\ 1 \end{bmatrix}`)},
		"Sum of numbers": {sum(named("s", -1.5), []term{named("a", 0.5), named("b", -2)}),
			aligned(`s &= a + b`, `0.5 + (-2)`, `-1.5`)},
		"Apply": {apply(named("h", []float64{0, 1}), `\sqrt{%s}`, named("a", []float64{0, 1})),
			aligned(`h &= \sqrt{a}`, `\begin{bmatrix} \sqrt{0} \\ \sqrt{1} \end{bmatrix}`, `\begin{bmatrix} 0 \\ 1 \end{bmatrix}`)},
	} {
		if c.got != c.want {
			t.Errorf("%s shows\n%s\nwant\n%s", name, c.got, c.want)
		}
	}
}

func TestRoundedFactorsGetANote(t *testing.T) {
	const note = "Displayed factors are rounded"
	// 0.3333·0.6 = 0.19998 is shown as 0.2000, as is the result
	if got := product(named("s", 0.2), named("a", 1.0/3), named("b", 0.6)); strings.Contains(got, note) {
		t.Errorf("the displayed product is right, but there is a note:\n%s", got)
	}
	// 0.3333·3 = 0.9999, but the result is 1
	if got := product(named("s", 1.0), named("a", 1.0/3), named("b", 3.0)); !strings.Contains(got, note) {
		t.Errorf("the displayed product is wrong, but there is no note:\n%s", got)
	}
}

func TestShapesThatDoNotMatchAreNamed(t *testing.T) {
	U, two, three := [][]float64{{1, 2, 3}, {4, 5, 6}}, []float64{1, 2}, []float64{1, 2, 3}
	mustPanic(t, func() { Product("a", two, "U", U, "h", two) }, "U is 2×3", "h is 2×1")
	mustPanic(t, func() { Product("a", three, "U", U, "x", three) }, "a is 3×1", "2 rows")
	mustPanic(t, func() { Outer("M", U, "p", two, "q", two) }, "M is 2×3", "q is 2×1")
	mustPanic(t, func() { Hadamard("r", two, "p", two, "q", three) }, "Hadamard", "q is 3×1")
	mustPanic(t, func() { Minus("r", two, "p", three, "q", two) }, "Minus", "p is 3×1")
	mustPanic(t, func() { Scale("r", two, "η", two, "q", two) }, "Scale", "η is 2×1", "number")
	mustPanic(t, func() { Sum("r", two, "p", three) }, "Sum", "p is 3×1")
	mustPanic(t, func() { Sum("r", two) }, "Sum", "at least one term")
	mustPanic(t, func() { Apply("h", two, `\tanh`, "a", three) }, "Apply", "a is 3×1")
	mustPanic(t, func() { Product("a", two, "U", U) }, "2 named values")
}

func TestTableAlignsNumbersAndKeepsBarsInTheirCells(t *testing.T) {
	table := Table("word", "p", "$|h|$", "state")
	table.Row("a|b", 0.25, 2, []float64{1, 0})
	table.Row("c\nd", "", -0.5, "")
	want := `| word | p | $\|h\|$ | state |
|:---|---:|---:|:---|
| a\|b | 0.25 | 2 | $\begin{bmatrix} 1 \\ 0 \end{bmatrix}$ |
| c d |  | −0.5 |  |`
	if got := table.markdown(); got != want {
		t.Errorf("the table is\n%s\nwant\n%s", got, want)
	}
	mustPanic(t, func() { Table() }, "at least one column")
	mustPanic(t, func() { table.Row(1) }, "row 3 has 1 cells, the table has 4 columns")
}

func gridFor(value any) grid { return gridOf("test", "value", value) }

func TestEqualNamesWhatDiffersAndWhere(t *testing.T) {
	W := [][]float64{{1, 2}, {3, 4}}
	for _, c := range []struct {
		name      string
		got, want any
		tolerance float64
		passed    bool
		message   string
	}{
		{"within", W, mat.NewDense(2, 2, []float64{1, 2, 3, 4 + 1e-13}), 1e-12, true, "✓ dW: equal to within 10⁻¹²."},
		{"exact", 0.5, 0.5, 0, true, "✓ dW: equal, to the last digit."},
		{"odd tolerance", 1, 1, 5e-5, true, "✓ dW: equal to within 5·10⁻⁵."},
		{"an entry", W, [][]float64{{1, 2}, {3, 4.5}}, 1e-12, false, "✗ dW: the entry in row 2, column 2 is 4, expected 4.5."},
		{"a number", 1.0, 1.0 + 1e-6, 1e-7, false, "✗ dW: got 1, expected 1.000001."},
		{"shapes", W, []float64{1, 2}, 1e-12, false, "✗ dW: the shape is 2×2, expected 2×1."},
		{"NaN got", math.NaN(), 1, 1, false, "✗ dW: got NaN, expected 1."},
		{"NaN want", 1, math.NaN(), 1, false, "✗ dW: got 1, expected NaN."},
	} {
		passed, message := equal("dW", gridFor(c.got), gridFor(c.want), c.tolerance)
		if passed != c.passed || message != c.message {
			t.Errorf("%s: got %v, %q; want %v, %q", c.name, passed, message, c.passed, c.message)
		}
	}
}

func TestAFailedCheckEndsTheCell(t *testing.T) {
	var codes []int
	defer func(before func(int)) { exit = before }(exit)
	exit = func(code int) { codes = append(codes, code) }
	Equal("a", 1, 2, 0)
	True("b", false)
	if len(codes) != 2 || codes[0] != 1 || codes[1] != 1 {
		t.Errorf("two failed checks ended the cell with %v, want [1 1]", codes)
	}
	Equal("a", 1, 1, 0)
	True("b", true)
	Answer("c", 1, 2, 0) // a wrong answer does not stop the notebook
	if len(codes) != 2 {
		t.Error("a check that holds, or a wrong answer, ended the cell")
	}
}

func TestAnswerMessage(t *testing.T) {
	for _, c := range []struct {
		name          string
		answer, right any
		want          string
	}{
		{"a number not given", math.NaN(), 1, "○ q: not answered yet."},
		{"a matrix not given", [][]float64(nil), [][]float64{{1}}, "○ q: not answered yet."},
		{"a vector half given", []float64{1, math.NaN()}, []float64{1, 2}, "○ q: not answered yet."},
		{"right", 0.33333, 1.0 / 3, "✓ q: right."},
		{"wrong", 0.3, 1.0 / 3, "✗ q: 0.3 is not it. Try again, or look at the worked solution."},
		{"wrong shape", []float64{1, 2}, []float64{1, 2, 3}, `✗ q: $\begin{bmatrix} 1 \\ 2 \end{bmatrix}$ is not it. Try again, or look at the worked solution.`},
	} {
		if got := answerMessage("q", gridFor(c.answer), gridFor(c.right), 5e-5); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// drawing is a Picture.
type drawing struct {
	alt string
	err error
}

func (d drawing) Alt() string              { return d.alt }
func (d drawing) PNG() ([]byte, error)     { return []byte("PNG"), d.err }
func (d drawing) Size() (float64, float64) { return 660, 360 }

func TestChartIsAnImageWithItsAlternativeText(t *testing.T) {
	got, err := image(drawing{alt: `L < 1 & "falls"`})
	want := `<img lang="en" alt="L &lt; 1 &amp; &#34;falls&#34;" width="660" src="data:image/png;base64,UE5H">`
	if err != nil || got != want {
		t.Errorf("got %s, %v; want %s", got, err, want)
	}
}

// moving is a Picture with a GIF.
type moving struct{ drawing }

func (m moving) GIF() ([]byte, error) { return []byte("GIF"), m.err }

func TestChartShowsAnAnimationAsGIF(t *testing.T) {
	got, err := image(moving{drawing{alt: "it falls"}})
	want := `<img lang="en" alt="it falls" width="660" src="data:image/gif;base64,R0lG">`
	if err != nil || got != want {
		t.Errorf("got %s, %v; want %s", got, err, want)
	}
	mustPanic(t, func() { Chart(moving{drawing{alt: "a", err: errors.New("no colours")}}, nil) }, "Chart", "no colours")
}

func TestChartRejectsAPictureThatFailed(t *testing.T) {
	mustPanic(t, func() { Chart(nil, errors.New("no values")) }, "Chart", "no values")
	mustPanic(t, func() { Chart(drawing{}, nil) }, "Chart", "no alternative text")
	mustPanic(t, func() { Chart(drawing{alt: "a", err: errors.New("no pixels")}, nil) }, "Chart", "no pixels")
}

// In the dummy language each text of the catalogue is in brackets. Everything else must be from the
// caller.
func TestEveryMessageComesFromTheCatalogue(t *testing.T) {
	inLanguage(t, lang.Dummy)
	_, agree := equal("a", gridFor(1), gridFor(1), 1e-12)
	_, exactly := equal("a", gridFor(1), gridFor(1), 0)
	_, number := equal("a", gridFor(1), gridFor(2), 0)
	_, entry := equal("a", gridFor([]float64{1}), gridFor([]float64{2}), 0)
	_, shape := equal("a", gridFor(1), gridFor([]float64{1, 2}), 0)
	messages := []string{agree, exactly, number, entry, shape,
		answerMessage("a", gridFor(math.NaN()), gridFor(1), 0),
		answerMessage("a", gridFor(1), gridFor(1), 0),
		answerMessage("a", gridFor(1), gridFor(2), 0),
	}
	_, note, _ := strings.Cut(product(named("s", 1.0), named("a", 1.0/3), named("b", 3.0)), "\n\n")
	for _, message := range append(messages, note) {
		if !strings.HasPrefix(message, "⟦") || !strings.HasSuffix(message, "⟧") {
			t.Errorf("%q is not entirely from the catalogue", message)
		}
	}
	tag, err := image(drawing{alt: "a"})
	if err != nil || !strings.Contains(tag, `lang="xx"`) {
		t.Errorf("the image is %s (%v), want the current language", tag, err)
	}
}
