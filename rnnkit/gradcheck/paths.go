package gradcheck

import (
	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit"
)

// Paths splits the gradient into the paths from each loss to each step. Give each step k
// its own copy of the matrices, W⁽ᵏ⁾ and U⁽ᵏ⁾, all equal. Then cell (t, k) is the
// gradient of the loss of step t with respect to the copy of step k, 1 ≤ k ≤ t ≤ T:
//
//	∂L_t/∂W⁽ᵏ⁾ = ∂L_t/∂a_k · h_{k−1}ᵀ,   ∂L_t/∂U⁽ᵏ⁾ = ∂L_t/∂a_k · x_kᵀ
//
// with ∂L_t/∂a_k = (∂h_t/∂a_k)ᵀ ∂L_t/∂h_t, a product of one Jacobian for each step
// between. The cell k = t is the direct path, the others go through earlier states.
// Rows sum to ∂L_t/∂W; all cells together sum to ∂L/∂W.
//
// All three fields are indexed [t][k]; row 0 and column 0 are empty.
type Paths struct {
	W     [][]*mat.Dense // cells H×H
	U     [][]*mat.Dense // cells H×X
	Delta [][][]float64  // ∂L_t/∂a_k, length H
}

// PathsOf splits the gradient of the last Forward of the pass into its paths. It panics
// unless the net has the plain cell. It takes T²/2 times H² multiplications and stores
// T² matrices: it is for small examples.
func PathsOf(net *rnnkit.RNN, p *rnnkit.Pass) *Paths {
	mustBePlain("PathsOf", net)
	inputs, hidden, outputs := net.Dims()
	seq := p.Sequence()
	T := seq.Len()
	all := &Paths{
		W:     make([][]*mat.Dense, T+1),
		U:     make([][]*mat.Dense, T+1),
		Delta: make([][][]float64, T+1),
	}
	for t := 1; t <= T; t++ {
		all.W[t], all.U[t] = make([]*mat.Dense, t+1), make([]*mat.Dense, t+1)
		all.Delta[t] = make([][]float64, t+1)

		var dh mat.VecDense // ∂L_t/∂h_k
		dh.MulVec(net.V.T(), outputGradient(seq, t, mat.NewVecDense(outputs, p.O[t])))

		for k := t; k >= 1; k-- {
			var delta mat.VecDense
			delta.MulVec(tanhJacobian(p.H[k]), &dh)
			dh.MulVec(net.W.T(), &delta) // ∂L_t/∂h_{k−1}

			all.Delta[t][k] = delta.RawVector().Data
			all.W[t][k] = mat.NewDense(hidden, hidden, nil)
			all.W[t][k].Outer(1, &delta, mat.NewVecDense(hidden, p.H[k-1]))
			all.U[t][k] = mat.NewDense(hidden, inputs, nil)
			all.U[t][k].Outer(1, &delta, input(seq, k, inputs))
		}
	}
	return all
}

// tanhJacobian returns the Jacobian of h = tanh(a): the diagonal matrix of 1 − h².
func tanhJacobian(h []float64) *mat.DiagDense {
	d := mat.NewDiagDense(len(h), nil)
	for i, v := range h {
		d.SetDiag(i, 1-v*v)
	}
	return d
}

// SumW returns the sum of all cells of W, which is ∂L/∂W, H×H.
func (p *Paths) SumW() *mat.Dense { return sum(p.W) }

// SumU returns the sum of all cells of U, which is ∂L/∂U, H×X.
func (p *Paths) SumU() *mat.Dense { return sum(p.U) }

func sum(cells [][]*mat.Dense) *mat.Dense {
	total := mat.DenseCopyOf(cells[1][1])
	for t := 2; t < len(cells); t++ {
		for k := 1; k <= t; k++ {
			total.Add(total, cells[t][k])
		}
	}
	return total
}
