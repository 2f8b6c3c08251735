package gradcheck_test

import (
	"fmt"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit"
	"rnn101/rnnkit/gradcheck"
	"rnn101/rnnkit/internal/rnntest"
	"rnn101/rnnkit/train"
)

func TestJacobianEqualsFiniteDifferences(t *testing.T) {
	for _, o := range rnntest.Options(2) {
		t.Run(o.Name, func(t *testing.T) {
			pass := rnnkit.MustForward(o.Net, o.H0, o.Seq)
			T := o.Seq.Len()
			for k := 0; k <= T; k++ {
				got := gradcheck.Jacobian(o.Net, pass, T, k)
				rest := rnnkit.Sequence{Inputs: tail(o.Seq.Inputs, k), X: tailRows(o.Seq.X, k), Targets: make([]int, T-k)}
				if len(rest.Targets) == 0 {
					identity := mat.NewDense(o.Net.StateLen(), o.Net.StateLen(), nil)
					train.Identity(identity)
					rnntest.SameMatrix(t, "∂s_T/∂s_T", got, identity, 0)
					continue
				}
				want := mat.DenseCopyOf(got)
				const epsilon = 1e-6
				for j := range o.Net.StateLen() {
					up, down := append([]float64(nil), pass.State[k]...), append([]float64(nil), pass.State[k]...)
					up[j] += epsilon
					down[j] -= epsilon
					a, b := rnnkit.MustForward(o.Net, up, rest).Last(), rnnkit.MustForward(o.Net, down, rest).Last()
					for i := range a {
						want.Set(i, j, (a[i]-b[i])/(2*epsilon))
					}
				}
				rnntest.SameMatrix(t, fmt.Sprintf("∂s_%d/∂s_%d", T, k), got, want, 1e-8)
			}
		})
	}
	net := rnntest.Lecture()
	pass := rnnkit.MustForward(net, nil, rnntest.Pair1)
	rnntest.WantPanic(t, "forward in time", func() { gradcheck.Jacobian(net, pass, 1, 2) }, "from step 2 to 1")
	rnntest.WantPanic(t, "another net", func() { gradcheck.Jacobian(rnnkit.NewRNN(3, 5, 4), pass, 2, 1) }, "2 long", "5")
}

func tail(v []int, k int) []int {
	if v == nil {
		return nil
	}
	return v[k:]
}

func tailRows(v [][]float64, k int) [][]float64 {
	if v == nil {
		return nil
	}
	return v[k:]
}

func TestAJacobianLeavesThePassAsItIs(t *testing.T) {
	for _, o := range rnntest.Options(6) {
		pass, _ := rnnkit.GradientOf(o.Net, o.H0, o.Seq)
		T := o.Seq.Len()
		delta, state := slices.Clone(pass.Delta[T]), slices.Clone(pass.State[T])
		gradcheck.Jacobian(o.Net, pass, T, 0)
		if !slices.Equal(pass.Delta[T], delta) || !slices.Equal(pass.State[T], state) {
			t.Errorf("%s: Jacobian changes the pass", o.Name)
		}
	}
}
