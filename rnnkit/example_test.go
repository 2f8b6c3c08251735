package rnnkit_test

import (
	"fmt"

	"gonum.org/v1/gonum/mat"

	"rnn101/data"
	"rnn101/rnnkit"
	"rnn101/rnnkit/internal/rnntest"
	"rnn101/rnnkit/text"
)

// The whole way of the lecture: words, forward pass, gradients, one update.
func Example() {
	in := text.MustVocabulary(data.InputWords()...)   // baseball, vampire, bat
	out := text.MustVocabulary(data.OutputWords()...) // 야구, 흡혈, 방망이, 박쥐
	net := rnnkit.FromRows(data.LectureWeights())     // the rows of U, W and V
	pair := rnnkit.Sequence{
		Inputs:  in.MustEncode("baseball", "bat"),
		Targets: out.MustEncode("야구", "방망이"),
	}

	pass, gradient := rnnkit.GradientOf(net, nil, pair)
	fmt.Printf("ŷ_2 = %.4f\n", pass.Y[2])
	fmt.Printf("L = %.4f\n", pass.Loss)
	fmt.Printf("∂L/∂W = %.4f\n", mat.Formatted(gradient.W, mat.Prefix("        ")))

	net.Descend(gradient, 0.5)
	fmt.Printf("L after one update = %.4f\n", rnnkit.MustForward(net, nil, pair).Loss)
	// Output:
	// ŷ_2 = [0.2764 0.2114 0.2650 0.2472]
	// L = 2.3804
	// ∂L/∂W = ⎡-0.0864   0.0545⎤
	//         ⎣ 0.0369  -0.0233⎦
	// L after one update = 2.1116
}

func ExampleSoftmax() {
	scores := []float64{1000, 1000, 0}
	fmt.Println(rnnkit.Softmax(make([]float64, 3), scores))
	fmt.Printf("%.4f\n", rnnkit.CrossEntropy(scores, 0))
	// Output:
	// [0.5 0.5 0]
	// 0.6931
}

// Storage is made once; a training step then allocates nothing.
func ExamplePass() {
	net := rnntest.Lecture()
	pass, gradient := rnnkit.NewPass(net, 2), rnnkit.NewGradient(net)
	for step := range 3 {
		gradient.Zero()
		loss := 0.0
		for _, seq := range []rnnkit.Sequence{rnntest.Pair1, rnntest.Pair2} {
			if err := pass.Forward(net, nil, seq); err != nil {
				fmt.Println(err)
				return
			}
			pass.Backward(gradient, net) // adds
			loss += pass.Loss
		}
		net.Descend(gradient, 0.5)
		fmt.Printf("after %d updates: %.4f\n", step, loss)
	}
	// Output:
	// after 0 updates: 4.7710
	// after 1 updates: 4.1789
	// after 2 updates: 3.6001
}

// An LSTM carries two vectors, h and then c. Its gates can be looked at by name.
func ExampleLSTM() {
	net := rnnkit.New(rnnkit.LSTM{}, 3, 2, 4).WithBiases()
	net.Glorot(1)
	net.B.SetVec(2, 1) // the forget gate begins open: its block is the second
	net.B.SetVec(3, 1)
	pass := rnnkit.MustForward(net, nil, rnntest.Pair1)
	fmt.Printf("the state is %d numbers long\n", net.StateLen())
	fmt.Printf("f_2 = %.4f\n", pass.Gate(net, 2, "f"))
	fmt.Printf("h_2 = %.4f, then c_2 = %.4f\n", pass.Last()[:2], pass.Last()[2:])
	// Output:
	// the state is 4 numbers long
	// f_2 = [0.8074 0.7460]
	// h_2 = [-0.0631 -0.2409], then c_2 = [-0.2430 -0.3337]
}

// Truncated after one step, the gradient of W loses what comes from further back.
func ExamplePass_BackwardTruncated() {
	net := rnntest.Lecture()
	pass := rnnkit.MustForward(net, nil, rnntest.Four)
	for k := 1; k <= 4; k++ {
		gradient := rnnkit.NewGradient(net)
		pass.BackwardTruncated(gradient, net, 1, k)
		fmt.Printf("k2 = %d: ∂L/∂W₁₂ = %.6f\n", k, gradient.W.At(0, 1))
	}
	// Output:
	// k2 = 1: ∂L/∂W₁₂ = 0.249420
	// k2 = 2: ∂L/∂W₁₂ = 0.206082
	// k2 = 3: ∂L/∂W₁₂ = 0.215479
	// k2 = 4: ∂L/∂W₁₂ = 0.215479
}
