package rnntest

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit"
)

// Work returns a net and sequences for benchmarks: 25 steps, 64 one-hot inputs, 64
// outputs.
func Work(cell rnnkit.Cell, hidden, batch int) (*rnnkit.RNN, []rnnkit.Sequence) {
	const tokens, steps = 64, 25
	net := rnnkit.New(cell, tokens, hidden, tokens).WithBiases()
	net.Glorot(1)
	seqs := make([]rnnkit.Sequence, batch)
	for i := range seqs {
		for t := range steps {
			seqs[i].Inputs = append(seqs[i].Inputs, (7*i+3*t)%tokens)
			seqs[i].Targets = append(seqs[i].Targets, (7*i+3*t+3)%tokens)
		}
	}
	return net, seqs
}

// Cells are the cells by their names.
var Cells = map[string]rnnkit.Cell{"rnn": rnnkit.Plain{}, "lstm": rnnkit.LSTM{}, "gru": rnnkit.GRU{}}

// Option is a net and a sequence with one combination of options.
type Option struct {
	Name string
	Net  *rnnkit.RNN
	H0   []float64
	Seq  rnnkit.Sequence
}

// Options draws a net and a sequence for every cell with one-hot and dense inputs,
// both losses, with and without biases, with and without steps that have no target.
func Options(seed uint64) []Option {
	r := rand.New(rand.NewPCG(seed, 17))
	vector := func(n int) []float64 {
		v := make([]float64, n)
		for i := range v {
			v[i] = 1.8*r.Float64() - 0.9
		}
		return v
	}
	var all []Option
	for _, cell := range []rnnkit.Cell{rnnkit.Plain{}, rnnkit.LSTM{}, rnnkit.GRU{}} {
		for kind := range 16 {
			dense, squared, biases, holes := kind&1 > 0, kind&2 > 0, kind&4 > 0, kind&8 > 0
			inputs, hidden, outputs, steps := 1+r.IntN(4), 1+r.IntN(4), 1+r.IntN(4), 1+r.IntN(7)
			net := rnnkit.New(cell, inputs, hidden, outputs)
			net.Glorot(r.Uint64())
			if biases {
				net.WithBiases()
				for _, b := range []*mat.VecDense{net.B, net.BW, net.C} {
					if b != nil {
						copy(b.RawVector().Data, vector(b.Len()))
					}
				}
			}
			o := Option{Net: net, H0: vector(net.StateLen())}
			for range steps {
				hasTarget := !holes || r.IntN(2) == 0
				switch {
				case dense:
					o.Seq.X = append(o.Seq.X, vector(inputs))
				default:
					o.Seq.Inputs = append(o.Seq.Inputs, r.IntN(inputs))
				}
				switch {
				case squared && hasTarget:
					o.Seq.Values = append(o.Seq.Values, vector(outputs))
				case squared:
					o.Seq.Values = append(o.Seq.Values, nil)
				case hasTarget:
					o.Seq.Targets = append(o.Seq.Targets, r.IntN(outputs))
				default:
					o.Seq.Targets = append(o.Seq.Targets, rnnkit.NoTarget)
				}
			}
			o.Name = fmt.Sprintf("seed %d, %s, dense %v, squared %v, biases %v, holes %v", seed, cell.Name(), dense, squared, biases, holes)
			all = append(all, o)
		}
	}
	return all
}

// ForOptions calls check for many options, each in a subtest of its own.
func ForOptions(t *testing.T, check func(t *testing.T, o Option)) {
	t.Helper()
	for seed := range uint64(6) {
		for _, o := range Options(seed) {
			t.Run(o.Name, func(t *testing.T) { check(t, o) })
		}
	}
}

// RandomCase returns a net with biases, a state to start from and a sequence, all drawn
// from the seed. The state is not zero: from zero some mistakes do not show.
func RandomCase(seed uint64) (net *rnnkit.RNN, h0 []float64, seq rnnkit.Sequence) {
	r := rand.New(rand.NewPCG(seed, 7))
	inputs, hidden, outputs, steps := 1+r.IntN(5), 1+r.IntN(6), 1+r.IntN(5), 1+r.IntN(8)
	net = rnnkit.NewRNN(inputs, hidden, outputs)
	net.Glorot(seed)
	net.B, net.C = mat.NewVecDense(hidden, nil), mat.NewVecDense(outputs, nil)
	h0 = make([]float64, hidden)
	for i := range hidden {
		net.B.SetVec(i, r.Float64()-0.5)
		h0[i] = 1.8*r.Float64() - 0.9
	}
	for i := range outputs {
		net.C.SetVec(i, r.Float64()-0.5)
	}
	for range steps {
		seq.Inputs = append(seq.Inputs, r.IntN(inputs))
		seq.Targets = append(seq.Targets, r.IntN(outputs))
	}
	return net, h0, seq
}

// ForRandomCases calls check for many random cases, each in a subtest of its own.
func ForRandomCases(t *testing.T, check func(t *testing.T, net *rnnkit.RNN, h0 []float64, seq rnnkit.Sequence)) {
	t.Helper()
	for seed := range uint64(40) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			net, h0, seq := RandomCase(seed)
			check(t, net, h0, seq)
		})
	}
}
