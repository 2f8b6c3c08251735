package train_test

import (
	"context"
	"fmt"

	"rnn101/rnnkit"
	"rnn101/rnnkit/internal/rnntest"
	"rnn101/rnnkit/train"
)

func ExampleTraining() {
	net := rnntest.Lecture()
	training := train.Training{Steps: 1000, Rate: 0.5}
	losses, err := training.Run(context.Background(), net, []rnnkit.Sequence{rnntest.Pair1, rnntest.Pair2})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("loss %.4f → %.4f\n", losses[0], losses[1000])
	for _, seq := range []rnnkit.Sequence{rnntest.Pair1, rnntest.Pair2} {
		pass := rnnkit.MustForward(net, nil, seq)
		fmt.Printf("P(%s) = %.4f\n", rnntest.Outputs.Token(seq.Targets[1]), pass.Y[2][seq.Targets[1]])
	}
	// Output:
	// loss 4.7710 → 0.0038
	// P(방망이) = 0.9990
	// P(박쥐) = 0.9991
}

// A GRU in training with Adam, its gradients clipped.
func ExampleAdam() {
	net := rnnkit.New(rnnkit.GRU{}, 3, 4, 4).WithBiases()
	net.Glorot(1)
	training := train.Training{Steps: 200, Optimizer: &train.Adam{Rate: 0.05}, Clip: 1}
	losses, err := training.Run(context.Background(), net, []rnnkit.Sequence{rnntest.Pair1, rnntest.Pair2})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("loss %.2f → %.2f\n", losses[0], losses[200])
	// Output:
	// loss 5.51 → 0.01
}

// Sequences of different lengths, each from a state of its own that is carried over.
func ExampleBatch() {
	net := rnntest.Lecture()
	batch, gradient := train.NewBatch(net, 4, 2), rnnkit.NewGradient(net)
	defer batch.Close()
	states := [][]float64{{0, 0}, {0, 0}}
	for range 2 {
		gradient.Zero()
		loss, err := batch.Gradient(gradient, net, states, []rnnkit.Sequence{rnntest.Pair1, rnntest.Four})
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
