package gradcheck

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit"
)

// RTRL computes ∂L/∂W (H×H) and ∂L/∂U (H×X) forward in time, without a backward pass:
// real-time recurrent learning (Williams and Zipser 1989). It updates the derivative of
// the state with respect to each weight at every step,
//
//	∂h_t/∂W_ij = (1 − h_t²) ⊙ (W ∂h_{t−1}/∂W_ij + e_i h_{t−1,j})
//	∂h_t/∂U_ij = (1 − h_t²) ⊙ (W ∂h_{t−1}/∂U_ij + e_i x_{t,j})
//
// H²·(H+X) numbers, so it is for small nets. It panics unless the net has the plain
// cell. h0 is as for Forward, and so are the errors. It shares no code with Forward.
func RTRL(net *rnnkit.RNN, h0 []float64, seq rnnkit.Sequence) (W, U *mat.Dense, err error) {
	mustBePlain("RTRL", net)
	inputs, hidden, _ := net.Dims()
	if err := seq.Check(net); err != nil {
		return nil, nil, err
	}
	h := mat.NewVecDense(hidden, net.InitialState(make([]float64, hidden), h0))
	// Column i*(hidden+inputs)+j of P is ∂h/∂(entry (i,j) of [W U]).
	width := hidden + inputs
	P := mat.NewDense(hidden, hidden*width, nil)
	both := mat.NewDense(hidden, width, nil)
	for t := 1; t <= seq.Len(); t++ {
		x := input(seq, t, inputs)
		var a, ux mat.VecDense
		a.MulVec(net.W, h)
		ux.MulVec(net.U, x)
		a.AddVec(&a, &ux)
		if net.B != nil {
			a.AddVec(&a, net.B)
		}
		var next mat.Dense
		next.Mul(net.W, P)
		for i := range hidden {
			for j := range width {
				z := 0.0
				if j < hidden {
					z = h.AtVec(j)
				} else {
					z = x.AtVec(j - hidden)
				}
				next.Set(i, i*width+j, next.At(i, i*width+j)+z)
			}
		}
		for i := range hidden {
			v := math.Tanh(a.AtVec(i))
			h.SetVec(i, v)
			for c := range hidden * width {
				P.Set(i, c, (1-v*v)*next.At(i, c))
			}
		}
		var o, dh, g mat.VecDense
		o.MulVec(net.V, h)
		if net.C != nil {
			o.AddVec(&o, net.C)
		}
		dh.MulVec(net.V.T(), outputGradient(seq, t, &o))
		g.MulVec(P.T(), &dh)
		for c := range hidden * width {
			both.Set(c/width, c%width, both.At(c/width, c%width)+g.AtVec(c))
		}
	}
	W, U = mat.NewDense(hidden, hidden, nil), mat.NewDense(hidden, inputs, nil)
	W.Copy(both.Slice(0, hidden, 0, hidden))
	U.Copy(both.Slice(0, hidden, hidden, width))
	return W, U, nil
}

// mustBePlain panics unless the net has the plain cell.
func mustBePlain(caller string, net *rnnkit.RNN) {
	if name := net.CellName(); name != (rnnkit.Plain{}).Name() {
		panic(fmt.Sprintf("gradcheck: %s: only for the plain cell, but the net has the cell %s", caller, name))
	}
}

// input returns a copy of x_t.
func input(seq rnnkit.Sequence, t, inputs int) *mat.VecDense {
	x := mat.NewVecDense(inputs, nil)
	if len(seq.X) > 0 {
		copy(x.RawVector().Data, seq.X[t-1])
	} else {
		x.SetVec(seq.Inputs[t-1], 1)
	}
	return x
}

// outputGradient returns ∂L_t/∂o_t. For cross-entropy that is softmax(o) − y, here from
// the ratios of the exponentials: another formula than Softmax's.
func outputGradient(seq rnnkit.Sequence, t int, o *mat.VecDense) *mat.VecDense {
	d := mat.NewVecDense(o.Len(), nil)
	if len(seq.Values) > 0 {
		if y := seq.Values[t-1]; y != nil {
			d.SubVec(o, mat.NewVecDense(len(y), y))
		}
		return d
	}
	if seq.Targets[t-1] == rnnkit.NoTarget {
		return d
	}
	for i := range o.Len() {
		inverse := 0.0
		for j := range o.Len() {
			inverse += math.Exp(o.AtVec(j) - o.AtVec(i))
		}
		d.SetVec(i, 1/inverse)
	}
	d.SetVec(seq.Targets[t-1], d.AtVec(seq.Targets[t-1])-1)
	return d
}
