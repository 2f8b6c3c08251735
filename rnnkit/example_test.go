package rnnkit_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"gonum.org/v1/gonum/mat"

	"rnn101/data"
	"rnn101/rnnkit"
)

// The whole way of the lecture: words, forward pass, gradients, one update.
func Example() {
	in := rnnkit.MustVocabulary(data.InputWords()...)   // baseball, vampire, bat
	out := rnnkit.MustVocabulary(data.OutputWords()...) // 야구, 흡혈, 방망이, 박쥐
	net := rnnkit.FromRows(data.LectureWeights())       // the rows of U, W and V
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

func ExampleVocabulary() {
	words := rnnkit.MustVocabulary("sun", "moon", "star")
	ids, err := words.Encode("moon", "star")
	fmt.Println(ids, err)
	_, err = words.Encode("moon", "star ")
	fmt.Println(err)
	fmt.Println(rnnkit.OneHot(make([]float64, words.Len()), ids[1]))
	// Output:
	// [1 2] <nil>
	// rnnkit: unknown token "star " at position 2 (known: "sun", "moon", "star")
	// [0 0 1]
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
	net := lecture()
	pass, gradient := rnnkit.NewPass(net, 2), rnnkit.NewGradient(net)
	for step := range 3 {
		gradient.Zero()
		loss := 0.0
		for _, seq := range []rnnkit.Sequence{pair1, pair2} {
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

func ExampleTraining() {
	net := lecture()
	training := rnnkit.Training{Steps: 1000, Rate: 0.5}
	losses, err := training.Run(context.Background(), net, []rnnkit.Sequence{pair1, pair2})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("loss %.4f → %.4f\n", losses[0], losses[1000])
	for _, seq := range []rnnkit.Sequence{pair1, pair2} {
		pass := rnnkit.MustForward(net, nil, seq)
		fmt.Printf("P(%s) = %.4f\n", lectureOut.Token(seq.Targets[1]), pass.Y[2][seq.Targets[1]])
	}
	// Output:
	// loss 4.7710 → 0.0038
	// P(방망이) = 0.9990
	// P(박쥐) = 0.9991
}

// The state of the first pair is carried over, so that the indirect path of L_2
// into W is not zero.
func ExamplePathsOf() {
	net := lecture()
	carried := rnnkit.MustForward(net, nil, pair1).H[2]
	paths := rnnkit.PathsOf(net, rnnkit.MustForward(net, carried, pair2))
	fmt.Printf("direct    % .6f\n", mat.Formatted(paths.W[2][2], mat.Prefix("          ")))
	fmt.Printf("via h_1   % .6f\n", mat.Formatted(paths.W[2][1], mat.Prefix("          ")))
	fmt.Printf("all       % .6f\n", mat.Formatted(paths.SumW(), mat.Prefix("          ")))
	// Output:
	// direct    ⎡-0.053337   0.118759⎤
	//           ⎣ 0.086262  -0.192070⎦
	// via h_1   ⎡-0.004610  -0.002661⎤
	//           ⎣-0.033714  -0.019460⎦
	// all       ⎡ 0.074087   0.192308⎤
	//           ⎣ 0.049035  -0.213557⎦
}

// An LSTM carries two vectors, h and then c. Its gates can be looked at by name.
func ExampleLSTM() {
	net := rnnkit.New(rnnkit.LSTM{}, 3, 2, 4).WithBiases()
	net.Glorot(1)
	net.B.SetVec(2, 1) // the forget gate begins open: its block is the second
	net.B.SetVec(3, 1)
	pass := rnnkit.MustForward(net, nil, pair1)
	fmt.Printf("the state is %d numbers long\n", net.StateLen())
	fmt.Printf("f_2 = %.4f\n", pass.Gate(net, 2, "f"))
	fmt.Printf("h_2 = %.4f, then c_2 = %.4f\n", pass.Last()[:2], pass.Last()[2:])
	// Output:
	// the state is 4 numbers long
	// f_2 = [0.8074 0.7460]
	// h_2 = [-0.0631 -0.2409], then c_2 = [-0.2430 -0.3337]
}

// A GRU in training with Adam, its gradients clipped.
func ExampleGRU() {
	net := rnnkit.New(rnnkit.GRU{}, 3, 4, 4).WithBiases()
	net.Glorot(1)
	training := rnnkit.Training{Steps: 200, Optimizer: &rnnkit.Adam{Rate: 0.05}, Clip: 1}
	losses, err := training.Run(context.Background(), net, []rnnkit.Sequence{pair1, pair2})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("loss %.2f → %.2f\n", losses[0], losses[200])
	// Output:
	// loss 5.51 → 0.01
}

// Truncated after one step, the gradient of W loses what comes from further back.
func ExamplePass_BackwardTruncated() {
	net := lecture()
	pass := rnnkit.MustForward(net, nil, four)
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

// Sequences of different lengths, each from a state of its own that is carried over.
func ExampleBatch() {
	net := lecture()
	batch, gradient := rnnkit.NewBatch(net, 4, 2), rnnkit.NewGradient(net)
	defer batch.Close()
	states := [][]float64{{0, 0}, {0, 0}}
	for range 2 {
		gradient.Zero()
		loss, err := batch.Gradient(gradient, net, states, []rnnkit.Sequence{pair1, four})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("loss %.4f, states now %.4f\n", loss, states)
	}
	// Output:
	// loss 7.1605, states now [[0.3303 0.1906] [-0.1498 0.4148]]
	// loss 7.3147, states now [[0.3222 0.2979] [-0.1625 0.4062]]
}

func ExampleSave() {
	folder, err := os.MkdirTemp("", "rnnkit")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "bat.safetensors")
	if err := rnnkit.Save(path, lecture(), lectureIn, lectureOut); err != nil {
		fmt.Println(err)
		return
	}
	net, in, out, err := rnnkit.Load(path)
	if err != nil {
		fmt.Println(err)
		return
	}
	seq := rnnkit.Sequence{Inputs: in.MustEncode("baseball", "bat"), Targets: out.MustEncode("야구", "방망이")}
	fmt.Printf("%.4f\n", rnnkit.MustForward(net, nil, seq).Loss)
	// Output: 2.3804
}

func ExampleSampler() {
	net := rnnkit.NewRNN(2, 2, 2).WithBiases()
	net.C.SetVec(1, 1) // token 1 is e times as likely as token 0
	tokens, err := rnnkit.Sampler{Temperature: 1, Seed: 4}.Run(net, nil, []int{0}, 12)
	fmt.Println(tokens, err)
	// Output:
	// [1 1 1 1 0 1 1 1 1 1 1 0] <nil>
}

// How a change of h_0 reaches the later states.
func ExampleJacobian() {
	net := lecture()
	pass := rnnkit.MustForward(net, nil, four)
	for t := 1; t <= 4; t++ {
		J := rnnkit.Jacobian(net, pass, t, 0)
		fmt.Printf("∂h_%d/∂h_0: largest singular value %.4f, spectral radius %.4f\n", t, rnnkit.SingularValues(J)[0], rnnkit.SpectralRadius(J))
	}
	// Output:
	// ∂h_1/∂h_0: largest singular value 0.5348, spectral radius 0.4326
	// ∂h_2/∂h_0: largest singular value 0.2866, spectral radius 0.2044
	// ∂h_3/∂h_0: largest singular value 0.1002, spectral radius 0.0747
	// ∂h_4/∂h_0: largest singular value 0.0433, spectral radius 0.0343
}
