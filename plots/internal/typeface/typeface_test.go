package typeface

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/encoding/korean"

	"rnn101/internal/checkout"
	"rnn101/internal/lang"
	"rnn101/internal/notebook"
)

// A learner's own words show. KS X 1001 has the syllables of everyday Korean in the rows 0xB0 to
// 0xC8 of EUC-KR.
func TestTheFontHasTheSyllablesOfKSX1001(t *testing.T) {
	syllables := 0
	for row := 0xB0; row <= 0xC8; row++ {
		for cell := 0xA1; cell <= 0xFE; cell++ {
			s, err := korean.EUCKR.NewDecoder().String(string([]byte{byte(row), byte(cell)}))
			if err != nil {
				t.Fatal(err)
			}
			syllables++
			if r, missing := Missing(s); missing {
				t.Errorf("the font has no %c", r)
			}
		}
	}
	if syllables != 2350 {
		t.Errorf("KS X 1001 has 2,350 syllables, and %d were tried", syllables)
	}
}

// Titles and labels that the notebooks give their charts show. Which literals these are the code does not tell, so all
// with Hangul are tried, but those with formulas, which no chart typesets.
func TestTheFontHasTheCharactersOfTheKoreanNotebooks(t *testing.T) {
	repo, err := checkout.Find()
	if err != nil {
		t.Fatal(err)
	}
	notebooks, err := repo.Edition(lang.Korean)
	if err != nil {
		t.Fatal(err)
	}
	assignments, err := repo.AssignmentsIn(lang.Korean)
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, path := range slices.Concat(notebooks, assignments) {
		nb, err := notebook.Read(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range nb.Cells {
			if c.Kind != "code" {
				continue
			}
			for _, token := range notebook.Tokens(c.Source) {
				text, err := strconv.Unquote(token.Text)
				if err != nil || strings.ContainsAny(text, `$\`) || !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Hangul, r) }) {
					continue
				}
				tried++
				if r, missing := Missing(text); missing {
					t.Errorf("%s, cell %s: the font has no %c, which %q has", repo.Rel(path), c.ID, r, text)
				}
			}
		}
	}
	if tried < 500 {
		t.Errorf("only %d literals were tried: the notebooks have more", tried)
	}
}

func TestWhatTheFontLacksIsMissing(t *testing.T) {
	for text, want := range map[string]rune{"야구 h₁": 0, "두 줄\n둘째": 0, "野球": '野', "뷁": '뷁', "⟦": '⟦'} {
		if r, missing := Missing(text); missing != (want != 0) || r != want {
			t.Errorf("of %q the font lacks %q (%t), want %q", text, r, missing, want)
		}
	}
}
