// Package trained holds a net that was trained for the course, for readers who don't
// want to wait.
package trained

import _ "embed"

//go:embed opticks.safetensors
var opticks []byte

// Opticks returns the file of a GRU with 96 states that was trained on the first nine
// tenths of Newton's Opticks, character by character, as safetensors.Read takes it, with its
// vocabulary. The program in the folder make made it in a minute or two:
//
//	go run ./data/trained/make
func Opticks() []byte { return opticks }
