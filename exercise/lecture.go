package exercise

import (
	"rnn101/data"
	"rnn101/rnnkit"
	"rnn101/rnnkit/text"
)

// lecture returns the lecture's net before training.
func lecture() *rnnkit.RNN { return rnnkit.FromRows(data.LectureWeights()) }

// sequence encodes a pair of the lecture.
func sequence(p data.Pair) rnnkit.Sequence {
	return rnnkit.Sequence{
		Inputs:  text.MustVocabulary(data.InputWords()...).MustEncode(p.Words...),
		Targets: text.MustVocabulary(data.OutputWords()...).MustEncode(p.Translation...),
	}
}

// forward runs a net on a pair of the lecture, from the state zero.
func forward(net *rnnkit.RNN, p data.Pair) *rnnkit.Pass {
	return rnnkit.MustForward(net, nil, sequence(p))
}
