package show_test

import (
	"math"

	"rnn101/data"
	"rnn101/plots"
	"rnn101/show"
)

// In a notebook the output is typeset. Elsewhere the same Markdown and LaTeX goes to
// standard output. The numbers are from the lecture: the pair "baseball bat", and a net with two
// hidden units.

var (
	U, W, _ = data.LectureWeights()

	a1 = []float64{0.5, -0.3}
	h1 = []float64{math.Tanh(0.5), math.Tanh(-0.3)}
)

func ExampleMatrix() {
	show.Matrix("U", U, "W", W)
	show.Matrix("h_1", h1)
	// Output:
	// $$U = \begin{bmatrix} 0.5 & -0.4 & 0.1 \\ -0.3 & 0.6 & 0.2 \end{bmatrix} \qquad W = \begin{bmatrix} 0.4 & -0.2 \\ 0.3 & 0.5 \end{bmatrix}$$
	// $$h_1 = \begin{bmatrix} 0.4621 \\ -0.2913 \end{bmatrix}$$
}

// A one-hot vector picks a column of U.
func ExampleProduct() {
	baseball := []float64{1, 0, 0}
	show.Product("a_1", a1, "U", U, "x_1", baseball)
	// Output:
	// $$\begin{aligned} a_1 &= U\,x_1 \\ &= \begin{bmatrix} 0.5 & -0.4 & 0.1 \\ -0.3 & 0.6 & 0.2 \end{bmatrix} \begin{bmatrix} 1 \\ 0 \\ 0 \end{bmatrix} \\ &= \begin{bmatrix} 0.5 \cdot 1 + (-0.4) \cdot 0 + 0.1 \cdot 0 \\ (-0.3) \cdot 1 + 0.6 \cdot 0 + 0.2 \cdot 0 \end{bmatrix} \\ &= \begin{bmatrix} 0.5 \\ -0.3 \end{bmatrix} \end{aligned}$$
}

func ExampleApply() {
	show.Apply("h_1", h1, `\tanh`, "a_1", a1)
	// Output:
	// $$\begin{aligned} h_1 &= \tanh(a_1) \\ &= \begin{bmatrix} \tanh(0.5) \\ \tanh(-0.3) \end{bmatrix} \\ &= \begin{bmatrix} 0.4621 \\ -0.2913 \end{bmatrix} \end{aligned}$$
}

// The contribution of the first step to ∂L/∂V. The note appears because the displayed factors
// 0.2784 and 0.4621 give 0.1286.
func ExampleOuter() {
	d1 := []float64{-0.650956, 0.181492, 0.278430, 0.191034}
	var dV [][]float64
	for _, d := range d1 {
		dV = append(dV, []float64{d * h1[0], d * h1[1]})
	}
	show.Outer("∂L_1/∂V", dV, "(ŷ_1-y_1)", d1, "h_1", h1)
	// Output:
	// $$\begin{aligned} ∂L_1/∂V &= (\hat y_1-y_1)\,h_1^⊤ \\ &= \begin{bmatrix} -0.6510 \\ 0.1815 \\ 0.2784 \\ 0.1910 \end{bmatrix} \begin{bmatrix} 0.4621 & -0.2913 \end{bmatrix} \\ &= \begin{bmatrix} (-0.6510) \cdot 0.4621 & (-0.6510) \cdot (-0.2913) \\ 0.1815 \cdot 0.4621 & 0.1815 \cdot (-0.2913) \\ 0.2784 \cdot 0.4621 & 0.2784 \cdot (-0.2913) \\ 0.1910 \cdot 0.4621 & 0.1910 \cdot (-0.2913) \end{bmatrix} \\ &= \begin{bmatrix} -0.3008 & 0.1896 \\ 0.0839 & -0.0529 \\ 0.1287 & -0.0811 \\ 0.0883 & -0.0557 \end{bmatrix} \end{aligned}$$
	//
	// *Displayed factors are rounded; the result comes from the unrounded ones, so its last digit can differ from what you get with these.*
}

