// Package lang holds the texts that readers see, in each language of the course, and the current
// language. It imports their texts, and no other package of the course.
//
// Each language has a package with its texts, and with the rules that they need: english, korean. All
// of them are complete, which a test sees to; while a translation is in the making, a text that it
// lacks is shown in English. The key of a text begins with a group, the name of
// the package that uses it. That package looks the text up by the rest of the key:
//
//	var texts = lang.For("plots")
//	…
//	texts.Text("bars.top", word, name, probability) // the key is plots.bars.top
package lang

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"rnn101/internal/lang/tag"
)

// Dummy is the tag of a language for tests. Its texts are the English ones between ⟦ and ⟧, so that
// whatever is outside the brackets is not from the catalogue.
const Dummy = "xx"

// Language describes a language of the course.
type Language struct {
	Tag  string // BCP 47, as in the lang attribute of HTML
	Name string // in the language itself
	// Locale is the tag as JupyterLab names its translations, such as ko_KR.
	Locale string
	// Script holds the letters that identify the language. It is nil for a language in Latin
	// script, which many languages share.
	Script *unicode.RangeTable
	// Choose returns the form of a word that fits what was written before it: of a particle by its
	// sound, of a noun by its number. The forms come from the text, where they follow an argument:
	// "%s{을/를}", "%d {step/steps}". It is nil for a language whose texts have no forms.
	Choose func(before string, forms []string) string
}

var (
	languages []Language
	catalogue = map[string]map[string]string{} // by tag and key
)

// add registers a language.
func add(l Language, texts map[string]string) {
	languages = append(languages, l)
	catalogue[l.Tag] = texts
}

// Languages returns the languages of the course: English, then the others sorted by tag.
func Languages() []Language {
	return slices.SortedFunc(slices.Values(languages), func(a, b Language) int {
		if (a.Tag == English) != (b.Tag == English) {
			if a.Tag == English {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.Tag, b.Tag)
	})
}

// Name returns the name of a language in the language itself, or the tag if it is not one of the
// Languages.
func Name(tag string) string { return cmp.Or(find(tag).Name, tag) }

// Locale returns the Locale of one of the Languages, or the tag.
func Locale(tag string) string { return cmp.Or(find(tag).Locale, tag) }

// find returns a language, the zero value if it is not one of the Languages.
func find(tag string) Language {
	i := slices.IndexFunc(languages, func(l Language) bool { return l.Tag == tag })
	if i < 0 {
		return Language{}
	}
	return languages[i]
}

// Check returns an error that lists the choices unless tag is that of one of the Languages.
func Check(tag string) error {
	if catalogue[tag] != nil {
		return nil
	}
	var choices []string
	for _, l := range Languages() {
		choices = append(choices, fmt.Sprintf("%q (%s)", l.Tag, l.Name))
	}
	return fmt.Errorf("there is no language %q: choose %s", tag, strings.Join(choices, " or "))
}

// check is Check, but accepts Dummy too.
func check(tag string) error {
	if tag == Dummy {
		return nil
	}
	return Check(tag)
}

// Set sets the current language: one of the Languages, or Dummy. For any other tag it changes
// nothing and returns the error of Check. The initial language is English. Set is safe for
// concurrent use.
func Set(language string) error {
	if err := check(language); err != nil {
		return err
	}
	tag.Set(language)
	return nil
}

// Tag returns the tag of the current language.
func Tag() string { return tag.Current() }

// Texts looks up the texts of one group. The zero value has none.
type Texts struct{ group, tag string }

// For returns the texts of a group, whose keys begin with its name and a dot. They are in the
// language that is current when a text is looked up.
func For(group string) Texts { return Texts{group: group} }

// In returns the texts in a given language. It panics on a tag that Set rejects.
func (t Texts) In(tag string) Texts {
	if err := check(tag); err != nil {
		panic("lang: " + err.Error())
	}
	return Texts{t.group, tag}
}

// Tag returns the tag of the language of the texts.
func (t Texts) Tag() string {
	if t.tag == "" {
		return Tag()
	}
	return t.tag
}

// Text returns a text. If there are arguments, it formats them as fmt.Sprintf does; a translation
// that needs them in another order numbers them: %[2]s, %.1[1]f. One that needs a particle, or a
// plural, gives its forms after the argument, and Language.Choose chooses: %s{을/를}. Text panics if
// English lacks the key.
func (t Texts) Text(key string, args ...any) string {
	key = t.group + "." + key
	format, ok := catalogue[English][key]
	if !ok {
		panic(fmt.Sprintf("lang: there is no English text with the key %q", key))
	}
	tag := t.Tag()
	if translated, ok := catalogue[tag][key]; ok {
		format = translated
	}
	if tag == Dummy {
		format = "⟦" + format + "⟧"
	}
	if len(args) > 0 {
		return sprintf(format, find(tag).Choose, args)
	}
	return format
}

// All returns all texts as formats, by their keys without the group, for programs that are not in
// Go. Such programs do not choose among forms, so the group must have none.
func (t Texts) All() map[string]string {
	all := map[string]string{}
	for key := range maps.Keys(catalogue[English]) {
		if own, ok := strings.CutPrefix(key, t.group+"."); ok {
			all[own] = t.Text(own)
		}
	}
	return all
}
