// Package train changes the parameters of a net so that its loss falls:
//
//	train.go         full-batch training
//	optimizers.go    SGD, Adagrad, Adam
//	batch.go         the gradient of several sequences, computed in parallel
//	lockstep.go      the passes of a batch, side by side; words.go its columns of U
//	initialize.go    orthogonal and scaled initial matrices
//
// The package knows rnnkit, gradcheck for the spectral radius, and gonum. The notation
// and the treatment of errors are those of rnnkit.
package train
