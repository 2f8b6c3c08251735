package lang

import (
	"fmt"
	"strings"
	"testing"

	"rnn101/internal/lang/tag"
)

var texts = For("test")

// withTexts adds the group test to the catalogue during a test.
func withTexts(t *testing.T) {
	t.Helper()
	for tag, own := range map[string]map[string]string{
		English: {"test.falls": "from %.1f to %.1f", "test.only": "only English, 100%", "test.steps": "%d steps"},
		Korean:  {"test.falls": "%.1[2]f까지, %.1[1]f에서"},
	} {
		for key, text := range own {
			catalogue[tag][key] = text
			t.Cleanup(func() { delete(catalogue[tag], key) })
		}
	}
}

// setLanguage sets the language during a test.
func setLanguage(t *testing.T, language string) {
	t.Helper()
	before := Tag()
	if err := Set(language); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tag.Set(before) })
}

func TestTextIsInTheCurrentLanguage(t *testing.T) {
	withTexts(t)
	for tag, want := range map[string]string{
		"en": "from 2.0 to 1.0",
		"ko": "1.0까지, 2.0에서",
		"xx": "⟦from 2.0 to 1.0⟧",
	} {
		setLanguage(t, tag)
		if got := texts.Text("falls", 2.0, 1.0); got != want {
			t.Errorf("in %s: got %q, want %q", tag, got, want)
		}
		if got := texts.Tag(); got != tag {
			t.Errorf("in %s: Tag returns %s", tag, got)
		}
	}
}

func TestInDoesNotDependOnTheCurrentLanguage(t *testing.T) {
	withTexts(t)
	setLanguage(t, "xx")
	if got, want := texts.In("ko").Text("falls", 2.0, 1.0), "1.0까지, 2.0에서"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := fmt.Sprint(texts.In("ko").All()); got != "map[falls:%.1[2]f까지, %.1[1]f에서 only:only English, 100% steps:%d steps]" {
		t.Errorf("all texts are %s", got)
	}
}

func TestAMissingTranslationIsShownInEnglish(t *testing.T) {
	withTexts(t)
	setLanguage(t, "ko")
	if got, want := texts.Text("only"), "only English, 100%"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What CONTRIBUTING.md says of a language is all that one needs: its texts, and rules for its forms.
// The dummy third language has a plural, which depends on the number before.
func TestAThirdLanguageNeedsItsTextsAndItsRules(t *testing.T) {
	before := languages
	withTexts(t)
	add(Language{Tag: "fr", Name: "français", Choose: func(before string, forms []string) string {
		if before == "1 " || before == "0 " {
			return forms[0]
		}
		return forms[1]
	}}, map[string]string{"test.steps": "%d {étape/étapes}"})
	t.Cleanup(func() { languages = before; delete(catalogue, "fr") })
	setLanguage(t, "fr")
	for steps, want := range map[int]string{0: "0 étape", 1: "1 étape", 2: "2 étapes", 21: "21 étapes"} {
		if got := texts.Text("steps", steps); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if err := Check("fr"); err != nil {
		t.Error(err)
	}
}

func TestAFormFitsItsArgument(t *testing.T) {
	withTexts(t)
	for text, c := range map[string]struct {
		want string
		args []any
	}{
		"%s{을/를} %s{과/와} %s{으로/로}":    {"bat을 h₁과 W로", []any{"bat", "h₁", "W"}},
		"“%s”{은/는} `%s`{이/가} %q{을/를}": {"“h₂”는 `int`가 \"박쥐\"를", []any{"h₂", "int", "박쥐"}},
		"%.2[2]f{이/가} %[1]d{이어야/여야}":  {"0.46이 2여야", []any{2, 0.456}},
		"%s{이/가}, 100%%를":             {"{을/를}이, 100%를", []any{"{을/를}"}}, // an argument is not a format
		"$%s${을/를}":                   {"$h_1$을", []any{"h_1"}},
	} {
		catalogue[Korean]["test.falls"] = text
		if got := texts.In(Korean).Text("falls", c.args...); got != c.want {
			t.Errorf("%s: got %q, want %q", text, got, c.want)
		}
	}
}

func TestAnUnknownLanguageIsRejectedWithTheChoices(t *testing.T) {
	withLanguages(t, "ko", "en")
	setLanguage(t, "ko")
	err := Set("english")
	if want := `there is no language "english": choose "en" (English) or "ko" (한국어)`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if Tag() != "ko" {
		t.Errorf("the language is now %s", Tag())
	}
	mustPanic(t, func() { texts.In("") }, `""`)
}

// The dummy language is for tests only.
func TestTheDummyLanguageIsNotAChoice(t *testing.T) {
	if err := Check(Dummy); err == nil {
		t.Error("Check accepts the dummy language")
	}
	for _, l := range Languages() {
		if l.Tag == Dummy {
			t.Error("the dummy language is among the choices")
		}
		if err := Check(l.Tag); err != nil {
			t.Error(err)
		}
	}
}

func TestAnUnknownKeyPanics(t *testing.T) {
	mustPanic(t, func() { texts.Text("no such key") }, `"test.no such key"`)
}

func TestNameIsInTheLanguageItself(t *testing.T) {
	for tag, want := range map[string]string{"en": "English", "ko": "한국어", "xx": "xx"} {
		if got := Name(tag); got != want {
			t.Errorf("the name of %s is %q, want %q", tag, got, want)
		}
	}
}

func TestEnglishComesFirst(t *testing.T) {
	withLanguages(t, "ko", "en", "de")
	var tags []string
	for _, l := range Languages() {
		tags = append(tags, l.Tag)
	}
	if got := strings.Join(tags, " "); got != "en de ko" {
		t.Errorf("the languages are %s, want en de ko", got)
	}
}

// withLanguages lets a test know which languages there are, whatever files are added
// to the package.
func withLanguages(t *testing.T, tags ...string) {
	before := languages
	t.Cleanup(func() { languages = before })
	languages = nil
	for _, tag := range tags {
		languages = append(languages, Language{Tag: tag, Name: map[string]string{"en": "English", "ko": "한국어"}[tag]})
	}
}

func mustPanic(t *testing.T, f func(), word string) {
	t.Helper()
	defer func() {
		t.Helper()
		if message := fmt.Sprint(recover()); !strings.Contains(message, word) {
			t.Errorf("the panic is %q, want one with %s", message, word)
		}
	}()
	f()
}
