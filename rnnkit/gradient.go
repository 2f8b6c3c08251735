package rnnkit

import (
	"fmt"

	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit/internal/kernel"
)

// Gradient holds the derivative of a loss with respect to each parameter, in the
// parameter's shape, and with respect to the state h_0.
type Gradient struct {
	U  *mat.Dense    // G·H×X
	W  *mat.Dense    // G·H×H
	V  *mat.Dense    // Y×H
	B  *mat.VecDense // G·H; nil if the net has no B
	C  *mat.VecDense // Y; nil if the net has no C
	BW *mat.VecDense // G·H; nil if the net has no BW
	H0 []float64     // H; for an LSTM 2·H, with respect to h_0 and then c_0

	learnsH0 bool // H0 is a parameter of the net
}

// NewGradient returns a gradient of zeros for the net.
func NewGradient(net *RNN) *Gradient {
	length, n := net.StateLen(), net.Clone()
	g := &Gradient{U: n.U, W: n.W, V: n.V, B: n.B, C: n.C, BW: n.BW, H0: make([]float64, length), learnsH0: net.H0 != nil}
	g.Zero()
	return g
}

// data returns the numbers of each part, without copying, in the order of NumParameters.
func (g *Gradient) data() [NumParameters][]float64 {
	return data(g.U, g.W, g.V, g.B, g.C, g.BW, g.H0)
}

// Zero sets the gradient to zero.
func (g *Gradient) Zero() {
	for _, data := range g.data() {
		clear(data)
	}
}

// ZeroFor is Zero for a gradient to which nothing but those of the sequences was added
// since it was zero. With one-hot inputs it touches no column of U whose token does not
// occur, so that a large vocabulary costs nothing.
func (g *Gradient) ZeroFor(seqs []Sequence) {
	U, tokens := g.U.RawMatrix(), 0
	for _, seq := range seqs {
		tokens += len(seq.Inputs) + U.Cols*len(seq.X)
	}
	if tokens >= U.Cols {
		g.Zero()
		return
	}
	all := g.data()
	for _, data := range all[1:] {
		clear(data)
	}
	for _, seq := range seqs {
		for _, id := range seq.Inputs {
			for i := range U.Rows {
				U.Data[i*U.Stride+id] = 0
			}
		}
	}
}

// counted returns the parts that the norm is of: H0 counts if the net learns it.
func (g *Gradient) counted(all *[NumParameters][]float64) [][]float64 {
	if !g.learnsH0 {
		return all[:NumParameters-1]
	}
	return all[:]
}

// Norm returns the Euclidean norm of the gradient of all parameters as one vector. H0
// counts if the net learns it.
func (g *Gradient) Norm() float64 {
	all := g.data()
	return kernel.Norm(g.counted(&all))
}

// Clip scales the gradient down to the norm max if its norm is larger (Pascanu, Mikolov
// and Bengio 2013), and returns the norm that it had. A gradient that is not finite stays as
// it is. It panics unless max is positive.
func (g *Gradient) Clip(max float64) float64 {
	if !(max > 0) {
		panic(fmt.Sprintf("rnnkit: Clip: norm %v: it must be positive", max))
	}
	all := g.data()
	return kernel.Clip(all[:], g.counted(&all), max)
}

// mustFit panics unless the shapes of the pass, the gradient and the net agree.
func (p *Pass) mustFit(g *Gradient, net *RNN) {
	_, hidden, outputs := net.Dims()
	if len(p.H) == 0 {
		panic("rnnkit: Backward before any Forward")
	}
	if len(p.H[0]) != hidden || len(p.O[1]) != outputs {
		panic(fmt.Sprintf("rnnkit: Backward: the pass has hidden size %d and %d outputs, the net has %d and %d",
			len(p.H[0]), len(p.O[1]), hidden, outputs))
	}
	g.mustFit(net)
}

// mustFit panics unless the shapes of the gradient and the net agree.
func (g *Gradient) mustFit(net *RNN) {
	g.data() // panics for a view
	inputs, hidden, outputs := net.Dims()
	r, c := g.U.Dims()
	y, columns := g.V.Dims()
	rows, _ := net.U.Dims()
	if r != rows || c != inputs || y != outputs || columns != hidden {
		panic(fmt.Sprintf("rnnkit: the gradient of U is %d×%d and of V %d×%d, but U is %d×%d and V %d×%d",
			r, c, y, columns, rows, inputs, outputs, hidden))
	}
	if (g.B == nil) != (net.B == nil) || (g.C == nil) != (net.C == nil) || (g.BW == nil) != (net.BW == nil) || g.learnsH0 != (net.H0 != nil) {
		panic("rnnkit: the gradient and the net do not have the same biases or H0: call NewGradient once more")
	}
}
