package rules

import (
	"html"
	"regexp"
	"strings"
)

var (
	// notRead is what a text in Markdown or HTML has and nobody reads as a sentence: code, formulas, the
	// targets of links, styles, comments.
	notRead = regexp.MustCompile("(?s)```.*?```|``.+?``|`[^`]*`|\\$\\$.*?\\$\\$|\\$[^$\n]*\\$|" +
		`<style\b.*?</style>|<script\b.*?</script>|<pre\b.*?</pre>|<code\b.*?</code>|<kbd\b.*?</kbd>|<!--.*?-->`)
	target    = regexp.MustCompile(`\]\([^)\s]*\)`)
	attribute = regexp.MustCompile(`\b(?:alt|title|aria-label)="([^"]*)"`)
	inline    = regexp.MustCompile(`</?(?:a|b|em|i|small|span|strong|sub|sup|u)\b[^<>]*>|[*\[\]]`)
	block     = regexp.MustCompile(`<[^<>]*>|\n\s*\n`)

	// english matches words in Latin letters with the signs of a sentence between them.
	english     = regexp.MustCompile(`[A-Za-z][A-Za-z\s,;:.!?()“”‘’"'–—-]*`)
	englishWord = regexp.MustCompile(`[A-Za-z][A-Za-z’'-]+`)
)

// leastOfSentence is how many words in a row are taken for a sentence; fewer are a name or a term. A
// single letter is a symbol, not a word.
const leastOfSentence = 4

// English returns the passages in English of a Korean text of the course, in Markdown or HTML. What
// except matches may stay in English; it can be nil.
func English(text string, except *regexp.Regexp) (passages []string) {
	if except != nil {
		text = except.ReplaceAllString(text, "|")
	}
	text = notRead.ReplaceAllString(text, "|")
	parts := []string{block.ReplaceAllString(inline.ReplaceAllString(target.ReplaceAllString(text, "]"), ""), "|")}
	for _, m := range attribute.FindAllStringSubmatch(text, -1) {
		parts = append(parts, m[1])
	}
	for _, part := range parts {
		for _, run := range english.FindAllString(html.UnescapeString(part), -1) {
			if len(englishWord.FindAllString(run, leastOfSentence)) == leastOfSentence {
				passages = append(passages, strings.Join(strings.Fields(run), " "))
			}
		}
	}
	return passages
}
