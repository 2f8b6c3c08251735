package rnnkit

import (
	"fmt"

	"rnn101/rnnkit/internal/kernel"
)

// BackwardTruncated adds to dst the gradient of truncated backpropagation through
// time, BPTT(k2; k1) of Williams and Peng (1990): after every k1 steps, and at the
// end, the losses of the last k1 steps are propagated back over the last k2 steps and
// no further. With k2 as long as the sequence the result is that of Backward. With
// k1 = k2, a divisor of the length, it is that of cutting the sequence into pieces, each
// of which starts from the detached state of the one before.
//
// The gradient that reaches h_0 is added to dst.H0. It allocates nothing but at its first run and panics unless 1 ≤ k1 ≤ k2, and where Backward does.
func (p *Pass) BackwardTruncated(dst *Gradient, net *RNN, k1, k2 int) {
	if k1 < 1 || k2 < k1 {
		panic(fmt.Sprintf("rnnkit: BackwardTruncated: k1 = %d and k2 = %d: 1 ≤ k1 ≤ k2 is needed", k1, k2))
	}
	p.mustFit(dst, net)
	T := p.seq.Len()
	for done := 0; done < T; {
		end := min(done+k1, T)
		first := max(1, end-k2+1)
		p.back(dst, net, end, first, done+1)
		if first == 1 {
			kernel.Add(dst.H0, p.ds[0])
		}
		done = end
	}
}
