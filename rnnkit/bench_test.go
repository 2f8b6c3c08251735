package rnnkit_test

import (
	"fmt"
	"testing"

	"rnn101/rnnkit"
)

// work is forward and BPTT of T = 25 steps with one-hot inputs and 64 outputs.
func work(cell rnnkit.Cell, hidden, batch int) (*rnnkit.RNN, []rnnkit.Sequence) {
	const tokens, steps = 64, 25
	net := rnnkit.New(cell, tokens, hidden, tokens).WithBiases()
	net.Glorot(1)
	seqs := make([]rnnkit.Sequence, batch)
	for i := range seqs {
		for t := range steps {
			seqs[i].Inputs = append(seqs[i].Inputs, (7*i+3*t)%tokens)
			seqs[i].Targets = append(seqs[i].Targets, (7*i+3*t+3)%tokens)
		}
	}
	return net, seqs
}

func BenchmarkForwardBackward(b *testing.B) {
	for _, cell := range []rnnkit.Cell{rnnkit.Plain{}, rnnkit.LSTM{}, rnnkit.GRU{}} {
		for _, hidden := range []int{100, 128, 256, 512} {
			b.Run(fmt.Sprintf("%s/H=%d", cell.Name(), hidden), func(b *testing.B) {
				net, seqs := work(cell, hidden, 1)
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

func BenchmarkBatch32(b *testing.B) {
	for _, hidden := range []int{128, 256, 512} {
		b.Run(fmt.Sprintf("H=%d", hidden), func(b *testing.B) {
			net, seqs := work(rnnkit.Plain{}, hidden, 32)
			batch, gradient := rnnkit.NewBatch(net, 25, 2), rnnkit.NewGradient(net)
			defer batch.Close()
			b.ReportAllocs()
			for b.Loop() {
				gradient.Zero()
				if _, err := batch.Gradient(gradient, net, nil, seqs); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
