package train_test

import (
	"fmt"
	"testing"

	"rnn101/rnnkit"
	"rnn101/rnnkit/internal/rnntest"
	"rnn101/rnnkit/train"
)

func BenchmarkBatch32(b *testing.B) {
	for _, hidden := range []int{128, 256, 512} {
		b.Run(fmt.Sprintf("H=%d", hidden), func(b *testing.B) {
			net, seqs := rnntest.Work(rnnkit.Plain{}, hidden, 32)
			batch, gradient := train.NewBatch(net, 25, 2), rnnkit.NewGradient(net)
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
