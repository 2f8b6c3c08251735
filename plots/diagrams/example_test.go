package diagrams_test

import (
	"fmt"
	"log"

	"rnn101/plots/diagrams"
)

// show prints what a reader sees and what a listener hears.
func show(figure *diagrams.Figure, err error) {
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(figure.Title())
	fmt.Println(figure.Alt())
}

// Both words of “baseball bat” lie on a path.
func ExampleRoutesToU() {
	show(diagrams.RoutesToU(2, 2, "baseball", "bat"))
	// Output:
	// From the loss L₂ back to every place where U acts
	// The net unrolled over 2 steps, with the paths on which the loss L₂ reaches the copies of U. A copy of U lies between the input and the state of each step. Path direct: by ŷ₂, h₂ to U⁽²⁾, where the input is “bat”. Path indirect, through h₁: by ŷ₂, h₂, h₁ to U⁽¹⁾, where the input is “baseball”. The gradient of L₂ with respect to U is the sum of what arrives on these paths.
}

// The first step of “baseball bat” gets two vectors, the last one.
func ExampleBackward() {
	show(diagrams.Backward(
		diagrams.BackwardStep{Word: "baseball", Error: []float64{-0.650956, 0.181492, 0.278430, 0.191034}, FromLoss: []float64{-0.435997, 0.327102},
			FromNext: []float64{-0.050786, 0.077353}, Delta: []float64{-0.382830, 0.370132}},
		diagrams.BackwardStep{Word: "bat", Error: []float64{0.276379, 0.211412, -0.734959, 0.247168}, FromLoss: []float64{-0.209800, 0.082952},
			Delta: []float64{-0.186918, 0.079938}}))
	// Output:
	// Backward: what arrives at a step is added, then goes through tanh
	// The net unrolled over 2 steps, with what the arrows of the backward pass carry. They lead from each error down to the δ of its step, from each δ to the δ of the step before, and from each δ down to a column of ∂L/∂U. Step 2: ŷ₂ − y₂ = (0.2764, 0.2114, −0.7350, 0.2472) comes down through V transposed as (−0.2098, 0.0830). Through tanh it becomes δ₂ = (−0.1869, 0.0799), which goes into the column “bat”. Step 1: ŷ₁ − y₁ = (−0.6510, 0.1815, 0.2784, 0.1910) comes down through V transposed as (−0.4360, 0.3271), and δ₂ comes back through W transposed as (−0.0508, 0.0774). Their sum, through tanh, is δ₁ = (−0.3828, 0.3701), which goes into the column “baseball”.
}

// Step 1 adds nothing to ∂L/∂W, because h₀ is zero.
func ExampleColumn() {
	show(diagrams.Column("W", 1, 2,
		diagrams.ColumnStep{Delta: []float64{-0.382830, 0.370132}, Factor: 0, Word: "baseball"},
		diagrams.ColumnStep{Delta: []float64{-0.186918, 0.079938}, Factor: 0.462117, Word: "bat"}))
	// Output:
	// Column 1 of ∂L/∂W: each step k adds δₖ × hₖ₋₁[1]
	// How column 1 of ∂L/∂W is collected, a row for each step. In step 1, “baseball”, δ₁ = (−0.3828, 0.3701) times h₀[1] = 0 gives (0, 0). In step 2, “bat”, δ₂ = (−0.1869, 0.0799) times h₁[1] = 0.4621 gives (−0.0864, 0.0369). The sum, (−0.0864, 0.0369), is column 1 of the 2 columns of ∂L/∂W.
}

// The vectors of “baseball bat” from a state of zero.
func ExampleFolded() {
	show(diagrams.Folded(2, [][][]float64{nil, {nil, {-0.361640, 0.283610}}, {nil, {-0.021190, 0.086522}, {-0.186918, 0.079938}}}))
	// Output:
	// The table of paths, summed by columns
	// A table with a row for each of 2 losses and a column for each of the sums a₁ to a₂; nothing above the diagonal. Each column is added up to the vector below it. Column a₁: ∂L₁/∂a₁ = (−0.3616, 0.2836), ∂L₂/∂a₁ = (−0.0212, 0.0865) add up to δ₁ = (−0.3828, 0.3701). Column a₂: ∂L₂/∂a₂ = (−0.1869, 0.0799) add up to δ₂ = (−0.1869, 0.0799).
}

// A window and pieces with the same k keep different entries.
func ExampleTruncations() {
	show(diagrams.Truncations(4, 2))
	// Output:
	// Two ways to cut, on the table of paths
	// The table of paths, drawn twice, with a row for each of 4 losses and a column for each copy of the matrix; nothing above the diagonal. The table with a window for each loss, k = 2: 7 of 10 entries kept. Row by row, L₁: W⁽¹⁾; L₂: W⁽¹⁾, W⁽²⁾; L₃: W⁽²⁾, W⁽³⁾; L₄: W⁽³⁾, W⁽⁴⁾. The table with pieces of the text, k = 2: 6 of 10 entries kept. Row by row, L₁: W⁽¹⁾; L₂: W⁽¹⁾, W⁽²⁾; L₃: W⁽³⁾; L₄: W⁽³⁾, W⁽⁴⁾. The entries that only the window keeps are framed: L₃ W⁽²⁾. Dashed lines divide the pieces.
}

func ExampleTree() {
	show(diagrams.Tree("How to read the report", diagrams.Node{
		Text: "Is V right?",
		Yes:  &diagrams.Node{Text: "It is in what comes from the later step."},
		No:   &diagrams.Node{Text: "It is in the sum over time."},
	}))
	// Output:
	// How to read the report
	// How to read the report: a tree of questions, from top to bottom. Question 1: Is V right? If yes: It is in what comes from the later step. If no: It is in the sum over time.
}

// The weights are made up: how much of each word is wanted at “bat”, the last one.
func ExampleAttention() {
	show(diagrams.Attention([]string{"vampire", "bat", "baseball", "bat"}, []float64{0.05, 0.1, 0.65, 0.2}))
	// Output:
	// How the past reaches step 4
	// Two drawings of the path from the words vampire, bat, baseball, bat, of which the last is read now, to the output ŷ₄. At the left, a recurrent net: each word leads to a state, each state to the next, and h₄ alone leads to the output, so that the whole past goes through this one state. At the right, attention: each word has a direct line to a sum, which leads to the output. The widths of the lines are the weights: vampire 0.05, bat 0.10, baseball 0.65, bat 0.20.
}
