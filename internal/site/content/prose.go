package content

import (
	"regexp"
	"strings"
	"unicode"

	"rnn101/internal/lang"
	"rnn101/internal/notebook"
)

var (
	firstHeading = regexp.MustCompile(`(?m)^# +(.+?)\s*#*\s*$`)
	markup       = strings.NewReplacer("*", "", "`", "", "$", "")
	fenced       = regexp.MustCompile("(?ms)^(```|~~~).*?^(```|~~~)\\s*$")
)

// Title returns the first heading of a notebook without its Markdown, or fallback.
func Title(nb *notebook.Notebook, fallback string) string {
	for _, c := range nb.Cells {
		if c.Kind == "markdown" {
			if m := firstHeading.FindStringSubmatch(fenced.ReplaceAllString(c.Source, "")); m != nil {
				return markup.Replace(m[1])
			}
		}
	}
	return fallback
}

// notProse matches code, formulas, HTML tags and links in a text cell.
var notProse = regexp.MustCompile("(?is)```.*?```|`[^`]*`|\\$\\$.*?\\$\\$|\\$[^$]*\\$|<script.*?</script>|<[^>]*>|\\]\\([^)]*\\)|https?://\\S*")

// Language returns the tag of the language of a notebook. name is its path relative to the site,
// known are the languages to choose from.
//
// A language with a script of its own is recognized if more than a third of the letters are of
// that script: Korean prose contains English names, English prose contains few Korean words. Among
// the languages in Latin script the folder decides; the default is English.
func Language(nb *notebook.Notebook, name string, known []lang.Language) string {
	scripts, latin := map[string]int{}, 0
	for _, c := range nb.Cells {
		if c.Kind != "markdown" {
			continue
		}
		for _, r := range notProse.ReplaceAllString(c.Source, " ") {
			if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
				latin++
			}
			for _, l := range known {
				if l.Script != nil && unicode.Is(l.Script, r) {
					scripts[l.Tag]++
				}
			}
		}
	}
	for _, l := range known {
		if 2*scripts[l.Tag] > latin {
			return l.Tag
		}
	}
	for _, l := range known {
		if l.Script == nil && strings.HasPrefix(name, l.Tag+"/") {
			return l.Tag
		}
	}
	return lang.English
}
