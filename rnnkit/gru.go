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
// W (r_t ⊙ h_{t−1}). Chung et al. 2014 also exchange z and 1 − z.
type GRU struct{}

var gruGates = []string{"r", "z", "n"}

// Name returns "gru".
func (GRU) Name() string { return "gru" }

// Gates returns the names of the gates, in the order of their blocks of H rows.
func (GRU) Gates() []string { return gruGates }

// States returns 1: a step passes h to the next.
func (GRU) States() int { return 1 }

// SeparateSums returns true: r_t is applied to W h_{t−1} + b_W alone.
func (GRU) SeparateSums() bool { return true }

// Forward computes the state of a step.
func (GRU) Forward(s Step) {
	H := len(s.State)
	rz, r, z, n := s.Gates[:2*H], s.Gates[:H], s.Gates[H:2*H], s.Gates[2*H:]
	for j := range rz {
		rz[j] = s.A[j] + s.Q[j]
	}
	kernel.Sigmoid(rz, rz)
	for j := range n {
		n[j] = s.A[2*H+j] + r[j]*s.Q[2*H+j]
	}
	kernel.Tanh(n, n)
	for j := range n {
		s.State[j] = (1-z[j])*n[j] + z[j]*s.Before[j]
	}
}

// Backward is the derivative of Forward.
func (GRU) Backward(s, d Step) {
	H := len(s.State)
	for j := range H {
		r, z, n := s.Gates[j], s.Gates[H+j], s.Gates[2*H+j]
		dh := d.State[j]
		an := dh * (1 - z) * (1 - n*n)
		ar := an * s.Q[2*H+j] * r * (1 - r)
		az := dh * (s.Before[j] - n) * z * (1 - z)
		d.A[j], d.A[H+j], d.A[2*H+j] = ar, az, an
		d.Q[j], d.Q[H+j], d.Q[2*H+j] = ar, az, an*r
		d.Before[j] += dh * z
	}
}
