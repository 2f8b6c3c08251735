package train

import (
	"errors"
	"slices"

	"gonum.org/v1/gonum/blas/blas64"

	"rnn101/rnnkit"
	"rnn101/rnnkit/internal/kernel"
)

// lockstep runs the sequences of a group side by side, step by step: the products of W with
// a vector for each become one with a matrix, whose rows are the sequences. Row (t−1)·n + i
// of a matrix belongs to step t of the i-th longest of n sequences. Whoever computes a row,
// or an entry of the gradient, does so in the same way, so that the bits do not depend on
// how the work is divided.
type lockstep struct {
	net                     *rnnkit.RNN
	cell                    rnnkit.Cell
	hidden, sums, outputs   int // H, G·H and Y
	stateLen                int
	bias, scoreBias, biasOf []float64 // b, c and b_W; empty: none

	w, wT, v, vT, uT kernel.Factor // W, V and U, and their transposed
	words            words

	seqs    []rnnkit.Sequence // of the group, as they were given
	order   []int             // the numbers of the sequences, the longest first
	running []int             // by step: how many sequences have it
	n, T    int               // how many sequences there are, and the length of the longest
	failed  []bool            // by place in order
	dense   bool              // some sequence has X

	x, a, gates, state, o, y, do, delta, ds blas64.General // state and ds begin before step 1
	ownQ, ownDQ                             blas64.General
	q, dq                                   blas64.General // a and delta unless the sums are separate
	losses                                  []float64
}

// use takes the net's parameters.
func (l *lockstep) use(net *rnnkit.RNN) {
	_, l.hidden, l.outputs = net.Dims()
	l.net, l.cell, l.stateLen = net, net.CellOrPlain(), net.StateLen()
	l.sums = net.U.RawMatrix().Rows
	parameters := net.Parameters(nil)
	l.bias, l.scoreBias, l.biasOf = parameters[3].Data, parameters[4].Data, parameters[5].Data
}

// take takes the sequences of all groups.
func (l *lockstep) take(seqs []rnnkit.Sequence) {
	l.words.begin(l.net.U.RawMatrix().Cols, l.sums)
	l.dense = false
	for _, seq := range seqs {
		l.words.add(seq.Inputs)
		l.dense = l.dense || len(seq.X) > 0
	}
}

// packs is the number of parts of pack.
const packs = 5

// pack does a part of what has to be done once for all groups.
func (l *lockstep) pack(part int) {
	switch part {
	case 0:
		l.w.Pack(l.net.W.RawMatrix())
	case 1:
		l.wT.PackTransposed(l.net.W.RawMatrix())
	case 2:
		l.v.Pack(l.net.V.RawMatrix())
	case 3:
		l.vT.PackTransposed(l.net.V.RawMatrix())
	case 4:
		l.words.load(l.net.U.RawMatrix())
		if l.dense {
			l.uT.PackTransposed(l.net.U.RawMatrix())
		}
	}
}

// begin makes room for a group and sorts it. states may be nil.
func (l *lockstep) begin(states [][]float64, seqs []rnnkit.Sequence) {
	l.seqs, l.n = seqs, len(seqs)
	l.order = l.order[:0]
	for i := range seqs {
		l.order = append(l.order, i)
	}
	slices.SortStableFunc(l.order, func(i, j int) int { return seqs[j].Len() - seqs[i].Len() })
	l.T = seqs[l.order[0]].Len()
	l.running = append(l.running[:0], l.n)
	for t, n := 1, l.n; t <= l.T; t++ {
		for seqs[l.order[n-1]].Len() < t {
			n--
		}
		l.running = append(l.running, n)
	}
	l.failed = append(l.failed[:0], make([]bool, l.n)...)

	rows := l.T * l.n
	for _, m := range []*blas64.General{&l.a, &l.gates, &l.delta} {
		kernel.Resize(m, rows, l.sums)
	}
	for _, m := range []*blas64.General{&l.o, &l.y, &l.do} {
		kernel.Resize(m, rows, l.outputs)
	}
	for _, m := range []*blas64.General{&l.state, &l.ds} {
		kernel.Resize(m, rows+l.n, l.stateLen)
	}
	l.q, l.dq = l.a, l.delta
	if l.cell.SeparateSums() {
		kernel.Resize(&l.ownQ, rows, l.sums)
		kernel.Resize(&l.ownDQ, rows, l.sums)
		l.q, l.dq = l.ownQ, l.ownDQ
	}
	if l.dense {
		kernel.Resize(&l.x, rows, l.net.U.RawMatrix().Cols)
	}
	if cap(l.losses) < rows {
		l.losses = make([]float64, rows)
	}
	l.losses = l.losses[:rows]
	for i, s := range l.order {
		var h0 []float64
		if states != nil {
			h0 = states[s]
		}
		l.net.InitialState(kernel.Row(l.state, i), h0)
	}
}

