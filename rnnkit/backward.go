package rnnkit

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/mat"
)

// Gradient holds the derivative of a loss with respect to each parameter, in the
// parameter's shape, and with respect to h_0.
type Gradient struct {
	U  *mat.Dense    // H×X
	W  *mat.Dense    // H×H
	V  *mat.Dense    // Y×H
	B  *mat.VecDense // H; nil if the net has no B
	C  *mat.VecDense // Y; nil if the net has no C
	H0 []float64     // H
}

// NewGradient returns a gradient of zeros for the net.
func NewGradient(net *RNN) *Gradient {
	inputs, hidden, outputs := net.Dims()
	g := &Gradient{
		U:  mat.NewDense(hidden, inputs, nil),
		W:  mat.NewDense(hidden, hidden, nil),
		V:  mat.NewDense(outputs, hidden, nil),
		H0: make([]float64, hidden),
	}
	if net.B != nil {
		g.B = mat.NewVecDense(hidden, nil)
	}
	if net.C != nil {
		g.C = mat.NewVecDense(outputs, nil)
	}
	return g
}

// flat returns the numbers of U, W, V, B, C as RNN.flat does.
func (g *Gradient) flat() [5][]float64 { return flat(g.U, g.W, g.V, g.B, g.C) }

// Zero sets all of it to zero.
func (g *Gradient) Zero() {
	for _, data := range g.flat() {
		clear(data)
	}
	clear(g.H0)
}

// Norm returns the Euclidean length of the gradient of the parameters, all of them
// as one vector; h_0 is not counted.
func (g *Gradient) Norm() float64 {
	sum := 0.0
	for _, data := range g.flat() {
		for _, v := range data {
			sum += v * v
		}
	}
	return math.Sqrt(sum)
}

// Backward adds the gradient of the loss of the last Forward to dst, for t = T … 1:
//
//	∂L/∂o_t = ŷ_t − y_t
//	∂L/∂V  += (ŷ_t − y_t) h_tᵀ
//	∂L/∂h_t = Vᵀ(ŷ_t − y_t) + Wᵀ δ_{t+1}
//	δ_t     = (1 − h_t²) ⊙ ∂L/∂h_t
//	∂L/∂W  += δ_t h_{t−1}ᵀ
//	∂L/∂U  += δ_t x_tᵀ
//
// (Rumelhart, Hinton and Williams 1986; Werbos 1990.) It adds, so that several
// sequences sum up; call dst.Zero first where that is not wanted. It fills p.DO and
// p.Delta and allocates nothing. It panics if dst or the net does not fit the pass,
// or before any Forward.
func (p *Pass) Backward(dst *Gradient, net *RNN) {
	p.fits(dst, net)
	clear(p.dh)
	for t := len(p.seq.Inputs); t >= 1; t-- {
		h, do, delta := p.H[t], p.DO[t], p.Delta[t]

		copy(do, p.Y[t])
		do[p.seq.Targets[t-1]]--
		addOuter(dst.V, do, h)

		addTransposed(p.dh, net.V, do) // p.dh holds Wᵀ δ_{t+1} already
		for i := range delta {
			delta[i] = (1 - h[i]*h[i]) * p.dh[i]
		}
		addOuter(dst.W, delta, p.H[t-1])
		addToColumn(dst.U, delta, p.seq.Inputs[t-1])
		addTo(dst.B, delta)
		addTo(dst.C, do)

		clear(p.dh)
		addTransposed(p.dh, net.W, delta)
	}
	for i, v := range p.dh { // ∂L/∂h_0 = Wᵀ δ_1
		dst.H0[i] += v
	}
}

// addOuter adds the column p times the row q to M.
func addOuter(M *mat.Dense, p, q []float64) {
	blas64.Ger(1, strided(p), strided(q), M.RawMatrix())
}

// addTransposed adds Mᵀ times the vector x to y.
func addTransposed(y []float64, M *mat.Dense, x []float64) {
	blas64.Gemv(blas.Trans, 1, M.RawMatrix(), strided(x), 1, strided(y))
}

// addToColumn adds x to column j of M: the outer product of x with the one-hot
// vector of j.
func addToColumn(M *mat.Dense, x []float64, j int) {
	raw := M.RawMatrix()
	for i, v := range x {
		raw.Data[i*raw.Stride+j] += v
	}
}

func addTo(v *mat.VecDense, x []float64) {
	if v == nil {
		return
	}
	data := v.RawVector().Data
	for i := range x {
		data[i] += x[i]
	}
}

// fits panics unless pass, gradient and net belong together.
func (p *Pass) fits(g *Gradient, net *RNN) {
	inputs, hidden, outputs := net.Dims()
	if len(p.H) == 0 {
		panic("rnnkit: Backward before any Forward")
	}
	if len(p.H[0]) != hidden || len(p.O[1]) != outputs {
		panic(fmt.Sprintf("rnnkit: Backward: the pass has hidden size %d and %d outputs, the net has %d and %d",
			len(p.H[0]), len(p.O[1]), hidden, outputs))
	}
	g.fits(inputs, hidden, outputs, net)
}

func (g *Gradient) fits(inputs, hidden, outputs int, net *RNN) {
	r, c := g.U.Dims()
	y, _ := g.V.Dims()
	if r != hidden || c != inputs || y != outputs {
		panic(fmt.Sprintf("rnnkit: the gradient of U is %d×%d and of V %d×%d, but U is %d×%d and V %d×%d",
			r, c, y, r, hidden, inputs, outputs, hidden))
	}
	if (g.B == nil) != (net.B == nil) || (g.C == nil) != (net.C == nil) {
		panic("rnnkit: the gradient and the net do not have the same biases: make it anew by NewGradient")
	}
}

// GradientOf runs the net over the sequence and back with new storage. It is for
// notebooks and examples: it panics where Forward returns an error.
func GradientOf(net *RNN, h0 []float64, seq Sequence) (*Pass, *Gradient) {
	p, g := MustForward(net, h0, seq), NewGradient(net)
	p.Backward(g, net)
	return p, g
}
