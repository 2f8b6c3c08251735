package rnnkit_test

import (
	"context"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit"
	"rnn101/rnnkit/gradcheck"
	"rnn101/rnnkit/internal/rnntest"
	"rnn101/rnnkit/train"
)

func TestLectureForward(t *testing.T) {
	p := rnnkit.MustForward(rnntest.Lecture(), nil, rnntest.Pair1)
	rnntest.Near(t, "L", p.Loss, 2.380429579406214, 1e-14)
	rnntest.Near(t, "L_1", p.Losses[1], 1.052558701289131, 1e-14)
	rnntest.Near(t, "L_2", p.Losses[2], 1.3278708781170832, 1e-14)
	for _, v := range []struct {
		name string
		got  []float64
		want []float64
	}{
		{"h_1", p.H[1], []float64{0.462117, -0.291313}},
		{"h_2", p.H[2], []float64{0.330250, 0.190618}},
		{"ŷ_1", p.Y[1], []float64{0.349044, 0.181492, 0.278430, 0.191034}},
		{"ŷ_2", p.Y[2], []float64{0.276379, 0.211412, 0.265041, 0.247168}},
	} {
		rnntest.NearRows(t, v.name, mat.NewDense(1, len(v.got), v.got), [][]float64{v.want}, rnntest.Printed)
	}
}

func TestLectureGradient(t *testing.T) {
	_, g := rnnkit.GradientOf(rnntest.Lecture(), nil, rnntest.Pair1)
	rnntest.NearRows(t, "dU", g.U, [][]float64{{-0.382830, 0, -0.186918}, {0.370132, 0, 0.079938}}, rnntest.Printed)
	rnntest.NearRows(t, "dW", g.W, [][]float64{{-0.086378, 0.054452}, {0.036941, -0.023287}}, rnntest.Printed)
	rnntest.NearRows(t, "dV", g.V, [][]float64{{-0.209544, 0.242315}, {0.153689, -0.012572}, {-0.114053, -0.221207}, {0.169908, -0.008536}}, rnntest.Printed)
}

func TestLectureBothPairs(t *testing.T) {
	p := rnnkit.MustForward(rnntest.Lecture(), nil, rnntest.Pair2)
	rnntest.Near(t, "loss of pair 2", p.Loss, 2.390613517602065, 1e-14)
	rnntest.Near(t, "loss of both", p.Loss+rnnkit.MustForward(rnntest.Lecture(), nil, rnntest.Pair1).Loss, 4.771043097008279, 1e-14)
}

// The indirect path of L_2 into W is exactly zero from h_0 = 0, that into U is not.
func TestLectureHonestZero(t *testing.T) {
	net := rnntest.Lecture()
	paths := gradcheck.PathsOf(net, rnnkit.MustForward(net, nil, rnntest.Pair1))
	rnntest.NearRows(t, "∂L_2/∂W through h_1", paths.W[2][1], [][]float64{{0, 0}, {0, 0}}, 0)
	rnntest.NearRows(t, "∂L_2/∂U through h_1", paths.U[2][1], [][]float64{{-0.039940, 0, 0}, {0.070788, 0, 0}}, rnntest.Printed)
}

func TestLectureStateCarriedOver(t *testing.T) {
	net := rnntest.Lecture()
	h0 := rnnkit.MustForward(net, nil, rnntest.Pair1).H[2]
	p, g := rnnkit.GradientOf(net, h0, rnntest.Pair2)
	rnntest.Near(t, "L", p.Loss, 2.3996361573568423, 1e-14)
	rnntest.NearRows(t, "dW", g.W, [][]float64{{0.074087, 0.192308}, {0.049035, -0.213557}}, rnntest.Printed)
	paths := gradcheck.PathsOf(net, p)
	rnntest.NearRows(t, "cell (2,2)", paths.W[2][2], [][]float64{{-0.053337, 0.118759}, {0.086262, -0.192070}}, rnntest.Printed)
	rnntest.NearRows(t, "cell (2,1)", paths.W[2][1], [][]float64{{-0.004610, -0.002661}, {-0.033714, -0.019460}}, rnntest.Printed)
	rnntest.NearRows(t, "cell (1,1)", paths.W[1][1], [][]float64{{0.132034, 0.076209}, {-0.003513, -0.002028}}, rnntest.Printed)
}

