package typeface

import (
	"testing"

	"golang.org/x/text/encoding/korean"
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

func TestWhatTheFontLacksIsMissing(t *testing.T) {
	for text, want := range map[string]rune{"야구 h₁": 0, "두 줄\n둘째": 0, "野球": '野', "뷁": '뷁', "⟦": '⟦'} {
		if r, missing := Missing(text); missing != (want != 0) || r != want {
			t.Errorf("of %q the font lacks %q (%t), want %q", text, r, missing, want)
		}
	}
}
