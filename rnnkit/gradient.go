package rnnkit

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
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

	learnsH0 bool // whether H0 is a parameter of the net
}

// NewGradient returns a gradient of zeros for the net.
func NewGradient(net *RNN) *Gradient {
	inputs, hidden, outputs := net.Dims()
	width := len(net.cell().Gates()) * hidden
	g := &Gradient{
		U:  mat.NewDense(width, inputs, nil),
		W:  mat.NewDense(width, hidden, nil),
		V:  mat.NewDense(outputs, hidden, nil),
		H0: make([]float64, net.StateLen()),

		learnsH0: net.H0 != nil,
	}
	if net.B != nil {
		g.B = mat.NewVecDense(width, nil)
	}
	if net.C != nil {
		g.C = mat.NewVecDense(outputs, nil)
	}
	if net.BW != nil {
		g.BW = mat.NewVecDense(width, nil)
	}
	return g
}

// flat returns the numbers of all of it as RNN.flat does.
func (g *Gradient) flat() [parameters][]float64 { return flat(g.U, g.W, g.V, g.B, g.C, g.BW, g.H0) }

// Zero sets all of it to zero.
func (g *Gradient) Zero() {
	for _, data := range g.flat() {
		clear(data)
	}
}

// Norm returns the Euclidean length of the gradient of the parameters, all of them
// as one vector; H0 is counted if the net learns it.
func (g *Gradient) Norm() float64 {
	sum := 0.0
	for p, data := range g.flat() {
		if p == parameters-1 && !g.learnsH0 {
			break
		}
		for _, v := range data {
			sum += v * v
		}
	}
	return math.Sqrt(sum)
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
	y, columns := g.V.Dims()
	rows, _ := net.U.Dims()
	if r != rows || c != inputs || y != outputs || columns != hidden {
		panic(fmt.Sprintf("rnnkit: the gradient of U is %d×%d and of V %d×%d, but U is %d×%d and V %d×%d",
			r, c, y, columns, rows, inputs, outputs, hidden))
	}
	if (g.B == nil) != (net.B == nil) || (g.C == nil) != (net.C == nil) || (g.BW == nil) != (net.BW == nil) || g.learnsH0 != (net.H0 != nil) {
		panic("rnnkit: the gradient and the net do not have the same biases or H0: make it anew by NewGradient")
	}
}
