// Package lang holds the texts that readers see, in each language of the course,
// and the language that is set.
//
// A language is a file of this package: en.go, ko.go. English is complete; a text
// that another language lacks comes in English. The key of a text begins with the
// name of a group, that of the package which writes the text and looks it up by the
// rest of the key:
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
	"sync/atomic"
	"unicode"
)

// Dummy is a language for tests: each text is the English one between ⟦ and ⟧, so
// that whatever stands outside the brackets did not come from the catalogue.
const Dummy = "xx"

// Language describes a language of the course.
type Language struct {
	Tag  string // BCP 47, as in the lang attribute of HTML
	Name string // in the language itself
	// Script has the letters by which a text in this language is recognized. It is
	// nil for the Latin script, which does not tell a language.
	Script *unicode.RangeTable
}

var (
	languages []Language
	catalogue = map[string]map[string]string{} // by tag and key
	current   atomic.Value                     // string
)

// add makes a language known. Each language's file calls it from its init function.
func add(l Language, texts map[string]string) {
	languages = append(languages, l)
	catalogue[l.Tag] = texts
}

// Languages returns the languages that can be chosen: English, then the others in
// the order of their tags.
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

// Name returns what a language is called in the language itself, or the tag where
// it is not one of the Languages.
func Name(tag string) string {
	for _, l := range languages {
		if l.Tag == tag {
			return l.Name
		}
	}
	return tag
}

// Check returns an error that lists the choices unless the tag is that of one of
// the Languages.
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

// check is Check, but allows Dummy.
func check(tag string) error {
	if tag == Dummy {
		return nil
	}
	return Check(tag)
}

// Set chooses the language of the texts written from now on: one of the Languages,
// or Dummy. The language is English before the first call. Set may be called from
// any goroutine. On any other tag it changes nothing and returns the error of Check.
func Set(tag string) error {
	if err := check(tag); err != nil {
		return err
	}
	current.Store(tag)
	return nil
}

// Tag returns the tag of the language that is set.
func Tag() string {
	if tag, ok := current.Load().(string); ok {
		return tag
	}
	return English
}

// Texts looks up the texts of one group. Its zero value has none.
type Texts struct{ group, tag string }

// For returns the texts whose keys begin with the name of the group and a dot, in
// the language that is set when a text is looked up.
func For(group string) Texts { return Texts{group: group} }

// In returns the same texts in the given language, whatever language is set. It
// panics on a tag that Set refuses.
func (t Texts) In(tag string) Texts {
	if err := check(tag); err != nil {
		panic("lang: " + err.Error())
	}
	return Texts{t.group, tag}
}

// Tag returns the tag of the language that the texts come in.
func (t Texts) Tag() string {
	if t.tag == "" {
		return Tag()
	}
	return t.tag
}

// Text returns a text. With arguments it is a format for fmt.Sprintf; a translation
// that needs them in another order numbers them: %[2]s, %.1[1]f. Text panics on a
// key that English lacks.
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
		return fmt.Sprintf(format, args...)
	}
	return format
}

// All returns all texts by their keys without the name of the group, as formats,
// for programs in another language than Go.
func (t Texts) All() map[string]string {
	all := map[string]string{}
	for key := range maps.Keys(catalogue[English]) {
		if own, ok := strings.CutPrefix(key, t.group+"."); ok {
			all[own] = t.Text(own)
		}
	}
	return all
}
