// Package trained holds a trained net, for readers who do not want to wait. It imports no other
// package of the course.
package trained

import _ "embed"

//go:embed opticks.safetensors
var opticks []byte

// Opticks returns a file for safetensors.Read with a net and its vocabulary: a GRU with 96 hidden
// units, trained on the characters of the first nine tenths of Newton's Opticks. Training takes a
// minute or two:
//
//	go run ./data/trained/make
func Opticks() []byte { return opticks }