// each calls f for each step that some of the sequences from to to−1 have, with the rows
// of those that have it.
func (l *lockstep) each(from, to int, f func(t, first, last int)) {
	for t := 1; t <= l.T; t++ {
		if end := min(to, l.running[t]); end > from {
			f(t, (t-1)*l.n+from, (t-1)*l.n+end)
		}
	}
}

// err returns the first sequence of the group for which a number is not finite, by its
// place, and the error of Forward.
func (l *lockstep) err() (first int, err error) {
	first = -1
	for i, s := range l.order {
		if l.failed[i] && (first < 0 || s < l.order[first]) {
			first = i
		}
	}
	if first < 0 {
		return 0, nil
	}
	seq := l.seqs[l.order[first]]
	pass := rnnkit.NewPass(l.net, seq.Len())
	if err = pass.Forward(l.net, kernel.Row(l.state, first), seq); err == nil {
		err = errors.New("a sum is not finite: the weights have grown too large") // just so, with sums in another order
	}
	return l.order[first], err
}

// end returns the loss of the group and copies the states after the last steps.
func (l *lockstep) end(states [][]float64) (loss float64) {
	for i, s := range l.order {
		steps := l.seqs[s].Len()
		for t := range steps {
			loss += l.losses[t*l.n+i]
		}
		if states != nil {
			copy(states[s], kernel.Row(l.state, steps*l.n+i))
		}
	}
	return loss
}

// step returns the vectors of row k for its cell.
func (l *lockstep) step(k int) rnnkit.Step {
	return rnnkit.Step{A: kernel.Row(l.a, k), Q: kernel.Row(l.q, k), Gates: kernel.Row(l.gates, k), State: kernel.Row(l.state, k+l.n), Before: kernel.Row(l.state, k)}
}

// sequence returns the sequence of row k of step t.
func (l *lockstep) sequence(t, k int) rnnkit.Sequence { return l.seqs[l.order[k-(t-1)*l.n]] }

// h cuts the rows first to last−1 of state or ds to the part of h.
func (l *lockstep) h(m blas64.General, first, last int) blas64.General {
	return kernel.Columns(kernel.Cut(m, first, last), 0, l.hidden)
}

// hasTarget reports whether one of the rows of step t has a target. Where none has, nobody
// reads the scores.
func (l *lockstep) hasTarget(t, first, last int) bool {
	for k := first; k < last; k++ {
		if l.sequence(t, k).HasTarget(t) {
			return true
		}
	}
	return false
}

// forward is Pass.Forward for the sequences from to to−1 in order.
func (l *lockstep) forward(from, to int) {
	separate := l.cell.SeparateSums()
	l.each(from, to, func(t, first, last int) {
		kernel.SetRows(kernel.Cut(l.a, first, last), l.bias)
		l.addInputs(t, first, last)
		if separate {
			kernel.SetRows(kernel.Cut(l.q, first, last), l.biasOf)
		}
		l.wT.AddProduct(kernel.Cut(l.q, first, last), l.h(l.state, first, last), t%2 == 0)
		for k := first; k < last; k++ {
			l.cell.Forward(l.step(k))
			if !kernel.Finite(kernel.Row(l.a, k)) || separate && !kernel.Finite(kernel.Row(l.q, k)) {
				l.failed[k-(t-1)*l.n] = true
			}
		}
	})
	l.each(from, to, func(t, first, last int) {
		clear(l.losses[first:last])
		if !l.hasTarget(t, first, last) {
			return
		}
		kernel.SetRows(kernel.Cut(l.o, first, last), l.scoreBias)
		l.vT.AddProduct(kernel.Cut(l.o, first, last), l.h(l.state, first+l.n, last+l.n), t%2 == 0)
		for k := first; k < last; k++ {
			y := kernel.Row(l.y, k)
			l.losses[k] = l.sequence(t, k).StepLoss(t, y, kernel.Row(l.o, k))
			if !kernel.Finite(y) || !kernel.Finite(l.losses[k:k+1]) {
				l.failed[k-(t-1)*l.n] = true
			}
		}
	})
}

