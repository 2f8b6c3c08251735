// Package rnntest has the nets, the sequences and the comparisons that the tests of
// rnnkit and of the packages below it share.
package rnntest

import (
	"rnn101/data"
	"rnn101/rnnkit"
	"rnn101/rnnkit/text"
)

// The vocabularies and sequences of the lecture's example.
var (
	Inputs  = text.MustVocabulary(data.InputWords()...)
	Outputs = text.MustVocabulary(data.OutputWords()...)

	Pair1 = sequence(data.BaseballBat())
	Pair2 = sequence(data.VampireBat())
	Four  = sequence(data.BaseballBat().Then(data.VampireBat()))
)

func sequence(p data.Pair) rnnkit.Sequence {
	return rnnkit.Sequence{Inputs: Inputs.MustEncode(p.Words...), Targets: Outputs.MustEncode(p.Translation...)}
}

// Lecture returns the net of the lecture's example.
func Lecture() *rnnkit.RNN { return rnnkit.FromRows(data.LectureWeights()) }
