package content

import (
	"testing"

	"rnn101/internal/lang"
	"rnn101/internal/notebook"
)

func TestLanguageIsThatOfTheProse(t *testing.T) {
	for prose, want := range map[string]string{
		"# The net\n\n*bat* is 방망이 or 박쥐.":                       "en",
		"RNN과 LSTM을 배웁니다. `MustForward`를 부릅니다.":                  "ko",
		"식 $\\operatorname{softmax}(Vh_t)$ 하나":                   "ko",
		"그림 <img src=\"data:image/png;base64,AAAABBBBCCCC\"> 하나": "ko",
		"": "en",
	} {
		nb := &notebook.Notebook{Cells: []*notebook.Cell{{Kind: "markdown", Source: prose}}}
		if got := Language(nb, "ko/a.ipynb", lang.Languages()); got != want {
			t.Errorf("%q is %q, want %q", prose, got, want)
		}
	}
}

func TestALanguageInLatinScriptIsKnownByItsFolder(t *testing.T) {
	known := append(lang.Languages(), lang.Language{Tag: "fr"})
	for _, c := range []struct{ name, prose, want string }{
		{"fr/a.ipynb", "# Le réseau", "fr"},
		{"a.ipynb", "# The net", "en"},
		{"friends/a.ipynb", "# The net", "en"},
		{"fr/a.ipynb", "# 순환 신경망", "ko"},
		{"en/a.ipynb", "# 순환 신경망", "ko"},
	} {
		nb := &notebook.Notebook{Cells: []*notebook.Cell{{Kind: "markdown", Source: c.prose}}}
		if got := Language(nb, c.name, known); got != c.want {
			t.Errorf("%s with %q is %q, want %q", c.name, c.prose, got, c.want)
		}
	}
}
