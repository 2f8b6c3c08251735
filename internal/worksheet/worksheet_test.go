package worksheet

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rnn101/internal/lang"
	"rnn101/internal/notebook"
)

// source returns the Markdown of all cells.
func source(nb *notebook.Notebook) string {
	var all []string
	for _, c := range nb.Cells {
		all = append(all, c.Source)
	}
	return strings.Join(all, "\n")
}

// The numbers of the lecture, checked against PyTorch in float64.
func TestTheKeyHasTheLecturesNumbers(t *testing.T) {
	key := source(New("en", true))
	for what, numbers := range map[string]string{
		"states":        "0.4621 -0.2913 0.3303 0.1906",
		"probabilities": "0.3490 0.1815 0.2784 0.1910 0.2764 0.2114 0.2650 0.2472",
		"loss":          "1.0526 1.3279 2.3804",
		"dU":            "-0.3828 -0.1869 0.3701 0.0799",
		"dW":            "-0.0864 0.0545 0.0369 -0.0233",
		"dV":            "-0.2095 0.2423 0.1537 -0.0126 -0.1141 -0.2212 0.1699 -0.0085",
		"after":         "0.4432 -0.2272 0.2815 0.5116 2.1116",
	} {
		for _, number := range strings.Fields(numbers) {
			if !regexp.MustCompile(`[^\d]` + regexp.QuoteMeta(number) + `[^\d]`).MatchString(key) {
				t.Errorf("%s: the key does not have %s", what, number)
			}
		}
	}
}

// The worksheet has a blank for each number of the key, and no such number.
func TestTheWorksheetHasABlankForEachNumberOfTheKey(t *testing.T) {
	for _, l := range lang.Languages() {
		language := l.Tag
		sheet, key := source(New(language, false)), source(New(language, true))
		number := regexp.MustCompile(`-?\d\.\d{4}|& 0 |\b0 (\\\\|&)`)
		if found := number.FindString(regexp.MustCompile(`(?s)## ` + regexp.QuoteMeta(texts.In(language).Text("forward")) + `.*`).FindString(sheet)); found != "" {
			t.Errorf("%s: the worksheet contains the number %s", language, found)
		}
		// 2 steps of 2+2+4+4, 3 losses, 4+4+8 for V, 2+2+4+4+4 for W, 6 for U, 6+4+8+1 after
		const blanks = 24 + 3 + 16 + 16 + 6 + 19
		if got := strings.Count(sheet, blank); got != blanks {
			t.Errorf("%s: the worksheet has %d blanks, want %d", language, got, blanks)
		}
		if strings.Contains(key, blank) {
			t.Errorf("%s: the key has a blank", language)
		}
	}
}

// In the dummy language each text of the catalogue is in brackets. Everything else must be
// mathematics or words of the lecture.
func TestEveryTextComesFromTheCatalogue(t *testing.T) {
	inBrackets := regexp.MustCompile(`⟦[^⟦⟧]*⟧`)
	given := regexp.MustCompile(`\\text\{(baseball|bat|야구|방망이|)\}`)
	formula := regexp.MustCompile(`\$\$.*?\$\$`)
	letters := regexp.MustCompile(`\p{L}+`)
	for _, key := range []bool{false, true} {
		for _, cell := range New(lang.Dummy, key).Cells {
			rest := given.ReplaceAllString(inBrackets.ReplaceAllString(cell.Source, ""), "")
			if found := regexp.MustCompile(`\\text\{[^}]*\}`).FindString(rest); found != "" {
				t.Errorf("the cell %s: %q is not from the catalogue", cell.ID, found)
			}
			if found := letters.FindString(formula.ReplaceAllString(rest, "")); found != "" {
				t.Errorf("the cell %s: %q is not from the catalogue", cell.ID, found)
			}
		}
	}
}

func TestDecimalsHaveFourPlacesAndNoSignedZero(t *testing.T) {
	got := []string{decimals(0.12344), decimals(-0.00001), decimals(0), decimals(-1.5)}
	if want := []string{"0.1234", "0", "0", "-1.5000"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if fmt.Sprint(given([]float64{1, 0})) != `\begin{bmatrix} 1 \\ 0 \end{bmatrix}` {
		t.Error(given([]float64{1, 0}))
	}
}
