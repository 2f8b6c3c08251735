// Package rnnkit is a recurrent network written out by hand: the forward pass, the
// loss, and its gradient with respect to each matrix, beside the formulas that they
// are.
//
// Read the files in the order of the lecture, four hundred lines of code at most:
//
//	onehot.go      words as one-hot vectors
//	params.go      the matrices U, W, V
//	cell.go        h_t = tanh(a_t), and what is asked of another cell
//	forward.go     a_t = U x_t + W h_{t−1} (+ b),  o_t = V h_t (+ c),  ŷ_t = softmax(o_t)
//	loss.go        L_t = −log ŷ_t[target], ∂L/∂o_t = ŷ_t − y_t
//	backward.go    the δ recursion, then ∂L/∂V, ∂L/∂W, ∂L/∂U
//	update.go      one step of gradient descent
//
// What these need stands beside them: vocabulary.go, sequence.go, pass.go (the
// storage), gradient.go, shapes.go. What goes further:
//
//	train.go, optimise.go, initialise.go    learning
//	truncate.go                             truncated backpropagation through time
//	lstm.go, gru.go                         the other cells
//	batch.go                                several sequences at once
//	sample.go, store.go                     writing text; files
//
// And there are other ways to the same gradient, for teaching and for tests: paths.go
// (sum over paths), rtrl.go (forward in time), difference.go (finite differences).
// They share no code with backward.go. jacobian.go has ∂h_t/∂h_k itself.
//
// Large nets. The products are gonum's BLAS. Where OpenBLAS is at hand (cgo), one line
// of yours hands them over:
//
//	blas64.Use(netlib.Implementation{}) // gonum.org/v1/netlib/blas/netlib
//
// Set OPENBLAS_NUM_THREADS=1 with a Batch, whose goroutines are the threads.
//
// Conventions. The letters are the lecture's, those of Goodfellow, Bengio and
// Courville, Deep Learning (2016), section 10.2.2. Steps count from 1: in a slice
// over time entry 0 is before the first step, so that H[0] is h_0 and H[t-1] is
// what stands in the formula. The loss is the sum over the steps, not the mean.
//
// Errors. Shapes that do not fit are the programmer's mistake: a panic that begins
// with "rnnkit:". What data can cause is an error that says where: an unknown
// token, a target out of range, a loss that is not finite.
//
// Nothing here is safe for concurrent use on the same value; a net may be read by
// several goroutines as long as none changes it.
package rnnkit
