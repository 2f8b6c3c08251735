// Package text turns tokens into the numbers that a net reads, and lets a net write:
//
//	vocabulary.go    the tokens of a language and their numbers
//	sampler.go       tokens drawn from the probabilities that a net predicts
//
// The package knows rnnkit alone.
package text
