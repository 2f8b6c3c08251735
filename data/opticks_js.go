package data

import (
	"errors"
	"syscall/js"
)

// opticks reads the copy of the file that a page has: its engine defines the function rnn101opticks.
func opticks() (string, error) {
	file := js.Global().Get("rnn101opticks")
	if file.Type() != js.TypeFunction {
		return "", errors.New("this program has no copy of the text")
	}
	return withoutCredits(file.Invoke().String(), "the copy of the page")
}
