package rnnkit

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/mat"
)

// Sequence is what the net reads and what it should answer: token numbers, one
// target for each input.
type Sequence struct {
	Inputs  []int // from 0 to X−1
	Targets []int // from 0 to Y−1
}

// Pass is one run of the unrolled net: the storage of all that the forward pass
// computes and the backward pass needs. Row t of a slice over time belongs to step
// t = 1 … T. A Pass can be used again and again for sequences of any length up to
// that it was made for.
type Pass struct {
	H      [][]float64 // T+1 rows of length H: hidden states; H[0] is h_0
	A      [][]float64 // sums before tanh; A[0] is nil
	O      [][]float64 // scores, length Y; O[0] is nil
	Y      [][]float64 // probabilities ŷ, length Y; Y[0] is nil
	Losses []float64   // L_t in nats; Losses[0] is 0
	Loss   float64     // L = Σ_t L_t

	DO    [][]float64 // ∂L/∂o_t = ŷ_t − y_t, length Y; filled by Backward
	Delta [][]float64 // δ_t = ∂L/∂a_t, length H; filled by Backward

	seq   Sequence
	dh    []float64 // what arrives at h_t, while Backward runs
	whole storage   // all rows that the Pass has room for
}

type storage struct {
	H, A, O, Y, DO, Delta [][]float64
	losses                []float64
}

// NewPass returns storage for sequences of up to the given number of steps.
func NewPass(net *RNN, steps int) *Pass {
	_, hidden, outputs := net.Dims()
	if steps < 1 {
		panic(fmt.Sprintf("rnnkit: NewPass: %d steps: at least 1 is needed", steps))
	}
	p := &Pass{dh: make([]float64, hidden), whole: storage{
		H: rows(steps, hidden), A: rows(steps, hidden), Delta: rows(steps, hidden),
		O: rows(steps, outputs), Y: rows(steps, outputs), DO: rows(steps, outputs),
		losses: make([]float64, steps+1),
	}}
	p.whole.H[0] = make([]float64, hidden)
	return p
}

// rows returns row 0 nil and rows 1 to steps of the length given.
func rows(steps, length int) [][]float64 {
	r := make([][]float64, steps+1)
	all := make([]float64, steps*length)
	for t := 1; t <= steps; t++ {
		r[t] = all[(t-1)*length : t*length : t*length]
	}
	return r
}

// Forward runs the net over the sequence from the state h0 (nil: zero), for t = 1 … T:
//
//	a_t = W h_{t−1} + U x_t (+ b)
//	h_t = tanh(a_t)
//	o_t = V h_t (+ c)
//	ŷ_t = softmax(o_t)
//	L_t = −log ŷ_t[target_t]
//
// (Goodfellow, Bengio and Courville 2016, section 10.2.) A one-hot x_t costs no
// multiplication: U x_t is a column of U. Forward allocates nothing.
//
// It returns an error, and no usable result, if the sequence is empty or its lengths
// differ, if an input or a target is out of range, or if a sum or the loss is not
// finite, as with NaN or Inf among the weights or in h0. It panics if h0 or the
// storage does not fit the net.
func (p *Pass) Forward(net *RNN, h0 []float64, seq Sequence) error {
	if err := p.prepare(net, h0, seq); err != nil {
		return err
	}
	for t := 1; t <= len(seq.Inputs); t++ {
		a, h, o := p.A[t], p.H[t], p.O[t]

		start(a, net.B)
		addProduct(a, net.W, p.H[t-1])
		addColumn(a, net.U, seq.Inputs[t-1])
		for i := range h {
			h[i] = math.Tanh(a[i])
		}
		// tanh would make a harmless 1 of an infinite sum.
		if !finite(a) {
			return fmt.Errorf("rnnkit: a_%d is not finite%s", t, because(net, p.H[0]))
		}
		start(o, net.C)
		addProduct(o, net.V, h)
		Softmax(p.Y[t], o)

		p.Losses[t] = CrossEntropy(o, seq.Targets[t-1])
		p.Loss += p.Losses[t]
		if !finite(p.Losses[t : t+1]) {
			return fmt.Errorf("rnnkit: the loss of step %d is %v%s", t, p.Losses[t], because(net, p.H[0]))
		}
	}
	return nil
}

