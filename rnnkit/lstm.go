package rnnkit

import "math"

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
	for j := range H {
		i, f := sigmoid(s.a[j]), sigmoid(s.a[H+j])
		g, o := math.Tanh(s.a[2*H+j]), sigmoid(s.a[3*H+j])
		c := f*s.before[H+j] + i*g
		s.gates[j], s.gates[H+j], s.gates[2*H+j], s.gates[3*H+j] = i, f, g, o
		s.state[j], s.state[H+j] = o*math.Tanh(c), c
	}
}

func (LSTM) backward(s, d step) {
	H := len(s.state) / 2
	for j := range H {
		i, f, g, o := s.gates[j], s.gates[H+j], s.gates[2*H+j], s.gates[3*H+j]
		tanhC := math.Tanh(s.state[H+j])
		dh := d.state[j]
		dc := d.state[H+j] + dh*o*(1-tanhC*tanhC)
		d.a[j] = dc * g * i * (1 - i)
		d.a[H+j] = dc * s.before[H+j] * f * (1 - f)
		d.a[2*H+j] = dc * i * (1 - g*g)
		d.a[3*H+j] = dh * tanhC * o * (1 - o)
		d.before[j], d.before[H+j] = 0, dc*f
	}
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
