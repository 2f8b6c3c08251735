package rnnkit_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit"
)

// storedNet is a net as the fixtures hold it.
type storedNet struct {
	U, W, V      [][]float64
	B, BW, C, H0 []float64
}

func (s *storedNet) net(cell string) *rnnkit.RNN {
	return &rnnkit.RNN{Cell: cells[cell], U: matrixOf(s.U), W: matrixOf(s.W), V: matrixOf(s.V),
		B: vectorOf(s.B), BW: vectorOf(s.BW), C: vectorOf(s.C), H0: append([]float64(nil), s.H0...)}
}

// optimizers are those of testdata/make_optimizers.py, by their names there.
var optimizers = map[string]func() rnnkit.Optimizer{
	"sgd":               func() rnnkit.Optimizer { return &rnnkit.SGD{Rate: 0.1} },
	"momentum":          func() rnnkit.Optimizer { return &rnnkit.SGD{Rate: 0.05, Momentum: 0.9} },
	"adagrad":           func() rnnkit.Optimizer { return &rnnkit.Adagrad{Rate: 0.1} },
	"adam":              func() rnnkit.Optimizer { return &rnnkit.Adam{Rate: 0.02} },
	"adam, other betas": func() rnnkit.Optimizer { return &rnnkit.Adam{Rate: 0.05, Beta1: 0.8, Beta2: 0.95, Epsilon: 1e-6} },
}

func TestOptimizersAgreeWithPyTorchOverFiftySteps(t *testing.T) {
	data, err := os.ReadFile("testdata/optimizers.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Sequences []struct{ Inputs, Targets []int }
		Cases     []struct {
			Name, Optimizer, Cell string
			Before, After         storedNet
			Losses                []float64
		}
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Cases) != 15 {
		t.Fatalf("%d cases, want five optimizers for each of three cells", len(file.Cases))
	}
	var seqs []rnnkit.Sequence
	for _, s := range file.Sequences {
		seqs = append(seqs, rnnkit.Sequence{Inputs: s.Inputs, Targets: s.Targets})
	}
	for _, c := range file.Cases {
		t.Run(c.Name, func(t *testing.T) {
			net, want := c.Before.net(c.Cell), c.After.net(c.Cell)
			losses, err := rnnkit.Training{Steps: 50, Optimizer: optimizers[c.Optimizer]()}.Run(context.Background(), net, seqs)
			if err != nil {
				t.Fatal(err)
			}
			if !floats.EqualApprox(losses[:50], c.Losses, 1e-10) {
				t.Errorf("the losses are\n%v\nPyTorch has\n%v", losses[:50], c.Losses)
			}
			sameMatrix(t, "U", net.U, want.U, 1e-10)
			sameMatrix(t, "W", net.W, want.W, 1e-10)
			sameMatrix(t, "V", net.V, want.V, 1e-10)
			sameMatrix(t, "b", net.B, want.B, 1e-10)
			sameMatrix(t, "c", net.C, want.C, 1e-10)
			if net.BW != nil {
				sameMatrix(t, "b_W", net.BW, want.BW, 1e-10)
			}
			if !floats.EqualApprox(net.H0, want.H0, 1e-10) {
				t.Errorf("h_0 is %v, PyTorch has %v", net.H0, want.H0)
			}
		})
	}
}

func TestAnOptimizerAllocatesNothingOnceWarm(t *testing.T) {
	net := rnnkit.New(rnnkit.LSTM{}, 3, 4, 5).WithBiases()
	net.H0 = make([]float64, net.StateLen())
	gradient := rnnkit.NewGradient(net)
	for name, make := range optimizers {
		o := make()
		if n := testing.AllocsPerRun(20, func() { gradient.Clip(1); o.Step(net, gradient) }); n != 0 {
			t.Errorf("%s allocates %v times a step, want 0", name, n)
		}
	}
}

func TestClipShortensOnlyWhatIsTooLong(t *testing.T) {
	_, g := rnnkit.GradientOf(lecture(), nil, four)
	before, long := mat.DenseCopyOf(g.W), g.Norm()
	if got := g.Clip(2 * long); got != long || !mat.Equal(g.W, before) {
		t.Errorf("a gradient that is short enough was changed (it had the length %v, Clip says %v)", long, got)
	}
	if got := g.Clip(long / 4); got != long {
		t.Errorf("Clip says that the length was %v, it was %v", got, long)
	}
	if got := g.Norm(); math.Abs(got-long/4) > 1e-15 {
		t.Errorf("clipped, the length is %v, want %v", got, long/4)
	}
	var want mat.Dense
	want.Scale(0.25, before)
	sameMatrix(t, "∂L/∂W clipped", g.W, &want, 1e-15)
}

