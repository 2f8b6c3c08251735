package task

import (
	"rnn101/data"
	"rnn101/rnnkit"
	"rnn101/rnnkit/text"
)

// Lecture returns the lecture's net before training.
func Lecture() *rnnkit.RNN { return rnnkit.FromRows(data.LectureWeights()) }

// Sequence encodes a pair of the lecture.
func Sequence(p data.Pair) rnnkit.Sequence {
	return rnnkit.Sequence{
		Inputs:  text.MustVocabulary(data.InputWords()...).MustEncode(p.Words...),
		Targets: text.MustVocabulary(data.OutputWords()...).MustEncode(p.Translation...),
	}
}

// Forward runs a net on a pair of the lecture, from the state zero.
func Forward(net *rnnkit.RNN, p data.Pair) *rnnkit.Pass {
	return rnnkit.MustForward(net, nil, Sequence(p))
}