// addInputs adds U x_t to a_t.
func (l *lockstep) addInputs(t, first, last int) {
	for k := first; k < last; k++ {
		seq := l.sequence(t, k)
		if len(seq.Inputs) > 0 {
			kernel.Add(kernel.Row(l.a, k), l.words.column(seq.Inputs[t-1]))
		}
		if l.dense {
			x := kernel.Row(l.x, k)
			if clear(x); len(seq.X) > 0 {
				copy(x, seq.X[t-1])
			}
		}
	}
	if l.dense {
		l.uT.AddProduct(kernel.Cut(l.a, first, last), kernel.Cut(l.x, first, last), t%2 == 0)
	}
}

// backward computes δ_t and ∂L/∂s_t for the sequences from to to−1 in order.
func (l *lockstep) backward(from, to int) {
	for t := range l.T + 1 {
		kernel.SetRows(kernel.Cut(l.ds, t*l.n+from, t*l.n+to), nil)
	}
	l.each(from, to, func(t, first, last int) {
		do := kernel.Cut(l.do, first, last)
		if !l.hasTarget(t, first, last) {
			kernel.SetRows(do, nil)
			return
		}
		for k := first; k < last; k++ {
			l.sequence(t, k).OutputGradient(t, kernel.Row(l.do, k), kernel.Row(l.y, k))
		}
		l.v.AddProduct(l.h(l.ds, first+l.n, last+l.n), do, t%2 == 0)
	})
	for t := l.T; t >= 1; t-- {
		first, last := (t-1)*l.n+from, (t-1)*l.n+min(to, l.running[t])
		if last <= first {
			continue
		}
		for k := first; k < last; k++ {
			l.cell.Backward(l.step(k), rnnkit.Step{A: kernel.Row(l.delta, k), Q: kernel.Row(l.dq, k), State: kernel.Row(l.ds, k+l.n), Before: kernel.Row(l.ds, k)})
		}
		l.w.AddProduct(l.h(l.ds, first, last), kernel.Cut(l.dq, first, last), t%2 == 0)
	}
}

// share returns which rows belong to a part of the work, in eights: that is the height of a
// tile, and a cache line.
func share(rows, part, parts int) (from, to int) {
	eights := (rows + 7) / 8
	return min(rows, 8*(eights*part/parts)), min(rows, 8*(eights*(part+1)/parts))
}

// gradient adds a part of the gradient to dst, some rows of each matrix; U's is added to the
// words. work is room.
func (l *lockstep) gradient(dst *rnnkit.Gradient, which, parts int, work *kernel.Workspace) {
	sum := l.net.Parameters(dst)
	outers := func(M, P, Q blas64.General, shift int, bias []float64) {
		from, to := share(P.Cols, which, parts)
		if from == to {
			return
		}
		// Rows without gaps in between are one product: all steps of sequences with the same
		// length.
		for t := 1; t <= l.T; t++ {
			first := (t - 1) * l.n
			for l.running[t] == l.n && t < l.T && l.running[t+1] == l.n {
				t++
			}
			last := (t-1)*l.n + l.running[t]
			p := kernel.Columns(kernel.Cut(P, first, last), from, to)
			work.AddOuters(kernel.Cut(M, from, to), p, kernel.Cut(Q, first+shift, last+shift))
			if len(bias) > 0 {
				kernel.AddRows(bias[from:to], p)
			}
		}
	}
	h := kernel.Columns(l.state, 0, l.hidden)
	outers(dst.V.RawMatrix(), l.do, h, l.n, sum[4].Grad)
	outers(dst.W.RawMatrix(), l.dq, h, 0, sum[5].Grad)
	from, to := share(l.sums, which, parts)
	if l.dense {
		outers(dst.U.RawMatrix(), l.delta, l.x, 0, nil)
	}
	for t := 1; t <= l.T; t++ {
		for i := range l.running[t] {
			k := (t-1)*l.n + i
			delta := kernel.Row(l.delta, k)[from:to]
			if bias := sum[3].Grad; len(bias) > 0 {
				kernel.Add(bias[from:to], delta)
			}
			if seq := l.sequence(t, k); len(seq.Inputs) > 0 {
				kernel.Add(l.words.sum(seq.Inputs[t-1])[from:to], delta)
			}
		}
	}
	if which == 0 {
		for i := range l.n {
			kernel.Add(dst.H0, kernel.Row(l.ds, i))
		}
	}
}
