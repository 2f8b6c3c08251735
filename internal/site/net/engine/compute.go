package engine

import (
	"math"

	"rnn101/rnnkit"
	"rnn101/rnnkit/gradcheck"
)

// Compute runs the net forward and backward and returns all numbers. It returns an error if the
// state is not valid, or if its numbers become too large.
func Compute(s State) (*Numbers, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	if s.Carry {
		var err error
		if s, err = s.Carried(); err != nil {
			return nil, err
		}
	}
	net, seq := s.Net(), s.Sequence()
	p := rnnkit.NewPass(net, seq.Len())
	if err := p.Forward(net, s.H0, seq); err != nil {
		return nil, err
	}
	b := s.goBack(net, p)
	measured, err := gradcheck.FiniteDifference(net, s.H0, seq)
	if err != nil {
		return nil, err
	}
	n := newNumbers(s)
	n.setMatrices("", net.U.RawMatrix().Data, net.W.RawMatrix().Data, net.V.RawMatrix().Data)
	n.set("eta", []float64{s.Rate})
	n.set("h", s.H0, 0)
	n.set("L", []float64{p.Loss}, 0)
	for t := 1; t <= n.T; t++ {
		n.set("x", rnnkit.OneHot(make([]float64, Inputs), s.Words[t-1]), t)
		n.set("target", rnnkit.OneHot(make([]float64, Outputs), s.Targets[t-1]), t)
		for name, values := range map[string][]float64{
			"a": p.A[t], "h": p.H[t], "o": p.O[t], "y": p.Y[t], "L": p.Losses[t : t+1], "d": b.do[t],
			"slope": b.slope[t], "vt": b.vt[t], "wt": b.wt[t], "de": b.delta[t],
		} {
			n.set(name, values, t)
		}
		total := 0.0
		for i, o := range p.O[t] {
			n.set("exp", []float64{math.Exp(o)}, t, i)
			total += math.Exp(o)
		}
		n.set("sum", []float64{total}, t)
		for k := 1; k <= t; k++ {
			n.set("e", b.e[t][k], t, k)
			n.setCell("W", b.cellsW[t][k].RawMatrix().Data, t, k)
			n.setCell("U", b.cellsU[t][k].RawMatrix().Data, t, k)
		}
	}
	n.setMatrices("d", b.gradient.U.RawMatrix().Data, b.gradient.W.RawMatrix().Data, b.gradient.V.RawMatrix().Data)
	n.setMatrices("f", measured.U.RawMatrix().Data, measured.W.RawMatrix().Data, measured.V.RawMatrix().Data)

	// s.Rate is checked to be finite, but rnnkit takes no negative one: the page shows what it does.
	next := net.Clone()
	for _, parameter := range next.Parameters(b.gradient) {
		for i := range parameter.Data {
			parameter.Data[i] -= s.Rate * parameter.Grad[i]
		}
	}
	n.setMatrices("n", next.U.RawMatrix().Data, next.W.RawMatrix().Data, next.V.RawMatrix().Data)
	n.set("nL", []float64{s.lossOf(next)})
	return n, nil
}

// lossOf returns the loss of another net in this state, or infinity if that is too large to be
// computed, as after an update with a large learning rate.
func (s State) lossOf(net *rnnkit.RNN) float64 {
	h0, err := s.start(net)
	p := rnnkit.NewPass(net, len(s.Words))
	if err != nil || p.Forward(net, h0, s.Sequence()) != nil {
		return math.Inf(1)
	}
	return p.Loss
}

func (n *Numbers) setMatrices(prefix string, u, w, v []float64) {
	n.set(prefix+"U", u)
	n.set(prefix+"W", w)
	n.set(prefix+"V", v)
}

// setCell sets cell (t, k) of the table of paths and adds it to the sum of its column.
func (n *Numbers) setCell(matrix string, values []float64, t, k int) {
	n.set("c"+matrix, values, t, k)
	column := n.Data[n.index("k"+matrix, k, 0, 0):]
	for i, v := range values {
		column[i] += v
	}
}
