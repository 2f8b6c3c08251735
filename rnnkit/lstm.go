package rnnkit

import "rnn101/rnnkit/internal/kernel"

// LSTM is the long short-term memory (Hochreiter and Schmidhuber 1997) with the
// forget gate of Gers, Schmidhuber and Cummins (2000):
//
//	i_t = σ(a_i)   f_t = σ(a_f)   g_t = tanh(a_g)   o_t = σ(a_o)
//	c_t = f_t ⊙ c_{t−1} + i_t ⊙ g_t
//	h_t = o_t ⊙ tanh(c_t)
//
// with a_t = U x_t + W h_{t−1} + b in the blocks i, f, g, o, the order of PyTorch. The
// state that is carried is h_t, then c_t.
type LSTM struct{}

var lstmGates = []string{"i", "f", "g", "o"}

// Name returns "lstm".
func (LSTM) Name() string { return "lstm" }

// Gates returns the names of the gates, in the order of their blocks of H rows.
func (LSTM) Gates() []string { return lstmGates }

// States returns 2: a step passes h and c to the next.
func (LSTM) States() int { return 2 }

// SeparateSums returns false: one sum has both products.
func (LSTM) SeparateSums() bool { return false }

// Forward computes the state of a step.
func (LSTM) Forward(s Step) {
	H := len(s.State) / 2
	kernel.Sigmoid(s.Gates[:2*H], s.A[:2*H])
	kernel.Tanh(s.Gates[2*H:3*H], s.A[2*H:3*H])
	kernel.Sigmoid(s.Gates[3*H:], s.A[3*H:])
	i, f, g, o := s.Gates[:H], s.Gates[H:2*H], s.Gates[2*H:3*H], s.Gates[3*H:]
	h, c, before := s.State[:H], s.State[H:], s.Before[H:]
	for j := range H {
		c[j] = f[j]*before[j] + i[j]*g[j]
	}
	kernel.Tanh(h, c)
	for j := range H {
		h[j] *= o[j]
	}
}

// Backward is the derivative of Forward.
func (LSTM) Backward(s, d Step) {
	H := len(s.State) / 2
	tanhs := d.A[:H] // in the place of ∂L/∂a_i, which comes last
	kernel.Tanh(tanhs, s.State[H:])
	for j := range H {
		i, f, g, o := s.Gates[j], s.Gates[H+j], s.Gates[2*H+j], s.Gates[3*H+j]
		tanhC, dh := tanhs[j], d.State[j]
		dc := d.State[H+j] + dh*o*(1-tanhC*tanhC)
		d.A[j] = dc * g * i * (1 - i)
		d.A[H+j] = dc * s.Before[H+j] * f * (1 - f)
		d.A[2*H+j] = dc * i * (1 - g*g)
		d.A[3*H+j] = dh * tanhC * o * (1 - o)
		d.Before[H+j] += dc * f
	}
}