func TestALearnedStateIsTrainedAndCountsInTheNorm(t *testing.T) {
	net := lecture()
	net.H0 = []float64{0.1, -0.2}
	g := rnnkit.NewGradient(net)
	for _, seq := range []rnnkit.Sequence{pair1, pair2} {
		rnnkit.MustForward(net, nil, seq).Backward(g, net)
	}
	with := g.Norm()
	want := math.Sqrt(math.Pow(floats.Norm(g.H0, 2), 2) + math.Pow(mat.Norm(g.U, 2), 2) + math.Pow(mat.Norm(g.W, 2), 2) + math.Pow(mat.Norm(g.V, 2), 2))
	if math.Abs(with-want) > 1e-15 {
		t.Errorf("the length is %v, want %v", with, want)
	}
	if _, err := (rnnkit.Training{Steps: 200, Rate: 0.5, Frozen: "UWV"}).Run(context.Background(), net, []rnnkit.Sequence{pair2}); err != nil {
		t.Fatal(err)
	}
	if !mat.Equal(net.U, lecture().U) || net.H0[0] == 0.1 {
		t.Errorf("with U, W and V frozen h_0 is %v, want it alone to have moved", net.H0)
	}
	zero := rnnkit.MustForward(lecture(), nil, pair2).Loss
	if got := rnnkit.MustForward(net, nil, pair2).Loss; got >= zero {
		t.Errorf("from the learned state the loss is %v, from zero %v", got, zero)
	}
}

