package text_test

import (
	"strings"
	"testing"

	"rnn101/rnnkit/internal/rnntest"
	"rnn101/rnnkit/text"
)

func TestVocabularyRefusesWhatItCannotNumber(t *testing.T) {
	_, err := text.NewVocabulary()
	rnntest.WantError(t, "no token", err, "at least one token")
	_, err = text.NewVocabulary("bat", "")
	rnntest.WantError(t, "an empty token", err, "token 2", "empty")
	_, err = text.NewVocabulary("bat", "ball", "bat")
	rnntest.WantError(t, "a token twice", err, `"bat"`, "1 and 3")

	_, err = rnntest.Inputs.Encode("baseball", "bat ")
	rnntest.WantError(t, "an unknown token", err, `"bat "`, "position 2", `"vampire"`)
	_, err = rnntest.Outputs.Decode(0, 4)
	rnntest.WantError(t, "an unknown number", err, "number 4", "position 2", "0 to 3")
	_, err = rnntest.Outputs.Decode(-1)
	rnntest.WantError(t, "a negative number", err, "number -1", "position 1")
	rnntest.WantPanic(t, "Token", func() { rnntest.Inputs.Token(3) }, "number 3", "0 to 2")
	rnntest.WantPanic(t, "MustVocabulary", func() { text.MustVocabulary("a", "a") }, `"a"`)
	rnntest.WantPanic(t, "MustEncode", func() { rnntest.Inputs.MustEncode("Bat") }, `"Bat"`)
}

func TestAnErrorDoesNotListAWholeLargeVocabulary(t *testing.T) {
	var tokens []string
	for i := range 5000 {
		tokens = append(tokens, strings.Repeat("a", i+1)[:i%30+1]+string(rune('가'+i)))
	}
	_, err := text.MustVocabulary(tokens...).Encode("unknown")
	rnntest.WantError(t, "5000 tokens", err, "and 4988 more")
	if len(err.Error()) > 700 {
		t.Errorf("the error has %d bytes: %q", len(err.Error()), err)
	}
}
