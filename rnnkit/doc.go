// Package rnnkit is a recurrent network written out by hand: the forward pass, the loss
// and the gradient with respect to each matrix, each beside its formula.
//
// Read the files in the order of the lecture, three hundred lines of code at most:
//
//	onehot.go      words as one-hot vectors
//	params.go      the matrices U, W, V
//	cell.go        h_t = tanh(a_t), and the interface of all cells
//	forward.go     a_t = U x_t + W h_{t−1} (+ b),  o_t = V h_t (+ c),  ŷ_t = softmax(o_t)
//	loss.go        L_t = −log ŷ_t[target], ∂L/∂o_t = ŷ_t − y_t
//	backward.go    the δ recursion, then ∂L/∂V, ∂L/∂W, ∂L/∂U
//	update.go      one step of gradient descent
//
// What these need is beside them: sequence.go, pass.go (the storage), gradient.go,
// parameters.go, shapes.go, glorot.go. Further on in the lecture come truncate.go
// (truncated backpropagation through time) and the cells lstm.go and gru.go.
//
// These packages build on it; rnnkit itself imports gonum and internal packages only:
//
//	rnnkit/text           vocabularies, and tokens sampled from a net
//	rnnkit/train          training, optimizers, batches in parallel
//	rnnkit/gradcheck      the same gradient in other ways; Jacobians
//	rnnkit/safetensors    nets in files
//
// Speed. On amd64 the products, tanh, σ and exp run in AVX-512 or AVX2, whichever the
// processor has: the two give the same bits. On other processors gonum's BLAS and package
// math compute them, and the last digits differ. Whoever needs other digits than the
// course's can build with the tag rnnkit_portable, or rnnkit_avx2. go run ./course bench
// measures.
//
// Conventions. The letters are the lecture's, those of Goodfellow, Bengio and
// Courville, Deep Learning (2016), section 10.2.2. Steps count from 1: in a slice
// over time entry 0 is before the first step, so that H[0] is h_0 and H[t-1] is
// h_{t−1}. The loss is the sum over the steps, not the mean.
//
// Errors. Shapes that do not fit are a programmer's mistake and panic, with a message
// that begins with the name of the package. What data can cause is an error that says
// where: a target out of range, a loss that is not finite.
//
// No value is safe for concurrent use, except that several goroutines may read a net
// as long as none changes it.
package rnnkit