// start sets v to the bias, or to zero where there is none.
func start(v []float64, bias *mat.VecDense) {
	if bias == nil {
		clear(v)
		return
	}
	copy(v, bias.RawVector().Data)
}

// addProduct adds the matrix M times the vector x to y.
func addProduct(y []float64, M *mat.Dense, x []float64) {
	blas64.Gemv(blas.NoTrans, 1, M.RawMatrix(), strided(x), 1, strided(y))
}

// addColumn adds column j of M to y: M times the one-hot vector of j.
func addColumn(y []float64, M *mat.Dense, j int) {
	raw := M.RawMatrix()
	for i := range y {
		y[i] += raw.Data[i*raw.Stride+j]
	}
}

func finite(v []float64) bool {
	for _, x := range v {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return false
		}
	}
	return true
}

func strided(x []float64) blas64.Vector { return blas64.Vector{N: len(x), Data: x, Inc: 1} }

// prepare checks what comes in and cuts the storage to the length of the sequence.
func (p *Pass) prepare(net *RNN, h0 []float64, seq Sequence) error {
	inputs, hidden, outputs := net.Dims()
	if h0 != nil && len(h0) != hidden {
		panic(fmt.Sprintf("rnnkit: Forward: h0 has length %d, but W is %d×%d", len(h0), hidden, hidden))
	}
	if len(p.dh) != hidden || len(p.whole.O[1]) != outputs {
		panic(fmt.Sprintf("rnnkit: Forward: the Pass was made for hidden size %d and %d outputs, the net has %d and %d",
			len(p.dh), len(p.whole.O[1]), hidden, outputs))
	}
	if err := seq.check(inputs, outputs); err != nil {
		return err
	}
	T := len(seq.Inputs)
	if T >= len(p.whole.H) {
		panic(fmt.Sprintf("rnnkit: Forward: the sequence has %d steps, the Pass was made for %d", T, len(p.whole.H)-1))
	}
	w := &p.whole
	p.H, p.A, p.O, p.Y, p.DO, p.Delta = w.H[:T+1], w.A[:T+1], w.O[:T+1], w.Y[:T+1], w.DO[:T+1], w.Delta[:T+1]
	p.Losses, p.Loss, p.seq = w.losses[:T+1], 0, seq
	if h0 == nil {
		clear(p.H[0])
	} else {
		copy(p.H[0], h0)
	}
	return nil
}

func (s Sequence) check(inputs, outputs int) error {
	if len(s.Inputs) == 0 {
		return fmt.Errorf("rnnkit: the sequence is empty")
	}
	if len(s.Inputs) != len(s.Targets) {
		return fmt.Errorf("rnnkit: the sequence has %d inputs but %d targets", len(s.Inputs), len(s.Targets))
	}
	for i, id := range s.Inputs {
		if id < 0 || id >= inputs {
			return fmt.Errorf("rnnkit: input %d at position %d is out of range: the net knows 0 to %d", id, i+1, inputs-1)
		}
	}
	for i, id := range s.Targets {
		if id < 0 || id >= outputs {
			return fmt.Errorf("rnnkit: target %d at position %d is out of range: the net has outputs 0 to %d", id, i+1, outputs-1)
		}
	}
	return nil
}

// because says where a loss that is not finite comes from, if it came in.
func because(net *RNN, h0 []float64) string {
	if err := net.Check(); err != nil {
		return ": " + err.Error()
	}
	for i := range h0 {
		if !finite(h0[i : i+1]) {
			return fmt.Sprintf(": h0 has %v at place %d", h0[i], i+1)
		}
	}
	return ": the weights have grown too large"
}

// MustForward runs the net over the sequence with new storage. It is for notebooks
// and examples: it panics where Forward returns an error.
func MustForward(net *RNN, h0 []float64, seq Sequence) *Pass {
	p := NewPass(net, max(1, len(seq.Inputs)))
	if err := p.Forward(net, h0, seq); err != nil {
		panic(err.Error())
	}
	return p
}