func TestLectureFourWords(t *testing.T) {
	net := rnntest.Lecture()
	p, g := rnnkit.GradientOf(net, nil, rnntest.Four)
	rnntest.Near(t, "L", p.Loss, 4.780065736763056, 1e-14)
	rnntest.NearRows(t, "dW", g.W, [][]float64{{0.037329, 0.215479}, {0.026511, -0.199359}}, rnntest.Printed)
	paths := gradcheck.PathsOf(net, p)
	for step, norms := range [][]float64{{0}, {0, 0.111054}, {0, 0.088509, 0.152504}, {0, 0.030916, 0.039289, 0.247549}} {
		for k, want := range norms {
			rnntest.Near(t, "norm of a cell", mat.Norm(paths.W[step+1][k+1], 2), want, rnntest.Printed)
		}
	}
	d := paths.Delta[4][1]
	rnntest.Near(t, "‖∂L_4/∂a_1‖", math.Hypot(d[0], d[1]), 0.0261, 5e-5)
}

func TestLectureOneUpdate(t *testing.T) {
	net := rnntest.Lecture()
	_, g := rnnkit.GradientOf(net, nil, rnntest.Pair1)
	net.Descend(g, 0.5)
	rnntest.NearRows(t, "W", net.W, [][]float64{{0.4432, -0.2272}, {0.2815, 0.5116}}, 5e-5)
	rnntest.Near(t, "loss after", rnnkit.MustForward(net, nil, rnntest.Pair1).Loss, 2.1116, 5e-5)
}

func TestLectureTraining(t *testing.T) {
	losses, err := train.Training{Steps: 1000, Rate: 0.5}.Run(context.Background(), rnntest.Lecture(), []rnnkit.Sequence{rnntest.Pair1, rnntest.Pair2})
	if err != nil {
		t.Fatal(err)
	}
	for step, want := range map[int]float64{50: 0.1146, 100: 0.0453, 200: 0.0202, 500: 0.0076, 1000: 0.0038} {
		rnntest.Near(t, "loss", losses[step], want, 5e-5)
	}
}

// Without W the second step cannot know the first: 2·ln 2 is the floor.
func TestLectureFloorWithoutMemory(t *testing.T) {
	net := rnntest.Lecture()
	net.W.Zero()
	losses, err := train.Training{Steps: 10000, Rate: 0.5, Frozen: "W"}.Run(context.Background(), net, []rnnkit.Sequence{rnntest.Pair1, rnntest.Pair2})
	if err != nil {
		t.Fatal(err)
	}
	rnntest.Near(t, "loss after 1000 steps", losses[1000], 1.3891, 5e-5)
	rnntest.Near(t, "loss after 10000 steps", losses[10000], 1.3866, 5e-5)
	if losses[10000] <= 2*math.Ln2 {
		t.Errorf("the loss is %v, under the floor of 2·ln 2", losses[10000])
	}
}

// Run with the state carried over, the trained net still translates the pairs in
// the order that it was given, and fails in the other.
func TestLectureCarriedAfterTraining(t *testing.T) {
	net := rnntest.Lecture()
	if _, err := (train.Training{Steps: 1000, Rate: 0.5}).Run(context.Background(), net, []rnnkit.Sequence{rnntest.Pair1, rnntest.Pair2}); err != nil {
		t.Fatal(err)
	}
	first := rnnkit.MustForward(net, nil, rnntest.Pair1)
	rnntest.Near(t, "vampire bat after baseball bat", rnnkit.MustForward(net, first.H[2], rnntest.Pair2).Loss, 0.0332, 5e-5)
	first = rnnkit.MustForward(net, nil, rnntest.Pair2)
	rnntest.Near(t, "baseball bat after vampire bat", rnnkit.MustForward(net, first.H[2], rnntest.Pair1).Loss, 12.92, 5e-3)
}
