package show

import "rnn101/internal/lang"

// The languages that Language takes.
const (
	English = lang.English
	Korean  = lang.Korean
)

var texts = lang.For("show")

// Language sets the language of the texts of this package and package plots: English, the
// default, or Korean. Language panics on any other tag.
//
// A notebook sets its language in the first cell, in a function whose name begins with init_.
// GoNB runs such functions before each later cell:
//
//	func init_language() { show.Language(show.English) }
func Language(tag string) {
	if err := lang.Set(tag); err != nil {
		panic(mistake("Language", "%v", err))
	}
}
