package rnnkit_test

import (
	"fmt"
	"testing"

	"rnn101/rnnkit"
	"rnn101/rnnkit/internal/rnntest"
)

func BenchmarkForwardBackward(b *testing.B) {
	for _, cell := range []rnnkit.Cell{rnnkit.Plain{}, rnnkit.LSTM{}, rnnkit.GRU{}} {
		for _, hidden := range []int{100, 128, 256, 512} {
			b.Run(fmt.Sprintf("%s/H=%d", cell.Name(), hidden), func(b *testing.B) {
				net, seqs := rnntest.Work(cell, hidden, 1)
				pass, gradient := rnnkit.NewPass(net, 25), rnnkit.NewGradient(net)
				b.ReportAllocs()
				for b.Loop() {
					gradient.Zero()
					if err := pass.Forward(net, nil, seqs[0]); err != nil {
						b.Fatal(err)
					}
					pass.Backward(gradient, net)
				}
			})
		}
	}
}