// ŷ − y, the gradient of softmax and cross-entropy: the target is the first output.
func ExampleMinus() {
	show.Minus("d_1", []float64{-0.4, 0.4}, "ŷ_1", []float64{0.6, 0.4}, "y_1", []float64{1, 0})
	// Output:
	// $$\begin{aligned} d_1 &= \hat y_1 - y_1 \\ &= \begin{bmatrix} 0.6 \\ 0.4 \end{bmatrix} - \begin{bmatrix} 1 \\ 0 \end{bmatrix} \\ &= \begin{bmatrix} 0.6 - 1 \\ 0.4 - 0 \end{bmatrix} \\ &= \begin{bmatrix} -0.4 \\ 0.4 \end{bmatrix} \end{aligned}$$
}

func ExampleTable() {
	t := show.Table("word", "$P$ after baseball bat")
	t.Row("방망이", 0.265041)
	t.Row("박쥐", 0.247168)
	t.Show()
	// Output:
	// | word | $P$ after baseball bat |
	// |:---|---:|
	// | 방망이 | 0.2650 |
	// | 박쥐 | 0.2472 |
}

// If the values differed, the cell would end with an error.
func ExampleEqual() {
	show.Equal("h_1", h1, []float64{0.462117, -0.291313}, 1e-6)
	// Output: ✓ h_1: equal to within 10⁻⁶.
}

func ExampleTrue() {
	before, after := 2.3804, 2.1116
	show.True("one update lowers the loss", after < before)
	// Output: ✓ one update lowers the loss
}

// NaN stands for an answer that the reader has not given yet.
func ExampleAnswer() {
	show.Answer("the first entry of h_1", math.NaN(), h1[0], 5e-5)
	show.Answer("the first entry of h_1", 0.5, h1[0], 5e-5)
	show.Answer("the first entry of h_1", 0.4621, h1[0], 5e-5)
	// Output:
	// ○ the first entry of h_1: not answered yet.
	// ✗ the first entry of h_1: 0.5 is not it. Try again, or look at the worked solution.
	// ✓ the first entry of h_1: right.
}

func ExampleFormula() {
	show.Formula(`L_1 = -\ln ŷ_{1,야구} = -\ln %v = %v`, 0.349044, 1.052558701289131)
	// Output: $$L_1 = -\ln \hat y_{1,야구} = -\ln 0.3490 = 1.0526$$
}

func ExampleText() {
	show.Text("After %d steps the loss is %v, that is %.1f %% of what it was.", 50, 0.1146, 100*0.1146/4.771043)
	// Output: After 50 steps the loss is 0.1146, that is 2.4 % of what it was.
}

// Chart takes both results of the call that draws. Outside a notebook it prints the
// alternative text.
func ExampleChart() {
	show.Chart(plots.Bars([]string{"방망이", "박쥐"},
		plots.Series{Name: "after baseball bat", Values: []float64{0.265041, 0.247168}}))
	// Output: Bar chart of probabilities. after baseball bat: 방망이 0.2650, 박쥐 0.2472.
}

// Outside a notebook only the last line is printed.
func ExampleProgress() {
	progress := show.Progress("training", 1000)
	for i := range 1000 {
		progress.Step(i + 1)
	}
	// Output: ✓ training: all 1000 steps done
}

func ExampleDecimals() {
	defer show.Decimals(4)
	show.Text("The loss is %v.", 2.380429579406214)
	show.Decimals(10)
	show.Text("The loss is %v.", 2.380429579406214)
	// Output:
	// The loss is 2.3804.
	// The loss is 2.3804295794.
}

// Outside a notebook only the label is printed.
func ExampleMelody() {
	show.Melody("Arirang, the first eight bars", data.Arirang().Bars(8), 150)
	// Output: Arirang, the first eight bars
}
