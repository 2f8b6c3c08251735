// Package gradcheck computes the gradient of a recurrent net in other ways than
// backpropagation through time, for tests and for teaching:
//
//	difference.go    finite differences, of all parameters or of one step's copy of W
//	paths.go         the sum over the paths from each loss to each step
//	rtrl.go          forward in time: real-time recurrent learning
//	jacobian.go      ∂s_t/∂s_k, which vanishes or explodes, and its measures
//
// None of the gradients shares code with Pass.Backward; a Jacobian takes the derivative of
// a step from the cell. The package knows rnnkit and gonum. The
// notation, the units and the treatment of errors are those of rnnkit.
package gradcheck
