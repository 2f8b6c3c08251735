// Package lang holds the language that the course writes in, and the way a
// package keeps its texts in it.
//
// Each package that writes for readers keeps its own catalogue, a Texts value in
// a file of its own, and asks it for every title, axis, alternative text and
// message. English is complete; a text that another language lacks comes in
// English. The notebooks choose the language once, in their first cell.
package lang

import (
	"fmt"
	"sync/atomic"
)

// The languages that can be set.
const (
	English = "en"
	Korean  = "ko"

	// Dummy is for tests: every text comes in English between ⟦ and ⟧, so
	// that whatever stands outside of the brackets has escaped the catalogue.
	Dummy = "xx"
)

var current atomic.Value // of string

// Set chooses the language of all texts written from now on: English, Korean or
// Dummy. It panics on any other tag. The language is English before the first
// call. Set may be called from any goroutine.
func Set(tag string) {
	switch tag {
	case English, Korean, Dummy:
		current.Store(tag)
	default:
		panic(fmt.Sprintf("lang: there is no language %q: choose %q or %q", tag, English, Korean))
	}
}

// Tag returns the language set, as the BCP 47 tag that an HTML lang attribute
// takes.
func Tag() string {
	if tag, ok := current.Load().(string); ok {
		return tag
	}
	return English
}

// Texts is the catalogue of one package: for each key the text in each
// language, a format for fmt.Sprintf. A translation that needs the arguments in
// another order numbers them: %[2]s, %.1[1]f.
type Texts map[string]map[string]string

// Text returns the text under the key in the language set, with the arguments
// in their places. It panics on a key that the catalogue does not have in
// English.
func (t Texts) Text(key string, args ...any) string {
	format, ok := t[key][English]
	if !ok {
		panic(fmt.Sprintf("lang: no English text under the key %q", key))
	}
	if own, ok := t[key][Tag()]; ok {
		format = own
	}
	text := format
	if len(args) > 0 {
		text = fmt.Sprintf(format, args...)
	}
	if Tag() == Dummy {
		return "⟦" + text + "⟧"
	}
	return text
}
