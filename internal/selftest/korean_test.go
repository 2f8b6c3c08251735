package selftest

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"rnn101/internal/checkout"
	"rnn101/internal/lang"
	"rnn101/internal/lang/korean/rules"
	"rnn101/internal/notebook"
)

// The Korean notebooks and assignments have one word and one spelling for each term, and the particles that are read
// aloud: in their text, the comments and the literals of their code, and what their cells show.
func TestKoreanNotebooksUseTheTermsOfTheCourse(t *testing.T) {
	repo, err := checkout.Find()
	if err != nil {
		t.Fatal(err)
	}
	paths, err := repo.Edition(lang.Korean)
	if err != nil {
		t.Fatal(err)
	}
	assignments, err := repo.AssignmentsIn(lang.Korean)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range slices.Concat(paths, assignments) {
		nb, err := notebook.Read(path)
		if err != nil {
			t.Fatal(err)
		}
		name, err := filepath.Rel(repo.Root, path)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range nb.Cells {
			if c.ID == "glossary" {
				continue // it names the words of other books
			}
			for _, text := range proseOf(c) {
				for _, mistake := range rules.Mistakes(text) {
					t.Errorf("%s, cell %s: %s", name, c.ID, mistake)
				}
			}
		}
	}
}

// proseOf returns the Korean of a cell, line by line: a term and a particle never go across lines.
func proseOf(c *notebook.Cell) (prose []string) {
	texts := []string{c.Source}
	if c.Kind == "code" {
		texts = nil
		for _, line := range strings.Split(c.Source, "\n") {
			if _, comment, found := strings.Cut(line, "//"); found {
				texts = append(texts, comment)
			}
		}
		for _, token := range notebook.Tokens(c.Source) {
			if text, err := strconv.Unquote(token.Text); err == nil {
				texts = append(texts, text)
			}
		}
	}
	for _, o := range c.Outputs {
		texts = append(texts, o.Data["text/markdown"])
	}
	for _, text := range texts {
		for _, line := range strings.Split(text, "\n") {
			if strings.ContainsFunc(line, func(r rune) bool { return unicode.Is(unicode.Hangul, r) }) {
				prose = append(prose, line)
			}
		}
	}
	return prose
}
