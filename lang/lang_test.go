package lang_test

import (
	"strings"
	"testing"

	"rnn101/lang"
)

var texts = lang.Texts{
	"falls": {"en": "from %.1f to %.1f", "ko": "%.1[2]f까지, %.1[1]f에서"},
	"only":  {"en": "only English, 100%"},
}

func in(t *testing.T, tag string) {
	t.Helper()
	before := lang.Tag()
	lang.Set(tag)
	t.Cleanup(func() { lang.Set(before) })
}

func TestTextComesInTheLanguageSet(t *testing.T) {
	for tag, want := range map[string]string{
		"en": "from 2.0 to 1.0",
		"ko": "1.0까지, 2.0에서",
		"xx": "⟦from 2.0 to 1.0⟧",
	} {
		in(t, tag)
		if got := texts.Text("falls", 2.0, 1.0); got != want {
			t.Errorf("in %s: got %q, want %q", tag, got, want)
		}
	}
}

func TestMissingTranslationComesInEnglish(t *testing.T) {
	in(t, "ko")
	if got, want := texts.Text("only"), "only English, 100%"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestUnknownLanguageIsRefusedByName(t *testing.T) {
	defer func() {
		if got, _ := recover().(string); !strings.Contains(got, `"english"`) {
			t.Errorf("the panic is %q, want the tag named in it", got)
		}
	}()
	lang.Set("english")
}

func TestUnknownKeyIsRefusedByName(t *testing.T) {
	defer func() {
		if got, _ := recover().(string); !strings.Contains(got, `"no such key"`) {
			t.Errorf("the panic is %q, want the key named in it", got)
		}
	}()
	texts.Text("no such key")
}
