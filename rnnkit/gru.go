package rnnkit

import "rnn101/rnnkit/internal/kernel"

// GRU is the gated recurrent unit (Cho et al. 2014) in the form that PyTorch and
// cuDNN compute, with a = U x_t + b and q = W h_{t−1} + b_W in the blocks r, z, n:
//
//	r_t = σ(a_r + q_r)   z_t = σ(a_z + q_z)
//	n_t = tanh(a_n + r_t ⊙ q_n)
//	h_t = (1 − z_t) ⊙ n_t + z_t ⊙ h_{t−1}
//
// Here the reset gate r comes after the product with W. In the paper it comes before,
// W (r_t ⊙ h_{t−1}), and z and 1 − z are exchanged.
type GRU struct{}

var gruGates = []string{"r", "z", "n"}

// Name returns "gru".
func (GRU) Name() string { return "gru" }

// Gates returns the names of the gates, in the order of their blocks of H rows.
func (GRU) Gates() []string { return gruGates }

// States returns 1: a step passes h to the next.
func (GRU) States() int { return 1 }

func (GRU) separateSums() bool { return true }

func (GRU) forward(s step) {
	H := len(s.state)
	rz, r, z, n := s.gates[:2*H], s.gates[:H], s.gates[H:2*H], s.gates[2*H:]
	for j := range rz {
		rz[j] = s.a[j] + s.q[j]
	}
	kernel.Sigmoid(rz, rz)
	for j := range n {
		n[j] = s.a[2*H+j] + r[j]*s.q[2*H+j]
	}
	kernel.Tanh(n, n)
	for j := range n {
		s.state[j] = (1-z[j])*n[j] + z[j]*s.before[j]
	}
}

func (GRU) backward(s, d step) {
	H := len(s.state)
	for j := range H {
		r, z, n := s.gates[j], s.gates[H+j], s.gates[2*H+j]
		dh := d.state[j]
		an := dh * (1 - z) * (1 - n*n)
		ar := an * s.q[2*H+j] * r * (1 - r)
		az := dh * (s.before[j] - n) * z * (1 - z)
		d.a[j], d.a[H+j], d.a[2*H+j] = ar, az, an
		d.q[j], d.q[H+j], d.q[2*H+j] = ar, az, an*r
		d.before[j] += dh * z
	}
}
