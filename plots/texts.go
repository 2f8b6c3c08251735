package plots

import "rnn101/internal/lang"

var texts = lang.For("plots")

// Language sets the language of titles, axes and alternative texts drawn from now
// on, in this package and in package show: "en", which it is at the start, or "ko".
// Language panics on any other tag.
func Language(tag string) {
	if err := lang.Set(tag); err != nil {
		panic("plots: Language: " + err.Error())
	}
}
