package lang

import (
	"unicode"

	"rnn101/internal/lang/english"
	"rnn101/internal/lang/korean"
	"rnn101/internal/lang/korean/rules"
	"rnn101/internal/lang/tag"
)

// The tags of the languages.
const (
	English = tag.English
	Korean  = tag.Korean
)

func init() {
	add(Language{Tag: English, Name: "English", Locale: "en"}, english.Texts)
	add(Language{Tag: Korean, Name: "한국어", Locale: "ko_KR", Script: unicode.Hangul, Choose: rules.Choose}, korean.Texts)
}
