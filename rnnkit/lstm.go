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

func (LSTM) separateSums() bool { return false }

func (LSTM) forward(s step) {
	H := len(s.state) / 2
	kernel.Sigmoid(s.gates[:2*H], s.a[:2*H])
	kernel.Tanh(s.gates[2*H:3*H], s.a[2*H:3*H])
	kernel.Sigmoid(s.gates[3*H:], s.a[3*H:])
	i, f, g, o := s.gates[:H], s.gates[H:2*H], s.gates[2*H:3*H], s.gates[3*H:]
	h, c, before := s.state[:H], s.state[H:], s.before[H:]
	for j := range H {
		c[j] = f[j]*before[j] + i[j]*g[j]
	}
	kernel.Tanh(h, c)
	for j := range H {
		h[j] *= o[j]
	}
}

func (LSTM) backward(s, d step) {
	H := len(s.state) / 2
	tanhs := d.a[:H] // in the place of ∂L/∂a_i, which comes last
	kernel.Tanh(tanhs, s.state[H:])
	for j := range H {
		i, f, g, o := s.gates[j], s.gates[H+j], s.gates[2*H+j], s.gates[3*H+j]
		tanhC, dh := tanhs[j], d.state[j]
		dc := d.state[H+j] + dh*o*(1-tanhC*tanhC)
		d.a[j] = dc * g * i * (1 - i)
		d.a[H+j] = dc * s.before[H+j] * f * (1 - f)
		d.a[2*H+j] = dc * i * (1 - g*g)
		d.a[3*H+j] = dh * tanhC * o * (1 - o)
		d.before[H+j] += dc * f
	}
}