func TestEveryWayStartsFromTheLearnedState(t *testing.T) {
	net := lecture()
	net.H0 = []float64{0.33, 0.19}
	_, want := rnnkit.GradientOf(net, nil, four)
	slopes, err := rnnkit.FiniteDifference(net, nil, four)
	if err != nil {
		t.Fatal(err)
	}
	sameGradient(t, slopes, want, 1e-8)
	W, _, err := rnnkit.RTRL(net, nil, four)
	if err != nil {
		t.Fatal(err)
	}
	sameMatrix(t, "∂L/∂W by RTRL", W, want.W, 1e-12)
	cell, err := rnnkit.NudgeCopy(net, nil, four, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	sameMatrix(t, "cell (1, 1)", cell, rnnkit.PathsOf(net, rnnkit.MustForward(net, nil, four)).W[1][1], 1e-8)
}

func TestTrainingWithTruncationClipAndOptimizer(t *testing.T) {
	net := rnnkit.New(rnnkit.GRU{}, 3, 4, 4).WithBiases()
	net.Glorot(4)
	training := rnnkit.Training{Steps: 150, Optimizer: &rnnkit.Adam{Rate: 0.05}, Clip: 1, K1: 2, K2: 3}
	losses, err := training.Run(context.Background(), net, []rnnkit.Sequence{four})
	if err != nil {
		t.Fatal(err)
	}
	if losses[150] > losses[0]/20 {
		t.Errorf("in 150 steps the loss went from %v to %v", losses[0], losses[150])
	}
}

func TestBadOptimizersAreRefused(t *testing.T) {
	net := lecture()
	g := rnnkit.NewGradient(net)
	for name, o := range map[string]rnnkit.Optimizer{
		"SGD":     &rnnkit.SGD{Rate: -1},
		"Adagrad": &rnnkit.Adagrad{Rate: math.NaN()},
		"Adam":    &rnnkit.Adam{Rate: math.Inf(1)},
	} {
		wantPanic(t, name, func() { o.Step(net, g) }, name, "learning rate")
	}
	wantPanic(t, "momentum", func() { (&rnnkit.SGD{Momentum: 1}).Step(net, g) }, "momentum 1")
	wantPanic(t, "beta", func() { (&rnnkit.Adam{Beta1: 1.5}).Step(net, g) }, "β₁ = 1.5")
	wantPanic(t, "clip", func() { g.Clip(0) }, "norm 0", "positive")
	o := &rnnkit.Adam{}
	o.Step(net, g)
	other := rnnkit.NewRNN(3, 5, 4)
	wantPanic(t, "another net", func() { o.Step(other, rnnkit.NewGradient(other)) }, "U had 6 numbers", "15")
	wantPanic(t, "clip of a training", func() {
		_, _ = rnnkit.Training{Clip: -1}.Run(context.Background(), net, []rnnkit.Sequence{pair1})
	}, "Clip is -1")
}

func TestInitialisersGiveWhatTheyPromise(t *testing.T) {
	for _, blocks := range []int{1, 3, 4} {
		M := mat.NewDense(5*blocks, 5, nil)
		rnnkit.Orthogonal(M, 3)
		for k := range blocks {
			b := M.Slice(5*k, 5*k+5, 0, 5)
			var product mat.Dense
			product.Mul(b.T(), b)
			identity := mat.NewDense(5, 5, nil)
			rnnkit.Identity(identity)
			sameMatrix(t, fmt.Sprintf("Qᵀ Q of block %d of %d", k+1, blocks), &product, identity, 1e-14)
		}
		rnnkit.ScaleToRadius(M, 1.25)
		for k := range blocks {
			if got := rnnkit.SpectralRadius(M.Slice(5*k, 5*k+5, 0, 5)); math.Abs(got-1.25) > 1e-12 {
				t.Errorf("block %d of %d has the spectral radius %v, want 1.25", k+1, blocks, got)
			}
		}
	}
	// By hand: a rotation by a right angle, stretched: eigenvalues ±2i, singular values 2.
	turn := mat.NewDense(2, 2, []float64{0, -2, 2, 0})
	if got := rnnkit.SpectralRadius(turn); math.Abs(got-2) > 1e-14 {
		t.Errorf("the spectral radius of a rotation times 2 is %v, want 2", got)
	}
	// Nilpotent: the radius is 0, yet it stretches by 3.
	shear := mat.NewDense(2, 2, []float64{0, 3, 0, 0})
	if radius, s := rnnkit.SpectralRadius(shear), rnnkit.SingularValues(shear); radius > 1e-7 || math.Abs(s[0]-3) > 1e-14 || s[1] > 1e-14 {
		t.Errorf("[0 3; 0 0] has the radius %v and the singular values %v, want 0, 3 and 0", radius, s)
	}
	wantPanic(t, "no blocks", func() { rnnkit.Orthogonal(mat.NewDense(5, 2, nil), 1) }, "Orthogonal", "5×2")
	wantPanic(t, "radius of zero", func() { rnnkit.ScaleToRadius(mat.NewDense(2, 2, nil), 1) }, "radius 0")
	wantPanic(t, "negative radius", func() { rnnkit.ScaleToRadius(turn, -1) }, "radius -1")
}

func TestJacobianEqualsFiniteDifferences(t *testing.T) {
	for _, o := range options(2) {
		t.Run(o.name, func(t *testing.T) {
			pass := rnnkit.MustForward(o.net, o.h0, o.seq)
			T := o.seq.Len()
			for k := 0; k <= T; k++ {
				got := rnnkit.Jacobian(o.net, pass, T, k)
				rest := rnnkit.Sequence{Inputs: tail(o.seq.Inputs, k), X: tailRows(o.seq.X, k), Targets: make([]int, T-k)}
				if len(rest.Targets) == 0 {
					identity := mat.NewDense(o.net.StateLen(), o.net.StateLen(), nil)
					rnnkit.Identity(identity)
					sameMatrix(t, "∂s_T/∂s_T", got, identity, 0)
					continue
				}
				want := mat.DenseCopyOf(got)
				const epsilon = 1e-6
				for j := range o.net.StateLen() {
					up, down := append([]float64(nil), pass.State[k]...), append([]float64(nil), pass.State[k]...)
					up[j] += epsilon
					down[j] -= epsilon
					a, b := rnnkit.MustForward(o.net, up, rest).Last(), rnnkit.MustForward(o.net, down, rest).Last()
					for i := range a {
						want.Set(i, j, (a[i]-b[i])/(2*epsilon))
					}
				}
				sameMatrix(t, fmt.Sprintf("∂s_%d/∂s_%d", T, k), got, want, 1e-8)
			}
		})
	}
	net := lecture()
	pass := rnnkit.MustForward(net, nil, pair1)
	wantPanic(t, "forward in time", func() { rnnkit.Jacobian(net, pass, 1, 2) }, "from step 2 to 1")
	wantPanic(t, "another net", func() { rnnkit.Jacobian(rnnkit.NewRNN(3, 5, 4), pass, 2, 1) }, "2 long", "5")
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
