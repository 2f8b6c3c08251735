package lang

import (
	"unicode"

	"rnn101/internal/lang/english"
	"rnn101/internal/lang/korean"
	"rnn101/internal/lang/korean/rules"
)

// The tags of the languages.
const (
	English = "en"
	Korean  = "ko"
)

func init() {
	add(Language{Tag: English, Name: "English"}, english.Texts)
	add(Language{Tag: Korean, Name: "한국어", Script: unicode.Hangul, Choose: rules.Choose}, korean.Texts)
}
