package gradcheck_test

import (
	"fmt"

	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit"
	"rnn101/rnnkit/gradcheck"
	"rnn101/rnnkit/internal/rnntest"
)

// The state of the first pair is carried over, so that the indirect path of L_2
// into W is not zero.
func ExamplePathsOf() {
	net := rnntest.Lecture()
	carried := rnnkit.MustForward(net, nil, rnntest.Pair1).H[2]
	paths := gradcheck.PathsOf(net, rnnkit.MustForward(net, carried, rnntest.Pair2))
	fmt.Printf("direct    % .6f\n", mat.Formatted(paths.W[2][2], mat.Prefix("          ")))
	fmt.Printf("via h_1   % .6f\n", mat.Formatted(paths.W[2][1], mat.Prefix("          ")))
	fmt.Printf("all       % .6f\n", mat.Formatted(paths.SumW(), mat.Prefix("          ")))
	// Output:
	// direct    ⎡-0.053337   0.118759⎤
	//           ⎣ 0.086262  -0.192070⎦
	// via h_1   ⎡-0.004610  -0.002661⎤
	//           ⎣-0.033714  -0.019460⎦
	// all       ⎡ 0.074087   0.192308⎤
	//           ⎣ 0.049035  -0.213557⎦
}

// How a change of h_0 reaches the later states.
func ExampleJacobian() {
	net := rnntest.Lecture()
	pass := rnnkit.MustForward(net, nil, rnntest.Four)
	for t := 1; t <= 4; t++ {
		J := gradcheck.Jacobian(net, pass, t, 0)
		fmt.Printf("∂h_%d/∂h_0: largest singular value %.4f, spectral radius %.4f\n", t, gradcheck.SingularValues(J)[0], gradcheck.SpectralRadius(J))
	}
	// Output:
	// ∂h_1/∂h_0: largest singular value 0.5348, spectral radius 0.4326
	// ∂h_2/∂h_0: largest singular value 0.2866, spectral radius 0.2044
	// ∂h_3/∂h_0: largest singular value 0.1002, spectral radius 0.0747
	// ∂h_4/∂h_0: largest singular value 0.0433, spectral radius 0.0343
}
