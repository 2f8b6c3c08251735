package plots_test

import (
	"fmt"
	"strings"
	"testing"

	"rnn101/internal/lang"
	"rnn101/plots"
)

func TestLanguageSetsTheLanguageOfAllTexts(t *testing.T) {
	defer plots.Language("en")
	plots.Language("ko")
	if lang.Tag() != "ko" {
		t.Errorf("the language is %s, want ko", lang.Tag())
	}
}

func TestUnknownLanguagePanicsWithTheChoices(t *testing.T) {
	defer func() {
		said := fmt.Sprint(recover())
		for _, word := range []string{"plots: Language", `"korean"`, `"en" (English)`, `"ko" (한국어)`} {
			if !strings.Contains(said, word) {
				t.Errorf("the panic is %q, it does not say %s", said, word)
			}
		}
	}()
	plots.Language("korean")
}
